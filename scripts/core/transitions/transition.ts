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
  /** Where in the merged tree it shows. */
  readonly at: Place;
  /** Apps with managers to which something is newly delivered. */
  readonly managedApps?: readonly string[];
  /**
   * Of an edit of promises: the step of the same change that makes others true. Where nothing but what they expect is changed,
   * whoever may take the step may say what holds from then on.
   */
  readonly follows?: TransitionKind;
  /** Of a change of bytes alone: the transitions that edit the file. Whoever may do one of them may do this. */
  readonly alsoBy?: readonly TransitionKind[];
  /** Whether a miniapp with an online version may call more than before. */
  readonly widensOnline?: boolean;
}

/** The two states that are compared. */
export interface Sides {
  readonly base: Workspace;
  readonly merged: Workspace;
}

export interface Recognised {
  readonly transitions: Transition[];
  /** Differences that are no transition. */
  readonly problems: Problem[];
}
