/** The steps of a review: each changes `review` of one version file, and nothing that was uploaded. */
import type { Miniapp, Version } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { save, saveOrRemove, type FileEdit, type Given } from './edit.ts';

/** A version and who takes the step. */
export interface Step {
  readonly miniapp: Miniapp;
  readonly version: Version;
  readonly actor: string;
  /** Of a rejection. */
  readonly reason: string;
}

type Review = NonNullable<Version['review']>;

function withReview(given: Given, { miniapp, version }: Step, review: Review | undefined): FileEdit {
  const { review: _, ...uploaded } = version;
  return save(given, pathOf.version(miniapp.id, version.version), { ...uploaded, ...(review ? { review } : {}) });
}

export const submit = (given: Given, step: Step): FileEdit[] => [
  withReview(given, step, { status: 'pending', submittedBy: step.actor }),
];

export const withdraw = (given: Given, step: Step): FileEdit[] => [withReview(given, step, undefined)];

export const approve = (given: Given, step: Step): FileEdit[] => [
  withReview(given, step, { ...step.version.review!, status: 'approved', reviewedBy: step.actor }),
];

export const reject = (given: Given, step: Step): FileEdit[] => [
  withReview(given, step, {
    ...step.version.review!,
    status: 'rejected',
    reviewedBy: step.actor,
    reason: step.reason,
  }),
];

/** A rejection after the approval: the version cannot be one to roll back to any more. */
export function revoke(given: Given, step: Step): FileEdit[] {
  const { id, release } = step.miniapp;
  const { previous = [], ...rest } = release;
  const left = previous.filter((version) => version !== step.version.version);
  const isListed = left.length < previous.length;
  const after = left.length > 0 ? { ...rest, previous: left } : rest;
  return [...reject(given, step), ...(isListed ? [saveOrRemove(given, pathOf.file(id, 'release'), after)] : [])];
}

export const remove = (given: Given, { miniapp, version }: Step): FileEdit[] => [
  save(given, pathOf.version(miniapp.id, version.version), undefined),
];
