/** Promises: what a resolution must keep answering. */
import type { Miniapp, Scenario } from '../model.ts';
import { resolve, type Resolution, type ResolutionWorld } from './resolve.ts';

/** What the resolution that a promise is about answers. `now` in milliseconds since 1970. */
export function answerTo(world: ResolutionWorld, miniapp: string, scenario: Scenario, now: number): Resolution {
  const { app, region, entry = 'link', account, page, device, appVersion } = scenario;
  return resolve(world, { miniapp, app, region, entry, account, page, device, appVersion, now });
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

/**
 * Whether a promise that does not hold only waits. Whoever stops a service, or takes back the approval of what is online,
 * breaks promises knowingly: neither may have to wait until the promises are rewritten. And a promise of whatever is online, or
 * set as experience version, says nothing while there is none.
 */
export function isSuspended(
  { release, versions }: Pick<Miniapp, 'release' | 'versions'>,
  { expect: { opens = '' } }: Scenario,
  answer: Resolution,
): boolean {
  const isStopped = answer.outcome === 'error' && answer.code === 'service-disabled';
  const isRejected = versions.get(opens)?.review?.status === 'rejected';
  const hasNone = (opens === 'online' && !release.online) || (opens === 'experience' && !release.experience);
  return isStopped || isRejected || hasNone;
}
