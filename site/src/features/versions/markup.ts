/** The four lists of versions, a card a version. */
import { fill, type Language } from '#core/problems/messages.ts';
import { fileOfStep, type NextStep } from '#core/transitions/lifecycle.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import { transitionLink } from '../../lib/github.ts';
import { comparedMarkup, keptMarkup } from '../packages/markup.ts';
import { cardsOf, type VersionCard, type StageList } from './view-model.ts';
import { versionAnchor } from './anchor.ts';
import { uploadedLine, uploadedMarkup } from './uploaded-markup.ts';
import { fileMarkup, type EditLinkContext } from '../../lib/github-markup.ts';
import { filled, markup, type Markup } from '../../lib/markup.ts';
import { clamped } from '../../lib/clamped-markup.ts';
import { table } from '../../lib/table-markup.ts';
import { momentMarkup } from '../../lib/moment-markup.ts';
import { listText } from '../../lib/text.ts';

/** The section as HTML: newer cards whole, older ones as lines. */
export function versionsMarkup(
  language: Language,
  editing: EditLinkContext,
  id: string,
  lists: readonly StageList[],
): Markup {
  const { versions, stages, stageHints } = words[language];
  // A stage without a version would be an empty column.
  const held = lists.filter(({ cards }) => cards.length > 0);
  return markup`<section id="versions" aria-labelledby="versions-title">
      <h2 id="versions-title">${versions.title}</h2>
      ${held.length === 0 && markup`<p class="quiet">${versions.none}</p>`}
      <div class="stages">
        ${held.map(({ stage, cards }) => {
          const { full, rest } = cardsOf(cards);
          return markup`<div class="stage">
            <h3>${stages[stage]} <span class="count">${cards.length}</span></h3>
            <p class="quiet">${stageHints[cards[0]!.enabled === false ? 'outOfService' : stage]}</p>
            ${full.map((card) => versionCard(language, editing, id, card))}
            ${rest.length > 0 && restMarkup(language, id, rest)}
          </div>`;
        })}
      </div>
    </section>`;
}

/** As many rows stand there, the newest; the API has the others. */
export const ROWS = 200;
/** As many versions are named for which a step is possible. */
const NAMED_NUMBERS = 12;

/** Of the versions that are not told in full a row says what they are, their steps are said once, and the API has the rest. */
function restMarkup(language: Language, id: string, cards: readonly VersionCard[]): Markup {
  const { versions, report, miniapp, steps, history } = words[language];
  const rows = cards.slice(0, ROWS).map(
    (card) => markup`<tr id="${versionAnchor(card.number)}">
        <th scope="row">${card.number}</th><td>${card.version.description} <small>${uploadedLine(language, card)}</small></td>
        <td>${card.version.uploadedAt.slice(0, 10)}</td><td>${card.size ?? ''}</td></tr>`,
  );
  const possible = Map.groupBy(
    cards.flatMap(({ number, steps: own }) => own.map((step) => ({ ...step, number }))),
    ({ kind }) => kind,
  );
  /** For which of the rows it is, where it is not for all; of many the first. */
  const only = (numbers: readonly string[]) => {
    if (numbers.length === cards.length) return false;
    const more = numbers.length - NAMED_NUMBERS;
    const rest = more > 0 ? ` ${fill(history.more, { count: more })}` : '';
    return ` (${listText(numbers.slice(0, NAMED_NUMBERS), language)}${rest})`;
  };
  const commands = [...possible].map(([kind, of]) => {
    const [first] = of;
    const command = first!.command.replace(` ${first!.number}`, ' VERSION');
    return markup`<li><span>${steps[kind as keyof typeof steps]}${only(of.map(({ number }) => number))}</span> <code class="command">${command}</code></li>`;
  });
  return markup`<details class="earlier"><summary>${fill(history.more, { count: cards.length })}</summary>
      ${table([report.version, miniapp.description, versions.uploadedOn, versions.package], rows)}
      <ul class="steps">${commands}</ul>
      <p>${cards.length > ROWS && `${fill(words[language].access.shownRows, { shown: ROWS, count: cards.length })} `}
        <a href="${href(`api/v1/miniapps/${id}.json`)}">${versions.everything}</a></p></details>`;
}

/** One version: its marks, who and when, what it is, and what can happen to it now. */
function versionCard(language: Language, editing: EditLinkContext, id: string, card: VersionCard): Markup {
  const { versions, statuses, states, steps, miniapp, site } = words[language];
  const file = (kind: NextStep['kind']) => fileOfStep(kind, id, card.number);
  const { version, state, number } = card;
  const status = state.stage === 'review' ? state.status : undefined;
  const enabled = card.enabled ? miniapp.state.enabled : states.disabled;
  const reason = version.review?.reason;
  return markup`<article class="version" id="${versionAnchor(number)}">
      <h4>${number}
        ${status && markup` <span class="badge ${status}">${statuses[status]}</span>`}
        ${card.enabled !== undefined && markup` <span class="badge ${card.enabled ? 'online' : 'disabled'}">${enabled}</span>`}
        ${state.isRolledOut && markup` <span class="badge rollout">${fill(versions.rolloutMark, { percent: card.percent! })}</span>`}
        ${state.isExperience && markup` <span class="badge experience">${versions.experienceMark}</span>`}
      </h4>
      <div>${clamped(version.description)}</div>
      <ul class="who-when">
        <li>${filled(versions.uploaded, { who: card.uploader, when: momentMarkup(version.uploadedAt) })}</li>
        ${card.submitter && markup`<li>${fill(versions.submitted, { who: card.submitter })}</li>`}
        ${card.reviewer && markup`<li>${fill(versions.reviewed, { who: card.reviewer })}</li>`}
        ${card.isAutomatic && markup`<li>${versions.automatic}</li>`}
      </ul>
      ${card.bytes && keptMarkup(language, card.bytes)}
      ${reason && markup`<div class="notice rejected"><b>${versions.reason}</b> ${clamped(reason)}</div>`}
      ${uploadedMarkup(language, card)}
      ${card.bytes && comparedMarkup(language, card.bytes)}
      ${
        card.steps.length > 0 &&
        markup`<details>
          <summary>${versions.steps} <span class="count">${card.steps.length}</span></summary>
          <ul class="steps">
            ${card.steps.map(
              ({ kind, command }) => markup`<li>
                <span>${steps[kind as keyof typeof steps]}</span> ${fileMarkup(language, editing, file(kind))}
                <code class="command">${command}</code></li>`,
            )}
          </ul>
          ${editing.github && markup`<p><a href="${transitionLink(editing.github)}">${site.workflow}</a></p>`}
        </details>`
      }
    </article>`;
}
