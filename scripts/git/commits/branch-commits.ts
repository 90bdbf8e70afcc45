/** The commits of a branch: whose they are, and which merges among them have a file that no parent has. */
import { EnvironmentError } from '../../core/errors.ts';
import { coAuthorsIn, type CommitNames } from '../../core/history/commit-authors.ts';
import { cached, keep, known } from '../stores/cache.ts';
import { noteMergeBases } from './fetch.ts';
import { gitText } from '../process/run.ts';
import { SHALLOW } from '../process/location.ts';
import { withObjects, type Scratch } from '../stores/scratch.ts';
import { listedWithin } from '../objects/unfolding.ts';

/** Commits up to the head, without those of the base; of a file (from the top of the repository), those that touched it. */
export interface Range {
  readonly base?: string;
  readonly head: string;
  readonly file?: string;
}

export type BaseAndHead = Required<Pick<Range, 'base' | 'head'>>;

/** The parts of a merge that show whether it is automatic. */
export interface MergeParts {
  readonly tree: string;
  readonly parents: readonly string[];
}

export interface LoggedNames extends CommitNames, MergeParts {
  readonly id: string;
}

export interface BranchCommit extends LoggedNames {
  /** Whether one of its files differs from that of every parent at the same path. */
  readonly isMixed: boolean;
}

const FIELDS = ['%H', '%T', '%P', '%ae', '%ce', '%B'];
/** Options that override the user's settings, which could change the output. */
const LOG = ['log', '-z', '--no-notes', '--encoding=UTF-8', `--format=${FIELDS.join('%x00')}`];
/** A merge is listed once for each parent that it differs from. */
const FILES = ['--raw', '--diff-merges=separate', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];

/** Bytes of some 300,000 changed files, which whoever lists the history afterwards can list. */
const MOST = 64 * 1024 ** 2;

/** The commits of a branch. Undefined where they, each by itself, change more files than can be listed. Throws EnvironmentError when Git fails. */
export function branchCommits(temporary: Scratch, { base, head }: BaseAndHead): readonly BranchCommit[] | undefined {
  const args = ['-c', 'log.showRoot=true', ...LOG, ...FILES, '--end-of-options', `${base}..${head}`, '--'];
  const before = known<readonly BranchCommit[]>(temporary.top, [base, head], KEY);
  if (before) return before;
  const list = (seconds: number) => withObjects(temporary, args, { most: MOST, seconds }).stdout;
  const listed = listedWithin(temporary, { tip: head, without: base }, list);
  if (!listed) return undefined;
  // Copied, because a part of a text keeps all of it in memory: of what is read here, most are paths, which are not kept.
  const commits = structuredClone(parseFiles(listed.toString('utf8').split('\0')));
  keep(temporary.top, [base, head], KEY, commits, sizeOf(commits));
  return commits;
}

const KEY = ['branch'];
/** Bytes that a commit takes besides its texts, and a text besides its characters. */
const [PER_COMMIT, PER_TEXT] = [500, 40];

const sizeOf = (commits: readonly BranchCommit[]): number =>
  commits
    .flatMap(({ parents, addresses, coAuthors }) => [...parents, ...addresses, ...coAuthors])
    .reduce((sum, text) => sum + text.length + PER_TEXT, commits.length * PER_COMMIT);

/**
 * Whether a head has all of a base is told by its own commits, which every judgement reads: one of them has the base for a parent.
 * So they are read first, and Git is not asked where the two parted.
 */
export function noteDescent(folder: string, { base, head }: BaseAndHead, temporary: Scratch): void {
  const descends =
    base === head || branchCommits(temporary, { base, head })?.some(({ parents }) => parents.includes(base));
  if (descends === true) noteMergeBases(folder, base, head, [base]);
}

/** Where the commits of a branch come from. */
export interface BranchOrigins {
  /** Whether one of them is a first commit, and so brings a history that has nothing in common with the base. */
  readonly hasRoot: boolean;
  /** The commits of the base that they come after. */
  readonly parted: readonly string[];
}

/**
 * A branch with more files than can be listed is refused for that, and has none here. Throws EnvironmentError when Git fails, or a shallow clone
 * ends where the branch may go on.
 */
export function originsOf(range: BaseAndHead, temporary: Scratch): BranchOrigins {
  const commits = branchCommits(temporary, range) ?? [];
  const root = commits.find(({ id, parents }) => parents.length === 0 && isFirst(id, temporary));
  if (root && temporary.isShallow)
    throw new EnvironmentError(`this shallow clone does not tell what ${root.id} comes from: ${SHALLOW}`);
  const own = new Set(commits.map(({ id }) => id));
  const parted = new Set(commits.flatMap(({ parents }) => parents.filter((parent) => !own.has(parent))));
  return { hasRoot: root !== undefined, parted: [...parted] };
}

/** What was listed before more of the history was fetched may have parents by now. */
const isFirst = (id: string, { top, env }: Scratch): boolean =>
  gitText(top, ['rev-list', '--parents', '-1', id], { env }) === id;

/** The commits of a range without their files. Throws EnvironmentError when Git fails. */
export function commitsIn(folder: string, { base, head, file }: Range, env: Scratch['env']): LoggedNames[] {
  const ids = base === undefined ? [head] : [base, head];
  const paths = file === undefined ? [] : [`:(top,literal)${file}`];
  const args = [...LOG, ids.join('..'), '--', ...paths];
  const fields = cached(folder, ids, ['commits', ...paths], () => gitText(folder, args, { env })).split('\0');
  const commits: LoggedNames[] = [];
  for (let i = 0; i + FIELDS.length <= fields.length; i += FIELDS.length) commits.push(parseNames(fields, i));
  return commits;
}

/** No field can hold a NUL. */
function parseNames(fields: readonly string[], start: number): LoggedNames {
  const [id = '', tree = '', parents = '', author = '', committer = '', message = ''] = fields.slice(
    start,
    start + FIELDS.length,
  );
  return {
    ...{ id: id.trim(), tree, parents: parents.split(' ').filter((parent) => parent !== '') },
    addresses: [...new Set([author, committer])],
    coAuthors: coAuthorsIn(message),
  };
}

/** After the fields of each commit `:modes ids letter` and a path for each of its files; a path may look like anything. */
function parseFiles(tokens: readonly string[]): BranchCommit[] {
  const names = new Map<string, LoggedNames>();
  const listings = new Map<string, Set<string>[]>();
  for (let i = 0; i + FIELDS.length <= tokens.length;) {
    const commit = parseNames(tokens, i);
    const files = new Set<string>();
    for (i += FIELDS.length; /^\n?:/.test(tokens[i] ?? ''); i += 2) files.add(tokens[i + 1]!);
    names.set(commit.id, commit);
    listings.set(commit.id, [...(listings.get(commit.id) ?? []), files]);
  }
  return [...names.values()].map((commit) => {
    const [first, ...others] = listings.get(commit.id)!;
    const isMixed =
      commit.parents.length > 1 &&
      others.length + 1 === commit.parents.length &&
      [...first!].some((path) => others.every((files) => files.has(path)));
    return { ...commit, isMixed };
  });
}
