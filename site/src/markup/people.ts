/** The table of people, and the policy as a table. */
import { fill, type Language } from '#core/problems/messages.ts';
import { pathOf } from '#core/paths.ts';
import { href } from '../href.ts';
import { words } from '../i18n/index.ts';
import type { PersonView, RightRow } from '../views/people.ts';
import { editLinkMarkup, type Editing } from './github.ts';
import { markup, type Markup } from './markup.ts';
import { table } from './table.ts';

/** As many memberships stand in a row, so many more behind a summary, and those beyond are counted. */
const SHOWN = 6;
const NAMED = 200;

export function peopleMarkup(language: Language, editing: Editing, people: readonly PersonView[]): Markup {
  const { peoplePage: t } = words[language];
  const columns = [t.person, t.login, t.platform, t.miniapps];
  return markup`<div class="card scroll"><table class="list">
      <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
      <tbody>${people.map((person) => personRow(language, editing, person))}</tbody>
    </table></div>`;
}

function personRow(language: Language, editing: Editing, person: PersonView): Markup {
  const { peoplePage: t, roles, access } = words[language];
  const { login, name, platformRoles, left, manages, miniapps } = person;
  const membership = ({ id, name: miniapp, role }: PersonView['miniapps'][number]) =>
    markup`<li><a href="${href(`miniapps/${id}/`, language)}">${miniapp}</a> <small>${roles[role]}</small></li>`;
  const rest = miniapps.slice(SHOWN, NAMED);
  const more = miniapps.length - SHOWN;
  const beyond = miniapps.length - NAMED;
  return markup`<tr id="person-${login}">
      <th scope="row">${name} ${left !== undefined && markup`<span class="badge off">${fill(access.left, { date: left })}</span> `}
        ${editLinkMarkup(language, editing, pathOf.person(login))}</th>
      <td data-label="${t.login}"><code>${login}</code></td>
      <td data-label="${t.platform}">${platformRoles.map((role) => markup`<span class="badge">${roles[role]}</span> `)}
        ${manages.length > 0 && markup`<small>${fill(t.manages, { apps: manages.join(', ') })}</small>`}</td>
      <td data-label="${t.miniapps}">${miniapps.length > 0 && markup`<ul class="plain">${miniapps.slice(0, SHOWN).map(membership)}</ul>`}
        ${
          rest.length > 0 &&
          markup`<details><summary>${fill(words[language].history.more, { count: more })}</summary>
            <ul class="plain">${rest.map(membership)}</ul>
            ${beyond > 0 && markup`<p>${fill(words[language].history.more, { count: beyond })}</p>`}</details>`
        }</td>
    </tr>`;
}

export function rightsMarkup(language: Language, rights: readonly RightRow[]): Markup {
  const { peoplePage: t, steps, roles } = words[language];
  const named = (own: RightRow['by']) => own.map((role) => roles[role]).join(', ');
  const besides = ({ approvals }: RightRow) =>
    approvals &&
    approvals.count > 0 &&
    markup`${fill(t.approval, { count: approvals.count, roles: named(approvals.by) })} <small>${t.when[(approvals.when ?? 'always') as keyof typeof t.when]}</small>`;
  const rows = rights.map(
    (right) => markup`<tr id="right-${right.kind}">
        <th scope="row">${steps[right.kind]}</th>
        <td>${named(right.by)}</td>
        <td>${besides(right)}</td>
      </tr>`,
  );
  return markup`<div class="card">${table([t.step, t.by, t.approvals], rows)}</div>`;
}
