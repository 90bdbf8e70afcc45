/** The history of one miniapp on its page. */
import type { Language } from '#core/problems/messages.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import type { GithubPlace } from '../../lib/github.ts';
import { miniappEntries, publishedAt } from '../feeds/view-model.ts';
import { pastAnswers, pastPath } from '../what-if/past-answers.ts';
import { badgePath } from '../badge/badge.ts';
import { eventViews, unseenIn, type Past } from './view-model.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { eventsMarkup, unseenMarkup } from './markup.ts';
import { markup, type Markup } from '../../lib/markup.ts';

/** As many events stand on the page. */
const SHOWN_EVENTS = 25;

/** The section as HTML: the newest SHOWN_EVENTS changes, and where the others are. `past` is undefined where the build had no history. */
export function pastMarkup(
  language: Language,
  workspace: PublicWorkspace,
  github: GithubPlace | undefined,
  id: string,
  past: Past | undefined,
): Markup {
  const { history } = words[language];
  const none = past ? (past.isShallow ? history.shallow : history.noneHeld) : history.none;
  const events = eventViews(workspace, past?.events.slice(0, SHOWN_EVENTS) ?? [], language);
  const isCut = past !== undefined && (past.isCut || past.events.length > SHOWN_EVENTS);
  const hasFeed = publishedAt(workspace) !== undefined && miniappEntries(past?.events ?? []).length > 0;
  const hasAnswers = pastAnswers(past?.events ?? []).length > 0;
  const command = `npx miniapp history ${id}`;
  return markup`<section class="card" id="history" aria-labelledby="history-title" data-past="${hasAnswers ? href(pastPath(id)) : ''}">
      <h2 id="history-title">${history.title}</h2>
      ${unseenMarkup(language, unseenIn(past?.events ?? []))}
      ${events.length > 0 ? eventsMarkup(language, github, events, false) : markup`<p class="quiet">${none}</p>`}
      ${
        isCut &&
        markup`<p class="quiet">${events.length > 0 ? history.earlier : history.inTerminal}</p>
        <div class="command-line"><code class="command">${command}</code></div>`
      }
      <p class="buttons"><a href="${href('history/', language)}">${history.all}</a>
        ${hasFeed && markup` <a href="${href(`miniapps/${id}/feed.atom`, language)}">${history.feed}</a>`} <a href="${href(badgePath(id, language))}">${history.badge}</a></p>
    </section>`;
}
