/** Replays a history: for each commit that changes the configuration, the state before and after. */
import { inRepository, miniappOf } from '../../core/paths.ts';
import type { Source } from '../../read/source.ts';
import { keepContents, readBlobs, type Blob } from '../objects/blobs.ts';
import { listedSource, type ListedFile } from '../objects/listed-source.ts';
import { type Log, type LoggedCommit } from '../commits/log.ts';

/** A file of the configuration that a commit changed. */
interface ConfigDifference {
  /** Relative to the configuration. */
  readonly path: string;
  readonly isInBase: boolean;
  readonly isInMerged: boolean;
}

export interface ReplayStep {
  readonly commit: LoggedCommit;
  readonly differences: readonly ConfigDifference[];
  /** Changed files outside the configuration, from the top of the repository. */
  readonly otherFiles: readonly string[];
  readonly before: Source;
  readonly after: Source;
  /** Whether there was no file of a configuration before. */
  readonly isFirst: boolean;
}

export interface Replay {
  readonly log: Log;
  /** The configuration's path from the top of the repository. */
  readonly prefix: string;
  /** The files before the first commit of the log, when that is not the first of the history. */
  readonly start: ReadonlyMap<string, Blob>;
  /** The miniapps that the sources of a step hold, besides what all of them share; undefined for every miniapp. */
  scope(step: Pick<ReplayStep, 'commit' | 'differences' | 'isFirst'>): readonly string[] | undefined;
}

/** Every step, oldest first. The first of two passes collects the needed contents, so that one process reads them all. */
export function* replay(folder: string, asked: Replay): Iterable<ReplayStep> {
  const needed = new Set<string>();
  for (const { before, after } of walk(asked)) for (const { id } of [...before, ...after]) needed.add(id);
  const contents = readBlobs(folder, needed);
  keepContents(folder, contents);
  for (const { before, after, ...step } of walk(asked)) {
    yield { ...step, before: listedSource(before, contents), after: listedSource(after, contents) };
  }
}

type FilesById = Map<string, Map<string, Blob>>;

/** The miniapp whose folder a path is in, or '' for what all of them share. */
const groupOf = (path: string): string => miniappOf(path) ?? '';

/** The files of the configuration that a commit changed. */
export function differencesIn({ changes }: LoggedCommit, prefix: string): ConfigDifference[] {
  const folder = inRepository(prefix);
  return changes
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, before, after }) => ({
      path: path.slice(folder.length),
      isInBase: before !== undefined,
      isInMerged: after !== undefined,
    }));
}

function* walk({ log, prefix, start, scope }: Replay) {
  const folder = inRepository(prefix);
  const files: FilesById = new Map();
  for (const [path, blob] of start) if (path.startsWith(folder)) put(files, path.slice(folder.length), blob);
  for (const commit of log.commits) {
    const inConfig = commit.changes.filter(({ path }) => path.startsWith(folder));
    if (inConfig.length === 0) continue;
    const differences = differencesIn(commit, prefix);
    const isFirst = files.size === 0;
    const miniapps = scope({ commit, differences, isFirst });
    const look = (): ListedFile[] => listing(files, miniapps);
    const before = look();
    for (const { path, after } of inConfig) put(files, path.slice(folder.length), after);
    const otherFiles = commit.changes.map(({ path }) => path).filter((path) => !path.startsWith(folder));
    yield { commit, differences, otherFiles, isFirst, before, after: look() };
  }
}

function put(files: FilesById, path: string, blob: Blob | undefined): void {
  const group = groupOf(path);
  const own = files.get(group) ?? new Map<string, Blob>();
  if (blob) own.set(path, blob);
  else own.delete(path);
  if (own.size > 0) files.set(group, own);
  else files.delete(group);
}

function listing(files: FilesById, miniapps: readonly string[] | undefined): ListedFile[] {
  const groups = miniapps === undefined ? [...files.keys()] : ['', ...miniapps];
  return groups.flatMap((group) => [...(files.get(group) ?? [])].map(([path, blob]) => ({ path, ...blob })));
}
