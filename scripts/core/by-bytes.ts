/** Which steps rest on the bytes of versions. Apart from the judging, which reads projects, so that no other change loads that. */
import type { Workspace } from './model.ts';

/** The kinds of steps that rest on the bytes of a version: it comes, or comes nearer to people. */
const JUDGED: ReadonlySet<string> = new Set([
  ...(['upload', 'submit', 'approve', 'auto-approve'] as const),
  ...(['publish', 'start-rollout', 'rollback'] as const),
]);

/** Whether a transition of this kind is judged by the bytes of its version. */
export const isJudged = (kind: string): boolean => JUDGED.has(kind);

/** Whether a platform judges changes by bytes, where they rest on some. */
export const judgesByBytes = ({ packages }: Workspace['platform']): boolean =>
  packages !== undefined && packages.store !== 'none';

/** Whether a change rests on bytes at all: no store is asked for any other. */
export const isByBytes = (
  { platform }: Workspace,
  transitions: readonly { readonly kind: string; readonly version?: string }[],
): boolean =>
  judgesByBytes(platform) && transitions.some(({ kind, version }) => isJudged(kind) && version !== undefined);

/**
 * What the judging of a version's steps would find: none of its bytes kept, other ones than its file records, or that its file records none,
 * so that nothing says which are its own; `unasked` where the store was not asked.
 */
export type BytesLack = 'missing' | 'differs' | 'unrecorded' | 'unasked';

/** Whether a step of this kind is refused for it. What a rollback returns to was proven before, so that missing bytes stop none. */
export const isRefusedFor = (lack: BytesLack | undefined, kind: string): boolean =>
  lack !== undefined && lack !== 'unasked' && isJudged(kind) && (kind !== 'rollback' || lack === 'differs');
