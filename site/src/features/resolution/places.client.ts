/** Writes at each cell and region of the table what it is: in the page the cells' addresses and the regions' ids say it once. */
import '../../lib/shared.client.ts';
import { el, pageData } from '../../lib/dom.client.ts';
import { cellIn } from './cells.ts';

const { regions: labels } = pageData();

for (const cell of document.querySelectorAll<HTMLElement>('.resolution td[id]')) {
  const { audience, entry } = cellIn(`#${cell.id}`)!;
  Object.assign(cell.dataset, { audience, entry });
}
for (const list of document.querySelectorAll<HTMLElement>('.resolution small.regions'))
  list.replaceChildren(...list.textContent.split(', ').flatMap((id) => [named(el('span', '', id), id), ' ']));
for (const region of document.querySelectorAll<HTMLElement>('.resolution span.regions > span'))
  named(region, region.querySelector('small')!.textContent);

function named(element: HTMLElement, id: string): HTMLElement {
  element.dataset['region'] = id;
  element.title = labels[id] ?? id;
  return element;
}
