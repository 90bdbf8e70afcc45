/** The whitelist of a miniapp: its first rows on the miniapp's page, and where there are more all of them on pages of their own. */
import { fill, type Language } from '#core/problems/messages.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import { csvOf } from '../../lib/csv.ts';
import { linkedParts, partPath, partsOf, rowsOf } from '../../lib/pages.ts';
import { escape, markup, Markup, type Piece } from '../../lib/markup.ts';
import { table } from '../../lib/table-markup.ts';
import { count } from '../../lib/format.ts';
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

/** What stands on the miniapp's page. */
export function whitelistCard(
  language: Language,
  id: string,
  { whitelist, hasExperience }: Access,
  edit: Piece,
): Markup {
  const { access, site } = words[language];
  const all = count(whitelist.length, language);
  const isCut = isLong({ whitelist });
  return markup`<div class="card whole"${whitelist.length > 0 && !isCut && new Markup(` data-csv="${id}-whitelist"`)}>
      <div class="headed"><h3>${access.whitelist}</h3> ${edit}</div>
      <p class="quiet">${access.whitelistHint}</p>
      ${whitelist.length > 0 && !hasExperience && markup`<p class="note">${access.noExperience}</p>`}
      ${whitelist.length === 0 ? markup`<p>${access.noWhitelist}</p>` : rowsTable(language, whitelist.slice(0, SHOWN_ROWS))}
      ${
        isCut &&
        markup`<p>${fill(access.shownRows, { shown: SHOWN_ROWS, count: all })}
          <a href="${href(whitelistPath(id), language)}">${fill(access.allRows, { count: all })}</a> · ${csvLink(language, id, site.csv)}</p>`
      }
    </div>`;
}

/** One of the pages of a whitelist, `part` from 1. */
export function whitelistPage(
  language: Language,
  {
    id,
    name,
    view,
    part,
  }: { readonly id: string; readonly name: string; readonly view: Access; readonly part: number },
): Markup {
  const { access, site } = words[language];
  const { whitelist } = view;
  return markup`<h1>${access.whitelist}</h1>
    <p class="lead"><a href="${href(`miniapps/${id}/`, language)}#access">${name}</a></p>
    <p class="quiet">${access.whitelistHint} · ${fill(access.allRows, { count: count(whitelist.length, language) })} · ${csvLink(language, id, site.csv)}</p>
    ${!view.hasExperience && markup`<p class="note">${access.noExperience}</p>`}
    <div class="card">${rowsTable(language, rowsOf(whitelist, part, WHITELIST_PART))}</div>
    ${pager(language, whitelistPath(id), part, partsOf(whitelist.length, WHITELIST_PART))}`;
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

const csvLink = (language: Language, id: string, label: string): Markup =>
  markup`<a href="${href(whitelistCsvPath(id, language))}" download="${id}-whitelist.csv">${label}</a>`;

function rowsTable(language: Language, rows: Rows): Markup {
  const { access } = words[language];
  return table(
    [access.account, access.app, access.expires],
    rows.map(
      ({
        app,
        account,
        expires,
        isLive,
        isReachable,
      }) => markup`<tr${(!isLive || !isReachable) && new Markup(' class="idle"')}>
        <th scope="row">${account}</th>
        <td>${app}</td>
        <td${expires !== undefined && new Markup(` data-ends="${escape(expires)}"`)}>${expires ?? access.never}
          ${!isLive && markup` <span class="badge off">${access.expired}</span>`}
          ${!isReachable && markup` <span class="badge off">${fill(access.noEffect, { app })}</span>`}</td>
      </tr>`,
    ),
  );
}

/** As lib/Pager.astro makes it. */
function pager(language: Language, path: string, part: number, parts: number): Piece {
  const { sheetPage: t } = words[language];
  return (
    parts > 1 &&
    markup`<nav class="sections wraps pager" aria-label="${t.pages}">${linkedParts(part, parts).map((number) =>
      number === 0
        ? markup`<span>…</span>`
        : markup`<a href="${href(partPath(path, number), language)}" title="${fill(t.page, { page: number, pages: parts })}" aria-current="${number === part ? 'page' : 'false'}">${number}</a>`,
    )}</nav>`
  );
}
