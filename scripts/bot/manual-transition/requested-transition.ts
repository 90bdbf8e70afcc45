/** Whether a change is what the workflow run that made it was asked for. Pure. */
import type { Transition } from '../../core/transitions/index.ts';
import type { TransitionKind } from '../../core/lifecycle/lifecycle.ts';

/** The transitions of the workflow's choices, where they have another name. */
const KINDS: Readonly<Record<string, TransitionKind>> = {
  archive: 'edit-basics',
  unarchive: 'edit-basics',
  whitelist: 'edit-whitelist',
  trafficking: 'edit-trafficking',
  member: 'edit-members',
  domain: 'edit-domains',
  cloud: 'edit-domains',
  language: 'edit-languages',
  scenario: 'edit-scenarios',
};

/** Steps of one version: the run's name must name it too. */
const OF_A_VERSION: ReadonlySet<string> = new Set<TransitionKind>([
  ...([
    'submit',
    'withdraw',
    'approve',
    'reject',
    'revoke',
    'publish',
    'rollback',
    'delete',
    'set-experience',
    'start-rollout',
  ] as const),
]);

/**
 * Whether the transitions found are exactly the one that the run's name says: "publish ty0000000000000001 1.2.0", with
 * --update-scenarios beside the promises that follow it.
 */
export function isTransitionRequested(
  title: string,
  transitions: readonly Pick<Transition, 'kind' | 'miniapp' | 'version'>[],
): boolean {
  const [word = '', miniapp, ...rest] = title.split(' ').filter((part) => part !== '');
  const [version, option] = rest;
  const isRollout = word === 'start-rollout' || word === 'widen-rollout';
  const isUpdate = isRollout ? rest.includes('--update-scenarios') : option === '--update-scenarios';
  const mayFollow = (one: Pick<Transition, 'kind'>) => isUpdate && one.kind === 'edit-scenarios';
  const [found, ...others] = transitions.length > 1 ? transitions.filter((one) => !mayFollow(one)) : transitions;
  if (!found || others.length > 0 || transitions.some((one) => one.miniapp !== miniapp)) return false;
  const isKind = found.kind === (KINDS[word] ?? word);
  const isOtherVersion = word === 'widen-rollout' && /^\d/.test(version ?? '') && found.version !== version;
  return isKind && !isOtherVersion && (!OF_A_VERSION.has(found.kind) || found.version === version);
}
