/** The what-if form: the platform's own resolution, run here, for a situation that names no account. */
import '../../lib/shared.client.ts';
import { defined } from '#core/defined.ts';
import type { Entry } from '#core/model.ts';
import { resolve } from '#core/resolution/resolve.ts';
import { pageWorkspace } from '../../lib/page-data.ts';
import { fill } from '#core/problems/fill.ts';
import { resolutionMessages } from '#core/problems/resolution-messages.ts';
import { resolveCommand, type ResolveCommandInput } from './command.ts';
import {
  answersUntil,
  endOfDay,
  pastAnswer,
  wasRolledOut,
  type PastAnswers,
  type PastPart,
} from '../history/past-answers.ts';
import { fillForm, followAddress, keepInAddress } from '../../lib/address.client.ts';
import { answerNodes, commandLine } from '../resolution/answer.client.ts';
import { copyButton } from '../../lib/copy.client.ts';
import { byId, el, pageLanguage, pageWords, pageData } from '../../lib/dom.client.ts';

const page = pageData();
const workspace = pageWorkspace(page);
const form = byId<HTMLFormElement>('what-if-form');
const answer = byId('what-if-answer');
/** What was answered before, where the history is known. */
const past = document.getElementById('history')?.dataset['past'] || undefined;
const regions = form.elements.namedItem('region') as HTMLSelectElement;
const labels = new Map([...regions.options].map((option) => [option.value, option.text]));

/** The regions of the chosen app; the chosen region stays when the app has it. */
function offerRegions(): void {
  const app = page.apps.find(({ id }) => id === (form.elements.namedItem('app') as HTMLSelectElement).value);
  const chosen = regions.value;
  const offered = app?.regions ?? [];
  regions.replaceChildren(...offered.map((region) => new Option(labels.get(region) ?? region, region)));
  if (offered.includes(chosen)) regions.value = chosen;
  offerVersions(app?.runtimes ?? []);
}

/** The versions of the chosen app that say what they can run; without any there is nothing to ask. */
function offerVersions(runtimes: readonly { readonly appVersion: string }[]): void {
  const versions = form.elements.namedItem('appVersion') as HTMLSelectElement;
  const [any] = versions.options;
  const chosen = versions.value;
  versions.replaceChildren(any!, ...runtimes.map(({ appVersion }) => new Option(appVersion, appVersion)));
  if (runtimes.some(({ appVersion }) => appVersion === chosen)) versions.value = chosen;
  versions.closest('label')!.hidden = runtimes.length === 0;
}

const text = (name: string) => String(new FormData(form).get(name) ?? '').trim();
const NAMES = ['app', 'region', 'entry', 'appVersion', 'rollout', 'day', 'whitelisted', 'page', 'device'] as const;
const PREFIX = 'if.';
const { whatIf: words, site } = pageWords();

/** The address of the question as it is asked. */
function shared(): string {
  keepInAddress(PREFIX, Object.fromEntries(NAMES.map((name) => [name, text(name)])), '#what-if-title');
  return location.href;
}

/** The day that the portal was built on. */
const today = new Date(page.now).toISOString().slice(0, 10);
const dayField = form.elements.namedItem('day') as HTMLInputElement;
const rolloutField = (form.elements.namedItem('rollout') as HTMLElement).closest('label')!;
/** Whoever is not asked about a rollout is in none. */
const inRollout = () => !rolloutField.hidden && text('rollout') === 'yes';

/** The question as the command line asks it. */
const command = (hasAccount: boolean, day?: ResolveCommandInput['day']): string =>
  resolveCommand({
    miniapp: page.miniapp.id,
    app: text('app'),
    region: text('region'),
    entry: text('entry') as Entry,
    page: text('page'),
    device: text('device'),
    appVersion: text('appVersion'),
    inRollout: inRollout(),
    hasAccount,
    ...defined({ day }),
  });

/** What was answered at the end of that day, of what the history holds; the command knows the rest. */
async function askPast(day: string): Promise<void> {
  let held: readonly PastAnswers[] = [];
  try {
    held = await answersUntil(endOfDay(day), async (name) => {
      const response = await fetch(new URL(name, new URL(past!, location.href)));
      return (response.ok ? await response.json() : { answers: [] }) as PastPart;
    });
  } catch {
    // Then nothing is held, and the command is offered.
  }
  // Another day may have been chosen in the meantime.
  if (text('day') !== day) return;
  const whitelisted = text('whitelisted') === 'yes';
  const place = { until: endOfDay(day), app: text('app'), region: text('region') };
  rolloutField.hidden = page.miniapp.release.rollout === undefined && !wasRolledOut(held, place);
  const question = { ...place, entry: text('entry') as Entry, whitelisted, inRollout: inRollout() };
  const found = pastAnswer(held, question);
  const moment = (time: number) => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const lead = found
    ? fill(words.pastSince, { time: moment(found.since), commit: found.commit.slice(0, 8) })
    : fill(words.pastUnknown, { day });
  const error =
    found && Object.entries(resolutionMessages[pageLanguage()].outcomes).find(([code]) => code === found.answer);
  answer.dataset['outcome'] = error ? 'error' : found ? 'opens' : 'unknown';
  answer.dataset['answer'] = found?.answer ?? '';
  const verdict = error ? error[1].title : found && fill(words.opens, { version: found.answer });
  answer.replaceChildren(
    ...(verdict === undefined ? [] : [el('p', error ? 'verdict error' : 'verdict', verdict)]),
    el('p', 'quiet', lead),
    el('p', '', words.pastCommand),
    commandLine(command(whitelisted, { of: 'past', date: day })),
    copyButton(shared, { ...site, copy: words.share }),
  );
}

/** The same question for one account: asked where accounts are known, never here. */
function ownAccount(day?: ResolveCommandInput['day']): HTMLElement {
  const node = document.createElement('div');
  const lead = document.createElement('p');
  lead.textContent = words.forAccount;
  node.append(lead, commandLine(command(true, day)));
  return node;
}

function ask(): void {
  const day = past === undefined ? '' : text('day');
  const isToCome = day > today;
  if (day !== '' && !isToCome) {
    void askPast(day);
    return;
  }
  rolloutField.hidden = page.miniapp.release.rollout === undefined;
  const resolution = resolve(workspace, {
    miniapp: page.miniapp.id,
    app: text('app'),
    region: text('region'),
    entry: text('entry') as Entry,
    whitelisted: text('whitelisted') === 'yes',
    inRollout: inRollout(),
    appVersion: text('appVersion') || undefined,
    page: text('page') || undefined,
    device: text('device') || undefined,
    now: page.now,
  });
  const isOpening = resolution.outcome === 'opens';
  answer.dataset['outcome'] = resolution.outcome;
  answer.dataset['answer'] = isOpening ? resolution.version : resolution.code;
  const [verdict, ...rest] = answerNodes(resolution);
  answer.replaceChildren(
    ...(isToCome ? [el('p', 'quiet', fill(words.future, { day }))] : []),
    verdict!,
    ...(isOpening ? [commandLine(resolution.url)] : []),
    ...rest,
    ownAccount(isToCome ? { of: 'future', date: day } : undefined),
    copyButton(shared, { ...site, copy: words.share }),
  );
}

form.addEventListener('input', (event) => {
  if ((event.target as HTMLElement).getAttribute('name') === 'app') offerRegions();
  ask();
});
form.addEventListener('submit', (event) => event.preventDefault());
dayField.closest('label')!.hidden = past === undefined;
followAddress(form, PREFIX, NAMES, ({ region, appVersion }) => {
  offerRegions();
  fillForm(form, { region, appVersion });
  ask();
});
