/**
 * The first-parent history of a branch: what each commit says, and which files it changed against its first parent. One Git
 * process however long it is.
 */
import { defined } from '../../core/defined.ts';
import { coAuthorsIn } from '../../core/history/commit-authors.ts';
import { reasonIn } from '../../core/history/reason.ts';
import { EnvironmentError } from '../../core/errors.ts';
import { headIn, isShallow, topOf } from '../process/location.ts';
import { gitAnswer, gitText } from '../process/run.ts';
import { timeOf } from './time.ts';
import { cached } from '../stores/cache.ts';
import type { Blob } from '../objects/blobs.ts';
import { listing } from '../objects/unfolding.ts';

/** A file that differs from the first parent; a side is missing where the file is not there. */
export interface LoggedChange {
  /** From the top of the repository. */
  readonly path: string;
  readonly before?: Blob;
  readonly after?: Blob;
}

export interface LoggedCommit {
  readonly id: string;
  readonly parents: readonly string[];
  /** When it was committed, in milliseconds since 1970. */
  readonly time: number;
  readonly author: string;
  readonly email: string;
  readonly subject: string;
  /** The trailers by key in lower case. They are claims. */
  readonly trailers: ReadonlyMap<string, readonly string[]>;
  /** The co-authors that its message names, anywhere in it. */
  readonly coAuthors: readonly string[];
  /** What it says besides its subject and its trailers. */
  readonly reason?: string;
  readonly changes: readonly LoggedChange[];
}

export interface Log {
  /** Oldest first. */
  readonly commits: readonly LoggedCommit[];
  /** Whether the clone holds only the end of the history, so that the first commit's parent is not here. */
  readonly isShallow: boolean;
}

/** The trailers as they stand: with any option Git tells those that a setting of the user names (`trailer.KEY.key`) by that name. */
const FIELDS = ['%H', '%P', '%ct', '%an', '%ae', '%s', '%(trailers)', '%B'] as const;
/** Options that override the user's settings, which could change the output. */
const SETTINGS = [
  ...['log', '--first-parent', '--diff-merges=first-parent', '--raw', '-z', '--no-abbrev', '--no-renames'],
  ...['--no-relative', '--no-mailmap', '--ignore-submodules=none'],
  `--format=%x00%x00${FIELDS.join('%x00')}%x00`,
];

export interface LogOptions {
  /** Only commits that change something there, from the top of the repository. */
  readonly paths?: readonly string[];
  /** At most so many, the last ones. */
  readonly newest?: number | undefined;
  /** Nothing before this commit, which is one of the first parents. */
  readonly from?: string;
  /** Nothing that this commit has. */
  readonly without?: string;
  /** Seconds that Git may take at most: a commit that nobody judged yet may hold trees that unfold without end. */
  readonly seconds?: number;
}

/** The commits of a tip's first parents, oldest first. Throws EnvironmentError where nothing was committed yet, and TooMuchError. */
export function readLog(folder: string, tip: string, options: LogOptions = {}): Log {
  const { paths = [], newest, from, without, seconds } = options;
  const limit = newest === undefined ? [] : [`--max-count=${newest}`];
  const where = paths.map((path) => `:(top,literal)${path}`);
  const left = [...(from === undefined ? [] : [`${from}^@`]), ...(without === undefined ? [] : [without])];
  const range = left.length === 0 ? [tip] : [tip, '--not', ...left];
  const args = ['-c', 'log.showRoot=true', ...SETTINGS, ...limit, ...range, '--', ...where];
  const stdout = seconds === undefined ? listing(folder, args, tip) : gitAnswer(folder, args, { seconds }).stdout;
  return {
    commits: parseLog(stdout.toString('utf8')).reverse(),
    get isShallow() {
      return isShallow(folder);
    },
  };
}

/** The files below these paths (from the top of the repository) in a commit; without a path every file. */
export function filesIn(folder: string, commit: string, paths: readonly string[]): Map<string, Blob> {
  const named = paths.filter((path) => path !== '');
  const args = ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...named];
  const top = topOf(folder);
  const ask = () => listing(top, args, commit).toString('utf8');
  const lines = named.length === 0 ? ask() : cached(top, [commit], ['ids', ...named], ask);
  const files = new Map<string, Blob>();
  for (const line of lines.split('\0')) {
    if (line === '') continue;
    const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode === undefined || id === undefined || path === undefined) throw new Error(`Git lists ${line}`);
    files.set(path, { mode, id });
  }
  return files;
}

