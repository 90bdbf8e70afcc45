/**
 * Where the history of a platform begins. A platform starts as a copy of the example, whose history does not belong to it: the first commit
 * whose platform.yaml has a `beginning` counts as the one that brought the whole configuration.
 *
 * A beginning hides earlier commits from the audit, so it counts only where they held the example alone: every person who was ever in
 * people/ has a login of the example's. A real platform has had other people from its first day.
 */
import { inRepository, pathOf } from '../../core/paths.ts';
import { EXAMPLE_MINIAPPS, isOfExample } from '../../core/example.ts';
import { isRecord } from '../../core/is-record.ts';
import { FILE_LIMIT } from '../../read/load.ts';
import { readYaml } from '../../read/yaml.ts';
import { filesIn, readLog, type Log } from '../commits/log.ts';
import { noteParents } from '../commits/revisions.ts';
import { topOf } from '../process/location.ts';
import { blobSizes, readBlobs } from '../objects/blobs.ts';
import { cached, isId } from '../stores/cache.ts';
import { gitAnswer, gitText, type GitOptions } from '../process/run.ts';
import { listing } from '../objects/unfolding.ts';

/** The line as `init` writes it. A `beginning` that is written in another way does not count. */
const LINE = /^beginning:/m;

const SETTINGS = [
  ...['log', '--first-parent', '--diff-merges=first-parent', '--no-relative', '--no-renames'],
  ...['--text', '--no-textconv', '--no-ext-diff'],
];

/**
 * The commit, as the first parents of a tip tell; undefined where there is none that counts. `prefix`: the configuration's path
 * from the top; `env`: where Git finds a tip that is not the repository's own.
 */
export function beginningOf(
  folder: string,
  tip: string,
  prefix: string,
  env: GitOptions['env'] = {},
): string | undefined {
  const start = inRepository(prefix);
  const log = (...args: string[]): string => logText(folder, args, env);
  const find = (): string => {
    const file = `:(top,literal)${start}${pathOf.platform}`;
    const [oldest = '', parent = ''] = log('-s', '-G', LINE.source, '--format=%H %P', tip, '--', file)
      .split('\n')
      .at(-1)!
      .split(' ');
    return parent === '' || othersUntil(folder, parent, prefix, env).length === 0 ? oldest : '';
  };
  return cached(folder, [tip], ['beginning', start], find) || undefined;
}

/** Whether each of these commits has a beginning: it is the one with which a platform began, or comes after it. Two Git processes for any number. */
export const haveBegun = (
  folder: string,
  commits: readonly string[],
  prefix: string,
  env: GitOptions['env'] = {},
): boolean =>
  cached(folder, commits, ['have begun', prefix], () => {
    const input = commits.map((commit) => `${commit}:${inRepository(prefix)}${pathOf.platform}\n`).join('');
    const ids = gitText(folder, ['cat-file', '--batch-check=%(objectname)'], { env, input }).split('\n');
    // What is missing is named, and is no id.
    const contents = readBlobs(folder, ids.filter(isId), env);
    return ids.every((id) => LINE.test(new TextDecoder().decode(contents.get(id))));
  });

/** The folder in which a platform with this beginning stood at a commit, from the top; undefined where it stood in none. Throws EnvironmentError when Git fails. */
export function folderOf(
  folder: string,
  commit: string,
  beginning: string,
  env: GitOptions['env'] = {},
): string | undefined {
  const args = ['grep', '-z', '-l', '-F', '--full-name', '-e', beginning, commit, '--'];
  const { status, stdout } = gitAnswer(folder, [...args, `:(top,glob)**/${pathOf.platform}`], { env, accept: [1] });
  if (status !== 0) return undefined;
  const [first = ''] = stdout.toString('utf8').split('\0');
  return first.slice(`${commit}:`.length, -pathOf.platform.length).replace(/\/$/, '');
}

/** Whether a platform of its own may begin after a commit: up to there the example stands alone. */
export const mayBegin = (folder: string, commit: string, prefix: string): boolean =>
  !haveBegun(folder, [commit], prefix) && othersUntil(folder, commit, prefix).length === 0;

/** Everybody who is not of the example and was ever in people/, up to a commit by first parents. */
export function othersUntil(folder: string, tip: string, prefix: string, env: GitOptions['env'] = {}): string[] {
  const people = `:(top,literal)${inRepository(prefix, 'people')}`;
  return othersIn(logText(folder, ['--name-only', '-z', '--format=', tip, '--', people], env));
}

/** What tells a platform from another: who was ever in people/, and the ids of all miniapps that ever were, both without the example's. */
export interface EverThere {
  /** By login, and by GitHub's number, which stays when somebody is called otherwise. */
  readonly people: ReadonlySet<string>;
  readonly miniapps: ReadonlySet<string>;
}

