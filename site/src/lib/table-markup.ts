/** A plain table that scrolls on its own where it is too wide. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../i18n/index.ts';
import { markup, type Markup, type Piece } from './markup.ts';

export const table = (columns: readonly string[], rows: Piece): Markup => markup`<div class="scroll"><table>
    <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`;

/** As many rows of a long table stand open. */
const OPEN_ROWS = 25;

/** The same with its first rows, and the others behind a line that counts them. */
export function folded(language: Language, columns: readonly string[], rows: readonly Piece[]): Markup {
  const rest = rows.slice(OPEN_ROWS);
  const more = fill(words[language].site.moreRows, { count: rest.length });
  return markup`${table(columns, rows.slice(0, OPEN_ROWS))}
    ${rest.length > 0 && markup`<details><summary>${more}</summary>${table(columns, rest)}</details>`}`;
}
