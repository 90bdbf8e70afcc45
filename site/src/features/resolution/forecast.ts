/** What changes by time alone: whitelist rows that end, and what those whom they name get from then on. Pure. */
import { endOf, isLive } from '#core/dates.ts';
import { versionOrCode } from '#core/resolution/resolution.ts';
import { SOME_DEVICE } from '#core/resolution/resolution-table.ts';
import { decide, isReachable } from '#core/resolution/resolve.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

/** As many changes are told, the first to come; the ends of all rows stand in the whitelist. */
export const SHOWN_CHANGES = 25;

/** A version, or the code of an error. */
type ForecastAnswer = string;

export interface Forecast {
  /** The first moment of the new answers, in milliseconds since 1970. */
  readonly at: number;
  readonly account: string;
  readonly app: string;
  /** What the app's regions answer to an experience code, each once, while the row counts and from then on. */
  readonly before: readonly ForecastAnswer[];
  readonly after: readonly ForecastAnswer[];
}

/** The first to end first; rows that give nothing today change nothing. */
export function forecastOf(workspace: PublicWorkspace, miniapp: PublicMiniapp, now: number): Forecast[] {
  if (miniapp.release.experience === undefined) return [];
  const shown = workspace;
  return miniapp.whitelist
    .flatMap(({ app, account, expires }): Forecast[] => {
      if (expires === undefined || !isLive(expires, now) || !isReachable(workspace, miniapp, app)) return [];
      const at = endOf(expires);
      const answers = (whitelisted: boolean): ForecastAnswer[] => {
        const regions = workspace.apps.get(app)?.regions ?? [];
        // Nobody here knows whether the account is in a rollout.
        const all = [false, true].flatMap((inRollout) =>
          regions.map((region) => {
            const query = { miniapp: miniapp.id, app, region, entry: 'experience', device: SOME_DEVICE } as const;
            return versionOrCode(decide(shown, { ...query, whitelisted, inRollout, now: at }));
          }),
        );
        return [...new Set(all)];
      };
      const [before, after] = [answers(true), answers(false)];
      return before.join(' ') === after.join(' ') ? [] : [{ at, account, app, before, after }];
    })
    .sort((a, b) => a.at - b.at);
}

/** Rows that end at once and change the same, told as one. */
export interface ForecastGroup extends Omit<Forecast, 'account'> {
  readonly accounts: readonly string[];
}

/** Accounts together that change at one moment, in one app, from one answer to one other; in the order of the first of each. */
export const forecastGroups = (forecast: readonly Forecast[]): ForecastGroup[] =>
  [...Map.groupBy(forecast, ({ at, app, before, after }) => JSON.stringify([at, app, before, after])).values()].map(
    (rows) => {
      const { account: _first, ...same } = rows[0]!;
      return { ...same, accounts: rows.map(({ account }) => account) };
    },
  );
