/** Makes each answer of the resolution table a button that opens its reason, worked out here by the platform's own rules. */
import './places.client.ts';
import { fill } from '#core/problems/fill.ts';
import { SOME_DEVICE, type CellPlace } from '#core/resolution/resolution-table.ts';
import { overRegions } from '#core/resolution/over-regions.ts';
import { resolve } from '#core/resolution/resolve.ts';
import { listText } from '#core/problems/list-text.ts';
import { pageWorkspace } from '../../lib/page-data.ts';
import { keepInAddress } from '../../lib/address.client.ts';
import { answerNodes } from './answer.client.ts';
import { cellId, cellIn } from './cells.ts';
import { copyButton } from '../../lib/copy.client.ts';
import { el, pageLanguage, pageData, pageWords } from '../../lib/dom.client.ts';

const page = pageData();
const workspace = pageWorkspace(page);
const { resolution: words, entries, audiences, site, whatIf } = pageWords();
const { opensAs } = whatIf;
const CHANNELS = ['online', 'experience', 'rollout'] as const;
const names = new Map(page.apps.map(({ id, name }) => [id, name]));
/** The fragment of the cell whose reason was opened last. */
let opened = '';
const reason = dialog();
/** What the build knows of an answer and the browser does not: who made it so. */
const facts = new Map<HTMLElement, Element | null>();

for (const link of document.querySelectorAll<HTMLAnchorElement>('.resolution td > a')) {
  const channel = CHANNELS.find((one) => link.hash.startsWith(`#why-${one}`));
  const button = el('button', `answer ${channel ?? 'error'}`, link.textContent);
  button.type = 'button';
  button.setAttribute('aria-haspopup', 'dialog');
  // Colour and mark say by which channel it opens; the name says it too.
  if (channel) button.ariaLabel = `${link.textContent}, ${opensAs[channel]}`;
  facts.set(button, document.getElementById(link.hash.slice(1))?.querySelector('.decided') ?? null);
  button.addEventListener('click', () => open(button, placeOf(button)));
  link.replaceWith(button);
}

/** Stands behind the table; like every popover it closes with Escape and with a click elsewhere. */
function dialog(): HTMLElement {
  const made = el('div', 'why');
  made.popover = 'auto';
  made.tabIndex = -1;
  made.setAttribute('role', 'dialog');
  made.addEventListener('toggle', (event) => {
    const isClosed = (event as ToggleEvent).newState === 'closed';
    // The address may lead to another cell by now.
    if (isClosed && location.hash === opened) keepInAddress('', {}, '');
  });
  document.querySelector('.resolution')?.closest('section')!.append(made);
  return made;
}

/** The cell of an answer: of the first app and the first region of its row that are shown. */
function placeOf(button: HTMLElement): CellPlace {
  const own = cellIn(`#${button.closest('td')!.id}`)!;
  const shown = button.closest('tr')!.querySelector<HTMLElement>('[data-region]:not([hidden])');
  return { ...own, app: appsOf(button)[0] ?? own.app, region: shown?.dataset['region'] ?? own.region };
}

/** The apps that an answer is of and that are shown. */
const appsOf = (button: HTMLElement): string[] =>
  [...button.closest('tbody')!.querySelectorAll<HTMLElement>('[data-app]:not([hidden])')].map(
    (one) => one.dataset['app']!,
  );

/** The answer that stands for a cell, which may be of several apps and regions. */
function answerAt({ app, region, audience, entry }: CellPlace): HTMLElement | undefined {
  const rows = document.querySelectorAll<HTMLElement>(`.resolution tbody:has([data-app="${CSS.escape(app)}"]) tr`);
  const row = [...rows].find((one) => one.querySelector(`[data-region="${CSS.escape(region)}"]`));
  const cell = row?.querySelector(`td[data-audience="${audience}"][data-entry="${entry}"]`);
  return cell?.querySelector<HTMLElement>('.answer') ?? undefined;
}

/** `button`: the answer that was pressed; none for a cell of an app that the table does not name, of which the rules alone tell. */
function open(button: HTMLElement | undefined, place: CellPlace): void {
  const { app, region, audience, entry } = place;
  const who = { whitelisted: audience === 'whitelisted', inRollout: audience === 'rollout' };
  const query = { miniapp: page.miniapp.id, app, entry, ...who, device: SOME_DEVICE, now: page.now };
  const row = [...(button?.closest('tr')!.querySelectorAll<HTMLElement>('[data-region]:not([hidden])') ?? [])];
  const regions = button ? row.map((one) => one.dataset['region']!) : [region];
  const others = listText(button ? row.map((one) => one.title) : [page.regions[region] ?? region], pageLanguage());
  const where = { app: names.get(app) ?? app, regions: others, audience: audiences[audience], entry: entries[entry] };
  const close = el('button', 'secondary', site.close);
  close.type = 'button';
  close.addEventListener('click', () => reason.hidePopover());
  const decided = button && (facts.get(button)?.cloneNode(true) as Element | undefined);
  const isHere = (cells: string) => regions.some((one) => cells.split(' ').includes(`${app}.${one}`));
  for (const fact of decided?.querySelectorAll<HTMLElement>('dd[data-cells]') ?? []) {
    if (!isHere(fact.dataset['cells']!)) fact.remove();
  }
  const id = cellId(app, region, audience, entry);
  const share = copyButton(() => new URL(`#${id}`, location.href).href, { ...site, copy: words.share });
  reason.setAttribute('aria-label', button?.textContent ?? fill(words.where, where));
  reason.replaceChildren(
    el('p', 'quiet', fill(words.where, where)),
    ...(button ? alikeNodes(button, place) : []),
    ...answerNodes(overRegions((one) => resolve(workspace, { ...query, region: one }), regions)),
    ...(decided ? [decided] : []),
    el('div', 'buttons ends', share, close),
  );
  if (!reason.matches(':popover-open')) reason.showPopover();
  reason.scrollTop = 0;
  reason.focus();
  opened = `#${id}`;
  keepInAddress('', {}, opened);
}

/** Ways to the reasons of the other apps of a row, whose cures name their own app. */
function alikeNodes(button: HTMLElement, { app, region, audience, entry }: CellPlace): HTMLElement[] {
  const others = appsOf(button).filter((one) => one !== app);
  if (others.length === 0) return [];
  const line = el('p', 'quiet', words.alike);
  for (const one of others) {
    const link = el('a', '', names.get(one) ?? one);
    link.href = `#${cellId(one, region, audience, entry)}`;
    line.append(' ', link);
  }
  return [line];
}

/** Whether it is a cell of an app that the table has no place for. */
const isUnnamed = ({ app, region, audience }: CellPlace): boolean =>
  document.querySelector(`.resolution [data-app="${CSS.escape(app)}"]`) === null &&
  page.apps.some(({ id, regions }) => id === app && regions.includes(region)) &&
  (audience === 'everyone' ||
    (audience === 'rollout' && page.miniapp.release.rollout !== undefined) ||
    (audience === 'whitelisted' && page.miniapp.whitelistedIn.includes(app)));

/** Opens what the address names. */
function follow(): void {
  const place = cellIn(location.hash);
  if (!place) return;
  const button = answerAt(place);
  if (!button && !isUnnamed(place)) return;
  (button ?? document.querySelector('.resolution')!).scrollIntoView({ block: 'center' });
  button?.focus();
  open(button, place);
}

addEventListener('hashchange', follow);
follow();
