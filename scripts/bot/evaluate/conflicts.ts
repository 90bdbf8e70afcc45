/**
 * Open pull requests that conflict in effect with one: each is accepted alone and merges cleanly, but after one of them the other is
 * refused, or somebody gets a version that neither of them gives alone. Both are merged in a temporary object store. Approvals are
 * ignored: they say who may, not whether two changes fit together.
 */
import { inRepository, miniappOf } from '../../core/paths.ts';
import { compareTables, type CellPlace } from '../../core/resolution/resolution-table.ts';
import { EnvironmentError } from '../../core/errors.ts';
import type { Workspace } from '../../core/model.ts';
import { merge, mergedCommit, type Merge } from '../../git/merges/merge.ts';
import { evaluateCommits, type CommitsInput, type EvaluatedCommits } from '../../evaluate/commits.ts';
import type { LocatedProblem } from '../../read/positions.ts';
import { code, plain } from '../../report/markdown.ts';

/** How many other pull requests are evaluated; each costs three evaluations. */
const MAX_EVALUATED = 10;
/** For how many it is checked whether they touch the same files. */
const MAX_MERGED = 200;
/** How many pairs a run evaluates, whatever the number of pull requests. */
const MAX_PAIRS = 100;
/** How many cells and problems of a conflict are listed. */
const MAX_LISTED = 5;

/** An open pull request whose commits are here. */
export interface Candidate {
  readonly number: number;
  readonly head: string;
  readonly actor: string;
}

/** Who gets something that neither says alone. */
interface ConflictCell extends CellPlace {
  readonly miniapp: string;
  /** What opens, or the error, by this one alone, by the other alone, and by both. */
  readonly own: string | null;
  readonly other: string | null;
  readonly together: string | null;
}

type Conflict = { readonly number: number } & (
  | { readonly how: 'text'; readonly files: readonly string[] }
  /** `after`: which of the two merges first, so that the other is refused. */
  | { readonly how: 'refused'; readonly after: 'own' | 'other'; readonly problems: readonly LocatedProblem[] }
  | { readonly how: 'effect'; readonly cells: readonly ConflictCell[] }
);

export interface Conflicts {
  readonly conflicts: readonly Conflict[];
  /** How many that could conflict were not looked at. */
  readonly unseen: number;
}

/** Where it is evaluated, as for one pull request. */
export type ConflictContext = Omit<CommitsInput, 'head' | 'actor' | 'reviews'>;

/** Cached results; they are valid while the tip and the heads stay the same. */
export interface ConflictCache {
  readonly merges: Map<string, Merge>;
  readonly alone: Map<string, EvaluatedCommits>;
  readonly pairs: Map<string, Pair>;
}

/** Empty; one cache serves all pull requests of a run. */
export const createCache = (): ConflictCache => ({ merges: new Map(), alone: new Map(), pairs: new Map() });

/**
 * The pull requests of `others` that conflict in effect with `own`, by ascending number. At most `most` are merged and evaluated, and a
 * cache holds at most MAX_PAIRS; the number of the others is `unseen`. None where `own` is refused anyway.
 */
export function conflictsOf(
  place: ConflictContext,
  own: Candidate,
  others: readonly Candidate[],
  { memory = createCache(), most = MAX_EVALUATED } = {},
): Conflicts {
  const all = others.filter(({ number }) => number !== own.number).toSorted((a, b) => a.number - b.number);
  const looked = all.slice(0, MAX_MERGED);
  const near = looked.filter((other) => areRelated(place, own, other, memory));
  const first = near.length === 0 ? undefined : evaluateAlone(place, own, memory);
  if (!first) return { conflicts: [], unseen: 0 };
  let seen = 0;
  const conflicts = near.slice(0, most).flatMap((other) => {
    const isKnown = memory.pairs.has(keyOf(place, own, other));
    if (!isKnown && memory.pairs.size >= MAX_PAIRS) return [];
    seen += 1;
    const second = evaluateAlone(place, other, memory);
    return second ? between(place, first, second, memory) : [];
  });
  return { conflicts, unseen: all.length - looked.length + near.length - seen };
}

