/** What time alone will change of the answers, below the table of them. */
import { messages, type Language, type OutcomeCode } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { filled, markup, type Markup } from '../../lib/markup.ts';
import { momentMarkup } from '../../lib/moment-markup.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import type { Forecast } from './forecast.ts';

export function forecastMarkup(
  language: Language,
  { apps, platform }: PublicWorkspace,
  forecast: readonly Forecast[],
): Markup {
  const { forecast: t } = words[language];
  const answers = (all: readonly string[]) =>
    all.map((answer) => messages[language].outcomes[answer as OutcomeCode]?.title ?? answer).join(' / ');
  return markup`<details class="forecast">
      <summary>${t.title} <span class="count">${forecast.length}</span></summary>
      <ul>${forecast.map(
        ({ at, account, app, before, after }) =>
          markup`<li>${filled(t.row, {
            ...{ time: momentMarkup(at), account, before: answers(before), after: markup`<b>${answers(after)}</b>` },
            app: localized(apps.get(app)?.name, language, platform.languages) || app,
          })}</li>`,
      )}</ul>
    </details>`;
}
