/** The policy: who may do which transition. What `policy.yaml` leaves out keeps the default of this page. */
import type { TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Policy } from '../model.ts';

export type Right = Policy['transitions'][string];
export type Role = Right['by'][number];

const developers: Right = { by: ['admin', 'developer'] };
const operators: Right = { by: ['admin', 'operator'] };
const reviewers: Right = { by: ['reviewer'] };

export const DEFAULT_RIGHTS: Readonly<Record<TransitionKind, Right>> = {
  create: { by: ['person'] },
  'edit-basics': developers,
  upload: developers,
  delete: developers,
  'set-experience': developers,
  'clear-experience': developers,
  submit: developers,
  withdraw: developers,
  approve: reviewers,
  'auto-approve': { by: ['bot'] },
  reject: reviewers,
  revoke: reviewers,
  publish: operators,
  rollback: operators,
  'start-rollout': operators,
  'widen-rollout': operators,
  'stop-rollout': operators,
  disable: operators,
  enable: operators,
  'edit-trafficking': { ...operators, approvals: { count: 1, by: ['manager'], when: 'managed-app' } },
  'edit-whitelist': developers,
  'edit-members': { by: ['admin'] },
  'edit-domains': { ...developers, approvals: { count: 1, by: ['reviewer'], when: 'widens-online' } },
  'edit-languages': developers,
  'edit-report': developers,
  'edit-scenarios': developers,
  'edit-platform': { by: ['owner'], approvals: { count: 1, by: ['owner'], when: 'several-owners' } },
};

/** Who may do a transition under a policy. */
export const rightOf = (policy: Policy, kind: TransitionKind): Right =>
  (policy.transitions as Readonly<Record<string, Right>>)[kind] ?? DEFAULT_RIGHTS[kind];
