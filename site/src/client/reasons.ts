/** Makes each answer of the resolution table a button that opens its reason, worked out here by the platform's own rules. */
import { fill } from '#core/catalogue.ts';
import { SOME_DEVICE } from '#core/effects.ts';
import { resolve } from '#core/resolve.ts';
import { CELLS } from '../views/resolution.ts';
import { resolutionWorld } from '../views/world.ts';
import { answerNodes } from './answer.ts';
import { el, pageWorld, pageWords } from './dom.ts';

const page = pageWorld();
const world = resolutionWorld(page);
const { resolution: words, entries, audiences, site } = pageWords();
const names = new Map(page.apps.map(({ id, name }) => [id, name]));
const reason = dialog();

for (const link of document.querySelectorAll<HTMLAnchorElement>('.resolution td > .answer')) {
  const button = el('button', link.className, link.textContent);
  button.type = 'button';
  button.setAttribute('aria-haspopup', 'dialog');
  button.addEventListener('click', () => open(button));
  link.replaceWith(button);
}

/** Stands behind the table; like every popover it closes with Escape and with a click elsewhere. */
function dialog(): HTMLElement {
  const made = el('div', 'why');
  made.popover = 'auto';
  made.tabIndex = -1;
  made.setAttribute('role', 'dialog');
  document.querySelector('.resolution')?.closest('section')!.append(made);
  return made;
}

function open(button: HTMLButtonElement): void {
  const cell = button.closest('td')!;
  const row = cell.closest('tr')!;
  const { app = '' } = cell.closest('tbody')!.dataset;
  const { region = '' } = row.dataset;
  // The first cell of a row is its head.
  const { audience, entry } = CELLS[cell.cellIndex - 1]!;
  const whitelisted = audience === 'whitelisted';
  const query = { miniapp: page.miniapp.id, app, region, entry, whitelisted, device: SOME_DEVICE, now: page.now };
  const place = { app: names.get(app) ?? app, regions: region, audience: audiences[audience], entry: entries[entry] };
  const close = el('button', 'secondary', site.close);
  close.type = 'button';
  close.addEventListener('click', () => reason.hidePopover());
  reason.setAttribute('aria-label', button.textContent);
  reason.replaceChildren(
    el('p', 'quiet', fill(words.where, place)),
    ...answerNodes(resolve(world, query), 'h3'),
    close,
  );
  reason.showPopover();
  reason.focus();
}
