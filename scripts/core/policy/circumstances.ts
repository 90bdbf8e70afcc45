/** Who acts on a change and who reviewed it, against which two states: what rights and approvals are decided on. */
import type { Miniapp } from '../model.ts';
import type { History } from '../lifecycle/history.ts';
import type { Sides, Transition } from '../lifecycle/transition.ts';

/** A review of exactly this content; stale ones are left out before. */
export interface Review {
  readonly login: string;
  readonly state: 'approved' | 'changes-requested';
  /** Of requested changes, where it is known: a rejection that rests on them gives this reason and no other. */
  readonly reason?: string;
}

export interface Circumstances extends Sides {
  /** The actor of the change. */
  readonly actor: string;
  /** Whether an approval of this login can count: not that of the actor or of an author of the change. */
  readonly mayApprove: (login: string) => boolean;
  /** The logins with an approving review of exactly this content and the right to give it. */
  readonly approvers: readonly string[];
  /** The logins that requested changes; `reasons`: the text of their reviews, where it is known. */
  readonly changesRequestedBy: readonly string[];
  readonly reasons: ReadonlyMap<string, string>;
  readonly history: History;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The people whose right allows a step of a review: those who approved exactly this, and for a rejection those who requested changes with
 * the reason that it gives.
 */
export function delegatesOf(
  { kind, miniapp = '', version = '' }: Transition,
  {
    merged,
    approvers,
    changesRequestedBy,
    reasons,
  }: Pick<Circumstances, 'approvers' | 'changesRequestedBy' | 'reasons'> & {
    readonly merged: { readonly miniapps: ReadonlyMap<string, Pick<Miniapp, 'versions'>> };
  },
): string[] {
  if (kind !== 'reject') return [...approvers];
  const reason = merged.miniapps.get(miniapp)?.versions.get(version)?.review?.reason;
  return [...approvers, ...changesRequestedBy.filter((login) => (reasons.get(login) ?? reason) === reason)];
}