/** What a merge is told by of the branch that it brought: the newest commit of that branch. */
export interface MergedTip {
  readonly email: string;
  /** None of a merge, whose message tells of what it brought into the branch: `branchReason`. */
  readonly reason?: string;
  readonly isMerge: boolean;
}

/** What a commit says as the newest of a branch that was merged. */
export const mergedTip = ({
  email,
  isMerge,
  message,
}: Pick<MergedTip, 'email' | 'isMerge'> & { readonly message: string }): MergedTip => ({
  ...{ email, isMerge },
  ...defined({ reason: isMerge ? undefined : reasonIn(message) }),
});

/** The author's address and the reason of these commits, as far as they are here. */
export function mergedTips(folder: string, commits: readonly string[]): Map<string, MergedTip> {
  if (commits.length === 0) return new Map();
  const args = ['log', '--no-walk', '--stdin', '--ignore-missing', '-z', '--no-mailmap', '--format=%H %ae%n%P%n%B'];
  const input = commits.map((commit) => `${commit}\n`).join('');
  const text = gitText(folder, args, { input });
  return new Map(
    text.split('\0').flatMap((told): [string, MergedTip][] => {
      const [, commit, email, parents = '', message = ''] =
        /^([0-9a-f]+) ([^\n]*)\n([^\n]*)\n(.*)$/s.exec(told.trimStart()) ?? [];
      if (commit === undefined || email === undefined) return [];
      return [[commit, mergedTip({ email, isMerge: parents.includes(' '), message })]];
    }),
  );
}

/** The reason of the newest commit that a merge brought and that is no merge itself. `parents`: those of the merge. */
export function branchReason(folder: string, [base = '', head = '']: readonly string[]): string | undefined {
  const args = ['log', '--max-count=1', '--no-merges', '--format=%B', head, `^${base}`, '--'];
  return reasonIn(gitText(folder, args));
}

/** The id of the commit at HEAD. Throws EnvironmentError where nothing was committed yet. */
export function headOf(folder: string): string {
  const head = headIn(folder);
  if (head !== undefined) return head;
  throw new EnvironmentError('nothing is committed in this repository yet, so there is no history');
}

/**
 * Each commit is its fields, each ended by NUL, then for each file `:100644 100644 id id M`, NUL, path, NUL. No field and no path can hold a
 * NUL, and a path is read right after its entry, so text cannot be read as structure.
 */
function parseLog(text: string): LoggedCommit[] {
  const tokens = text.split('\0');
  const commits: LoggedCommit[] = [];
  let changes: LoggedChange[] = [];
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i]!.replace(/^\n/, '');
    if (token === '') {
      i += 1;
    } else if (token.startsWith(':')) {
      changes.push(parseChange(token, tokens[i + 1]!));
      i += 2;
    } else {
      changes = [];
      commits.push(parseCommit(tokens.slice(i, i + FIELDS.length), changes));
      i += FIELDS.length;
    }
  }
  return commits;
}

function parseCommit(fields: readonly string[], changes: LoggedChange[]): LoggedCommit {
  const [id = '', parents = '', seconds = '', author = '', email = '', subject = '', trailers = '', message = ''] =
    fields;
  const reason = reasonIn(message);
  return {
    id: id.trim(),
    parents: parents.split(' ').filter((parent) => parent !== ''),
    time: timeOf(seconds),
    author,
    email,
    subject,
    trailers: parseTrailers(trailers),
    coAuthors: coAuthorsIn(message),
    ...(reason === undefined ? {} : { reason }),
    changes,
  };
}

/** Of the lines in which Git finds trailers, others may be among them; one that begins with a space goes on with the line before it. */
function parseTrailers(text: string): Map<string, string[]> {
  const trailers = new Map<string, string[]>();
  for (const line of text.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, key, value] = /^([A-Za-z][A-Za-z0-9-]*)[ \t]*:(.*)$/s.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    const known = trailers.get(key.toLowerCase());
    if (known) known.push(value.trim());
    else trailers.set(key.toLowerCase(), [value.trim()]);
  }
  return trailers;
}

const NOTHING = '000000';

function parseChange(raw: string, path: string): LoggedChange {
  const [before = '', after = '', idBefore = '', idAfter = ''] = raw.slice(1).split(' ');
  return {
    path,
    ...(before === NOTHING ? {} : { before: { mode: before, id: idBefore } }),
    ...(after === NOTHING ? {} : { after: { mode: after, id: idAfter } }),
  };
}
