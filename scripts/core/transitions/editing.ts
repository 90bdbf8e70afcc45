/** Which transitions edit a file: the one place that says who may touch its bytes. */
import type { TransitionKind } from './lifecycle.ts';
import type { FileKind } from '../paths.ts';

/**
 * By kind of file. Whoever may do one of them may also change what the file does not say: comments, order, quotes. What was
 * uploaded nobody edits, and its review changes by its steps alone.
 */
export const EDITS_OF: Readonly<Record<FileKind, readonly TransitionKind[]>> = {
  readme: ['edit-platform'],
  platform: ['edit-platform'],
  policy: ['edit-platform'],
  app: ['edit-platform'],
  person: ['edit-platform'],
  miniapp: ['edit-basics'],
  avatar: ['edit-basics'],
  release: [
    ...(['edit-basics', 'set-experience', 'clear-experience', 'publish', 'rollback', 'disable', 'enable'] as const),
    ...(['start-rollout', 'widen-rollout', 'stop-rollout'] as const),
  ],
  version: [],
  trafficking: ['edit-trafficking'],
  whitelist: ['edit-whitelist'],
  members: ['edit-members'],
  domains: ['edit-domains'],
  languages: ['edit-languages'],
  report: ['edit-report'],
  scenarios: ['edit-scenarios'],
};
