/** The cells of the resolution table by their address, and what the table shows of them. Pure. */
import type { Audience, CellPlace } from '#core/resolution/resolution-table.ts';
import type { Entry } from '#core/model.ts';

/** The address of a cell on its page. */
export const cellId = (app: string, region: string, audience: Audience, entry: Entry): string =>
  ['cell', app, region, audience, entry].join('.');

/** The cell that a fragment of the address names: `#cell.<app>.<region>.<audience>.<entry>`. */
export function cellIn(hash: string): CellPlace | undefined {
  const [, app, region, audience, entry] =
    /^#cell\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.(everyone|whitelisted|rollout)\.(link|experience)$/.exec(hash) ?? [];
  return app === undefined
    ? undefined
    : { app, region: region!, audience: audience as Audience, entry: entry as Entry };
}

/** What the table is narrowed to; empty for everything. */
export interface TableFilter {
  readonly app: string;
  readonly region: string;
  readonly audience: string;
  readonly entry: string;
}

export const FILTERS = ['app', 'region', 'audience', 'entry'] as const satisfies readonly (keyof TableFilter)[];

/** Whether a filter lets a row through: an empty filter does, and so does a row that has no such value. */
export const isShown = (wanted: string, own: string | undefined): boolean =>
  wanted === '' || own === undefined || wanted === own;
