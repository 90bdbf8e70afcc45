/**
 * Puts what all miniapps share into this page, before the scripts that need it run: they import this module, and wait for it.
 * Those are the forms, and what scripts know of the platform.
 */
import { fill } from '#core/problems/fill.ts';
import { accountCommand } from './account-command.ts';
import { byId, el, pageMiniapp, pageWords } from './dom.client.ts';

const { shared = '' } = byId('try').dataset;
if (shared !== '') {
  try {
    const answer = await fetch(shared);
    if (!answer.ok) throw new Error(`${shared}: ${answer.status}`);
    const read = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const { dataset, childNodes } of read.querySelectorAll<HTMLElement>('[data-before], [data-in]')) {
      const { before, in: inside } = dataset;
      if (before !== undefined) byId(before).before(...childNodes);
      // Not every page asks for an account.
      if (inside !== undefined) document.getElementById(inside)?.append(...childNodes);
    }
    document.body.append(read.getElementById('platform')!);
  } catch (error) {
    const { id } = pageMiniapp();
    byId('qr-result').before(failed(`npx miniapp qr ${id} --entry experience`));
    byId('ask').append(failed(`npx miniapp resolve ${id} --app APP --region REGION`));
    document.getElementById('account-check')?.append(failed(accountCommand(id)));
    // The scripts of the forms must not run on empty ones.
    throw error;
  }
}

/** In the place of a form that cannot be shown: how the question is asked without it. */
function failed(command: string): HTMLElement {
  return el('p', 'notice error', fill(pageWords().site.formFailed, { command }));
}
