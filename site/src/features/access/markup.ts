/** Delivery, whitelist and members. */
import { fill, type Language } from '#core/problems/messages.ts';
import { pathOf, type FileKind } from '#core/paths.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import type { Access } from './view-model.ts';
import { editLinkMarkup, type Editing } from '../../lib/github-markup.ts';
import { markup, type Markup } from '../../lib/markup.ts';
import { table } from '../../lib/table-markup.ts';
import { whitelistCard } from './whitelist-markup.ts';

/** The section as HTML, with a link to edit each of its three files where the platform is on GitHub. */
export function accessMarkup(language: Language, editing: Editing, id: string, view: Access): Markup {
  const edit = (kind: FileKind) => editLinkMarkup(language, editing, pathOf.file(id, kind));
  const { access, roles } = words[language];
  const delivery = view.trafficking.map(
    ({ name, regions }) => markup`<tr><th scope="row">${name}</th><td>${regions.join(', ')}</td></tr>`,
  );
  const members = view.members.map(
    ({ login, name, role, left }) => markup`<tr>
        <th scope="row">${name}${left && markup` <span class="badge off">${fill(access.left, { date: left })}</span>`}</th>
        <td><code>${login}</code></td>
        <td>${roles[role]}</td>
      </tr>`,
  );
  return markup`<section id="access" aria-labelledby="access-title">
      <h2 id="access-title">${access.title}</h2>
      <div class="cards">
        <div class="card">
          <h3>${access.trafficking} ${edit('trafficking')}</h3>
          <p class="quiet">${view.isPanel ? access.panel : access.traffickingHint}</p>
          ${
            delivery.length > 0
              ? table([access.app, access.regions], delivery)
              : !view.isPanel && markup`<p>${access.noTrafficking}</p>`
          }
        </div>
        <div class="card">
          <h3>${access.members} ${edit('members')}</h3>
          ${table([access.person, access.login, access.role], members)}
          <p><a href="${href('people/', language)}#rights">${words[language].peoplePage.rights}</a></p>
        </div>
        ${whitelistCard(language, id, view, edit('whitelist'))}
      </div>
    </section>`;
}
