/** What is still missing until users see the newest version. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { transitionLink } from '../../lib/github.ts';
import type { Journey } from './view-model.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import { clamped } from '../../lib/clamped-markup.ts';
import { firstOf } from '../../lib/bounded-markup.ts';
import { fileMarkup, type EditLinkContext } from '../../lib/github-markup.ts';
import { markup, Markup } from '../../lib/markup.ts';

/** The section as HTML: each step done or open, and the command of the next one. */
export function journeyMarkup(
  language: Language,
  { apps, platform }: PublicWorkspace,
  editing: EditLinkContext,
  view: Journey,
): Markup {
  const { journey, rollout, steps: names, site } = words[language];
  const { version, next, meanwhile, rolledOut } = view;
  const isThere = view.steps.every(({ isDone }) => isDone);
  const title = version === undefined ? journey.titleNone : fill(isThere ? journey.online : journey.title, { version });
  const current = view.steps.findIndex(({ isDone }) => !isDone);
  const isPart = view.delivered.some(({ regions, of }) => regions.length < of);
  const where = firstOf(language, view.delivered, ({ app, regions, of }) => {
    const name = localized(apps.get(app)!.name, language, platform.languages);
    const isAll = regions.length === of;
    return fill(isAll ? journey.everywhere : journey.regions, { app: name, count: regions.length, of });
  });
  const step = ({ step: id, isDone, isStopped }: Journey['steps'][number], index: number) => {
    const name = isStopped ? journey.stopped[id as keyof typeof journey.stopped] : journey.steps[id];
    const isRolledOut = id === 'online' && !isDone && rolledOut !== undefined;
    const isInPart = id === 'delivered' && isPart;
    const label = isRolledOut ? fill(journey.rolledOut, { percent: rolledOut }) : isInPart ? journey.inPart : name;
    const state = isDone ? journey.done : isStopped ? journey.isStopped : journey.missing;
    const tone = isDone ? 'done' : isStopped ? 'stopped' : index === current ? 'current' : 'missing';
    return markup`<li class="${tone}"${index === current && new Markup(' aria-current="step"')}><span>${label}</span> <span class="sr">${state}</span></li>`;
  };
  return markup`<section class="card" id="journey" aria-labelledby="journey-title">
      <h2 id="journey-title">${title}</h2>
      <ol class="journey">${view.steps.map(step)}</ol>
      ${view.isArchived && markup`<p class="note">${journey.archived}</p>`}
      ${view.reason !== undefined && markup`<div class="notice rejected"><b>${journey.reason}</b> ${clamped(view.reason)}</div>`}
      ${meanwhile !== undefined && markup`<p>${fill(rolledOut === undefined ? journey.meanwhile : journey.others, { version: meanwhile })}</p>`}
      ${rolledOut !== undefined && meanwhile === undefined && markup`<p>${fill(rollout.outOfService, { version: version!, percent: rolledOut })}</p>`}
      ${view.alsoPending !== undefined && markup`<p>${fill(journey.alsoPending, { version: view.alsoPending })}</p>`}
      ${!view.isPanel && where.length > 0 && markup`<p class="quiet">${where.join(' · ')}</p>`}
      ${
        next &&
        markup`<p class="next"><b>${fill(journey.next, { step: names[next.kind] })}</b>
          ${next.path !== undefined && markup` ${fileMarkup(language, editing, next.path)}`}
          ${editing.github && next.kind !== 'upload' && markup` <a href="${transitionLink(editing.github)}">${site.workflow}</a>`}</p>
        <div class="command-line"><code class="command">${next.command}</code></div>`
      }
    </section>`;
}
