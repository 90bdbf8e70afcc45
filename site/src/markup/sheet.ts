/** The sheet of experience codes. */
import { fill, type Language } from '#core/problems/messages.ts';
import { href } from '../href.ts';
import { words } from '../i18n/index.ts';
import type { SheetRow } from '../views/sheet.ts';
import { markup, type Markup } from './markup.ts';
import { codeMarkup, type DrawnCode } from './qr.ts';

/** `codeOf` draws the code of a miniapp, once for all pages that show it. */
export function sheetMarkup(
  language: Language,
  rows: readonly SheetRow[],
  codeOf: (miniapp: string) => DrawnCode | undefined,
): Markup {
  const { sheetPage, qr } = words[language];
  return markup`<ul class="sheet">
      ${rows.map(({ id, name, version, isPanel }) => {
        const code = isPanel ? undefined : codeOf(id);
        return markup`<li class="card">
          ${code?.code ? codeMarkup(code.code, qr.image) : markup`<p class="qr-image none">${isPanel ? sheetPage.panel : qr.tooLong}</p>`}
          <a href="${href(`miniapps/${id}/`, language)}"><b>${name}</b></a>
          <span><span class="badge experience">${version}</span> <small>${id}</small></span>
        </li>`;
      })}
    </ul>`;
}

/** The way to the other pages of the sheet. */
export function partLinks(language: Language, part: number, parts: number): Markup {
  const { sheetPage } = words[language];
  const numbers = Array.from({ length: parts }, (_number, index) => index + 1);
  return markup`<nav class="sections wraps" aria-label="${sheetPage.pages}">
      ${numbers.map((number) => {
        const title = fill(sheetPage.page, { page: number, pages: parts });
        const address = href(number === 1 ? 'sheet/' : `sheet/${number}/`, language);
        const current = number === part ? 'page' : 'false';
        return markup`<a href="${address}" title="${title}" aria-current="${current}">${number}</a>`;
      })}
    </nav>`;
}
