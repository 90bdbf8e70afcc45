/** The frame's links that depend on the visitor: the other language keeps the place, and the way to one's own page. */
import { el, pageWords } from '../lib/dom.client.ts';
import { kept } from '../lib/kept.client.ts';

const language = document.querySelector<HTMLAnchorElement>('.language')!;
// What is asked stands in the address, which changes without a page being loaded.
for (const event of ['pointerdown', 'focus', 'click'] as const)
  language.addEventListener(event, () => {
    language.search = location.search;
    language.hash = location.hash;
  });

const me = kept('me');
const find = document.querySelector<HTMLAnchorElement>('.find')!;
if (me !== undefined) {
  const own = el('a', 'me', pageWords().site.me);
  own.href = new URL(`../people/${encodeURIComponent(me)}/`, find.href).href;
  if (own.pathname === location.pathname) own.setAttribute('aria-current', 'page');
  find.before(own);
}

// On a narrow screen the navigation scrolls: where one is comes into sight.
document.querySelector('.top nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
