/** Which apps may open the miniapp, and where. */
import type { Miniapp, TraffickingRow } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { edited, fileEdits, type Edited, type EditState } from './edit.ts';

const saved = (given: EditState, { id }: Miniapp, trafficking: readonly TraffickingRow[], already: string): Edited =>
  edited([fileEdits(given, pathOf.file(id, 'trafficking'), { trafficking })], already);

/** Adds regions to apps, one row an app; `already` where all are there. */
export function addDelivery(given: EditState, miniapp: Miniapp, added: readonly TraffickingRow[]): Edited {
  const rows = new Map(miniapp.trafficking.map((row) => [row.app, row]));
  for (const { app, regions } of added) {
    const former = rows.get(app);
    rows.set(app, { ...former, app, regions: [...new Set([...(former?.regions ?? []), ...regions])] });
  }
  const [first] = added;
  const what = added.length === 1 ? `${first!.app} in ${first!.regions.join(', ')}` : `all ${added.length} of them`;
  return saved(given, miniapp, [...rows.values()], `${miniapp.id} is delivered to ${what} already`);
}

/** Without regions the whole row goes. */
export function removeDelivery(given: EditState, miniapp: Miniapp, removed: readonly TraffickingRow[]): Edited {
  const goes = (app: string, region: string) =>
    removed.some((row) => row.app === app && (row.regions.length === 0 || row.regions.includes(region)));
  const next = miniapp.trafficking
    .map((row) => ({ ...row, regions: row.regions.filter((region) => !goes(row.app, region)) }))
    .filter((row) => row.regions.length > 0);
  const count = (list: readonly TraffickingRow[]) => list.reduce((sum, row) => sum + row.regions.length, 0);
  const [first] = removed;
  const where = first && first.regions.length > 0 ? ` in ${first.regions.join(', ')}` : '';
  const what = removed.length === 1 ? `${first!.app}${where}` : `any of the ${removed.length}`;
  const already = `${miniapp.id} is not delivered to ${what}`;
  const isUnchanged = count(next) === count(miniapp.trafficking);
  return isUnchanged ? { already } : saved(given, miniapp, next, already);
}
