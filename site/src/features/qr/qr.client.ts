/** The QR configurator: draws as you type. */
import '../miniapp/shared.client.ts';
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
import { LEVELS, pngBlob, qrCode, svgElement, svgText, type QrCode } from './qr-code.ts';
import { listText } from '../../lib/text.ts';

const page = pageData();
const form = byId<HTMLFormElement>('qr-form');
const result = byId('qr-result');
const { qr: words, site } = pageWords();
const language = pageLanguage();

/** As many pixels a module do phones read from a screen; and so wide is a code that is not dense (qr.css). */
const READABLE = 4;
const ORDINARY = 238;

const text = (name: string) => String(new FormData(form).get(name) ?? '');
const NAMES = ['entry', 'app', 'page', 'device', 'group', 'query', 'level', 'size'] as const;
const PREFIX = 'qr.';

const input = (): QrInput => ({
  entry: text('entry') as Entry,
  app: text('app'),
  page: text('page'),
  device: text('device'),
  group: text('group'),
  query: text('query'),
});

function draw(): void {
  const answer = qrAnswer(page, input());
  if (answer.kind === 'refused') {
    const { outcomes, fixes } = resolutionMessages[language];
    const outcome = outcomes['device-required'];
    const why = [outcome.message, outcome.cause, fixes['give-device']].map((line) => el('p', '', line));
    result.replaceChildren(el('div', 'notice error', el('strong', '', words.refused), ...why));
    return;
  }
  const code = qrCode(
    answer.link,
    LEVELS.find((level) => level === text('level')),
  );
  const { answers } = answer;
  const app = page.apps.find(({ id }) => id === text('app'));
  const regionNames = new Map((app?.regions ?? []).map((id) => [id, page.regions[id] ?? id]));
  const lines = codeLines(answers, regionNames, language).flatMap(({ audience, tone, answer: said, detail, where }) => [
    el('dt', '', audience),
    el('dd', '', el('span', `answer ${tone}`, said), ' ', el('small', '', [detail, where].filter(Boolean).join(' · '))),
  ]);
  const notes = [
    el('p', '', el('b', '', fill(words.scannedIn, { app: app?.name ?? '' }))),
    el('dl', 'code-answers', ...lines),
    ...(answers.isForNobody ? [el('p', 'note', words.forNobody)] : []),
    ...(answer.unfit.length > 0
      ? [el('p', 'note unfit', fill(words.unfit, { appVersions: listText(answer.unfit, language) }))]
      : []),
    ...(answers.isDead ? [el('p', 'note nothing', words.dead)] : []),
  ];
  const link = el('code', 'command live', answer.link);
  link.id = 'qr-link';
  const isDense = code !== undefined && code.side * READABLE > ORDINARY;
  const frame = ['qr-image', answers.isDead ? 'dead' : '', isDense ? 'dense' : ''].filter(Boolean).join(' ');
  const drawn = code ? el('div', frame, svgElement(code, words.image)) : el('p', 'notice error', words.tooLong);
  const line = el(
    'div',
    'command-line',
    link,
    copyButton(() => answer.link, site),
  );
  const offers = answers.isDead ? [] : [opener(answer.link, app?.name ?? ''), ...(code ? [downloads(code)] : [])];
  result.replaceChildren(drawn, el('div', 'fields', ...notes, line, ...offers));
  if (code && isDense) warnIfTooDense(drawn, code);
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

function downloads(code: QrCode): HTMLElement {
  const name = `${page.miniapp.id}-qr`;
  const button = (label: string, file: string, blob: () => Promise<Blob | null>) => {
    const made = el('button', 'secondary', `${words.download} ${label}`);
    made.type = 'button';
    made.addEventListener('click', async () => save(await blob(), file));
    return made;
  };
  const svg = () => Promise.resolve(new Blob([svgText(code)], { type: 'image/svg+xml' }));
  return el(
    'div',
    'buttons',
    button(words.downloadSvg, `${name}.svg`, svg),
    button(words.downloadPng, `${name}.png`, () => pngBlob(code, Number(text('size')) || 512)),
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
form.addEventListener('input', draw);
form.addEventListener('submit', (event) => event.preventDefault());
form.hidden = false;
followAddress(form, PREFIX, NAMES, () => {
  offerPages();
  markApps();
  draw();
});
