/** What a person can do something about: the message is a sentence for them, and the exit code is 2. Anything else is a fault of ours. */
export class ExpectedError extends Error {
  /** What it is about, for whoever acts by it: the message is for people alone, and may be put in other words. */
  readonly code: string;

  constructor(message: string, code = 'expected') {
    super(message);
    this.code = code;
  }
}

/** Wrong usage: `--help` says more. */
export class UsageError extends ExpectedError {
  constructor(message: string, code = 'usage') {
    super(message, code);
  }
}

/** Options that the command needs; whoever shows the message adds what they mean. */
export class MissingOption extends UsageError {
  readonly options: readonly string[];

  constructor(...options: string[]) {
    const all = options.map((option) => `--${option}`).join(', ');
    super(`${all} ${options.length === 1 ? 'is' : 'are'} missing`, 'option-missing');
    this.options = options;
  }
}

/** Something outside the configuration failed (Git, the network, the disk): `--help` says no more. */
export class EnvironmentError extends ExpectedError {
  constructor(message: string, code = 'environment') {
    super(message, code);
  }
}

/**
 * Whether it says that nobody reads a pipe any more: EPIPE, and on Windows also EOF, by which libuv calls a broken pipe where it does
 * not know that something was written (`uv_translate_sys_error`).
 */
export const isUnread = (error: Error): boolean => 'code' in error && (error.code === 'EPIPE' || error.code === 'EOF');

/** The code of what the system refuses, as `ENOENT`, and of what Node says of modules; undefined of anything else, and of what is expected. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && !(error instanceof ExpectedError) && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** What was thrown says of itself. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
