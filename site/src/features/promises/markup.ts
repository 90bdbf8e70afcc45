/** The scenarios that must keep holding. */
import { fill, type Language } from '#core/problems/messages.ts';
import { pathOf } from '#core/paths.ts';
import { words } from '../../i18n/index.ts';
import type { PromiseView } from './view-model.ts';
import { boundedTable } from '../../lib/bounded-markup.ts';
import { editLinkMarkup, type EditLinkContext } from '../../lib/github-markup.ts';
import { markup, type Markup } from '../../lib/markup.ts';

/** The section as HTML: a row for each scenario, with what it must give. */
export function promisesMarkup(
  language: Language,
  editing: EditLinkContext,
  id: string,
  view: readonly PromiseView[],
): Markup {
  const { scenarios, entries, resolution } = words[language];
  const channels: Readonly<Record<string, string>> = {
    online: resolution.legendOnline,
    experience: resolution.legendExperience,
    rollout: resolution.legendRollout,
  };
  const row = ({ name, when, entry, account, expected }: PromiseView) => {
    const isOpening = 'opens' in expected;
    const shown = isOpening
      ? (channels[expected.opens] ?? fill(scenarios.opens, { version: expected.opens }))
      : expected.error;
    return markup`<tr>
        <th scope="row">${name}</th>
        <td>${[...when, entries[entry], account ?? scenarios.nobody].join(' · ')}</td>
        <td><span class="answer ${isOpening ? 'online' : 'error'}">${shown}</span></td>
      </tr>`;
  };
  return markup`<section class="card" id="promises" aria-labelledby="promises-title">
      <div class="headed"><h2 id="promises-title">${scenarios.title}</h2> ${editLinkMarkup(language, editing, pathOf.file(id, 'scenarios'))}</div>
      <p class="quiet">${view.length === 0 ? scenarios.none : scenarios.lead}</p>
      ${view.length > 0 && boundedTable(language, id, [scenarios.name, scenarios.when, scenarios.expect], view, row)}
    </section>`;
}
