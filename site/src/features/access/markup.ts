/** Delivery, whitelist and members. */
import { fill, type Language } from '#core/problems/messages.ts';
import { pathOf, type FileKind } from '#core/paths.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import type { Access } from './view-model.ts';
import { boundedTable } from '../../lib/bounded-markup.ts';
import { editLinkMarkup, type EditLinkContext } from '../../lib/github-markup.ts';
import { markup, type Markup } from '../../lib/markup.ts';
import { personMarkup } from '../people/markup.ts';
import { whitelistCard } from './whitelist-markup.ts';
import { listText } from '../../lib/text.ts';

/** The section as HTML, with a link to edit each of its three files where the platform is on GitHub. */
export function accessMarkup(language: Language, editing: EditLinkContext, id: string, view: Access): Markup {
  const edit = (kind: FileKind) => editLinkMarkup(language, editing, pathOf.file(id, kind));
  const { access, roles } = words[language];
  const delivery = ({ name, regions }: Access['trafficking'][number]) =>
    markup`<tr><th scope="row">${name}</th><td>${listText(regions, language)}</td></tr>`;
  const member = ({ person, role, left }: Access['members'][number]) => markup`<tr>
      <th scope="row">${personMarkup(language, person)}${left && markup` <span class="badge off">${fill(access.left, { date: left })}</span>`}</th>
      <td><code>${person.login}</code></td>
      <td>${roles[role]}</td>
    </tr>`;
  return markup`<section id="access" aria-labelledby="access-title">
      <h2 id="access-title">${access.title}</h2>
      <div class="cards">
        <div class="card">
          <div class="headed"><h3>${access.trafficking}</h3> ${edit('trafficking')}</div>
          <p class="quiet">${view.isPanel ? access.panel : access.traffickingHint}</p>
          ${
            view.trafficking.length > 0
              ? boundedTable(language, id, [access.app, access.regions], view.trafficking, delivery)
              : !view.isPanel && markup`<p>${access.noTrafficking}</p>`
          }
        </div>
        <div class="card">
          <div class="headed"><h3>${access.members}</h3> ${edit('members')}</div>
          ${boundedTable(language, id, [access.person, access.login, access.role], view.members, member)}
          <p><a href="${href('people/', language)}#rights">${words[language].peoplePage.rights}</a></p>
        </div>
        ${whitelistCard(language, id, view, edit('whitelist'))}
      </div>
    </section>`;
}