const RAW = ['--raw', '--no-abbrev', '-z', '--format='];

/** Of a history by every parent: a merge that keeps nothing of one hides nobody. Throws UnfoldingError. */
export function everAnywhere(folder: string, tip: string, prefix: string): EverThere {
  const form = ['--full-history', '-c', '--no-renames', '--no-relative', ...RAW];
  const args = ['-c', 'log.showRoot=true', 'log', ...form, tip, '--', ...recordedPaths(prefix)];
  return everIn(folder, changedBlobs(listing(folder, args, tip).toString('utf8')));
}

/** Of a history by its first parents, from a commit on, which brings all that it holds. */
export function everSince(folder: string, first: string, tip: string, prefix: string): EverThere {
  const listed = [...filesIn(folder, first, [prefix])].map(([path, { id }]): NamedBlob => [path, id]);
  const changed = logText(folder, [...RAW, tip, `^${first}`, '--', ...recordedPaths(prefix)]);
  return everIn(folder, [...listed, ...changedBlobs(changed)]);
}

const recordedPaths = (prefix: string): string[] =>
  ['people', 'miniapps'].map((name) => `:(top,literal)${inRepository(prefix, name)}`);

/** A path, and the blob that stands or stood there. */
type NamedBlob = readonly [path: string, id: string];

/** Of `git log --raw -z`: a colon more than a commit has parents, modes, ids and a letter, NUL, a path, NUL. */
function changedBlobs(raw: string): NamedBlob[] {
  const tokens = raw.split('\0');
  return tokens.flatMap((token, i): NamedBlob[] => {
    if (!/^\n?:/.test(token)) return [];
    const path = tokens[i + 1] ?? '';
    return token.split(' ').flatMap((id): NamedBlob[] => (isId(id) && !/^0+$/.test(id) ? [[path, id]] : []));
  });
}

function everIn(folder: string, blobs: readonly NamedBlob[]): EverThere {
  const ids = blobs.flatMap(([path]) => /(?:^|\/)miniapps\/([^/]+)\//.exec(path)?.[1] ?? []);
  const ofPeople = blobs.filter(([path]) => othersIn(path).length > 0);
  const top = topOf(folder);
  // Of what is larger than `load` reads, nobody knows what it holds.
  const sizes = blobSizes(top, new Set(ofPeople.map(([, id]) => id)));
  const contents = readBlobs(
    top,
    [...sizes].filter(([, size]) => size <= FILE_LIMIT).map(([id]) => id),
  );
  const numbers = [...contents.values()].flatMap(githubIdIn);
  return {
    people: new Set([...ofPeople.flatMap(([path]) => othersIn(path)), ...numbers]),
    miniapps: new Set(ids.filter((id) => !EXAMPLE_MINIAPPS.has(id))),
  };
}

/** The number of a person's file as `#` and its digits; none of a file that cannot be read. */
function githubIdIn(content: Uint8Array): string[] {
  const { value } = readYaml('', content);
  const id = isRecord(value) ? value['githubId'] : undefined;
  return typeof id === 'number' ? [`#${id}`] : [];
}

function othersIn(names: string): string[] {
  const logins = names.split('\0').flatMap((name) => /(?:^|\/)people\/([^/]+)\.yaml$/.exec(name)?.[1] ?? []);
  return [...new Set(logins)].filter((login) => !isOfExample(login));
}

const logText = (folder: string, args: readonly string[], env: GitOptions['env'] = {}): string =>
  gitText(folder, ['-c', 'log.showRoot=true', ...SETTINGS, ...args], { env });

/** The commits since the beginning, which counts as the first commit and brings every file; without one, all commits. */
export function readPlatformLog(
  folder: string,
  tip: string,
  prefix: string,
  { paths = [], newest }: { readonly paths?: readonly string[]; readonly newest?: number | undefined } = {},
): Log {
  const beginning = beginningOf(folder, tip, prefix);
  if (beginning === undefined) return readLog(folder, tip, { paths, newest });
  const log = readLog(folder, tip, { paths, newest, from: beginning });
  const files = filesIn(folder, beginning, paths.length > 0 ? paths : [prefix]);
  const changes = [...files].map(([path, after]) => ({ path, after }));
  const after = log.commits.filter(({ id }) => id !== beginning);
  const isWhole = newest === undefined || log.commits.length < newest || after.length < log.commits.length;
  if (!isWhole || files.size === 0) return { ...log, commits: after };
  const first = log.commits.find(({ id }) => id === beginning) ?? readLog(folder, beginning, { newest: 1 }).commits[0]!;
  noteParents(beginning, first.parents);
  return { ...log, commits: [{ ...first, parents: [], changes }, ...after] };
}
