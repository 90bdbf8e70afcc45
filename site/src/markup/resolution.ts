/**
 * Who gets what: a row a region, a block an app. Each answer is a link that explains it without scripts, to the symptom or to
 * the version; client/reasons.ts turns it into a button that opens the whole reason.
 */
import { messages, type Language } from '#core/catalogue.ts';
import { href } from '../href.ts';
import { words } from '../i18n/index.ts';
import type { Answer, Answers, ResolutionView } from '../views/resolution.ts';
import { versionAnchor } from '../views/versions.ts';
import { markup, type Markup } from './markup.ts';

export function resolutionMarkup(language: Language, view: ResolutionView): Markup {
  const { resolution, entries, audiences } = words[language];
  const entryHeads = markup`<th scope="col">${entries.link}</th><th scope="col">${entries.experience}</th>`;
  const cells = new Map<Answers, Markup>();
  /** Rows with the same answers share their markup as they share their answers. */
  const cellsOf = (answers: Answers): Markup => {
    let made = cells.get(answers);
    if (!made) cells.set(answers, (made = markup`${answers.map((answer) => cell(language, answer))}`));
    return made;
  };
  return markup`<section class="card" id="resolution" aria-labelledby="resolution-title">
      <h2 id="resolution-title">${resolution.title}</h2>
      <p class="quiet">${resolution.lead} ${view.isPanel && resolution.device}</p>
      ${view.blocks.length === 0 && markup`<p>${resolution.noApps}</p>`}
      ${
        view.blocks.length > 0 &&
        markup`<ul class="legend" aria-label="${resolution.legend}">
          <li class="answer online">${resolution.legendOnline}</li>
          <li class="answer experience">${resolution.legendExperience}</li>
          <li class="answer error">${resolution.legendError}</li>
        </ul>
        <div class="scroll"><table class="resolution">
          <caption class="sr">${resolution.caption}</caption>
          <thead>
            <tr>
              <th scope="col" rowspan="2">${resolution.region}</th>
              <th scope="colgroup" colspan="2">${audiences.everyone}</th>
              <th scope="colgroup" colspan="2">${audiences.whitelisted}</th>
            </tr>
            <tr>${entryHeads}${entryHeads}</tr>
          </thead>
          ${view.blocks.map(
            (block) => markup`<tbody data-app="${block.app}">
              <tr class="app"><th scope="rowgroup" colspan="5">${block.name} <small>${block.app}</small>
                ${block.isDefault && markup` <span class="badge">${resolution.defaultApp}</span>`}</th></tr>
              ${block.rows.map(
                ({ region, label, answers }, index) => markup`<tr data-region="${region}">
                  <th scope="row">${label} <small>${region}</small></th>
                  ${cellsOf(answers)}
                  ${
                    !block.hasWhitelisted &&
                    index === 0 &&
                    markup`<td class="nobody" colspan="2" rowspan="${block.rows.length}">${resolution.nobody}</td>`
                  }
                </tr>`,
              )}
            </tbody>`,
          )}
        </table></div>`
      }
    </section>`;
}

function cell(language: Language, answer: Answer): Markup {
  if (answer.outcome === 'opens') {
    const { version, channel } = answer;
    return markup`<td><a class="answer ${channel}" href="#${versionAnchor(version)}">${version}</a></td>`;
  }
  const { title } = messages[language].outcomes[answer.code];
  return markup`<td><a class="answer error" href="${href('symptoms/', language)}#${answer.code}">${title}</a></td>`;
}
