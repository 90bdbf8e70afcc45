/** Rows of the history. */
import { ENTRIES } from '#core/model.ts';
import { fill, messages, type Language, type OutcomeCode } from '#core/problems/messages.ts';
import { listText, separator } from '#core/problems/list-text.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import type { GithubPlace } from '../../lib/github.ts';
import { transitionText } from './transition-text.ts';
import type { ChangeRecordView, EventView } from './view-model.ts';
import { momentMarkup } from '../../lib/moment-markup.ts';
import { commitMarkup, pullMarkup } from '../../lib/github-markup.ts';
import { short } from '../../lib/github.ts';
import { filled, markup, type Markup, type Piece } from '../../lib/markup.ts';
import { table } from '../../lib/table-markup.ts';
import { inBrackets, percentOf } from '../../lib/text.ts';

/** Who and when, the approvals, and the commit and pull request; `isBrief`: of a change that is told in full elsewhere on the page. */
export function recordMarkup(
  language: Language,
  github: GithubPlace | undefined,
  record: ChangeRecordView,
  isBrief = false,
): Markup {
  const { history } = words[language];
  const { who, time, approvers, pullRequest, commit, isUnseen, beyond } = record;
  // Each by itself, so that the filter of the history finds them.
  const names = approvers.map((name, at) => markup`${at > 0 && separator(language)}<span>${name}</span>`);
  const where = markup`${pullRequest !== undefined && markup` ${pullMarkup(github, pullRequest)}`} ${commitMarkup(language, github, commit, isBrief)}`;
  if (beyond !== undefined)
    return markup`${momentMarkup(time)}${where}
      ${' '}· ${filled(history.beyond, { command: markup`<kbd>${beyond}</kbd>` })}`;
  return markup`<b>${who ?? history.unknown}</b> ${momentMarkup(time)}
    ${approvers.length > 0 && markup` · <span>${filled(history.approvedBy, { names })}</span>`}
    ${where}
    ${isUnseen && markup` · <span class="unseen">${history.unseenOne}</span>`}`;
}

/** One event, as a string, as pages have hundreds of them. `isWhole`: in the history of the platform, where each says of which miniapp it is. */
export function eventMarkup(
  language: Language,
  github: GithubPlace | undefined,
  event: EventView,
  isWhole: boolean,
): Markup {
  const { history } = words[language];
  const { steps, kinds, more, effects, commit, reason } = event;
  const first = steps[0]?.miniapp;
  // Most commits are of one miniapp, which is then named once.
  const isOne = steps.every(({ miniapp }) => miniapp?.id === first?.id);
  const done = (step: EventView['steps'][number]) => transitionText(language, step);
  const of = (miniapp: EventView['steps'][number]['miniapp']) =>
    miniapp &&
    (miniapp.isHere
      ? markup`<a href="${href(`miniapps/${miniapp.id}/`, language)}">${miniapp.name}</a>`
      : miniapp.name);
  const said: Piece = isOne
    ? markup`${isWhole && first && markup`${of(first)}${history.colon}`}${steps.map(done).join(' · ')}`
    : steps.map(
        (step) =>
          markup`<span class="one">${step.miniapp && markup`${of(step.miniapp)}${history.colon}`}${done(step)}</span> `,
      );
  return markup`<li class="event" id="commit-${short(commit)}" data-kind="${kinds.join(' ')}">
      <p class="what">${said}${more > 0 && markup` <span class="quiet">${fill(history.more, { count: more })}</span>`}</p>
      ${reason !== undefined && markup`<p class="reason-given">${reason}</p>`}
      <p class="who-when">${recordMarkup(language, github, event)}</p>
      ${effects.length > 0 && effectsMarkup(language, event, isWhole)}
    </li>`;
}

function effectsMarkup(
  language: Language,
  { commit, effects, table: all, percent }: EventView,
  isWhole: boolean,
): Markup {
  const { history, audiences, entries } = words[language];
  const isNamed = effects.some(({ miniapp }) => miniapp.id !== effects[0]!.miniapp.id);
  const rows = effects.map(
    ({ miniapp, app, regions, audience, entries: own, before, after }) => markup`<tr>
        <th scope="row">${isNamed && markup`${miniapp.name} · `}${app} <small>${listText(regions, language)}</small></th>
        <td>${audiences[audience]} <small>${listText(
          own.map((entry) => entries[entry]),
          language,
        )}</small></td>
        <td>${outcome(language, before)}</td>
        <td>${outcome(language, after)}</td>
      </tr>`,
  );
  const command = `npx miniapp resolve ${effects[0]!.miniapp.id} --app APP --region REGION --at ${short(commit)}`;
  return markup`<details>
      <summary>${history.changed} <b>${effects.length}</b></summary>
      ${table([history.place, history.who, history.before, history.after], rows)}
      ${!isWhole && all.length > 0 && markup`<h3>${history.table}</h3>${tableMarkup(language, all, percent)}`}
      <p class="quiet">${history.asOf}</p>
      <div class="command-line"><kbd>${command}</kbd></div>
    </details>`;
}

/** Every answer at that time, as the table of today has them. */
function tableMarkup(language: Language, lines: EventView['table'], percent: number | undefined): Markup {
  const { history, audiences, entries, resolution } = words[language];
  const heads = (audience: string) => ENTRIES.map((entry) => `${audience} · ${entries[entry]}`);
  const columns = [...heads(audiences.everyone), ...heads(audiences.whitelisted)];
  const part =
    percent === undefined ? [] : heads(`${audiences.rollout}${inBrackets(percentOf(percent, language), language)}`);
  const rows = lines.map(
    ({ app, regions, answers, rollout }) => markup`<tr>
        <th scope="row">${app} <small>${listText(regions, language)}</small></th>
        ${answers.map((answer) => markup`<td>${outcome(language, answer)}</td>`)}
        ${answers.length < columns.length && markup`<td class="quiet" colspan="2">${resolution.nobody}</td>`}
        ${rollout?.map((answer) => markup`<td>${outcome(language, answer)}</td>`)}
        ${part.length > 0 && !rollout && markup`<td class="quiet" colspan="2">${resolution.notRolledOut}</td>`}
      </tr>`,
  );
  return table([history.place, ...columns, ...part], rows);
}

/** A version, by whichever channel it opened, or the title of an error. */
function outcome(language: Language, answer: string | null): Markup {
  if (answer === null) return markup`<span class="quiet">${words[language].history.nothing}</span>`;
  const error = messages[language].outcomes[answer as OutcomeCode];
  return error
    ? markup`<span class="answer error">${error.title}</span>`
    : markup`<span class="answer opened">${answer}</span>`;
}
