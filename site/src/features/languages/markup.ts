/** The languages of a miniapp's own texts: how many there are and what is missing. The texts themselves are in the API. */
import { fill, type Language } from '#core/problems/messages.ts';
import { pathOf } from '#core/paths.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import { languageName } from '../../lib/language-name.ts';
import type { LanguageStrings } from './view-model.ts';
import { editLinkMarkup, type EditLinkContext } from '../../lib/github-markup.ts';
import { markup, type Markup } from '../../lib/markup.ts';

/** The section as HTML: a row for each language. */
export function stringsMarkup(language: Language, editing: EditLinkContext, id: string, view: LanguageStrings): Markup {
  const { languages } = words[language];
  const completeness = ({ missing, keys }: LanguageStrings['languages'][number]) => {
    if (missing === 0) return markup`<span class="badge online">${languages.allThere}</span>`;
    const shown = keys.map((key) => markup` <code>${key}</code>`);
    return markup`<span class="badge pending">${fill(languages.missing, { count: missing })}</span>${shown}${missing > keys.length && ' …'}`;
  };
  return markup`<section class="card" id="languages" aria-labelledby="languages-title">
      <div class="headed"><h2 id="languages-title">${languages.title}</h2> ${editLinkMarkup(language, editing, pathOf.file(id, 'languages'))}</div>
      ${view.languages.length === 0 && markup`<p class="quiet">${languages.none}</p>`}
      ${
        view.languages.length > 0 &&
        markup`<table>
          <thead><tr>
            <th scope="col">${languages.language}</th>
            <th scope="col">${languages.count}</th>
            <th scope="col">${languages.complete}</th>
          </tr></thead>
          <tbody>
            ${view.languages.map(
              (one) => markup`<tr>
                <th scope="row">${languageName(one.tag, language)} <code>${one.tag}</code></th>
                <td>${one.count}</td>
                <td>${completeness(one)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
        <p><a href="${href(`api/v1/miniapps/${id}.json`)}">${languages.strings}</a></p>`
      }
    </section>`;
}
