/** A finding is data; its sentence is made from the catalogue when somebody wants to read it. */
import { severityOf, type MessageArgs, type ProblemCode, type Severity } from './messages.ts';

/** A value inside a YAML file: its keys and indexes from the root; empty = the file itself. */
export type YamlPath = readonly (string | number)[];

/** Where a problem is: a value (or its key), or an offset in the text (UTF-16 units) where no value could be read. */
export interface Place {
  readonly file: string;
  readonly path?: YamlPath;
  readonly part?: 'key' | 'value';
  readonly offset?: number;
  /** Whether `file` is named from the top of the repository, as it is not in the configuration. */
  readonly isOutside?: true;
}

export interface Problem<C extends ProblemCode = ProblemCode> {
  readonly code: C;
  readonly at: Place;
  readonly args: Readonly<Record<string, string | number>>;
  /** Where it keeps nothing from being done, although its code does as a rule. */
  readonly severity?: 'warning';
}

/** Its own severity, where it has one, else that of its code. */
export const severityOfProblem = ({ code, severity }: Pick<Problem, 'code' | 'severity'>): Severity =>
  severity ?? severityOf(code);

/** A problem whose arguments are those that its sentences in the catalogue name: a forgotten one does not compile. */
export function problem<C extends ProblemCode>(code: C, at: Place, args: MessageArgs<C>): Problem<C> {
  return { code, at, args };
}

/** The place of a value. */
export const at = (file: string, ...path: (string | number)[]): Place => ({ file, path });

/** The place of a key. */
export const atKey = (file: string, ...path: (string | number)[]): Place => ({ file, path, part: 'key' });
