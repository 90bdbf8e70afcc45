/** Promises: what a resolution must keep answering. */
import { isLive } from '../dates.ts';
import type { Scenario } from '../model.ts';
import { resolve, type Resolution, type ResolutionMiniapp, type ResolutionWorkspace } from './resolve.ts';

/** What the resolution that a promise is about answers. `now` in milliseconds since 1970. */
export function answerTo(workspace: ResolutionWorkspace, miniapp: string, scenario: Scenario, now: number): Resolution {
  const { app, region, entry = 'link', account, audience, page, device, appVersion } = scenario;
  const inRollout = audience === 'rollout' ? true : undefined;
  return resolve(workspace, { miniapp, app, region, entry, account, inRollout, page, device, appVersion, now });
}

/** Whether an answer is what a promise expects: this version, whatever version its channel has, or this error. */
export function meets({ expect }: Scenario, answer: Resolution): boolean {
  if (answer.outcome === 'error') return answer.code === expect.error;
  return expect.opens === answer.version || expect.opens === answer.channel;
}

/** The expectation that an answer meets: the version or the error that it names. */
export const expectationOf = (answer: Resolution): Scenario['expect'] =>
  answer.outcome === 'opens'
    ? { opens: answer.version }
    : { error: answer.code as NonNullable<Scenario['expect']['error']> };

/** Whether two lists of promises are about the same questions, in the same order, and differ in what they expect alone. */
export function asksTheSame(before: readonly Scenario[], after: readonly Scenario[]): boolean {
  const question = (scenario: Scenario) => JSON.stringify(Object.entries({ ...scenario, expect: null }).sort());
  return before.length === after.length && before.every((one, i) => question(one) === question(after[i]!));
}

/** Whether a version is approved, and the release gives it to nobody who asks so, now or before: it may still be tried by others. */
function isUnserved(
  { release, versions, whitelist }: Pick<ResolutionMiniapp, 'release' | 'versions' | 'whitelist'>,
  { app, account, entry, expect: { opens = '' } }: Scenario,
  now: number,
) {
  const { online, experience, rollout, previous = [] } = release;
  const isListed = whitelist.some((row) => row.app === app && row.account === account && isLive(row.expires, now));
  const tried = entry === 'experience' && isListed ? [experience?.version] : [];
  const served = [online?.version, ...tried, rollout?.version, ...previous];
  return versions.get(opens)?.review?.status === 'approved' && !served.includes(opens);
}

/** Whether it would hold if the whitelist row of its account had not ended: time alone breaks no promise. */
function hasEnded(workspace: ResolutionWorkspace, miniapp: string, scenario: Scenario, now: number): boolean {
  const { app, region, entry = 'link', account, page, device, appVersion } = scenario;
  if (account === undefined) return false;
  const rows = workspace.miniapps.get(miniapp)!.whitelist.filter((row) => row.app === app && row.account === account);
  if (rows.length === 0 || rows.some(({ expires }) => isLive(expires, now))) return false;
  const query = { miniapp, app, region, entry, account, page, device, appVersion, now };
  return meets(scenario, resolve(workspace, { ...query, whitelisted: true }));
}

/**
 * Whether a promise that does not hold only waits. Whoever stops a service, or takes back the approval of what is online,
 * breaks promises knowingly: neither may have to wait until the promises are rewritten. And a promise of whatever is online, or
 * set as experience version, says nothing while there is none. Nor may the clock alone refuse a configuration that was right.
 */
export function isSuspended(
  workspace: ResolutionWorkspace,
  miniapp: string,
  scenario: Scenario,
  answer: Resolution,
  now: number,
): boolean {
  const own = workspace.miniapps.get(miniapp)!;
  const { release, versions } = own;
  const {
    account,
    audience,
    expect: { opens = '' },
  } = scenario;
  const isStopped = answer.outcome === 'error' && answer.code === 'service-disabled';
  const isRejected = versions.get(opens)?.review?.status === 'rejected';
  const hasNone = (opens === 'online' && !release.online) || (opens === 'experience' && !release.experience);
  // Nor does one of a rollout while there is none, nor for an account of what is approved and nobody gets: a stopped rollout.
  const hasNoRollout = (opens === 'rollout' || audience === 'rollout') && !release.rollout;
  const wasIn = account !== undefined && isUnserved(own, scenario, now);
  return isStopped || isRejected || hasNone || hasNoRollout || wasIn || hasEnded(workspace, miniapp, scenario, now);
}