/** A key that two pull requests share, whichever of them is named first. */
function keyOf({ base }: ConflictContext, own: Candidate, other: Candidate): string {
  const [first, second] = [own, other].toSorted((a, b) => a.number - b.number);
  return JSON.stringify([base, [first, second].map((one) => [one!.head, one!.actor])]);
}

interface EvaluatedCandidate extends Candidate {
  readonly evaluation: EvaluatedCommits;
}

/** Problems of rights, which a review can still solve. */
const OF_PEOPLE: ReadonlySet<string> = new Set([
  'actor-not-allowed',
  'actor-unknown',
  'stamp-wrong',
  'auto-approve-refused',
]);

/** Undefined for one that is refused anyway and so conflicts with nothing. */
function evaluateAlone(
  place: ConflictContext,
  one: Candidate,
  { alone }: ConflictCache,
): EvaluatedCandidate | undefined {
  const key = JSON.stringify([place.base, one.head, one.actor]);
  const evaluation = alone.get(key) ?? evaluateCommits({ ...place, head: one.head, actor: one.actor, reviews: [] });
  alone.set(key, evaluation);
  const isFine =
    evaluation.merge.tree !== undefined &&
    evaluation.decision.transitions.length > 0 &&
    errorsIn(evaluation.problems).every((found) => OF_PEOPLE.has(found.code));
  return isFine ? { ...one, evaluation } : undefined;
}

const errorsIn = (problems: readonly LocatedProblem[]): LocatedProblem[] =>
  problems.filter(({ severity }) => severity === 'error');

/** Whether one can affect the other: both touch the same miniapp, or one touches a file that all miniapps depend on. */
function areRelated(place: ConflictContext, own: Candidate, other: Candidate, memory: ConflictCache): boolean {
  const [mine, theirs] = [touchedBy(place, own, memory), touchedBy(place, other, memory)];
  if (mine.size === 0 || theirs.size === 0) return false;
  return mine.has('') || theirs.has('') || [...mine].some((miniapp) => theirs.has(miniapp));
}

/** A commit that Git cannot merge at all, such as one of another history, changes nothing. */
function attempt(merging: () => Merge): Merge {
  try {
    return merging();
  } catch (error) {
    if (error instanceof EnvironmentError) return { conflicts: [], differences: [], moves: [] };
    throw error;
  }
}

/** The miniapps that it touches, and `''` for anything else of the configuration. */
function touchedBy(
  { path, base, prefix, temporary }: ConflictContext,
  { head }: Candidate,
  { merges }: ConflictCache,
): Set<string> {
  const key = `${base} ${head}`;
  const found = merges.get(key) ?? attempt(() => merge(path, base, head, temporary));
  merges.set(key, found);
  const start = inRepository(prefix);
  const own = found.differences.filter((difference) => difference.path.startsWith(start));
  return new Set(own.map((one) => miniappOf(one.path.slice(start.length)) ?? ''));
}

interface Pair {
  /** What Git cannot merge. */
  readonly files: readonly string[];
  /** Why the second is refused once the first is merged, and the other way round. */
  readonly afterFirst: readonly LocatedProblem[];
  readonly afterSecond: readonly LocatedProblem[];
  /** `own` is the first. */
  readonly cells: readonly ConflictCell[];
}

function between(
  place: ConflictContext,
  own: EvaluatedCandidate,
  other: EvaluatedCandidate,
  { pairs }: ConflictCache,
): Conflict[] {
  const { number } = other;
  const isFirst = own.number < number;
  const [first, second] = isFirst ? [own, other] : [other, own];
  const key = keyOf(place, own, other);
  const pair = pairs.get(key) ?? pairOf(place, first, second);
  pairs.set(key, pair);
  const { files, afterFirst, afterSecond } = pair;
  if (files.length > 0) return [{ number, how: 'text', files }];
  const refusals = [
    { after: 'own' as const, problems: isFirst ? afterFirst : afterSecond },
    { after: 'other' as const, problems: isFirst ? afterSecond : afterFirst },
  ].filter(({ problems }) => problems.length > 0);
  if (refusals.length > 0) return refusals.map((refusal) => ({ number, how: 'refused', ...refusal }));
  const cells = pair.cells.map((cell) => (isFirst ? cell : { ...cell, own: cell.other, other: cell.own }));
  return cells.length > 0 ? [{ number, how: 'effect', cells }] : [];
}

