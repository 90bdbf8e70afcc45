/** Reading a configuration for a command: what every command that answers from it does first. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { lineIn } from '../../core/lines.ts';
import type { Workspace } from '../../core/model.ts';
import { identify, isFolderOfFiles, type FileKind } from '../../core/paths.ts';
import type { Problem } from '../../core/problems/problem.ts';
import { applyRules, type Rule } from '../../core/rules/rule.ts';
import { load, type LoadOptions } from '../../read/load.ts';
import { loadWorkingTree } from '../../git/working-tree/working-tree.ts';
import type { Source } from '../../read/source.ts';
import { count, locateAll, type LocatedProblem } from '../../read/positions.ts';
import { painter, problemReport } from '../../report/terminal.ts';
import { isJson, nowOf, printJson, text, UsageError, type Input, type Io } from '../frame/command.ts';

export interface CheckedConfig {
  readonly workspace: Workspace;
  readonly problems: readonly LocatedProblem[];
  /** The folder as the user named it. */
  readonly folder: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** What a report of problems is made from; the texts are of the YAML files, by their paths in the configuration. */
export type ReportedProblems = Pick<CheckedConfig, 'problems' | 'folder'> & {
  readonly texts: Pick<CheckedConfig['texts'], 'get'>;
};

/** What a folder of a configuration holds, whatever else is missing or broken in it. */
const SIGNS = ['platform.yaml', 'policy.yaml', 'people', 'miniapps'];

const holdsConfiguration = (path: string): boolean => SIGNS.some((name) => existsSync(join(path, name)));
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * The folder of the configuration, which must be there: the one that is named; else, as Git looks for a repository, `config` here or
 * in a folder above, or a configuration that one is inside; else the one beside the tool that runs.
 */
export function configFolder(input: Input, io: Io): { folder: string; path: string } {
  const given = text(input, 'config');
  if (given === undefined) {
    const above = configAbove(io.cwd);
    if (above !== undefined) return { folder: relative(io.cwd, above).replaceAll('\\', '/') || '.', path: above };
    const own = io.project === undefined ? undefined : join(io.project, 'config');
    if (own !== undefined && !isFolder(join(io.cwd, 'config')) && holdsConfiguration(own))
      return { folder: own, path: own };
  }
  const folder = given ?? 'config';
  const path = isAbsolute(folder) ? folder : join(io.cwd, folder);
  if (!isFolder(path)) {
    throw new UsageError(`there is no folder ${folder} here or above; --config names the one that holds platform.yaml`);
  }
  if (!existsSync(join(path, 'platform.yaml')) && existsSync(join(path, 'config/platform.yaml'))) {
    const inside = `${folder.replace(/(?<![/\\])[/\\]+$/, '')}/config`;
    throw new UsageError(
      `there is no platform.yaml in ${folder}, but one in ${inside}: name that with --config ${inside}`,
    );
  }
  return { folder, path };
}

function configAbove(start: string): string | undefined {
  for (let at = resolve(start); ; at = dirname(at)) {
    const inside = basename(at) === 'config' && existsSync(join(at, 'platform.yaml'));
    if (inside) return at;
    if (holdsConfiguration(join(at, 'config'))) return join(at, 'config');
    if (dirname(at) === at) return undefined;
  }
}

/** Loads and checks a configuration: what its files and the state rules find, with line and column. */
export async function readConfig(
  input: Input,
  io: Io,
  now: number,
  options: LoadOptions = {},
  source?: Source,
): Promise<CheckedConfig> {
  const { rules } = await import('../../core/rules/index.ts');
  return check(input, io, { now, rules, options, source });
}

interface CheckScope {
  readonly now: number;
  readonly rules: readonly Rule[];
  readonly options: LoadOptions;
  /** Where it is read from; the files on disk without one. */
  readonly source: Source | undefined;
}

function check(
  input: Input,
  io: Io,
  { now, rules, options, source }: CheckScope,
): CheckedConfig {
  const { folder, path } = configFolder(input, io);
  const { workspace, problems, texts } = source ? load(source, options) : loadWorkingTree(path, options);
  const all: Problem[] = [...problems, ...applyRules(rules, workspace, now)];
  return { workspace, problems: locateAll(all, texts, folder), folder, texts };
}

