/** Which transitions edit a file. This table alone decides who may change the bytes of a file. */
import type { TransitionKind } from '../lifecycle/lifecycle.ts';
import type { FileKind } from '../paths.ts';

/**
 * The transitions by kind of file. A right to one of them includes changes without meaning: comments, order, quotes. Nobody edits an
 * uploaded version; its review changes by its own steps alone.
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
