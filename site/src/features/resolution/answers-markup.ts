/**
 * The answers of the resolution table: apps that are answered alike together, below them their regions, those that are answered alike in one row. Each answer is a
 * link to its reason; reasons.client.ts turns it into a button that opens the reason of exactly that cell, and table.client.ts filters.
 */
import { listText } from '#core/problems/list-text.ts';
import { fill, messages, type Language } from '#core/problems/messages.ts';
import type { Audience } from '#core/resolution/resolution-table.ts';
import { words } from '../../i18n/index.ts';
import type { AppBlock, RegionsCell, ResolutionView, RegionsRow } from './view-model.ts';
import type { Reasons } from './reasons.ts';
import { count } from '../../lib/format.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';

/** The rows of all blocks, as strings: a page has hundreds of cells. `hasRollout`: whether cells of the accounts of a rollout stand behind the others. */
export const answerRows = (language: Language, { blocks, hasRollout }: ResolutionView, reasons: Reasons): Piece =>
  blocks.map((block) => blockMarkup(language, block, reasons, hasRollout));

/** As many apps that are answered alike are named above their answers; the others are folded. */
const NAMED_APPS = 8;

function blockMarkup(language: Language, block: AppBlock, reasons: Reasons, hasRollout: boolean): Markup {
  const { resolution, history } = words[language];
  const empty = (text: string) => markup`<td class="nobody" colspan="2">${text}</td>`;
  const cellsOf = (row: RegionsRow, audience: Audience) =>
    row.cells
      .filter((cell) => cell.audience === audience)
      .map((cell) => cellMarkup(language, cell, reasons.of(cell).id));
  const isRolledOut = (row: RegionsRow) => row.cells.some(({ audience }) => audience === 'rollout');
  const names = block.apps.map(({ id, name }) => markup`<span data-app="${id}">${name} <small>${id}</small></span> `);
  const folded = names.length > NAMED_APPS + 1 ? names.splice(NAMED_APPS) : [];
  const more = (apps: number) => fill(history.more, { count: count(apps, language) });
  const columns = hasRollout ? 7 : 5;
  // A heading holds nothing that opens, so the others stand in a cell beside it.
  const beside = folded.length > 0 ? 3 : 0;
  return markup`<tbody>
      <tr class="app"><th scope="rowgroup" colspan="${columns - beside}">${names}
        ${block.others > 0 && markup`<small>${more(block.others)}</small>`}
        ${block.isDefault && markup`<span class="badge">${resolution.defaultApp}</span>`}</th>
        ${beside > 0 && markup`<td colspan="${beside}"><details><summary>${more(folded.length)}</summary>${folded}</details></td>`}</tr>
      ${block.rows.map(
        (row) => markup`<tr>
          <th scope="row">${regionsMarkup(language, row)}</th>
          ${cellsOf(row, 'everyone')}${cellsOf(row, 'whitelisted')}
          ${!block.hasWhitelisted && empty(resolution.nobody)}
          ${cellsOf(row, 'rollout')}${hasRollout && !isRolledOut(row) && empty(resolution.notRolledOut)}
        </tr>`,
      )}
      ${block.moreRows > 0 && markup`<tr><td colspan="${columns}">${more(block.moreRows)}</td></tr>`}
    </tbody>`;
}

/** The regions of a row; all of them are said in one word, with their ids behind it. places.client.ts finds them here. */
function regionsMarkup(language: Language, { regions, isEverywhere }: RegionsRow): Markup {
  // A list of Chinese has no spaces; it may go on in a new line all the same.
  const between = language === 'zh' ? markup`<wbr>` : ' ';
  const isSummed = isEverywhere && regions.length > 1;
  const all = fill(words[language].resolution.allRegions, { count: regions.length });
  const ids = listText(
    regions.map(({ id }) => id),
    language,
  );
  return isSummed
    ? markup`<span class="all">${all}</span> <small class="regions">${ids}</small>`
    : markup`<span class="regions">${regions.map(({ id, label }) => markup`<span>${label} <small>${id}</small></span>${between}`)}</span>`;
}

function cellMarkup(language: Language, cell: RegionsCell, reason: string): Markup {
  const text = cell.outcome === 'opens' ? cell.version : messages[language].outcomes[cell.code].title;
  // By which channel it opens the address of its reason says (resolution.css), whom and what it answers its own: cell-labels.ts says it in words, places.client.ts writes it at the cell for the filter.
  return markup`<td id="${cell.id}"><a href="#${reason}">${text}</a></td>`;
}
