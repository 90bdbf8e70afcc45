/** Explains every difference between two states as a transition, or as a problem that says why it is none. */
import type { Change } from './changes.ts';
import type { TransitionKind } from '../lifecycle/lifecycle.ts';
import { pathOf } from '../paths.ts';
import { problem } from '../problems/problem.ts';
import { EDITS_OF } from './editing.ts';
import { releaseTransitions } from './release.ts';
import { newDeliveries, settingsTransitions } from './settings.ts';
import type { DatedSides, Recognised, Transition } from '../lifecycle/transition.ts';
import { versionTransitions } from './versions.ts';

export type { Recognised, Sides, Transition } from '../lifecycle/transition.ts';

/**
 * The transitions of a change, each once, and a problem for each difference that is none. `changes`: the files that differ between the
 * two sides.
 */
export function recognise(sides: DatedSides, changes: readonly Change[]): Recognised {
  const transitions: Transition[] = [];
  const problems: Recognised['problems'] = [];
  const add = (found: Recognised) => {
    transitions.push(...found.transitions);
    problems.push(...found.problems);
  };
  const onPlatform = changes.filter(({ identity }) => identity.miniapp === undefined);
  for (const { path } of onPlatform)
    add({ transitions: [{ kind: 'edit-platform', at: { file: path } }], problems: [] });
  const byMiniapp = Map.groupBy(
    changes.filter(({ identity }) => identity.miniapp !== undefined),
    ({ identity }) => identity.miniapp!,
  );
  for (const [miniapp, own] of byMiniapp) add(inMiniapp(sides, miniapp, own));
  return { transitions: once(transitions), problems };
}

function inMiniapp(sides: DatedSides, miniapp: string, changes: readonly Change[]): Recognised {
  const { base, merged } = sides;
  const before = base.miniapps.get(miniapp);
  const after = merged.miniapps.get(miniapp);
  const [{ path: file }] = changes as [Change];
  if (before && !after) return { transitions: [], problems: [problem('miniapp-removed', { file }, { miniapp })] };
  const versions = changes
    .filter(({ identity }) => identity.kind === 'version')
    .map((change) => versionTransitions(sides, change));
  const parts = [...versions];
  const revoked = versions
    .flatMap(({ transitions }) => transitions)
    .flatMap(({ kind, version }) => (kind === 'revoke' && version !== undefined ? [version] : []));
  const release = changes.find(({ identity }) => identity.kind === 'release');
  if (release?.how === 'bytes') {
    parts.push(ofBytes(miniapp, release.path));
  } else if (release?.how !== 'unreadable' && (release || revoked.length > 0)) {
    const found = releaseTransitions(sides, miniapp, new Set(revoked));
    const saysTheSame = release && found.transitions.length + found.problems.length + revoked.length === 0;
    parts.push(saysTheSame ? ofBytes(miniapp, release.path) : found);
  }
  if (!before && after) {
    const created: Transition[] = [{ kind: 'create', miniapp, at: { file } }];
    const managedApps = newDeliveries(undefined, after).filter((app) => base.apps.get(app)?.managers);
    // A new miniapp comes with its settings, but not with a consent that somebody else must give.
    const delivery = { file: pathOf.file(miniapp, 'trafficking') };
    if (managedApps.length > 0) created.push({ kind: 'edit-trafficking', miniapp, at: delivery, managedApps });
    parts.unshift({ transitions: created, problems: [] });
  } else {
    const isPromises = ({ identity }: Change) => identity.kind === 'scenarios';
    const settings = changes.filter((change) => !isPromises(change));
    parts.push(...settings.map((change) => settingsTransitions(sides, change)));
    const step = parts.flatMap(({ transitions }) => transitions).find(({ kind }) => ANSWERS_ANEW.has(kind));
    parts.push(...changes.filter(isPromises).map((change) => settingsTransitions(sides, change, step?.kind)));
  }
  return {
    transitions: parts.flatMap(({ transitions }) => transitions),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

/** A release whose bytes changed and whose meaning did not, such as lists in another order. */
const ofBytes = (miniapp: string, file: string): Recognised => ({
  transitions: [{ kind: 'edit-basics', miniapp, at: { file }, alsoBy: EDITS_OF.release }],
  problems: [],
});

/** The steps after which somebody is answered otherwise: the promises follow them, whoever may take the step. */
const ANSWERS_ANEW: ReadonlySet<TransitionKind> = new Set<TransitionKind>([
  ...(['publish', 'rollback', 'revoke', 'start-rollout', 'widen-rollout', 'stop-rollout'] as const),
  ...(['set-experience', 'clear-experience', 'edit-trafficking', 'edit-whitelist'] as const),
]);

/** Two files of one edit (the name and its avatar, several apps) are one transition. */
function once(transitions: readonly Transition[]): Transition[] {
  const key = ({ kind, miniapp, version }: Transition) => JSON.stringify([kind, miniapp, version]);
  return [...new Map(transitions.toReversed().map((transition) => [key(transition), transition])).values()].reverse();
}
