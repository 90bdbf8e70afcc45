/** The what-if form: the platform's own resolution, run here, for a situation that names no account. */
import { messages } from '#core/catalogue.ts';
import type { Entry } from '#core/model.ts';
import { fixText, outcomeMessage, traceText } from '#core/outcome.ts';
import { resolve, type Resolution } from '#core/resolve.ts';
import { fill } from '#core/catalogue.ts';
import { resolutionWorld, type PageWorld } from '../views/world.ts';
import { copyButton } from './copy.ts';
import { byId, el, pageData, pageLanguage, pageWords } from './dom.ts';

const page = pageData<PageWorld>('world');
const world = resolutionWorld(page);
const form = byId<HTMLFormElement>('what-if-form');
const answer = byId('what-if-answer');
const language = pageLanguage();
const { whatIf: words, site, resolution: tableWords } = pageWords();
const regions = form.elements.namedItem('region') as HTMLSelectElement;
const labels = new Map([...regions.options].map((option) => [option.value, option.text]));

/** The regions of the chosen app; the chosen region stays when the app has it. */
function offerRegions(): void {
  const app = page.apps.find(({ id }) => id === (form.elements.namedItem('app') as HTMLSelectElement).value);
  const chosen = regions.value;
  const offered = app?.regions ?? [];
  regions.replaceChildren(...offered.map((region) => new Option(labels.get(region) ?? region, region)));
  if (offered.includes(chosen)) regions.value = chosen;
}

function ask(): void {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const resolution = resolve(world, {
    miniapp: page.miniapp.id,
    app: text('app'),
    region: text('region'),
    entry: text('entry') as Entry,
    whitelisted: text('whitelisted') === 'yes',
    page: text('page') || undefined,
    device: text('device') || undefined,
    now: page.now,
  });
  const { outcome } = resolution;
  answer.dataset['outcome'] = outcome;
  answer.dataset['answer'] = resolution.outcome === 'opens' ? resolution.version : resolution.code;
  answer.replaceChildren(...headline(resolution), trace(resolution), ...fixes(resolution));
}

function headline(resolution: Resolution): Node[] {
  if (resolution.outcome === 'opens') {
    const { version, channel, url } = resolution;
    const verdict = el(
      'p',
      `verdict ${channel}`,
      fill(words.opens, { version }),
      ' ',
      el('small', '', words.opensAs[channel]),
    );
    const link = el('code', 'command live', url);
    return [
      verdict,
      el(
        'div',
        'command-line',
        link,
        copyButton(() => url, site),
      ),
    ];
  }
  const { title, cause } = messages[language].outcomes[resolution.code];
  const says = el(
    'p',
    'says',
    el('span', 'label', tableWords.says),
    ' ',
    el('q', '', outcomeMessage(resolution, language)),
  );
  return [el('p', 'verdict error', title), says, el('p', 'cause', el('span', 'label', words.cause), ' ', cause)];
}

function trace(resolution: Resolution): HTMLElement {
  const steps = resolution.trace.map((step) => el('li', step.applies ? 'applies' : '', traceText(step, language)));
  return el('div', '', el('h4', '', words.trace), el('ol', 'trace', ...steps));
}

function fixes(resolution: Resolution): Node[] {
  if (resolution.outcome === 'opens' || resolution.fix.length === 0) return [];
  const items = resolution.fix.map((fix) => {
    const command = el('code', 'command live', fix.command);
    const line = el(
      'div',
      'command-line',
      command,
      copyButton(() => fix.command, site),
    );
    return el('li', '', fixText(fix, language), line);
  });
  return [el('div', '', el('h4', '', words.fixes), el('ul', 'fixes', ...items))];
}

form.addEventListener('input', (event) => {
  if ((event.target as HTMLElement).getAttribute('name') === 'app') offerRegions();
  ask();
});
form.addEventListener('submit', (event) => event.preventDefault());
byId('what-if').hidden = false;
offerRegions();
ask();
