/** Whether a review still counts: of exactly what would be merged now, by somebody who may give it. */
import type { Review } from './circumstances.ts';
import { identityOf, type Identity } from '../identity/login.ts';
import type { Workspace } from '../model.ts';

/** Why a review does not count, as text. */
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

/** The digest of what a review's author saw (undefined where that did not merge), or why it is unknown. */
export type ReviewedContent = { readonly digest: string | undefined } | { readonly untold: 'gone' | 'unknown' };

export interface GivenReview {
  /** The author's login in the base's people; undefined for anybody else. */
  readonly login?: string | undefined;
  readonly state: Review['state'];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Computed only where it is needed, because it costs a merge. */
  seen(): ReviewedContent;
}

/** The current change. */
export interface CurrentContent {
  /** The base's. */
  readonly people: Workspace['people'];
  /** The authors: `ineligibleApprovers` of authorship.ts. */
  readonly ineligible: ReadonlySet<Identity>;
  /** Whether it holds commits whose author is unknown. */
  readonly isUnattributed?: boolean;
  /** When its base branch was last changed, in milliseconds since 1970. */
  readonly retargetedAt?: number | undefined;
  /** The digest of what would be merged now; undefined where that does not merge. */
  digest(): string | undefined;
}

/** Why a review does not count for a change; undefined when it does. `decide` checks whether its author has the right. */
export function invalidReason(review: GivenReview, snapshot: CurrentContent): InvalidReason | undefined {
  const { login, state, at } = review;
  const { people, ineligible, retargetedAt } = snapshot;
  if (login === undefined) return 'not-in-people';
  if (people.get(login)?.left !== undefined) return 'has-left';
  // An author may request changes of their own change.
  if (state === 'approved' && ineligible.has(identityOf(people, login))) return 'ineligible';
  if (state === 'approved' && snapshot.isUnattributed === true) return 'unattributed';
  // GitHub counts in seconds: the order within one second is unknown.
  if (retargetedAt !== undefined && at < retargetedAt + 1000) return 'retargeted';
  const seen = review.seen();
  if ('untold' in seen) return seen.untold;
  return seen.digest !== undefined && seen.digest === snapshot.digest() ? undefined : 'changed';
}
