/** Facts of history: read from Git on request, or collected commit by commit. */
import { EnvironmentError } from '../../core/errors.ts';
import type { History } from '../../core/lifecycle/history.ts';
import { identify, inRepository, miniappOf, pathOf } from '../../core/paths.ts';
import { continuedLines, type HistoryLine } from './continued-lines.ts';
import { filesIn } from '../commits/log.ts';
import { isId, cached } from '../stores/cache.ts';
import type { ReplayStep } from './replay.ts';
import { isShallow } from '../process/location.ts';
import type { Scratch } from '../stores/scratch.ts';
import { committedAt, timeOf } from '../commits/time.ts';
import { listing } from '../objects/unfolding.ts';

/** Miniapps for which Git is asked one by one; for more, one process reads all of them. */
const FEW = 3;

/**
 * The history of a configuration up to a commit. `prefix`: its path from the top of the repository; `known`: where Git finds objects that
 * are not the repository's own, and whether the clone is shallow. What came before the platform's beginning does not count.
 *
 * Everything reachable counts as used, on all parents of every merge: the order of parents is only a claim, and a merge with swapped parents
 * would hide what the branch contained. The time of a merge is read from the first parents.
 * Throws EnvironmentError in a shallow clone, where the answer would be wrong.
 */
export function pastOf(
  folder: string,
  commit: string,
  prefix: string,
  known: Partial<Pick<Scratch, 'env' | 'isShallow'>> = {},
): History {
  const { env = {} } = known;
  const start = inRepository(prefix);
  const ask = (path: string, args: readonly string[]): string =>
    cached(folder, [commit], ['past', start + path, ...args], () => logOf(lines()[0]!, path, args));
  const logOf = ({ tip, beginning }: HistoryLine, path: string, args: readonly string[]): string => {
    const range = beginning === undefined ? [tip] : [tip, `^${beginning}`];
    const paths = `:(top,literal)${start}${path}`;
    return listing(folder, [...LOG, ...args, ...range, '--', paths], tip, { env })
      .toString('utf8')
      .trimEnd();
  };
  /** Its own first. */
  const lines = (): readonly HistoryLine[] => {
    cached(folder, [commit], ['has its whole past'], hasAll);
    return cached(folder, [commit], ['lines', start], () => continuedLines(folder, commit, prefix, env));
  };
  /** The files that the beginning of a history brought below a path; no later log lists them. */
  const brought = ({ beginning }: HistoryLine, path: string): string[] =>
    beginning === undefined ? [] : [...filesIn(folder, beginning, [start + path]).keys()];
  const hasAll = (): true => {
    const isCut = known.isShallow ?? isShallow(folder);
    if (!isCut) return true;
    throw new EnvironmentError(
      'this clone is shallow, so numbers and ids used before are not known: git fetch --unshallow',
    );
  };
  /** The files that were ever added below a path. */
  const addedIn = (path: string): string[] =>
    lines().flatMap((line) => [...logOf(line, path, ADDED).split('\0'), ...brought(line, path)]);
  const asked = new Set<string>();
  const found = new Map<string, Used>();
  const usedBy = (miniapp: string): Used | undefined => {
    asked.add(miniapp);
    if (!found.has(miniapp)) {
      const path = asked.size > FEW ? MINIAPPS : pathOf.folder(miniapp);
      for (const [id, used] of cached(folder, [commit], ['used', start + path], () => usedIn(addedIn(path), start)))
        found.set(id, used);
    }
    return found.get(miniapp);
  };
  return {
    versionsEver: (miniapp) => [...(usedBy(miniapp) ?? [])],
    wasEver: (miniapp) => usedBy(miniapp) !== undefined,
    submittedAt(miniapp, version) {
      // A version under review changes by nothing but its review, so the last merge that touched it submitted it.
      // Without -s Git shows what a merge changed besides.
      const file = pathOf.version(miniapp, version);
      const seconds = ask(file, ['--first-parent', '-1', '-s', '--format=%ct']);
      if (seconds !== '') return timeOf(seconds);
      const [own] = lines();
      return brought(own!, file).length > 0 ? committedAt(folder, own!.beginning!) : undefined;
    },
  };
}

const MINIAPPS = 'miniapps';
const LOG = [...['-c', 'log.showRoot=true', 'log', '--diff-merges=first-parent', '--no-relative'], '--no-renames'];
/** Without `--full-history` Git leaves out branches that ended with the same content. */
const ADDED = ['--full-history', '--diff-filter=A', '--format=', '--name-only', '-z'];

