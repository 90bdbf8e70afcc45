/** Shows the rows of the whitelist that may be of the account that somebody types. */
import { byId } from '../../lib/dom.client.ts';
import { mayBeOf } from './account-check.ts';

const form = byId<HTMLFormElement>('account-check');
const rows = [...form.closest('.card')!.querySelectorAll<HTMLTableRowElement>('tbody tr')];
const masks = rows.map((row) => row.cells[0]!.textContent.trim());

function show(): void {
  const found = mayBeOf(String(new FormData(form).get('account')), masks);
  for (const [at, row] of rows.entries()) row.hidden = found?.[at] === false;
  byId('account-none').hidden = found?.includes(true) !== false;
  byId('account-some').hidden = found?.includes(true) !== true;
}

form.addEventListener('input', show);
form.addEventListener('submit', (event) => event.preventDefault());
