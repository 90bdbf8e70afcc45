/** Wrong usage, or something outside the configuration failed: a sentence for the person, exit code 2. */
export class UsageError extends Error {}
