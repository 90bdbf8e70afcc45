/** The QR configurator: draws as you type. What draws is loaded when somebody asks for another code than the one that the page was sent with. */
import '../../lib/shared.client.ts';
import { fill } from '#core/problems/fill.ts';
import { resolutionMessages } from '#core/problems/resolution-messages.ts';
import type { Entry } from '#core/model.ts';
import { SOME_DEVICE } from '#core/resolution/resolution-table.ts';
import { codeVersion } from '#core/resolution/resolve.ts';
import { followAddress, keepInAddress } from '../../lib/address.client.ts';
import { copyButton } from '../../lib/copy.client.ts';
import { byId, el, pageData, pageLanguage, pageWords } from '../../lib/dom.client.ts';
import { codeLines } from './code-answers.ts';
import { qrAnswer, type QrInput } from './qr-answer.ts';
import { isDense, LEVELS, ORDINARY_LEVEL, READABLE } from './levels.ts';
import type { QrCode } from './qr-code.ts';

const page = pageData();
const form = byId<HTMLFormElement>('qr-form');
const result = byId('qr-result');
const { qr: words, site } = pageWords();
const language = pageLanguage();

/** Undefined where it cannot be fetched: without a network, or once a newer portal took the place of the one that this page is of. */
const drawing = () => import('./qr-code.ts').catch(() => undefined);
/** The code that stands there before any script, unless its width has to be looked at. */
const sent = {
  image: result.querySelector<HTMLElement>('.qr-image:not(.dense)'),
  link: result.querySelector('kbd.live')?.textContent,
};

const text = (name: string) => String(new FormData(form).get(name) ?? '');
const NAMES = ['entry', 'app', 'page', 'device', 'group', 'query', 'level', 'size'] as const;
const PREFIX = 'qr.';

const levelAsked = () => LEVELS.find((level) => level === text('level')) ?? ORDINARY_LEVEL;

const input = (): QrInput => ({
  entry: text('entry') as Entry,
  app: text('app'),
  page: text('page'),
  device: text('device'),
  group: text('group'),
  query: text('query'),
});

/** Counts what was asked: what is drawn later than the next question is not shown. */
let asked = 0;

async function draw(): Promise<void> {
  const own = ++asked;
  const answer = qrAnswer(page, input());
  if (answer.kind === 'refused') {
    const { outcomes, fixes } = resolutionMessages[language];
    const outcome = outcomes['device-required'];
    const why = [outcome.message, outcome.cause, fixes['give-device']].map((line) => el('p', '', line));
    result.replaceChildren(el('div', 'notice error', el('strong', '', words.refused), ...why));
    return;
  }
  const { answers, link: address } = answer;
  const isSent = sent.image !== null && address === sent.link && levelAsked() === ORDINARY_LEVEL;
  // Entries may have one link and answer otherwise.
  sent.image?.classList.toggle('dead', answers.isDead);
  const { code, image, why }: ShownCode = isSent ? { image: sent.image } : await drawnCode(address, answers.isDead);
  if (own !== asked) return;
  const app = page.apps.find(({ id }) => id === text('app'));
  const regionNames = new Map((app?.regions ?? []).map((id) => [id, page.regions[id] ?? id]));
  const lines = codeLines(answers, regionNames, language).flatMap((one) => [
    el('dt', '', one.audience),
    el(
      'dd',
      '',
      el('span', `answer ${one.tone}`, one.answer),
      ' ',
      el('small', '', [one.detail, one.where].filter(Boolean).join(' · ')),
      ...one.elsewise.map((line) => el('small', 'elsewise', line)),
    ),
  ]);
  const notes = [
    el('p', '', el('b', '', fill(words.scannedIn, { app: app?.name ?? '' }))),
    el('dl', 'code-answers', ...lines),
    ...(answers.isForNobody ? [el('p', 'note', words.forNobody)] : []),
    ...(answers.isDead ? [el('p', 'note nothing', words.dead)] : []),
  ];
  const link = el('kbd', 'live', address);
  link.id = 'qr-link';
  const line = el(
    'div',
    'command-line',
    link,
    copyButton(() => address, site),
  );
  const offers = answers.isDead ? [] : [opener(address, app?.name ?? ''), ...(image ? [downloads(address)] : [])];
  const shown = image ?? el('p', 'notice error', why ?? words.tooLong);
  result.replaceChildren(shown, el('div', 'fields', ...notes, line, ...offers));
  if (code && isDense(code)) warnIfTooDense(shown, code);
}

