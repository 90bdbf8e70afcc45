import type { TransitionKind } from './lifecycle.ts';
import type { Workspace } from '../model.ts';
import type { Place, Problem } from '../problems/problem.ts';

/** A difference that is one of the contract's transitions. Whether it is allowed is decided afterwards. */
export interface Transition {
  readonly kind: TransitionKind;
  readonly miniapp?: string;
  readonly version?: string;
  /** Of a rollout that begins or widens: of how many accounts in a hundred get it from then on. */
  readonly percent?: number;
  /** The place in the merged tree. */
  readonly at: Place;
  /** Apps with managers to which something is newly delivered. */
  readonly managedApps?: readonly string[];
  /**
   * For an edit of promises: the step of the same change that makes other promises true. If only their expectations change, the right to
   * the step includes the right to this edit.
   */
  readonly follows?: TransitionKind;
  /** For a change of bytes alone: the transitions that edit the file; the right to one of them is enough. */
  readonly alsoBy?: readonly TransitionKind[];
  /** Whether a miniapp with an online version may call more than before. */
  readonly widensOnline?: boolean;
}

export type NamedTransition = Pick<Transition, 'kind' | 'miniapp' | 'version'>;

/** A transition as people write it: `approve ty0000000000000001 1.2.0`. */
export const stepText = ({
  kind,
  miniapp,
  version,
}: {
  readonly [Key in keyof NamedTransition]: string | undefined;
}): string => [kind, miniapp, version].filter((word) => word !== undefined).join(' ');

/** The two states that are compared. */
export interface Sides {
  readonly base: Workspace;
  readonly merged: Workspace;
}

/** Two states compared at a moment (milliseconds since 1970), because whitelist rows expire. */
export interface DatedSides extends Sides {
  readonly now: number;
}

export interface Recognised {
  readonly transitions: Transition[];
  /** Differences that are no transition. */
  readonly problems: Problem[];
}
