/** The head of a miniapp's page: who it is and how it stands. */
import type { Language } from '#core/problems/messages.ts';
import { pathOf } from '#core/paths.ts';
import { languageName } from '../../lib/language-name.ts';
import { words } from '../../i18n/index.ts';
import { href } from '../../href.ts';
import { folderLink } from '../../lib/github.ts';
import type { Overview } from './view-model.ts';
import { recordMarkup } from '../history/markup.ts';
import { avatarMarkup } from '../../lib/avatar-markup.ts';
import { editLinkMarkup, type EditLinkContext } from '../../lib/github-markup.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';
import { firstOf } from '../../lib/bounded-markup.ts';
import { clamped } from '../../lib/clamped-markup.ts';
import { peopleMarkup } from '../people/markup.ts';
import { listText, separator } from '../../lib/text.ts';

const TONES = {
  online: 'online',
  disabled: 'disabled',
  offline: 'off',
  experience: 'experience',
  pending: 'pending',
  approved: 'approved',
  rollout: 'rollout',
  rejected: 'rejected',
} as const;

/** The head as HTML: picture, names, states, and where it is delivered. */
export function overviewMarkup(language: Language, { github, files }: EditLinkContext, view: Overview): Markup {
  const { miniapp, types, states, site } = words[language];
  const none = (text: string) => markup`<span class="quiet">${text}</span>`;
  const fact = (name: string, value: Piece) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const { online } = view;
  const appMarkup = ({ id, name, isThere }: Overview['apps'][number]) =>
    isThere ? markup`<a href="${href(`apps/${id}/`, language)}">${name}</a>` : name;
  const apps = firstOf(language, view.apps, appMarkup).map((app, at) => [at > 0 && separator(language), app]);
  const delivered = view.type === 'panel' ? miniapp.everyApp : apps.length > 0 && apps;
  return markup`<header class="head">
      ${avatarMarkup(view.avatar)}
      <div>
        <h1>${view.name}</h1>
        <p class="marks">
          <span class="badge">${types[view.type]}</span>
          ${view.isArchived && markup` <span class="badge off">${miniapp.archived}</span>`}
          ${view.states.map((state) => markup` <span class="badge ${TONES[state]}">${states[state]}</span>`)}
          ${' '}${editLinkMarkup(language, { github, files }, pathOf.file(view.id, 'miniapp'))}
        </p>
        ${view.description && markup`<div class="lead">${clamped(view.description)}</div>`}
        ${view.isArchived && markup`<p class="quiet">${miniapp.archivedLead}</p>`}
        ${
          view.stopped &&
          markup`<p class="stopped">${states.disabled}: ${recordMarkup(language, github, view.stopped)}
            ${view.stopped.reason !== undefined && markup` <q>${view.stopped.reason}</q>`}</p>`
        }
      </div>
    </header>
    <section class="card" id="overview" aria-label="${miniapp.overview}">
      <dl class="facts">
        ${fact(miniapp.id, markup`<code class="command">${view.id}</code>`)}
        ${view.otherLanguages.map(({ language: tag, name, description }) =>
          fact(
            languageName(tag, language),
            markup`<div lang="${tag}">${clamped([name, description].filter((text) => text !== '').join(' · '))}</div>`,
          ),
        )}
        ${view.category && fact(miniapp.category, view.category)}
        ${fact(
          miniapp.online,
          online
            ? markup`<b>${online.version}</b> <small>${miniapp.state[online.enabled ? 'enabled' : 'disabled']}</small>`
            : none(site.notSet),
        )}
        ${fact(miniapp.experience, view.experience ?? none(site.notSet))}
        ${fact(miniapp.pending, listText(view.pending, language) || none(site.none))}
        ${fact(miniapp.delivered, delivered || none(site.none))}
        ${fact(miniapp.admins, peopleMarkup(language, view.admins))}
        ${fact(
          miniapp.folder,
          github
            ? markup`<a href="${folderLink(github, pathOf.folder(view.id))}"><code>${view.folder}</code></a>`
            : markup`<code>${view.folder}</code>`,
        )}
      </dl>
    </section>`;
}
