/** Reading a configuration for a command: what every command that answers from it does first. */
import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { checkRules } from '../core/rules/index.ts';
import type { Workspace } from '../core/model.ts';
import type { Problem } from '../core/problem.ts';
import { diskSource } from '../read/disk.ts';
import { load, type Loaded, type LoadOptions } from '../read/load.ts';
import { count, locateAll, type LocatedProblem } from '../report/locate.ts';
import { painter, problemReport } from '../report/terminal.ts';
import { isJson, printJson, text, UsageError, type Input, type Io } from './command.ts';

export interface Checked {
  readonly workspace: Workspace;
  readonly problems: readonly LocatedProblem[];
  /** The folder as the user named it. */
  readonly folder: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** The folder of the configuration, which must be there. */
export function configFolder(input: Input, io: Io): { folder: string; path: string } {
  const folder = text(input, 'config') ?? 'config';
  const path = isAbsolute(folder) ? folder : join(io.cwd, folder);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`there is no folder ${folder}; --config names the one that holds platform.yaml`);
  }
  return { folder, path };
}

/** Loads and checks a configuration: what its files and the state rules find, with line and column. */
export function readConfig(input: Input, io: Io, now: number, options: LoadOptions = {}): Checked {
  const { folder, path } = configFolder(input, io);
  const loaded = load(diskSource(path), options);
  return { workspace: loaded.workspace, problems: located(loaded, now, folder), folder, texts: loaded.texts };
}

/** What the files and the state rules find, with line and column. */
export function located(loaded: Loaded, now: number, folder: string): LocatedProblem[] {
  const problems: Problem[] = [...loaded.problems, ...checkRules(loaded.workspace, now)];
  return locateAll(problems, loaded.texts, folder);
}

/** The problems as the user asked for them, on standard output for JSON and for `validate`. */
export function printProblems(checked: Omit<Checked, 'workspace'>, input: Input, io: Io): void {
  const { problems, folder, texts } = checked;
  const counts = count(problems);
  const ok = counts.errors === 0;
  if (isJson(input)) {
    printJson(io, { ok, problems, counts });
    return;
  }
  const lineOf = (file: string, line: number) =>
    texts.get(file.slice(folder.replace(/\/+$/, '').length + 1))?.split('\n')[line - 1];
  io.stdout(`${problemReport(problems, counts, lineOf, painter(io.isColoured))}\n`);
}

/**
 * For a command that answers from a configuration: when it has errors that bear on the answer, prints them and gives
 * undefined. A wrong answer is worse than none.
 */
export function soundConfig(
  input: Input,
  io: Io,
  now: number,
  options: LoadOptions & { bears?: (file: string) => boolean } = {},
): Checked | undefined {
  const checked = readConfig(input, io, now, options);
  const prefix = checked.folder.replace(/\/+$/, '').length + 1;
  const bears = options.bears ?? (() => true);
  const errors = checked.problems.filter(({ severity, file }) => severity === 'error' && bears(file.slice(prefix)));
  if (errors.length === 0) return checked;
  printProblems({ ...checked, problems: errors }, input, io);
  return undefined;
}
