/** Automatic approval: whether the platform itself may approve a version under review, and from when. */
import { currentLogin } from '../identity/login.ts';
import type { Miniapp, Version, Workspace } from '../model.ts';
import { watchedApis } from './new-apis.ts';

const MINUTE = 60_000;

export type Automatic =
  | { readonly state: 'due' }
  /** Milliseconds since 1970. */
  | { readonly state: 'waits'; readonly until: number; readonly why: string }
  | { readonly state: 'refused'; readonly why: string };

/**
 * Decided by the base's people, platform and policy alone. `miniapp`, `version`: those of the base, under review; `submittedAt`: when its
 * submission was merged, in milliseconds since 1970. A submission in the future waits, because clocks differ.
 */
export function automaticApproval(
  { people, platform, policy }: Pick<Workspace, 'people' | 'platform' | 'policy'>,
  miniapp: Pick<Miniapp, 'release' | 'versions'>,
  version: Version,
  submittedAt: number | undefined,
  now: number,
): Automatic {
  const { uploadedBy, review } = version;
  const { enabled, afterMinutes: minutes = 1 } = platform.review?.automatic ?? { enabled: false };
  const isInternal = (login: string) => {
    const person = people.get(currentLogin(people, login));
    return person?.internal === true && person.left === undefined;
  };
  const refused = (why: string): Automatic => ({ state: 'refused', why });
  const { submittedBy = '' } = review ?? {};
  if (!enabled) return refused('platform.yaml does not enable it');
  if (!isInternal(uploadedBy)) return refused(`${uploadedBy}, who uploaded it, is not internal`);
  if (!isInternal(submittedBy)) return refused(`${submittedBy}, who submitted it, is not internal`);
  const watched = watchedApis(policy, miniapp, version);
  if (watched.length > 0) return refused(`it newly uses ${watched.join(', ')}, for which policy.yaml asks people`);
  if (submittedAt === undefined || !Number.isFinite(submittedAt)) return refused('nothing says when it was submitted');
  const until = submittedAt + minutes * MINUTE;
  if (now >= until) return { state: 'due' };
  return {
    state: 'waits',
    until,
    why: `${minutes === 1 ? '1 minute has' : `${minutes} minutes have`} not passed since it was submitted`,
  };
}
