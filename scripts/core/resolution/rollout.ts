/** Who gets a version that is rolled out: cells that it covers, and accounts in its part. */
import type { Release } from '../model.ts';
import { canonicalAccount } from '../identity/account.ts';
import { firstWordOf } from '../sha256.ts';

export type Rollout = NonNullable<Release['rollout']>;

/** Into how many parts accounts fall: hundredths of a percent. */
export const PARTS = 10_000;

/** The part of an account, 0 to 9,999: another one for each version, so that it is not always the same people who are first. */
export const partOf = (miniapp: string, version: string, account: string): number =>
  firstWordOf(miniapp, version, canonicalAccount(account)) % PARTS;

/** How many parts are in. */
export const partsIn = ({ percent }: Pick<Rollout, 'percent'>): number => Math.round(percent * 100);

/** Whether an account is in. More percent keeps who was in. */
export const isIn = (miniapp: string, rollout: Rollout, account: string): boolean =>
  partOf(miniapp, rollout.version, account) < partsIn(rollout);

/** Whether a rollout reaches an app and a region, where the miniapp is delivered. */
export const covers = ({ apps, regions }: Rollout, app: string, region: string): boolean =>
  (apps === undefined || apps.includes(app)) && (regions === undefined || regions.includes(region));
