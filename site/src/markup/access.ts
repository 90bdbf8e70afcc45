/** Delivery, whitelist and members. */
import { fill, type Language } from '#core/catalogue.ts';
import { words } from '../i18n/index.ts';
import type { Access } from '../views/miniapp.ts';
import { markup, type Markup } from './markup.ts';
import { table } from './table.ts';

export function accessMarkup(language: Language, view: Access): Markup {
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
  const whitelist = view.whitelist.map(
    ({ app, account, expires, isLive }) => markup`<tr>
        <th scope="row">${account}</th>
        <td>${app}</td>
        <td>${expires ?? markup`<span class="quiet">${access.never}</span>`}
          ${!isLive && markup` <span class="badge off">${access.expired}</span>`}</td>
      </tr>`,
  );
  return markup`<section id="access" aria-labelledby="access-title">
      <h2 id="access-title">${access.title}</h2>
      <div class="cards">
        <div class="card">
          <h3>${access.trafficking}</h3>
          <p class="quiet">${view.isPanel ? access.panel : access.traffickingHint}</p>
          ${
            delivery.length > 0
              ? table([access.app, access.regions], delivery)
              : !view.isPanel && markup`<p>${access.noTrafficking}</p>`
          }
        </div>
        <div class="card">
          <h3>${access.members}</h3>
          ${table([access.person, access.login, access.role], members)}
        </div>
        <div class="card whole">
          <h3>${access.whitelist}</h3>
          <p class="quiet">${access.whitelistHint}</p>
          ${
            whitelist.length > 0
              ? table([access.account, access.app, access.expires], whitelist)
              : markup`<p>${access.noWhitelist}</p>`
          }
        </div>
      </div>
    </section>`;
}
