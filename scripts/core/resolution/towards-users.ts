/** The step that brings a miniapp nearer to its users, which `resolve` and the portal name alike. */
import type { Release } from '../model.ts';
import { isRefusedFor } from '../by-bytes.ts';
import { newestFirst } from '../version.ts';
import type { ResolutionVersion } from './resolution.ts';

/** Of a miniapp what decides about its next step. */
export interface Candidates {
  readonly release: Release;
  readonly versions: ReadonlyMap<string, Pick<ResolutionVersion, 'review' | 'bytesLack'>>;
}

export interface StepTowardsUsers {
  readonly kind: 'publish' | 'rollback' | 'approve' | 'submit' | 'upload' | 'push-package';
  /**
   * The version that it is about; of an upload the one that is to be corrected, as it was rejected or its file records no bytes, and none
   * where nothing is there.
   */
  readonly version?: string;
}

/**
 * The step that the platform accepts of the version that is the fewest steps away from users, of those above the online one: approved, under
 * review, or else the newest, whose correction is uploaded where it was rejected, as no version changes. Where nothing is online a rollback to
 * what was online before comes ahead of a review. Bytes that it would be refused for are brought first, or uploaded anew. Undefined where nothing is above the online version.
 */
export function stepTowardsUsers(candidates: Candidates): StepTowardsUsers | undefined {
  const step = stepOfReview(candidates);
  if (step?.version === undefined || step.kind === 'upload') return step;
  const { bytesLack } = candidates.versions.get(step.version) ?? {};
  if (!isRefusedFor(bytesLack, step.kind)) return step;
  return { kind: bytesLack === 'unrecorded' ? 'upload' : 'push-package', version: step.version };
}

function stepOfReview({
  release,
  versions,
}: Candidates): (StepTowardsUsers & { readonly kind: Exclude<StepTowardsUsers['kind'], 'push-package'> }) | undefined {
  const online = release.online?.version;
  const [former] = release.previous ?? [];
  const never = newestFirst(versions.keys()).filter((number) => release.previous?.includes(number) !== true);
  const ahead = online === undefined ? never : never.slice(0, never.indexOf(online));
  const statusOf = (number: string | undefined) => versions.get(number ?? '')?.review?.status;
  const withStatus = (status: string) => ahead.find((number) => statusOf(number) === status);
  const [approved, pending, newest] = [withStatus('approved'), withStatus('pending'), ahead[0]];
  if (approved !== undefined) return { kind: 'publish', version: approved };
  if (online === undefined && former !== undefined) return { kind: 'rollback', version: former };
  if (pending !== undefined) return { kind: 'approve', version: pending };
  if (newest !== undefined) return { kind: statusOf(newest) === 'rejected' ? 'upload' : 'submit', version: newest };
  return online === undefined ? { kind: 'upload' } : undefined;
}
