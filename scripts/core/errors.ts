/** What a person can do something about: the message is a sentence for them, and the exit code is 2. Anything else is a fault of ours. */
export class ExpectedError extends Error {}

/** Wrong usage: `--help` says more. */
export class UsageError extends ExpectedError {}

/** An option that the command needs; whoever shows the message adds what the option means. */
export class MissingOption extends UsageError {
  readonly option: string;

  constructor(option: string) {
    super(`--${option} is missing`);
    this.option = option;
  }
}

/** Something outside the configuration failed (Git, the network, the disk): `--help` says no more. */
export class EnvironmentError extends ExpectedError {}