interface ShownCode {
  readonly code?: QrCode;
  readonly image?: HTMLElement | null;
  /** Why there is no image, unless the link is too long for any code. */
  readonly why?: string;
}

/** The code of a link and its image, or why there is none. */
async function drawnCode(link: string, isDead: boolean): Promise<ShownCode> {
  const drawer = await drawing();
  if (!drawer) return { why: words.failed };
  const { qrCode, svgElement } = drawer;
  const code = qrCode(link, levelAsked());
  if (!code) return {};
  const frame = ['qr-image', isDead ? 'dead' : '', isDense(code) ? 'dense' : ''].filter(Boolean).join(' ');
  return { code, image: el('div', frame, svgElement(code, words.image)) };
}

/** Says so where a reader of codes may see no modules, whatever the width of the page. */
function warnIfTooDense(drawn: HTMLElement, { side }: QrCode): void {
  const pixels = drawn.firstElementChild!.getBoundingClientRect().width / side;
  if (pixels >= READABLE) return;
  drawn.after(el('p', 'note', fill(words.dense, { pixels: pixels.toFixed(1), least: READABLE })));
}

/** For the phone that shows the code, which cannot scan it (qr.css shows it there alone). */
function opener(address: string, app: string): HTMLElement {
  const link = el('a', 'open-app', fill(words.openIn, { app }));
  link.href = address;
  return link;
}

function downloads(link: string): HTMLElement {
  const level = levelAsked();
  const name = `${page.miniapp.id}-qr`;
  const button = (label: string, file: string, blob: () => Promise<Blob | null>) => {
    const made = el('button', 'secondary', `${words.download} ${label}`);
    made.type = 'button';
    made.addEventListener('click', async () => save(await blob(), file));
    return made;
  };
  const svg = async () => {
    const drawer = await drawing();
    if (!drawer) return null;
    const { qrCode, svgText } = drawer;
    return new Blob([svgText(qrCode(link, level)!)], { type: 'image/svg+xml' });
  };
  const png = async () => {
    const drawer = await drawing();
    return drawer ? drawer.pngBlob(drawer.qrCode(link, level)!, Number(text('size')) || 512) : null;
  };
  return el(
    'div',
    'buttons',
    button(words.downloadSvg, `${name}.svg`, svg),
    button(words.downloadPng, `${name}.png`, png),
    copyButton(shared, { ...site, copy: words.share }),
  );
}

/** The address of the form as it is filled in. */
function shared(): string {
  keepInAddress(PREFIX, Object.fromEntries(NAMES.map((name) => [name, text(name)])), '#try');
  return location.href;
}

function save(blob: Blob | null, file: string): void {
  if (!blob) return;
  const anchor = el('a', '');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = file;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}

/** Offers the pages of the version that the code is for. */
function offerPages(): void {
  const entry = text('entry') as Entry;
  const version = codeVersion(page.miniapp.release, entry);
  const pages = page.miniapp.versions.find((one) => one.version === version)?.pages ?? [];
  byId('pages').replaceChildren(...pages.map((page) => new Option('', page)));
}

/** Says at each app whether a code of this entry opens anything there. */
function markApps(): void {
  for (const option of form.querySelectorAll<HTMLOptionElement>('[name=app] option')) {
    const { id = option.value, name = '' } = page.apps.find((one) => one.id === option.value) ?? {};
    const answer = qrAnswer(page, { ...input(), app: id, page: '', device: text('device') || SOME_DEVICE });
    const failed = answer.kind === 'link' && answer.answers.isDead ? answer.answers.answers[0]?.resolution : undefined;
    const why = failed?.outcome === 'error' ? ` – ${resolutionMessages[language].outcomes[failed.code].title}` : '';
    option.textContent = `${name}${why}`;
  }
}

form.addEventListener('change', offerPages);
form.addEventListener('change', markApps);
form.addEventListener('input', () => void draw());
// Whoever reaches for the form gets the next code without waiting for what draws it.
form.addEventListener('focusin', () => void drawing(), { once: true });
form.addEventListener('submit', (event) => event.preventDefault());
followAddress(form, PREFIX, NAMES, () => {
  offerPages();
  markApps();
  void draw();
});
