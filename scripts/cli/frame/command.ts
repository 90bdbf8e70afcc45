/** What a command is: one verb, its options, and a function from words to an exit code. */
import type { ParseArgsConfig } from 'node:util';
import { instantOf } from '../../core/dates.ts';
import { EnvironmentError, ExpectedError, MissingOption, UsageError } from '../../core/errors.ts';

export { EnvironmentError, ExpectedError, MissingOption, UsageError };

/** Exit codes: fine; the answer is no; wrong usage, or something outside the configuration failed. */
export const EXIT = { fine: 0, no: 1, failed: 2 } as const;

/** An option as Node parses it, and as `--help` shows it. */
export type Option = NonNullable<ParseArgsConfig['options']>[string] & {
  /** What stands for its value, `DIR`; none for a flag. */
  readonly value?: string;
  readonly describe: string;
};
export type Options = Readonly<Record<string, Option>>;
export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** What a command is given of its process. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The folder of the project that the tool belongs to, whose configuration is meant where none is near. */
  readonly project?: string;
  /** Whether standard output is a terminal that takes colours. */
  readonly isColoured: boolean;
  /** Whether standard error is a terminal, where progress can be drawn. */
  readonly showsProgress?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Asks at the terminal, where somebody sits at one. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
}

export interface Input {
  readonly values: Values;
  readonly positionals: readonly string[];
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The words after `miniapp`, one line a form; `forms.ts` reads them, so what a form does not name is refused. */
  readonly usage: readonly string[];
  readonly options: Options;
  /** Which of the words after the verb names a miniapp, from 0 on; it may be written as a name or as the beginning of an id. */
  readonly miniappWord?: number | ((words: readonly string[]) => number | undefined);
  /** Whether its options `app` and `region` name apps and regions that are there, which may be written as people read them. */
  readonly takesNames?: boolean;
  /** Whether its options that take a login name people who are there, in whatever letter case. */
  readonly takesLogins?: boolean;
  run(input: Input, io: Io): Promise<number> | number;
}

/** What every command takes. */
export const COMMON: Options = {
  config: { type: 'string', value: 'DIR', describe: 'the configuration (default: config)' },
  format: { type: 'string', value: 'pretty|json', describe: 'how to answer (default: pretty)' },
  help: { type: 'boolean', short: 'h', describe: 'this text' },
};

/** What every command that edits takes. */
export const ACTING: Options = {
  actor: {
    type: 'string',
    value: 'LOGIN',
    describe: 'who acts (default: whose token it is, else git config github.user)',
  },
  'dry-run': { type: 'boolean', describe: 'show the edit and write nothing' },
  'no-pr': { type: 'boolean', describe: 'edit the files and open no pull request' },
  commit: {
    type: 'boolean',
    describe: 'commit the edit on the branch that is checked out, with what the audit needs, and open no pull request',
  },
  'approved-by': {
    type: 'string',
    multiple: true,
    value: 'LOGIN',
    describe: 'with --commit: who agreed to exactly this; may be given several times',
  },
  now: { type: 'string', value: 'TIME', describe: 'the clock that expiry is judged by (default: now)' },
};

/** Whether `--format json` asks for JSON. */
export const isJson = ({ values }: Input): boolean => values['format'] === 'json';

/** The text of an option that takes one. */
export const text = ({ values }: Input, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

/** The text of an option that must be given. */
export const required = (input: Input, name: string): string => requiredAll(input, name)[0]!;

/** The texts of options that must be given, in this order; those that are missing are named all at once. */
export function requiredAll(input: Input, ...names: readonly string[]): string[] {
  const missing = names.filter((name) => ['undefined', 'boolean'].includes(typeof input.values[name]));
  if (missing.length > 0) throw new MissingOption(...missing);
  return names.map((name) => text(input, name) ?? '');
}

/** One of the allowed words. */
export function oneOf<T extends string>(input: Input, name: string, allowed: readonly T[], fallback: T): T {
  const value = text(input, name) ?? fallback;
  if (!(allowed as readonly string[]).includes(value)) {
    throw new UsageError(`--${name} ${value}: it is one of ${allowed.join(', ')}`, 'option-value');
  }
  return value as T;
}

/** The words after the verb: exactly these. */
export function words(input: Input, ...names: string[]): string[] {
  const { positionals } = input;
  if (positionals.length < names.length)
    throw new UsageError(`${names.slice(positionals.length).join(' ')} is missing`, 'word-missing');
  if (positionals.length > names.length) {
    throw new UsageError(`"${positionals[names.length]}" is one word too many`, 'word-extra');
  }
  return [...positionals];
}

/** The clock of a command: `--now`, or the machine's. */
export function nowOf(input: Input, io: Io): number {
  const given = text(input, 'now');
  if (given === undefined) return io.now;
  const time = instantOf(given);
  if (time === undefined) throw new UsageError(`--now ${given}: write it as 2026-11-20T08:00:00Z`, 'option-value');
  return time;
}

/** Prints a value as JSON with a line end, two spaces a level. */
export const printJson = (io: Io, value: unknown): void => io.stdout(`${JSON.stringify(value, null, 2)}\n`);
