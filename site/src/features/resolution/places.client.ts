/** Writes at each cell and region of the table what it is: in the page the columns' heads and the regions' ids say it once. */
import '../../lib/shared.client.ts';
import { separator } from '#core/problems/list-text.ts';
import { el, pageData, pageLanguage } from '../../lib/dom.client.ts';
import { ENTRIES } from '#core/model.ts';
import { AUDIENCES } from '#core/resolution/resolution-table.ts';

const { regions: labels } = pageData();

const table = document.querySelector<HTMLTableElement>('table.resolution');
for (const [at, row] of [...(table?.rows ?? [])].entries()) {
  // The head of the first column reaches into the second row; an app stands above its answers.
  let column = at === 1 ? 0 : -1;
  for (const cell of row.matches('.app') ? [] : row.cells) {
    if (column >= 0) {
      cell.dataset['audience'] = AUDIENCES[Math.floor(column / ENTRIES.length)]!;
      if (cell.colSpan === 1) cell.dataset['entry'] = ENTRIES[column % ENTRIES.length]!;
    }
    column += cell.colSpan;
  }
}
const language = pageLanguage();
// A list of Chinese has no spaces; it may go on in a new line all the same.
const between = () => (language === 'zh' ? el('wbr', '') : ' ');
for (const list of document.querySelectorAll<HTMLElement>('.resolution small.regions')) {
  const ids = list.textContent.split(separator(language));
  list.replaceChildren(...ids.flatMap((id) => [named(el('span', '', id), id), between()]));
}
for (const region of document.querySelectorAll<HTMLElement>('.resolution span.regions > span'))
  named(region, region.querySelector('small')!.textContent);

function named(element: HTMLElement, id: string): HTMLElement {
  element.dataset['region'] = id;
  element.title = labels[id] ?? id;
  return element;
}
