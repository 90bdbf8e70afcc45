/** Whether a review still counts: of exactly what would be merged now, by somebody who may give it. */
import type { Review } from '../transitions/decide.ts';
import { identityOf, type Identity } from './identity.ts';
import type { Workspace } from '../model.ts';

/** Why a review does not count, in words. */
export const INVALID_REASONS = {
  'not-in-people': 'not in people/',
  'has-left': 'has left',
  ineligible: 'they made some of it',
  unattributed: 'GitHub lists only 250 of its commits, and who wrote another is not known: squash them',
  retargeted: 'it was of another base branch',
  gone: 'what was reviewed is gone',
  unknown: 'nothing says what was reviewed',
  changed: 'the content changed since',
} as const;

export type InvalidReason = keyof typeof INVALID_REASONS;

/** The digest of what a review's author saw (undefined where that did not merge), or why nobody can tell. */
export type ReviewedContent = { readonly digest: string | undefined } | { readonly untold: 'gone' | 'unknown' };

export interface GivenReview {
  /** Who gave it, by the base's people; undefined for anybody else. */
  readonly login?: string | undefined;
  readonly state: Review['state'];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Asked only where it matters, as it costs a merge. */
  seen(): ReviewedContent;
}

/** The change as it stands. */
export interface CurrentContent {
  /** The base's. */
  readonly people: Workspace['people'];
  /** Who made any of it: `ineligibleApprovers` of authorship.ts. */
  readonly ineligible: ReadonlySet<Identity>;
  /** Whether it holds commits of which nobody can tell who wrote them. */
  readonly isUnattributed?: boolean;
  /** When it was last asked to be merged into another branch, in milliseconds since 1970. */
  readonly retargetedAt?: number | undefined;
  /** The digest of what would be merged now; undefined where that does not merge. */
  digest(): string | undefined;
}

/** Why a review does not count for a change; undefined when it does. Whether its author may give it is for `decide` to say. */
export function invalidReason(review: GivenReview, snapshot: CurrentContent): InvalidReason | undefined {
  const { login, state, at } = review;
  const { people, ineligible, retargetedAt } = snapshot;
  if (login === undefined) return 'not-in-people';
  if (people.get(login)?.left !== undefined) return 'has-left';
  // Whoever made some of it may well want it changed.
  if (state === 'approved' && ineligible.has(identityOf(people, login))) return 'ineligible';
  if (state === 'approved' && snapshot.isUnattributed === true) return 'unattributed';
  // GitHub counts in seconds: of the same second nobody knows what came first.
  if (retargetedAt !== undefined && at < retargetedAt + 1000) return 'retargeted';
  const seen = review.seen();
  if ('untold' in seen) return seen.untold;
  return seen.digest !== undefined && seen.digest === snapshot.digest() ? undefined : 'changed';
}
