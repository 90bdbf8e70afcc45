/** Which columns of the list are shown: chosen by the visitor, and kept in this browser. The table hides those that `data-hidden` numbers. */
import { byId } from '../../lib/dom.client.ts';
import { setPreference, preference } from '../../lib/preferences.client.ts';

const table = byId<HTMLTableElement>('miniapps');
const boxes = [...document.querySelectorAll<HTMLInputElement>('#columns input')];
const hidden = new Set(preference('columns')?.split(' '));

function show(): void {
  table.dataset['hidden'] = boxes.flatMap(({ checked, value }) => (checked ? [] : [value])).join(' ');
}

// What was chosen before this script ran counts.
const isChosen = boxes.some(({ checked, defaultChecked }) => checked !== defaultChecked);
for (const box of boxes) if (box.checked === box.defaultChecked) box.checked = !hidden.has(box.value);
function keep(): void {
  show();
  setPreference('columns', table.dataset['hidden'] || undefined);
}
byId('columns').addEventListener('change', keep);
if (isChosen) keep();
else show();
