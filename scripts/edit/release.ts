/** The steps of a release: each changes release.yaml. */
import { defined } from '../core/defined.ts';
import type { Miniapp, Release } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import type { Rollout } from '../core/resolution/rollout.ts';
import { isEqual } from '../core/transitions/changes.ts';
import { published } from '../core/lifecycle/release-after.ts';
import { nextSequence, unnumbered } from '../core/transitions/sequence.ts';
import { saveOrRemove, type FileEdit, type EditState } from './edit.ts';

interface Released {
  readonly miniapp: Miniapp;
}

/** release.yaml as it is after a step; what it had and is empty now stays an empty list. */
export function withRelease(given: EditState, { miniapp }: Released, release: Release): FileEdit[] {
  const { online, experience, previous, rollout, sequence } = release;
  const keepsList = previous !== undefined && (previous.length > 0 || miniapp.release.previous !== undefined);
  const ordered = {
    ...defined({ online, rollout, experience, previous: keepsList ? previous : undefined, sequence }),
  };
  return [saveOrRemove(given, pathOf.file(miniapp.id, 'release'), ordered)];
}

/**
 * The release with the number of a change of what is served: the one after the committed number, and the committed one itself where
 * nothing is served otherwise than it says.
 */
export function numbered(given: EditState, { miniapp }: Released, release: Release): Release {
  const committed = given.releaseCommitted?.(miniapp.id);
  const isUndone = committed !== undefined && isEqual(unnumbered(committed), unnumbered(release));
  const sequence = isUndone ? committed.sequence : nextSequence(committed ?? miniapp.release);
  return { ...unnumbered(release), ...defined({ sequence }) };
}

/** release.yaml after a step that changes what is served. */
const served = (given: EditState, step: Released, release: Release): FileEdit[] =>
  withRelease(given, step, numbered(given, step, release));

interface VersionReleased extends Released {
  readonly version: { readonly version: string };
}

/** Publishing and rolling back are the same edit: a version goes online, the former one to the head of `previous`. */
export const publish = (given: EditState, step: VersionReleased): FileEdit[] =>
  served(given, step, published(step.miniapp.release, step.version.version));

const switched = (given: EditState, step: Released, enabled: boolean): FileEdit[] => {
  const { release } = step.miniapp;
  return served(given, step, { ...release, online: { ...release.online!, enabled } });
};

/** Puts the online version into service. */
export const enable = (given: EditState, step: Released): FileEdit[] => switched(given, step, true);

/** Takes the online version out of service: phones get an error until it is enabled. */
export const disable = (given: EditState, step: Released): FileEdit[] => switched(given, step, false);

/** A rollout begins, or is another than before. */
export const rollOut = (given: EditState, step: Released, rollout: Rollout): FileEdit[] =>
  served(given, step, { ...step.miniapp.release, rollout });

/** Ends a rollout: everybody gets the online version again. */
export function stopRollout(given: EditState, step: Released): FileEdit[] {
  const { rollout: _, ...rest } = step.miniapp.release;
  return served(given, step, rest);
}

/** Makes a version the one that whitelisted accounts open by an experience code. */
export const setExperience = (given: EditState, step: VersionReleased): FileEdit[] =>
  withRelease(given, step, { ...step.miniapp.release, experience: { version: step.version.version } });

/** Leaves no version for experience codes. */
export function clearExperience(given: EditState, step: Released): FileEdit[] {
  const { experience: _, ...rest } = step.miniapp.release;
  return withRelease(given, step, rest);
}