/** The clock, and where `--at` names another state than that of the folder, the Source over it. */
export async function momentOf(input: Input, io: Io): Promise<{ now: number; source?: Source }> {
  const at = text(input, 'at');
  if (at === undefined) return { now: nowOf(input, io) };
  const { path } = configFolder(input, io);
  const [{ momentAt }, { commitSource }, { git }] = await Promise.all([
    import('../../git/commits/point-in-time.ts'),
    import('../../git/objects/commit-source.ts'),
    import('../../git/process/location.ts'),
  ]);
  const { commit, time } = await momentAt(path, at);
  const prefix = await git(path).prefix();
  const now = text(input, 'now') === undefined ? time : nowOf(input, io);
  return { now, source: commitSource(path, commit, prefix) };
}

/** The problems as the user asked for them, on standard output for JSON and for `validate`. */
export function printProblems(checked: ReportedProblems, input: Input, io: Io): void {
  const { problems, folder, texts } = checked;
  const counts = count(problems);
  const ok = counts.errors === 0;
  if (isJson(input)) {
    printJson(io, { ok, problems, counts });
    return;
  }
  const textOf = (file: string) =>
    texts.get(file) ?? texts.get(file.slice(folder.replace(/(?<!\/)\/+$/, '').length + 1));
  const lineOf = (file: string, line: number) => lineIn(textOf(file) ?? '', line);
  io.stdout(`${problemReport(problems, counts, lineOf, painter(io.isColoured))}\n`);
}

/**
 * For a command that answers from a configuration: when it has errors, prints them and gives undefined. A wrong answer is
 * worse than none.
 */
export async function soundConfig(input: Input, io: Io, options: LoadOptions = {}): Promise<CheckedConfig | undefined> {
  const { rules } = await import('../../core/rules/index.ts');
  const { now, source } = await momentOf(input, io);
  return ifSound(check(input, io, { now, rules, options, source }), input, io);
}

/** The part of a configuration that resolutions of one miniapp rest on, refused when that part has errors. */
export async function resolvableConfig(
  input: Input,
  io: Io,
  miniapp: string,
): Promise<(CheckedConfig & { now: number }) | undefined> {
  const { resolutionKinds, resolutionRules } = await import('../../core/rules/resolution.ts');
  const { now, source } = await momentOf(input, io);
  const options = { miniapps: [miniapp], kinds: resolutionKinds };
  const checked = ifSound(check(input, io, { now, rules: resolutionRules, options, source }), input, io, resolutionKinds);
  return checked && { ...checked, now };
}

/** The part of a configuration that says what a miniapp may call, refused when that part has errors. */
export async function requestConfig(input: Input, io: Io, miniapp: string): Promise<CheckedConfig | undefined> {
  const { domainsAreOrigins } = await import('../../core/rules/domains-are-origins.ts');
  const { now, source } = await momentOf(input, io);
  const kinds: ReadonlySet<FileKind> = new Set<FileKind>(['platform', 'domains']);
  const options = { miniapps: [miniapp], kinds };
  return ifSound(check(input, io, { now, rules: [domainsAreOrigins], options, source }), input, io, kinds);
}

/** What was checked where it has no errors, of these kinds of files if they are named; otherwise prints them and gives undefined. */
export function ifSound<Found extends ReportedProblems>(
  checked: Found,
  input: Input,
  io: Io,
  kinds?: ReadonlySet<FileKind>,
): Found | undefined {
  const start = checked.folder.replace(/(?<!\/)\/+$/, '').length + 1;
  const bears = (file: string) => {
    const path = file.slice(start);
    // A link in the place of a folder hides what is read from it.
    return !kinds || kinds.has(identify(path)?.kind ?? 'readme') || (isFolderOfFiles(path) && path !== 'people');
  };
  const errors = checked.problems.filter(({ severity, file }) => severity === 'error' && bears(file));
  if (errors.length === 0) return checked;
  printProblems({ ...checked, problems: errors }, input, io);
  return undefined;
}
