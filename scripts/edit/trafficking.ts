/** Which apps may open the miniapp, and where. */
import type { Miniapp, TraffickingRow } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { edited, save, type Edited, type Given } from './edit.ts';

const saved = (given: Given, { id }: Miniapp, trafficking: readonly TraffickingRow[], already: string): Edited =>
  edited([save(given, pathOf.file(id, 'trafficking'), { trafficking })], already);

export function addDelivery(given: Given, miniapp: Miniapp, app: string, regions: readonly string[]): Edited {
  const rows = miniapp.trafficking;
  const isKnown = rows.some((row) => row.app === app);
  const next = isKnown
    ? rows.map((row) => (row.app === app ? { app, regions: [...new Set([...row.regions, ...regions])] } : row))
    : [...rows, { app, regions: [...new Set(regions)] }];
  return saved(given, miniapp, next, `${miniapp.id} is delivered to ${app} in ${regions.join(', ')} already`);
}

/** Without regions the whole row goes. */
export function removeDelivery(given: Given, miniapp: Miniapp, app: string, regions: readonly string[]): Edited {
  const where = regions.length > 0 ? ` in ${regions.join(', ')}` : '';
  const already = `${miniapp.id} is not delivered to ${app}${where}`;
  const goes = (region: string) => regions.length === 0 || regions.includes(region);
  const next = miniapp.trafficking
    .map((row) => (row.app === app ? { ...row, regions: row.regions.filter((region) => !goes(region)) } : row))
    .filter((row) => row.regions.length > 0);
  const count = (list: readonly TraffickingRow[]) => list.reduce((sum, row) => sum + row.regions.length, 0);
  const isUnchanged = count(next) === count(miniapp.trafficking);
  return isUnchanged ? { already } : saved(given, miniapp, next, already);
}
