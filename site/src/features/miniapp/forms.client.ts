/** Puts the forms that all miniapps share into this page, before the scripts of the forms run: they import this module, and wait for it. */
import { fill } from '#core/problems/fill.ts';
import { byId, el, pageWords, pageWorld } from '../../lib/dom.client.ts';

const { forms = '' } = byId('try').dataset;
if (forms !== '') {
  try {
    const answer = await fetch(forms);
    if (!answer.ok) throw new Error(`${forms}: ${answer.status}`);
    for (const form of new DOMParser().parseFromString(await answer.text(), 'text/html').forms)
      byId(form.id).replaceChildren(...form.childNodes);
  } catch (error) {
    const { id } = pageWorld().miniapp;
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
