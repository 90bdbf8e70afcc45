/** Which changes rest on the bytes of versions. Apart from the judging, which reads projects, so that no other change loads that. */
import type { Workspace } from './model.ts';
import type { Transition } from './transitions/index.ts';
import type { TransitionKind } from './lifecycle/lifecycle.ts';

/** The steps that rest on the bytes of a version: it comes, or comes nearer to people. */
const JUDGED: ReadonlySet<string> = new Set<TransitionKind | 'start-rollout'>([
  'upload',
  'submit',
  'approve',
  'auto-approve',
  'publish',
  'start-rollout',
  'rollback',
]);

/** Whether a transition of this kind is judged by the bytes of its version. */
export const isJudged = (kind: string): boolean => JUDGED.has(kind);

/** Whether a change rests on bytes at all: no store is asked for any other. */
export const isByBytes = ({ platform }: Workspace, transitions: readonly Transition[]): boolean =>
  platform.packages !== undefined &&
  platform.packages.store !== 'none' &&
  transitions.some(({ kind, version }) => isJudged(kind) && version !== undefined);
