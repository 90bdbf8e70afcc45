/** Wrong usage: a sentence for the person, exit code 2. */
export class UsageError extends Error {}

/** Something outside the configuration failed (Git, the network, the disk): a sentence too, exit code 2; `--help` says no more. */
export class OutsideError extends UsageError {}