/** The version numbers that a miniapp ever had. */
type Used = ReadonlySet<string>;

/** By miniapp, from paths of files from the top of the repository. */
function usedIn(paths: readonly string[], start: string): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const path of paths) if (path.startsWith(start)) use(used, path.slice(start.length));
  return used;
}

/** Any file below a miniapp's folder says that the miniapp was there. */
function use(used: Map<string, Set<string>>, path: string): void {
  const { kind, id } = identify(path) ?? {};
  const miniapp = miniappOf(path);
  if (miniapp === undefined) return;
  const versions = used.get(miniapp) ?? new Set();
  used.set(miniapp, versions);
  if (kind === 'version' && id !== undefined) versions.add(id);
}

/** The files that were ever added on any branch before a commit; each branch is listed once, in the order of the first parents. */
export type AddedFiles = (commit: string) => readonly string[];

/** The additions in the history of a tip, by one process for it and for each history that its beginning continues, which are before all of it. */
export function addedBefore(folder: string, tip: string, prefix: string): AddedFiles {
  const [own, ...continued] = continuedLines(folder, tip, prefix, {});
  let before = continued.flatMap((line) => {
    const { added, brought } = addedAlong(folder, line, prefix);
    return [...brought, ...added.values()].flat();
  });
  const { parents, added } = addedAlong(folder, own!, prefix);
  const seen = new Set<string>();
  return (commit) => {
    const found = before;
    before = [];
    // What a merge brings by its other lines is not before it.
    const open = (parents.get(commit) ?? []).slice(0, 1);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      // One by one: a commit may add more files than a call takes arguments.
      for (const path of added.get(next) ?? []) found.push(path);
      for (const parent of parents.get(next) ?? []) open.push(parent);
    }
    return found;
  };
}

interface AddedAlong {
  /** Of each commit of a history, without what its beginning has. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** The files that each of them added. */
  readonly added: ReadonlyMap<string, readonly string[]>;
  /** The files that the beginning brought. */
  readonly brought: readonly string[];
}

function addedAlong(folder: string, { tip, beginning }: HistoryLine, prefix: string): AddedAlong {
  const start = inRepository(prefix);
  const range = beginning === undefined ? [tip] : [tip, `^${beginning}`];
  const args = [...LOG, '--full-history', '--sparse', '--format=%x00%H%x00%P%x00', '--name-status', '-z', ...range];
  const paths = `:(top,literal)${start}${MINIAPPS}`;
  const tokens = listing(folder, [...args, '--', paths], tip)
    .toString('utf8')
    .split('\0');
  const parents = new Map<string, readonly string[]>();
  const added = new Map<string, string[]>();
  let own: string[] = [];
  for (let i = 0; i + 1 < tokens.length;) {
    const word = tokens[i]!.replace(/^\n/, '');
    if (word === '') {
      i += 1;
      continue;
    }
    const next = tokens[i + 1]!;
    if (isId(word)) {
      parents.set(word, next === '' ? [] : next.split(' '));
      added.set(word, (own = []));
    } else if (word === 'A' && next.startsWith(start)) {
      own.push(next.slice(start.length));
    }
    i += 2;
  }
  // All of the configuration, as whoever judges its history lists it too.
  const files = beginning === undefined ? [] : [...filesIn(folder, beginning, [prefix]).keys()];
  const brought = files
    .filter((path) => path.startsWith(`${start}${MINIAPPS}/`))
    .map((path) => path.slice(start.length));
  return { parents, added, brought };
}

/** A history that grows while commits are replayed, so that a thousand commits need no further process. */
export function growingPast(added: AddedFiles): {
  readonly past: History;
  /** Moves to a commit; the history is what came before it. */
  reach(commit: string): void;
  learn(step: Pick<ReplayStep, 'commit' | 'differences'>): void;
} {
  const used = new Map<string, Set<string>>();
  const touched = new Map<string, number>();
  const past: History = {
    versionsEver: (miniapp) => [...(used.get(miniapp) ?? [])],
    wasEver: (miniapp) => used.has(miniapp),
    submittedAt: (miniapp, version) => touched.get(pathOf.version(miniapp, version)),
  };
  return {
    past,
    reach(commit) {
      for (const path of added(commit)) use(used, path);
    },
    learn({ commit, differences }) {
      for (const { path } of differences) {
        use(used, path);
        if (identify(path)?.kind === 'version') touched.set(path, commit.time);
      }
    },
  };
}
