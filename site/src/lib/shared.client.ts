/**
 * Puts what all miniapps share into this page, before the scripts that need it run: they import this module, and wait for it.
 * Those are the two forms, and what scripts know of the platform.
 */
import { fill } from '#core/problems/fill.ts';
import { byId, el, pageMiniapp, pageWords } from './dom.client.ts';

const { shared = '' } = byId('try').dataset;
if (shared !== '') {
  try {
    const answer = await fetch(shared);
    if (!answer.ok) throw new Error(`${shared}: ${answer.status}`);
    const read = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const form of read.forms) byId(form.id).replaceChildren(...form.childNodes);
    document.body.append(read.getElementById('platform')!);
  } catch (error) {
    const { id } = pageMiniapp();
    sayFailed('qr', `npx miniapp qr ${id} --entry experience`);
    sayFailed('what-if', `npx miniapp resolve ${id} --app APP --region REGION`);
    // The scripts of the forms must not run on empty ones.
    throw error;
  }
}

/** Above the place of a form that cannot be shown: how the question is asked without it. */
function sayFailed(place: string, command: string): void {
  byId(place).before(el('p', 'notice error', fill(pageWords().site.formFailed, { command })));
}
