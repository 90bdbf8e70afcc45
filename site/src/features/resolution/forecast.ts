/** What changes by time alone: whitelist rows that end, and what those whom they name get from then on. Pure. */
import { endOf, isLive } from '#core/dates.ts';
import { versionOrCode } from '#core/resolution/resolution.ts';
import { SOME_DEVICE } from '#core/resolution/resolution-table.ts';
import { decide, isReachable } from '#core/resolution/resolve.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

/** As many changes are told, the first to come; the ends of all rows stand in the whitelist. */
export const SHOWN_CHANGES = 25;

/** An answer to an experience code that becomes another one, by where it does; of accounts in a rollout perhaps one that stays, where that of the others does not. */
interface ForecastChange {
  /** A version, or the code of an error. */
  readonly before: string;
  readonly after: string;
  readonly regions: readonly string[];
  /** Of accounts in the rollout alone, who are answered otherwise than the others there. */
  readonly inRollout?: true;
}

export interface Forecast {
  /** The first moment of the new answers, in milliseconds since 1970. */
  readonly at: number;
  readonly account: string;
  readonly app: string;
  readonly changes: readonly ForecastChange[];
}

/** The first to end first; rows that give nothing today change nothing. */
export function forecastOf(workspace: PublicWorkspace, miniapp: PublicMiniapp, now: number): Forecast[] {
  if (miniapp.release.experience === undefined) return [];
  return miniapp.whitelist
    .flatMap(({ app, account, expires }): Forecast[] => {
      if (expires === undefined || !isLive(expires, now) || !isReachable(workspace, miniapp, app)) return [];
      const at = endOf(expires);
      const changes = changesIn(workspace, miniapp, app, at);
      return changes.length === 0 ? [] : [{ at, account, app, changes }];
    })
    .sort((a, b) => a.at - b.at);
}

/** What an account of the app that is on the whitelist no more is answered otherwise, by region; nobody here knows whether it is in a rollout. */
function changesIn(workspace: PublicWorkspace, miniapp: PublicMiniapp, app: string, now: number): ForecastChange[] {
  const regions = workspace.apps.get(app)?.regions ?? [];
  const changed = regions.flatMap((region) => {
    const query = { miniapp: miniapp.id, app, region, entry: 'experience', device: SOME_DEVICE, now } as const;
    const answer = (whitelisted: boolean, inRollout: boolean) =>
      versionOrCode(decide(workspace, { ...query, whitelisted, inRollout }));
    const others = { region, before: answer(true, false), after: answer(false, false) };
    const rolledOut = { region, before: answer(true, true), after: answer(false, true), inRollout: true as const };
    const isSame = rolledOut.before === others.before && rolledOut.after === others.after;
    const changes = [others, ...(isSame ? [] : [rolledOut])];
    // What the others get is not what accounts in the rollout get, also where these keep what they have.
    return others.before === others.after ? changes.filter(({ before, after }) => before !== after) : changes;
  });
  return [...Map.groupBy(changed, ({ region: _any, ...change }) => JSON.stringify(change)).values()].map((same) => {
    const { region: _first, ...change } = same[0]!;
    return { ...change, regions: same.map(({ region }) => region) };
  });
}

/** Rows that end at once and change the same, told as one. */
export interface ForecastGroup extends Omit<Forecast, 'account'> {
  readonly accounts: readonly string[];
}

/** Accounts together that change at one moment, in one app, and in the same way; in the order of the first of each. */
export const forecastGroups = (forecast: readonly Forecast[]): ForecastGroup[] =>
  [...Map.groupBy(forecast, ({ at, app, changes }) => JSON.stringify([at, app, changes])).values()].map((rows) => {
    const { account: _first, ...same } = rows[0]!;
    return { ...same, accounts: rows.map(({ account }) => account) };
  });
