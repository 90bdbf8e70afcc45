/** In which merges of a history somebody wrote, and of which that cannot be told. */
import { EnvironmentError } from '../../core/errors.ts';
import { treeOfMerge, treesOfMerges, UnknownOptionError, type MergeParents } from './automatic-merges.ts';
import { isId } from '../stores/cache.ts';
import { gitAnswer, gitText, TooMuchError } from '../process/run.ts';
import { isPartial, scratch, withObjects, type Scratch } from '../stores/scratch.ts';
import { unfoldingAmong } from '../objects/unfolding.ts';

/**
 * Why nobody knows whether somebody wrote in a merge: Git ran out of time or was ended (`time`), is older than 2.38 (`git`), or objects that
 * the merge is made of are missing, or may be, as the clone is a partial one (`objects`).
 */
export type UnseenReason = 'time' | 'git' | 'objects';

/** Of each merge one of three answers: it is in `written`, or in `unseen`, or else it is what Git makes of its parents. */
export interface MergeAnswers {
  /**
   * Those that are not what Git makes of two parents: another tree, a file where no parent has it, conflicts, parents that are unrelated or more
   * than two, trees that Git does not merge or that unfold to more than anybody lists.
   */
  readonly written: ReadonlySet<string>;
  /** Those of which nothing is known. */
  readonly unseen: ReadonlyMap<string, UnseenReason>;
}

/** Merges of which nothing is known yet, and why. */
interface Looked {
  readonly left: readonly string[];
  readonly error?: EnvironmentError;
}

/**
 * Merges of a batch; seconds of a batch, and of each merge in it besides; of one alone, once all others are looked at; and seconds that may be
 * lost on merges alone that Git does not make, of short looks and of long ones each, after which it is asked for no more of these.
 */
const LIMITS = { batch: 100, seconds: 1, each: 0.05, alone: 20, lost: 120 };

/**
 * In which of these merges somebody wrote, by their ids. Of a batch that Git does not finish each merge is asked alone, without those that explain
 * it, and the slow ones again at last: no merge decides about another. `folder`: inside the repository. Throws EnvironmentError where Git cannot
 * work.
 */
export function writtenMerges(folder: string, ids: readonly string[], limits = LIMITS): MergeAnswers {
  const written = new Set<string>();
  const unseen = new Map<string, UnseenReason>();
  if (ids.length === 0) return { written, unseen };
  const temporary = scratch(folder);
  let unrelated: ReadonlySet<string> | undefined;
  const explaining = (error: EnvironmentError, batch: readonly string[]): ReadonlySet<string> => {
    if (error instanceof UnknownOptionError) return new Set();
    if (error instanceof TooMuchError) return unfoldingMerges(folder, batch);
    return (unrelated ??= unrelatedAmong(folder, ids));
  };
  /** Keeps what is known of a batch. Gives what is not, and why. */
  const look = (batch: readonly string[], seconds: number): Looked => {
    const found = attempt(() => writtenAmong(folder, batch, temporary, seconds));
    const isMade = !(found instanceof EnvironmentError);
    const known = isMade ? new Set(found) : explaining(found, batch);
    for (const id of batch) if (known.has(id)) written.add(id);
    return isMade ? { left: [] } : { left: batch.filter((id) => !known.has(id)), error: found };
  };
  const timeOf = (batch: readonly string[]) => limits.seconds + limits.each * batch.length;
  const [alone, slow, unasked]: [string[], string[], string[]] = [[], [], []];
  let areSeveral = true;
  let lost = 0;
  const lookAlone = (id: string, seconds: number, later?: string[]): void => {
    if (lost > limits.lost) return void (later ? unasked.push(id) : unseen.set(id, 'time'));
    const began = performance.now();
    const { left, error } = look([id], seconds);
    if (error) lost += (performance.now() - began) / 1000;
    if (left.length === 0 || !error) return;
    const reason = whyUnseen(error, temporary);
    if (reason === 'time' && later) later.push(id);
    else if (reason === undefined) written.add(id);
    else unseen.set(id, reason);
  };
  try {
    const open = batchesOf(ids, limits.batch);
    for (let batch = open.shift(); batch; batch = open.shift()) {
      const { left, error }: Looked = areSeveral && batch.length > 1 ? look(batch, timeOf(batch)) : { left: batch };
      areSeveral &&= !(error instanceof UnknownOptionError);
      if (left.length < batch.length) open.push(...batchesOf(left, batch.length));
      else alone.push(...batch);
    }
    for (const id of alone) lookAlone(id, timeOf([id]), slow);
    // Where starting Git alone takes longer than a short look, nobody has looked yet.
    lost = 0;
    for (const id of [...unasked, ...slow]) lookAlone(id, limits.alone);
  } finally {
    temporary.remove();
  }
  return { written, unseen };
}

const batchesOf = (ids: readonly string[], size: number): (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, i) => ids.slice(i * size, (i + 1) * size));

