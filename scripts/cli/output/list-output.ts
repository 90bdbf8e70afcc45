/** What the `list` of a settings command answers. */
import { painter, table } from '../../report/terminal.ts';
import { isJson, printJson, type Input, type Io } from '../frame/command.ts';

export interface ListOutput {
  /** The first row is the head. */
  readonly rows: readonly (readonly string[])[];
  readonly json: object;
  /** What is said when there are no rows. */
  readonly none: string;
}

/** Prints `json` for `--format json`, else a table whose first row is the head, or `none` where there is no other row. */
export function printList({ rows, json, none }: ListOutput, input: Input, io: Io): void {
  if (isJson(input)) printJson(io, json);
  else io.stdout(`${rows.length > 1 ? table(rows, painter(io.isColoured)) : none}\n`);
}
