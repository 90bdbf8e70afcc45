/** The whitelist of a miniapp: its first rows on the miniapp's page, and where there are more all of them on pages of their own. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { csvOf } from '../../lib/csv.ts';
import type { SectionFacts } from '../../lib/section.ts';
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

/** Where a whitelist can be asked for an account. */
export type AccountCheckPlace = 'here' | 'too-long' | 'digest' | 'nowhere';

/**
 * `here`: on the miniapp's page. `digest`: what stands for an account is made of it with a key that no page may hold. `too-long`: not every row
 * is on the page, and a check over fewer would call an account absent that is not; to fetch all of them for a masked answer is a weight that
 * the command line does without, which answers surely.
 */
export function accountCheckPlace({
  workspace,
  miniapp,
}: Pick<SectionFacts, 'workspace' | 'miniapp'>): AccountCheckPlace {
  if (miniapp.whitelist.length === 0) return 'nowhere';
  if (workspace.platform.accounts === 'digest') return 'digest';
  return isLong(miniapp) ? 'too-long' : 'here';
}

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