function attempt<Answer>(work: () => Answer): Answer | EnvironmentError {
  try {
    return work();
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
}

/** Those of a batch in which somebody wrote. Throws EnvironmentError where Git stops at one of them, TooMuchError after these seconds. */
function writtenAmong(folder: string, ids: readonly string[], temporary: Scratch, seconds: number): string[] {
  const pairs = mergesOf(folder, ids, seconds).filter(({ parents, isMoved }) => parents.length === 2 && !isMoved);
  const trees =
    ids.length === 1
      ? pairs.map((pair) => treeOfMerge(temporary, pair, seconds))
      : treesOfMerges(temporary, pairs, seconds);
  if (trees.length < pairs.length) throw new EnvironmentError('Git does not merge one of several');
  const automatic = new Set(pairs.filter(({ tree }, i) => trees[i] === tree).map(({ id }) => id));
  return ids.filter((id) => !automatic.has(id));
}

/** Undefined where it is the merge at which Git stops: then somebody made what no Git makes. Throws EnvironmentError where Git cannot write here. */
function whyUnseen(error: EnvironmentError, temporary: Scratch): UnseenReason | undefined {
  if (error instanceof TooMuchError) return 'time';
  if (error instanceof UnknownOptionError) return 'git';
  if (isPartial(temporary.top) || isMissing(temporary, error)) return 'objects';
  withObjects(temporary, ['hash-object', '-w', '--stdin'], { input: 'a merge writes trees' });
  return undefined;
}

/** Whether Git names an object that is not here; one of another kind than it should be is. */
function isMissing({ top }: Scratch, { message }: EnvironmentError): boolean {
  const [named] = /\b[0-9a-f]{40,64}\b/.exec(message) ?? [];
  return named !== undefined && gitAnswer(top, ['cat-file', '-e', named], { accept: [1, 128] }).status !== 0;
}

interface ListedMerge extends MergeParents {
  readonly id: string;
  readonly tree: string;
  /** Whether a file of it differs from those that some parents have there, and another parent has none. */
  readonly isMoved: boolean;
}

const NONE = '000000';
/** Bytes that Git may list of a batch. */
const MOST_LISTED = 64 * 1024 ** 2;

/** With each merge the files that differ from those of all its parents (`-c`): `::` modes ids letters, NUL, path, NUL. */
function mergesOf(folder: string, ids: readonly string[], seconds: number): ListedMerge[] {
  const args = ['log', '--no-walk=unsorted', '--stdin', '-c', '--raw', '-z', '--no-abbrev', '--no-renames'];
  const format = ['--no-relative', '--ignore-submodules=none', '--no-mailmap', '--format=%H %T %P%x00'];
  const options = { input: lines(ids), seconds, most: MOST_LISTED };
  const tokens = gitAnswer(folder, [...args, ...format], options)
    .stdout.toString('utf8')
    .split('\0');
  const merges: (Omit<ListedMerge, 'isMoved'> & { isMoved: boolean })[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!.replace(/^\n/, '');
    if (token.startsWith('::')) {
      const colons = /^:+/.exec(token)![0].length;
      const modes = token.slice(colons).split(' ').slice(0, colons);
      const last = merges.at(-1);
      if (last && modes.includes(NONE) && modes.some((mode) => mode !== NONE)) last.isMoved = true;
      i += 1;
      continue;
    }
    const [id = '', tree = '', ...parents] = token.split(' ');
    if (isId(id)) merges.push({ id, tree, parents, isMoved: false });
  }
  return merges;
}

const lines = (ids: readonly string[]): string => ids.map((id) => `${id}\n`).join('');

/** Those whose own tree, or that of a parent, unfolds to more than anybody lists: honest people make no such tree. */
function unfoldingMerges(folder: string, ids: readonly string[]): Set<string> {
  const parents = parentsIn(
    gitText(folder, ['rev-list', '--no-walk=unsorted', '--parents', '--stdin'], { input: lines(ids) }),
  );
  const found = attempt(() => unfoldingAmong(folder, [...parents].flat(2)));
  // Trees too large to be counted explain nothing.
  const unfolding = found instanceof EnvironmentError ? new Map() : found;
  return new Set(ids.filter((id) => [id, ...parents.get(id)!].some((one) => unfolding.has(one))));
}

/** Those with parents that have no ancestor in common. Two commits have one exactly if they have a first commit in common. */
function unrelatedAmong(folder: string, ids: readonly string[]): Set<string> {
  const history = parentsIn(
    gitText(folder, ['rev-list', '--topo-order', '--reverse', '--parents', '--stdin'], { input: lines(ids) }),
  );
  // One bit for each first commit.
  const firsts = new Map<string, bigint>();
  let next = 1n;
  for (const [id, [one, ...others]] of history) {
    const own = one === undefined ? next : firsts.get(one)!;
    if (one === undefined) next <<= 1n;
    firsts.set(
      id,
      others.reduce((all, parent) => all | firsts.get(parent)!, own),
    );
  }
  return new Set(
    ids.filter(
      (id) =>
        history
          .get(id)!
          .map((parent) => firsts.get(parent)!)
          .reduce((a, b) => a & b) === 0n,
    ),
  );
}

/** The parents of each commit, by its id and in the order in which Git lists them. */
const parentsIn = (listed: string): Map<string, string[]> =>
  new Map(
    listed.split('\n').map((line) => {
      const [id = '', ...parents] = line.split(' ');
      return [id, parents];
    }),
  );