function pairOf(place: ConflictContext, first: EvaluatedCandidate, second: EvaluatedCandidate): Pair {
  const tip = tipAfter(place, first);
  const files = merge(place.path, tip, second.head, place.temporary).conflicts;
  if (files.length > 0) return { files, afterFirst: [], afterSecond: [], cells: [] };
  const later = evaluateAt(place, tip, second);
  const earlier = evaluateAt(place, tipAfter(place, second), first);
  return {
    files,
    afterFirst: newProblems(second.evaluation, later),
    afterSecond: newProblems(first.evaluation, earlier),
    cells: surprises(place, first.evaluation, second.evaluation, later.workspace),
  };
}

/** The tip as if this were merged. */
const tipAfter = ({ path, base, now, temporary }: ConflictContext, { evaluation, head }: EvaluatedCandidate): string =>
  mergedCommit(path, evaluation.merge.tree!, [base, head], now, temporary);

const evaluateAt = (place: ConflictContext, tip: string, { head, actor }: EvaluatedCandidate): EvaluatedCommits =>
  evaluateCommits({ ...place, base: tip, head, actor, reviews: [] });

/** Errors that it does not have alone. */
function newProblems(alone: EvaluatedCommits, after: EvaluatedCommits): LocatedProblem[] {
  const key = ({ code: name, file, message }: LocatedProblem) => JSON.stringify([name, file, message]);
  const known = new Set(errorsIn(alone.problems).map(key));
  return errorsIn(after.problems).filter((found) => !known.has(key(found)));
}

/** Cells where both together give what neither says, or the two say different things. */
function surprises(
  { now }: ConflictContext,
  own: EvaluatedCommits,
  other: EvaluatedCommits,
  together: Workspace,
): ConflictCell[] {
  const workspaces = [own.before, own.workspace, other.workspace, together] as const;
  // What only one of them read is only touched by that one.
  const shared = [...together.miniapps.keys()].filter((id) => workspaces.every(({ miniapps }) => miniapps.has(id)));
  return shared.flatMap((miniapp) =>
    compareTables(workspaces, miniapp, now).flatMap(({ answers, ...place }): ConflictCell[] => {
      const [before, mine, theirs, both] = answers;
      const disagree = mine !== before && theirs !== before && mine !== theirs;
      const expected = mine === before ? theirs : mine;
      if (!disagree && both === expected) return [];
      return [{ miniapp, ...place, own: mine!, other: theirs!, together: both! }];
    }),
  );
}

/** The conflicts as a Markdown list; empty when there are none. */
export function conflictsMarkdown({ conflicts, unseen }: Conflicts): string {
  const lines = conflicts.map((conflict) => `- #${conflict.number}: ${sentenceOf(conflict)}`);
  const rest = unseen > 0 ? [`- ${unseen} more that touch the same were not looked at`] : [];
  if (lines.length + rest.length === 0) return '';
  return [
    lines.length > 0 ? 'Other open pull requests do not go together with this one:' : 'Of other open pull requests:',
    '',
    ...lines,
    ...rest,
  ].join('\n');
}

function sentenceOf(conflict: Conflict): string {
  const { how } = conflict;
  if (how === 'text') return `the two change the same lines of ${list(conflict.files.map(code))}`;
  if (how === 'refused') {
    const first =
      conflict.after === 'own' ? 'once this is merged, that is refused' : 'once that is merged, this is refused';
    return `${first}: ${list(conflict.problems.map(({ file, message }) => `${code(file)} ${plain(message)}`))}`;
  }
  const cell = (one: ConflictCell) => {
    const answer = (value: string | null) => code(value ?? 'nothing');
    const where = `${one.audience} in ${code(one.app)} ${code(one.region)} by ${one.entry}`;
    return `${where} get ${answer(one.own)} by this, ${answer(one.other)} by that, and ${answer(one.together)} by both`;
  };
  return list(conflict.cells.map(cell));
}

const list = (items: readonly string[]): string => {
  const left = items.length - MAX_LISTED;
  return [...items.slice(0, MAX_LISTED), ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
};
