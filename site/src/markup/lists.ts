/** The long tables: a row a miniapp, or a row a review. */
import { fill, type Language } from '#core/problems/messages.ts';
import { href } from '../href.ts';
import { words } from '../i18n/index.ts';
import type { ListRow } from '../views/list.ts';
import type { AppView, ReviewRow } from '../views/pages.ts';
import { minute } from '../views/text.ts';
import { versionAnchor } from '../views/versions.ts';
import { miniappLink } from './avatar.ts';
import { markup, type Markup } from './markup.ts';

/** The list of miniapps: a plain table, complete without scripts. */
export function miniappTable(language: Language, rows: readonly ListRow[]): Markup {
  const { list } = words[language];
  const columns = [list.name, list.type, list.category, list.online, list.experience, list.pending];
  const heads = columns.map(
    (column) =>
      markup`<th scope="col"><button type="button" title="${fill(list.sortBy, { column })}">${column}</button></th>`,
  );
  return markup`<div class="card scroll"><table id="miniapps" class="list">
      <thead><tr>${heads}</tr></thead>
      <tbody>${rows.map((row) => miniappRow(language, row))}</tbody>
    </table></div>`;
}

function miniappRow(language: Language, row: ListRow): Markup {
  const { list, types, states, site } = words[language];
  const { online, experience, pending } = row;
  const badge = (tone: string, version: string) => markup`<span class="badge ${tone}">${version}</span>`;
  return markup`<tr data-search="${row.search}" data-type="${row.type}" data-states="${row.states.join(' ')}" data-apps="${row.apps.join(' ')}">
      <th scope="row" data-sort="${row.name}">${miniappLink(language, row)}</th>
      <td>${types[row.type]}</td>
      <td>${row.category}</td>
      <td data-label="${list.online}" data-sort="${online?.version ?? ''}">
        ${online ? badge(online.enabled ? 'online' : 'disabled', online.version) : markup`<span class="quiet">${site.none}</span>`}
        ${online?.enabled === false && markup` <small>${states.disabled}</small>`}
      </td>
      <td data-label="${list.experience}" data-sort="${experience ?? ''}">${experience && badge('experience', experience)}</td>
      <td data-label="${list.pending}" data-sort="${pending ?? ''}">${pending && badge('pending', pending)}</td>
    </tr>`;
}

/** What a host app opens. */
export function openingTable(language: Language, opens: AppView['opens']): Markup {
  const { appsPage: t, types, reviewsPage, list } = words[language];
  const columns = [t.miniapp, list.type, reviewsPage.version, t.regions];
  return markup`<div class="card scroll"><table class="list">
      <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
      <tbody>
        ${opens.map(
          (one) => markup`<tr>
            <th scope="row">${miniappLink(language, one)}</th>
            <td>${types[one.type]}</td>
            <td data-label="${reviewsPage.version}"><span class="badge online">${one.version}</span></td>
            <td data-label="${t.regions}">${one.isEverywhere ? t.everywhere : one.regions.join(', ')}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>`;
}

/** Reviews, waiting or decided. */
export function reviewTable(language: Language, rows: readonly ReviewRow[], isPending: boolean): Markup {
  const { reviewsPage: t, statuses } = words[language];
  const columns = isPending
    ? [t.miniapp, t.version, t.submittedBy, t.submitted, t.age, t.next]
    : [t.miniapp, t.version, t.status, t.submittedBy, t.reviewedBy, t.uploaded, t.reason];
  const cell = (label: string, value: string | Markup | undefined) => markup`<td data-label="${label}">${value}</td>`;
  return markup`<div class="card scroll"><table class="list">
      <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
      <tbody>
        ${rows.map(
          (row) => markup`<tr>
            <th scope="row">${miniappLink(language, row.miniapp)}</th>
            ${cell(t.version, versionLink(language, row))}
            ${!isPending && markup`<td><span class="badge ${row.status}">${statuses[row.status]}</span></td>`}
            ${cell(t.submittedBy, row.submittedBy)}
            ${!isPending && cell(t.reviewedBy, row.isAutomatic ? t.automatic : row.reviewedBy)}
            ${isPending ? cell(t.submitted, time(row.submittedAt)) : cell(t.uploaded, time(row.uploadedAt))}
            ${isPending ? cell(t.age, age(language, row)) : cell(t.reason, row.reason)}
            ${isPending && cell(t.next, approval(row))}
          </tr>`,
        )}
      </tbody>
    </table></div>`;
}

/** The version as it stands on its miniapp's page. */
const versionLink = (language: Language, { miniapp, version }: ReviewRow): Markup =>
  markup`<a href="${href(`miniapps/${miniapp.id}/`, language)}#${versionAnchor(version)}">${version}</a>`;

const time = (moment: string | number | undefined): Markup | string =>
  moment === undefined
    ? '–'
    : markup`<time datetime="${typeof moment === 'string' ? moment : new Date(moment).toISOString()}">${minute(moment)}</time>`;

/** What a reviewer does about it from a terminal. */
const approval = ({ miniapp, version }: ReviewRow): Markup => {
  const command = `npx miniapp approve ${miniapp.id} ${version}`;
  return markup`<div class="command-line"><code class="command">${command}</code></div>`;
};

/** How long a version has waited; nothing where only Git would know and there is none. */
function age(language: Language, { ageHours: hours, isLate }: ReviewRow): Markup | string {
  const { reviewsPage: t } = words[language];
  if (hours === undefined) return '–';
  const days = Math.floor(hours / 24);
  const waited = hours === 0 ? t.underHour : fill(hours < 48 ? t.hours : t.days, { count: hours < 48 ? hours : days });
  return isLate ? markup`<span class="badge rejected">${waited} · ${t.late}</span>` : waited;
}
