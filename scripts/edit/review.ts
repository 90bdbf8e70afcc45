/** The steps of a review: each changes `review` of one version file, and nothing that was uploaded. */
import { defined } from '../core/defined.ts';
import type { Miniapp, Version } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { without } from '../core/lifecycle/release-after.ts';
import { fileEdits, type FileEdit, type EditState } from './edit.ts';
import { numbered, withRelease } from './release.ts';

/** A version and who takes the step. */
export interface ReviewEdit {
  readonly miniapp: Miniapp;
  readonly version: Version;
  readonly actor: string;
  /** Of a rejection. */
  readonly reason: string;
}

type RecordedReview = NonNullable<Version['review']>;

function withReview(given: EditState, { miniapp, version }: ReviewEdit, review: RecordedReview | undefined): FileEdit {
  const { review: _, ...uploaded } = version;
  return fileEdits(given, pathOf.version(miniapp.id, version.version), { ...uploaded, ...defined({ review }) });
}

/** Puts a version under review, submitted by whoever acts. */
export const submit = (given: EditState, step: ReviewEdit): FileEdit[] => [
  withReview(given, step, { status: 'pending', submittedBy: step.actor }),
];

/** Takes a version out of review, as if it had never been submitted. */
export const withdraw = (given: EditState, step: ReviewEdit): FileEdit[] => [withReview(given, step, undefined)];

/** Approves a version that is under review, as whoever acts. */
export const approve = (given: EditState, step: ReviewEdit): FileEdit[] => [
  withReview(given, step, { ...step.version.review!, status: 'approved', reviewedBy: step.actor }),
];

/** Rejects a version that is under review, with the reason for its developers. */
export const reject = (given: EditState, step: ReviewEdit): FileEdit[] => [
  withReview(given, step, {
    ...step.version.review!,
    status: 'rejected',
    reviewedBy: step.actor,
    reason: step.reason,
  }),
];

/** A rejection after the approval: the version is not online any more, nor one to roll back to. */
export function revoke(given: EditState, step: ReviewEdit): FileEdit[] {
  const { release } = step.miniapp;
  const { version } = step.version;
  const isServed = release.online?.version === version || release.rollout?.version === version;
  const isReleased = isServed || release.previous?.includes(version) === true;
  const rejected = reject(given, step);
  if (!isReleased) return rejected;
  const left = without(release, new Set([version]));
  return [...rejected, ...withRelease(given, step, isServed ? numbered(given, step, left) : left)];
}

/** Deletes the file of a version. */
export const remove = (given: EditState, { miniapp, version }: ReviewEdit): FileEdit[] => [
  fileEdits(given, pathOf.version(miniapp.id, version.version), undefined),
];
