/** The frame's links that depend on the visitor: the other language keeps the place, and the way to one's own page. */
import { el, pageWords } from '../lib/dom.client.ts';
import { preference } from '../lib/preferences.client.ts';

const language = document.querySelector<HTMLAnchorElement>('.language')!;
// What is asked stands in the address, which changes without a page being loaded.
for (const event of ['pointerdown', 'focus', 'click'] as const)
  language.addEventListener(event, () => {
    language.search = location.search;
    language.hash = location.hash;
  });

const me = preference('me');
const find = document.querySelector<HTMLAnchorElement>('.find')!;
if (me !== undefined) {
  const own = el('a', 'me', pageWords().site.me);
  own.href = new URL(`../people/${encodeURIComponent(me)}/`, find.href).href;
  if (own.pathname === location.pathname) own.setAttribute('aria-current', 'page');
  find.before(own);
}

// On a narrow screen the navigation scrolls: where one is comes into sight. Not by scrollIntoView, from which some browsers also let
// the next Tab go on, past the link that skips the navigation.
const nav = document.querySelector<HTMLElement>('.top nav')!;
const here = nav.querySelector('[aria-current]')?.getBoundingClientRect();
if (here && nav.scrollWidth > nav.clientWidth)
  nav.scrollLeft += here.left - nav.getBoundingClientRect().left - (nav.clientWidth - here.width) / 2;
