/** The what-if form: the platform's own resolution, run here, for a situation that names no account. */
import type { Entry } from '#core/model.ts';
import { resolve } from '#core/resolve.ts';
import { resolutionWorld } from '../views/world.ts';
import { answerNodes, commandLine } from './answer.ts';
import { byId, pageWorld } from './dom.ts';

const page = pageWorld();
const world = resolutionWorld(page);
const form = byId<HTMLFormElement>('what-if-form');
const answer = byId('what-if-answer');
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
  const isOpening = resolution.outcome === 'opens';
  answer.dataset['outcome'] = resolution.outcome;
  answer.dataset['answer'] = isOpening ? resolution.version : resolution.code;
  const [verdict, ...rest] = answerNodes(resolution, 'h4');
  answer.replaceChildren(verdict!, ...(isOpening ? [commandLine(resolution.url)] : []), ...rest);
}

form.addEventListener('input', (event) => {
  if ((event.target as HTMLElement).getAttribute('name') === 'app') offerRegions();
  ask();
});
form.addEventListener('submit', (event) => event.preventDefault());
byId('what-if').hidden = false;
offerRegions();
ask();
