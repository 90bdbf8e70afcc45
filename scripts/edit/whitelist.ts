/** Who gets the experience version. */
import { canonicalAccount } from '../core/account.ts';
import type { Miniapp, WhitelistRow } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { isLive } from '../core/time.ts';
import { edited, present, save, type Edited, type Given } from './edit.ts';

const saved = (given: Given, { id }: Miniapp, whitelist: readonly unknown[], already: string): Edited =>
  edited([save(given, pathOf.file(id, 'whitelist'), { whitelist })], already);

/** A row for the account; one that ended is renewed: it ends when this one says, or never. */
export function addToWhitelist(given: Given, miniapp: Miniapp, row: WhitelistRow, now: number): Edited {
  const account = canonicalAccount(row.account);
  const rows = miniapp.whitelist;
  const isTheirs = (other: WhitelistRow) => other.app === row.app && other.account === account;
  const merge = (former: WhitelistRow) => {
    const { expires, ...rest } = former;
    const kept = isLive(expires, now) ? { expires } : {};
    return present({ ...rest, ...kept, ...present(row), account });
  };
  const isKnown = rows.some(isTheirs);
  const next = isKnown
    ? rows.map((other) => (isTheirs(other) ? merge(other) : other))
    : [...rows, present({ ...row, account })];
  return saved(given, miniapp, next, `${account} is on the whitelist of ${row.app} already`);
}

export function removeFromWhitelist(given: Given, miniapp: Miniapp, app: string, typed: string): Edited {
  const account = canonicalAccount(typed);
  const already = `${account} is not on the whitelist of ${app}`;
  const next = miniapp.whitelist.filter((row) => row.app !== app || row.account !== account);
  return next.length === miniapp.whitelist.length ? { already } : saved(given, miniapp, next, already);
}
