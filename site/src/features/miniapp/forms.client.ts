/** Puts the forms that all miniapps share into this page, before the scripts of the forms run: they import this module, and wait for it. */
import { byId } from '../../lib/dom.client.ts';

const { forms = '' } = byId('try').dataset;
if (forms !== '') {
  const answer = await fetch(forms);
  if (!answer.ok) throw new Error(`${forms}: ${answer.status}`);
  for (const form of new DOMParser().parseFromString(await answer.text(), 'text/html').forms)
    byId(form.id).replaceChildren(...form.childNodes);
}
