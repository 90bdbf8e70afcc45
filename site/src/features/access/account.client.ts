/** Shows the rows of the whitelist that may be of the account that somebody types. */
import '../../lib/shared.client.ts';
import { accountCommand } from '../../lib/account-command.ts';
import { byId, pageMiniapp } from '../../lib/dom.client.ts';
import { commandLine } from '../resolution/answer.client.ts';
import { mayBeOf } from './account-check.ts';

const place = byId('account-check');
const form = place.querySelector('form')!;
const rows = [...place.closest('.card')!.querySelectorAll<HTMLTableRowElement>('tbody tr')];
const masks = rows.map((row) => row.cells[0]!.textContent.trim());

function show(): void {
  const found = mayBeOf(String(new FormData(form).get('account')), masks);
  for (const [at, row] of rows.entries()) row.hidden = found?.[at] === false;
  byId('account-none').hidden = found?.includes(true) !== false;
  byId('account-some').hidden = found?.includes(true) !== true;
}

byId('account-some').append(commandLine(accountCommand(pageMiniapp().id)));
form.addEventListener('input', show);
form.addEventListener('submit', (event) => event.preventDefault());
