/** Which columns of the list are shown: chosen by the visitor, and kept in this browser. The table hides those that `data-hidden` numbers. */
import { byId } from '../../lib/dom.client.ts';
import { setPreference, preference } from '../../lib/preferences.client.ts';

const table = byId<HTMLTableElement>('miniapps');
const boxes = [...document.querySelectorAll<HTMLInputElement>('#columns input')];
const hidden = new Set(preference('columns')?.split(' '));

function show(): void {
  table.dataset['hidden'] = boxes.flatMap(({ checked, value }) => (checked ? [] : [value])).join(' ');
}

for (const box of boxes) box.checked = !hidden.has(box.value);
byId('columns').addEventListener('change', () => {
  show();
  setPreference('columns', table.dataset['hidden'] || undefined);
});
show();
