/** The whitelist of a miniapp: its first rows on the miniapp's page, and where there are more all of them on pages of their own. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { csvOf } from '../../lib/csv.ts';
import type { MiniappFacts } from '../miniapp/facts.ts';
import type { Access } from './view-model.ts';

type Rows = Access['whitelist'];

/** As many rows stand on the miniapp's page. */
export const SHOWN_ROWS = 25;
/** As many stand on a page of the whitelist alone: with six elements a row it keeps below 1,500. */
export const WHITELIST_PART = 200;

/** The address of the whitelist of a miniapp, below that of the portal in a language. */
export const whitelistPath = (id: string): string => `miniapps/${id}/whitelist/`;

/** The whole table as a file, below the portal's address. */
export const whitelistCsvPath = (id: string, language: Language): string => `miniapps/${id}/whitelist.${language}.csv`;

/** Whether it has pages of its own. */
export const isLong = ({ whitelist }: { readonly whitelist: readonly unknown[] }): boolean =>
  whitelist.length > SHOWN_ROWS;

/**
 * Whether the list can be asked for an account: what stands for one only its platform can make of it, and of a long list not every row is on
 * the page.
 */
export const hasAccountCheck = ({ workspace, miniapp }: Pick<MiniappFacts, 'workspace' | 'miniapp'>): boolean =>
  miniapp.whitelist.length > 0 && !isLong(miniapp) && workspace.platform.accounts !== 'digest';

/** All rows as CSV with a head, accounts masked as on the page; a row that gives nobody anything says so. */
export function whitelistCsv(language: Language, { whitelist }: Access): string {
  const { access } = words[language];
  const ends = ({ app, expires, isLive, isReachable }: Rows[number]) =>
    [
      expires ?? access.never,
      ...(isLive ? [] : [access.expired]),
      ...(isReachable ? [] : [fill(access.noEffect, { app })]),
    ].join(' · ');
  return csvOf([
    [access.account, access.app, access.expires],
    ...whitelist.map((row) => [row.account, row.app, ends(row)]),
  ]);
}
