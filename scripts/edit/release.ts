/** The steps of a release: each changes release.yaml. */
import type { Miniapp, Release } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { published } from '../core/transitions/release.ts';
import { saveOrRemove, type FileEdit, type Given } from './edit.ts';

interface Released {
  readonly miniapp: Miniapp;
}

/** release.yaml as it is after a step; what it had and is empty now stays an empty list. */
export function withRelease(given: Given, { miniapp }: Released, release: Release): FileEdit[] {
  const { online, experience, previous } = release;
  const keepsList = previous !== undefined && (previous.length > 0 || miniapp.release.previous !== undefined);
  const ordered = {
    ...(online ? { online } : {}),
    ...(experience ? { experience } : {}),
    ...(keepsList ? { previous } : {}),
  };
  return [saveOrRemove(given, pathOf.file(miniapp.id, 'release'), ordered)];
}

interface VersionReleased extends Released {
  readonly version: { readonly version: string };
}

/** Publishing and rolling back are the same edit: a version goes online, the former one to the head of `previous`. */
export const publish = (given: Given, step: VersionReleased): FileEdit[] =>
  withRelease(given, step, published(step.miniapp.release, step.version.version));

const switched = (given: Given, step: Released, enabled: boolean): FileEdit[] => {
  const { release } = step.miniapp;
  return withRelease(given, step, { ...release, online: { ...release.online!, enabled } });
};

export const enable = (given: Given, step: Released): FileEdit[] => switched(given, step, true);
export const disable = (given: Given, step: Released): FileEdit[] => switched(given, step, false);

export const setExperience = (given: Given, step: VersionReleased): FileEdit[] =>
  withRelease(given, step, { ...step.miniapp.release, experience: { version: step.version.version } });

export function clearExperience(given: Given, step: Released): FileEdit[] {
  const { experience: _, ...rest } = step.miniapp.release;
  return withRelease(given, step, rest);
}
