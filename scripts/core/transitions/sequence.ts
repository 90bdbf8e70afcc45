/**
 * The number by which devices recognise the newer answer: it rises by one with every change of what is served. Devices ignore a change
 * that keeps it, and take an answer with a lower number for an old one.
 */
import { identify, pathOf } from '../paths.ts';
import type { History } from '../lifecycle/history.ts';
import type { Release } from '../model.ts';
import { at, problem, type Problem } from '../problems/problem.ts';
import { isEqual, type FileDifference } from './changes.ts';
import { isStopStep, type TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Recognised, Sides, Transition } from '../lifecycle/transition.ts';

const SERVING: ReadonlySet<TransitionKind> = new Set<TransitionKind>([
  ...(['publish', 'rollback', 'start-rollout', 'widen-rollout', 'stop-rollout', 'enable', 'disable'] as const),
]);

/** Whether a step changes what is served; a revocation does where the version was online or rolled out. */
const serves = ({ kind, version }: Transition, { online, rollout }: Release): boolean =>
  SERVING.has(kind) || (kind === 'revoke' && (version === online?.version || version === rollout?.version));

/** The number that a change of what is served gets. */
export const nextSequence = ({ sequence = 0 }: Pick<Release, 'sequence'>): number => sequence + 1;

/** A release apart from its number. */
export function unnumbered(release: Release): Omit<Release, 'sequence'> {
  const { sequence: _, ...rest } = release;
  return rest;
}

/** What is wrong with the numbers of a change, miniapp by miniapp. */
export function sequenceProblems(
  { base, merged, history }: Sides & { readonly history: History },
  differences: readonly FileDifference[],
  { transitions, problems }: Recognised,
): Problem[] {
  // The number of a release that no step explains cannot be checked.
  const unexplained = new Set(problems.map((one) => one.at.file));
  return differences.flatMap(({ path }) => {
    if (unexplained.has(path)) return [];
    const { kind, miniapp = '' } = identify(path) ?? {};
    if (kind !== 'release' || merged.broken.has(path) || base.broken.has(path)) return [];
    const before = base.miniapps.get(miniapp)?.release ?? {};
    const after = merged.miniapps.get(miniapp)?.release;
    if (!after) return [];
    const steps = transitions.filter((one) => one.miniapp === miniapp && serves(one, before));
    const allowed = allowedAfter(before, after, steps, history.releaseCommitted?.(miniapp));
    if (allowed.includes(after.sequence)) return [];
    const place = after.sequence === undefined ? { file: path } : at(pathOf.file(miniapp, 'release'), 'sequence');
    const shown = (value: number | undefined) => (value === undefined ? 'absent' : String(value));
    const why = steps.length > 0 ? steps.map((step) => step.kind).join(' and ') : 'none';
    const args = { actual: shown(after.sequence), before: shown(before.sequence), expected: shown(allowed[0]), why };
    return [problem('release-sequence', place, args)];
  });
}

/**
 * The numbers that a release may have, the best first. `committed`: the release of the last commit, where the base is files that may differ
 * from it. Several commands before one commit count as one change, and what they undo as none.
 */
function allowedAfter(
  before: Release,
  after: Release,
  steps: readonly Transition[],
  committed: Release | undefined,
): (number | undefined)[] {
  const { sequence } = before;
  if (steps.length === 0) return [sequence];
  if (committed && isEqual(unnumbered(committed), unnumbered(after))) return [committed.sequence];
  const start = committed ?? before;
  const next = nextSequence(start);
  // A release without a number may stay without one; an emergency stop may keep the number.
  const mayStay = start.sequence === undefined || steps.every(isStopStep);
  return mayStay ? [next, start.sequence, sequence] : [next];
}
