/** What time alone will change of the answers, below the table of them. */
import { fill, messages, type Language, type OutcomeCode } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { filled, markup, type Markup } from '../../lib/markup.ts';
import { momentMarkup } from '../../lib/moment-markup.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { count } from '../../lib/format.ts';
import { localized } from '../../lib/text.ts';
import { forecastGroups, type Forecast } from './forecast.ts';

/** As many changes are told, the first to come; the ends of all rows stand in the whitelist. */
export const SHOWN_CHANGES = 25;

/** A list that can be opened: the first SHOWN_CHANGES groups, and for how many accounts there are more. */
export function forecastMarkup(
  language: Language,
  { apps, platform }: PublicWorkspace,
  forecast: readonly Forecast[],
): Markup {
  const { forecast: t } = words[language];
  const answers = (all: readonly string[]) =>
    all.map((answer) => messages[language].outcomes[answer as OutcomeCode]?.title ?? answer).join(' / ');
  const groups = forecastGroups(forecast);
  const shown = groups.slice(0, SHOWN_CHANGES);
  const later = groups.slice(SHOWN_CHANGES).reduce((sum, { accounts }) => sum + accounts.length, 0);
  const named = ([first, ...others]: readonly string[]) =>
    others.length === 0 ? first : fill(t.accounts, { account: first!, count: count(others.length, language) });
  return markup`<details class="forecast">
      <summary>${t.title} <span class="count">${count(forecast.length, language)}</span></summary>
      <ul>${shown.map(
        ({ at, accounts, app, before, after }) =>
          markup`<li>${filled(t.row, {
            time: momentMarkup(at),
            account: named(accounts),
            before: answers(before),
            after: markup`<b>${answers(after)}</b>`,
            app: localized(apps.get(app)?.name, language, platform.languages) || app,
          })}</li>`,
      )}</ul>
      ${later > 0 && markup`<p><a href="#access">${fill(t.later, { count: count(later, language) })}</a></p>`}
    </details>`;
}
