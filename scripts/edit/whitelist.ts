/** Who gets the experience version. */
import { canonicalAccount } from '../core/identity/account.ts';
import type { Miniapp, WhitelistRow } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { isLive } from '../core/dates.ts';
import { edited, present, fileEdits, type Edited, type EditState } from './edit.ts';

const saved = (given: EditState, { id }: Miniapp, whitelist: readonly unknown[], already: string): Edited =>
  edited([fileEdits(given, pathOf.file(id, 'whitelist'), { whitelist })], already);

/** A row for each account; one that ended is renewed: it ends when the new one says, or never. */
export function addToWhitelist(
  given: EditState,
  miniapp: Miniapp,
  added: readonly WhitelistRow[],
  now: number,
): Edited {
  const rows = new Map<string, Record<string, unknown>>(miniapp.whitelist.map((row) => [nameOf(row), { ...row }]));
  for (const row of added) {
    const own = present({ ...row, account: canonicalAccount(row.account) });
    const name = nameOf(own as unknown as WhitelistRow);
    const former = rows.get(name);
    const { expires, ...rest } = former ?? {};
    const kept = isLive(expires as string | undefined, now) ? { expires } : {};
    rows.set(name, former ? present({ ...rest, ...kept, ...own }) : own);
  }
  const [first] = added;
  const already =
    added.length === 1
      ? `${canonicalAccount(first!.account)} is on the whitelist of ${first!.app} already`
      : `all ${added.length} accounts are on the whitelist already`;
  return saved(given, miniapp, [...rows.values()], already);
}

const nameOf = ({ app, account }: Pick<WhitelistRow, 'app' | 'account'>): string => `${app} ${account}`;

/** Without an app the accounts go in all of them. */
export function removeFromWhitelist(
  given: EditState,
  miniapp: Miniapp,
  removed: readonly { readonly app?: string | undefined; readonly account: string }[],
): Edited {
  const wanted = removed.map(({ app, account }) => ({ app, account: canonicalAccount(account) }));
  const goes = (row: WhitelistRow) =>
    wanted.some(({ app, account }) => account === row.account && (app === undefined || app === row.app));
  const [first] = wanted;
  const where = first?.app === undefined ? '' : ` of ${first.app}`;
  const already =
    wanted.length === 1
      ? `${first!.account} is not on the whitelist${where}`
      : `none of the ${wanted.length} accounts is on the whitelist`;
  const next = miniapp.whitelist.filter((row) => !goes(row));
  return next.length === miniapp.whitelist.length ? { already } : saved(given, miniapp, next, already);
}

/** The whitelist without the rows that are named by their app and account. */
export function removeRows(given: EditState, miniapp: Miniapp, rows: readonly WhitelistRow[]): Edited {
  const isNamed = (row: WhitelistRow) => rows.some(({ app, account }) => app === row.app && account === row.account);
  const next = miniapp.whitelist.filter((row) => !isNamed(row));
  return saved(given, miniapp, next, 'none of these rows is on the whitelist');
}
