/** Servers and cloud APIs that a miniapp may call. */
import type { Language } from '#core/problems/messages.ts';
import { pathOf } from '#core/paths.ts';
import { words } from '../../i18n/index.ts';
import type { Network } from './view-model.ts';
import { moreMarkup } from '../../lib/bounded-markup.ts';
import { LISTED } from '../../lib/pages.ts';
import { editLinkMarkup, type EditLinkContext } from '../../lib/github-markup.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';

type Groups = Network['groups'];

/** The number of origins, counted for each kind of call and region. */
const countOf = (groups: Groups): number =>
  groups.reduce((sum, { rows }) => rows.reduce((own, { origins }) => own + origins.length, sum), 0);

/** The groups, cut after `LISTED` origins in all. */
function firstOf(groups: Groups): Groups {
  let left = LISTED;
  const first = groups.map(({ kind, rows }) => {
    const shown = rows.map(({ region, origins }) => {
      const own = origins.slice(0, left);
      left -= own.length;
      return { region, origins: own };
    });
    return { kind, rows: shown.filter(({ origins }) => origins.length > 0) };
  });
  return first.filter(({ rows }) => rows.length > 0);
}

/** The section as HTML: a group of rows for each kind of call. */
export function networkMarkup(language: Language, editing: EditLinkContext, id: string, view: Network): Markup {
  const { network } = words[language];
  const codes = (values: readonly string[]) => values.map((value) => markup`<code>${value}</code>`);
  const group = ({ kind, rows }: Network['groups'][number]): Piece => markup`<tbody>
      ${rows.map(
        ({ region, origins }, index) => markup`<tr>
          ${index === 0 && markup`<th scope="rowgroup" rowspan="${rows.length}">${network.kinds[kind]}</th>`}
          <td>${region}</td>
          <td>${codes(origins)}</td>
        </tr>`,
      )}
    </tbody>`;
  return markup`<section class="card" id="network" aria-labelledby="network-title">
      <div class="headed"><h2 id="network-title">${network.title}</h2> ${editLinkMarkup(language, editing, pathOf.file(id, 'domains'))}</div>
      <p class="quiet">${view.groups.length === 0 ? network.noOrigins : network.lead}</p>
      ${
        view.groups.length > 0 &&
        markup`<div class="scroll"><table>
          <thead><tr>
            <th scope="col">${network.kind}</th>
            <th scope="col">${network.region}</th>
            <th scope="col">${network.origins}</th>
          </tr></thead>
          ${firstOf(view.groups).map(group)}
        </table></div>
        ${moreMarkup(language, id, countOf(view.groups))}`
      }
      <h3>${network.cloud}</h3>
      ${
        view.cloud.length > 0
          ? markup`<ul class="codes">${codes(view.cloud.slice(0, LISTED)).map((code) => markup`<li>${code}</li>`)}</ul>
            ${moreMarkup(language, id, view.cloud.length)}`
          : markup`<p class="quiet">${network.noCloud}</p>`
      }
    </section>`;
}
