/** The four lists of versions, a card a version. */
import { fill, type Language } from '#core/problems/messages.ts';
import type { Step } from '#core/transitions/lifecycle.ts';
import { pathOf } from '#core/paths.ts';
import { words } from '../../i18n/index.ts';
import { transitionLink } from '../../lib/github.ts';
import { comparedMarkup, keptMarkup } from '../packages/markup.ts';
import { changeMarkup } from './compare-markup.ts';
import type { VersionCard, StageList } from './view-model.ts';
import { versionAnchor } from './anchor.ts';
import { fileMarkup, type Editing } from '../../lib/github-markup.ts';
import { filled, markup, type Markup, type Piece } from '../../lib/markup.ts';
import { momentMarkup } from '../../lib/moment-markup.ts';

export function versionsMarkup(language: Language, editing: Editing, id: string, lists: readonly StageList[]): Markup {
  const { versions, stages, stageHints } = words[language];
  return markup`<section id="versions" aria-labelledby="versions-title">
      <h2 id="versions-title">${versions.title}</h2>
      <div class="stages">
        ${lists.map(
          ({ stage, cards }) => markup`<div class="stage" data-stage="${stage}">
            <h3>${stages[stage]} <span class="count">${cards.length}</span></h3>
            <p class="quiet">${cards.length === 0 ? versions.noneInStage : stageHints[cards[0]!.enabled === false ? 'outOfService' : stage]}</p>
            ${cards.map((card) => versionCard(language, editing, id, card))}
          </div>`,
        )}
      </div>
    </section>`;
}

/** Steps that change the release; the others change the version's own file. */
const RELEASE_STEPS: ReadonlySet<Step['kind']> = new Set<Step['kind']>([
  'publish',
  'rollback',
  'start-rollout',
  'widen-rollout',
  'stop-rollout',
  'disable',
  'enable',
  'set-experience',
  'clear-experience',
]);

/** One version: its marks, who and when, what it is, and what can happen to it now. */
function versionCard(language: Language, editing: Editing, id: string, card: VersionCard): Markup {
  const { versions, statuses, states, steps, miniapp, site } = words[language];
  const file = (kind: Step['kind']) =>
    RELEASE_STEPS.has(kind) ? pathOf.file(id, 'release') : pathOf.version(id, card.number);
  const { version, state, number } = card;
  const status = state.stage === 'review' ? state.status : undefined;
  const enabled = card.enabled ? miniapp.state.enabled : states.disabled;
  const reason = version.review?.reason;
  return markup`<article class="version" id="${versionAnchor(number)}" data-version="${number}">
      <h4>${number}
        ${status && markup` <span class="badge ${status}">${statuses[status]}</span>`}
        ${card.enabled !== undefined && markup` <span class="badge ${card.enabled ? 'online' : 'disabled'}">${enabled}</span>`}
        ${state.isRolledOut && markup` <span class="badge rollout">${fill(versions.rolloutMark, { percent: card.percent! })}</span>`}
        ${state.isExperience && markup` <span class="badge experience">${versions.experienceMark}</span>`}
      </h4>
      <p>${version.description}</p>
      <ul class="who-when">
        <li>${filled(versions.uploaded, { who: card.uploader, when: momentMarkup(version.uploadedAt) })}</li>
        ${card.submitter && markup`<li>${fill(versions.submitted, { who: card.submitter })}</li>`}
        ${card.reviewer && markup`<li>${fill(versions.reviewed, { who: card.reviewer })}</li>`}
        ${card.isAutomatic && markup`<li>${versions.automatic}</li>`}
      </ul>
      ${card.bytes && keptMarkup(language, card.bytes)}
      ${reason && markup`<p class="notice rejected"><b>${versions.reason}</b> ${reason}</p>`}
      <details>
        <summary>${versions.details}</summary>
        ${uploadedMarkup(language, card)}
      </details>
      ${card.change && changeMarkup(language, card.change)}
      ${card.bytes && comparedMarkup(language, card.bytes)}
      ${
        card.steps.length > 0 &&
        markup`<details>
          <summary>${versions.steps} <span class="count">${card.steps.length}</span></summary>
          <ul class="steps">
            ${card.steps.map(
              ({ kind, command }) => markup`<li>
                <span>${steps[kind as keyof typeof steps]}</span> ${fileMarkup(language, editing, file(kind))}
                <div class="command-line"><code class="command">${command}</code></div>
              </li>`,
            )}
          </ul>
          ${editing.github && markup`<p><a href="${transitionLink(editing.github)}">${site.workflow}</a></p>`}
        </details>`
      }
    </article>`;
}

/** A list of so many names is not worth a way to another version. */
const SHORT = 5;

function uploadedMarkup(language: Language, { version, kits, size, change }: VersionCard): Markup {
  const { versions } = words[language];
  const { pages = [], origins = [], apis = [], package: uploaded, baseLibrary, analysis } = version;
  const fact = (name: Piece, values: readonly Piece[]) =>
    markup`<dt>${name}</dt>${values.map((value) => markup`<dd>${value}</dd>`)}`;
  const codes = (kind: 'pages' | 'origins' | 'apis', values: readonly string[]) =>
    values.length > 0 &&
    markup`<dt>${versions[kind]} <span class="count">${values.length}</span></dt>${asBefore(kind, values) || codeLines(values)}`;
  /** A long list that stands with another version already. */
  const asBefore = (kind: 'pages' | 'origins' | 'apis', values: readonly string[]) => {
    if (!change || values.length <= SHORT) return false;
    const { added, removed } = change.lists[kind];
    if (added.length + removed.length > 0) return false;
    const { before } = change;
    return markup`<dd><a href="#${versionAnchor(before)}">${fill(versions.compare.as, { version: before })}</a></dd>`;
  };
  return markup`<dl>
      ${fact(versions.package, [
        uploaded ? fill(versions.size, { size: size!, files: uploaded.files }) : versions.noPackage,
      ])}
      ${uploaded && fact(versions.digest, [markup`<code class="break">${uploaded.sha256}</code>`])}
      ${baseLibrary && fact(versions.baseLibrary, [baseLibrary])}
      ${
        kits.length > 0 &&
        fact(
          versions.kits,
          kits.map(([kit, least]) => `${kit} ${least}`),
        )
      }
      ${codes('pages', pages)}
      ${codes('origins', origins)}
      ${codes('apis', apis)}
      ${analysis && fact(versions.unknownCalls, [analysis.unknown])}
    </dl>`;
}

const lines = new WeakMap<readonly string[], Markup>();

/** The same in every language, so made once for each list. */
function codeLines(values: readonly string[]): Markup {
  let made = lines.get(values);
  if (!made) lines.set(values, (made = markup`${values.map((value) => markup`<dd><code>${value}</code></dd>`)}`));
  return made;
}
