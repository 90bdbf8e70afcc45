/**
 * Who gets what: apps that are answered alike together, below them their regions, those that are answered alike in one row. Each answer is a link to its reason;
 * reasons.client.ts turns it into a button that opens the reason of exactly that cell, and table.client.ts filters.
 */
import { fill, messages, type Language } from '#core/problems/messages.ts';
import type { Audience } from '#core/resolution/resolution-table.ts';
import { words } from '../../i18n/index.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import type { AppBlock, RegionsCell, ResolutionView, RegionsRow } from './view-model.ts';
import { forecastMarkup } from './forecast-markup.ts';
import type { Forecast } from './forecast.ts';
import type { Reasons } from './reasons.ts';
import type { EditLinkContext } from '../../lib/github-markup.ts';
import { count } from '../../lib/format.ts';
import { href } from '../../href.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';
import { reasonsMarkup } from './reasons-markup.ts';

interface ResolutionSection {
  /** The miniapp's. */
  readonly id: string;
  readonly editing: EditLinkContext;
  readonly view: ResolutionView;
  readonly reasons: Reasons;
  readonly forecast: readonly Forecast[];
}

/** The section as HTML: the table of each app, the reasons below it, and the forecast. */
export function resolutionMarkup(
  language: Language,
  workspace: PublicWorkspace,
  { id, editing, view, reasons, forecast }: ResolutionSection,
): Markup {
  const { resolution, audiences } = words[language];
  return markup`<section class="card" id="resolution" aria-labelledby="resolution-title">
      <h2 id="resolution-title">${resolution.title}</h2>
      <p class="quiet">${resolution.lead} ${view.isPanel && resolution.device}</p>
      ${view.blocks.length === 0 && markup`<p>${resolution.noApps}</p>`}
      ${
        view.blocks.length > 0 &&
        markup`<div id="table-filters"></div>
        <ul class="legend" aria-label="${resolution.legend}">
          <li class="answer online">${resolution.legendOnline}</li>
          <li class="answer experience">${resolution.legendExperience}</li>
          ${view.hasRollout && markup`<li class="answer rollout">${resolution.legendRollout}</li>`}
          <li class="answer error">${resolution.legendError}</li>
        </ul>
        <div class="scroll"><table class="resolution">
          <caption class="sr">${resolution.caption}</caption>
          <thead>
            <tr>
              <th scope="col" rowspan="2">${resolution.region}</th>
              <th scope="colgroup" colspan="2" data-audience="everyone">${audiences.everyone}</th>
              <th scope="colgroup" colspan="2" data-audience="whitelisted">${audiences.whitelisted}</th>
              ${view.hasRollout && markup`<th scope="colgroup" colspan="2" data-audience="rollout">${audiences.rollout}</th>`}
            </tr>
            <tr>${entryHeads(language, 'everyone')}${entryHeads(language, 'whitelisted')}${view.hasRollout && entryHeads(language, 'rollout')}</tr>
          </thead>
          ${view.blocks.map((block) => blockMarkup(language, block, reasons, view.hasRollout))}
        </table></div>
        ${restMarkup(language, id, view)}
        ${forecast.length > 0 && forecastMarkup(language, workspace, forecast)}
        ${reasonsMarkup(language, workspace, editing, reasons.all, namedIn(view))}`
      }
    </section>`;
}

const namedIn = ({ blocks }: ResolutionView): ReadonlySet<string> =>
  new Set(blocks.flatMap(({ apps }) => apps.map(({ id }) => id)));

/** Where the table names not every app: how many, and where all answers stand. */
function restMarkup(language: Language, id: string, view: ResolutionView): Piece {
  const { resolution } = words[language];
  const shown = namedIn(view).size;
  const isCut = view.blocks.some(({ moreRows }) => moreRows > 0);
  if (shown === view.apps && !isCut) return false;
  const said =
    shown < view.apps &&
    fill(resolution.shownApps, { shown: count(shown, language), count: count(view.apps, language) });
  return markup`<p>${said} <a href="${href(`api/v1/miniapps/${id}/resolution.json`)}">${resolution.allAnswers}</a></p>`;
}

function entryHeads(language: Language, audience: Audience): Markup {
  const { entries } = words[language];
  const head = (entry: 'link' | 'experience') =>
    markup`<th scope="col" data-audience="${audience}" data-entry="${entry}">${entries[entry]}</th>`;
  return markup`${head('link')}${head('experience')}`;
}

/** As many apps that are answered alike are named above their answers; the others are folded. */
const NAMED_APPS = 8;

function blockMarkup(language: Language, block: AppBlock, reasons: Reasons, hasRollout: boolean): Markup {
  const { resolution, history } = words[language];
  const empty = (audience: Audience, text: string) =>
    markup`<td class="nobody" colspan="2" data-audience="${audience}">${text}</td>`;
  const cellsOf = (row: RegionsRow, audience: Audience) =>
    row.cells
      .filter((cell) => cell.audience === audience)
      .map((cell) => cellMarkup(language, cell, reasons.of(cell).id));
  const isRolledOut = (row: RegionsRow) => row.cells.some(({ audience }) => audience === 'rollout');
  const names = block.apps.map(({ id, name }) => markup`<span data-app="${id}">${name} <small>${id}</small></span> `);
  const folded = names.length > NAMED_APPS + 1 ? names.splice(NAMED_APPS) : [];
  const more = (apps: number) => fill(history.more, { count: count(apps, language) });
  const columns = hasRollout ? 7 : 5;
  // A heading holds nothing that opens, so the others stand in a cell beside it.
  const beside = folded.length > 0 ? 3 : 0;
  return markup`<tbody>
      <tr class="app"><th scope="rowgroup" colspan="${columns - beside}">${names}
        ${block.others > 0 && markup`<small>${more(block.others)}</small>`}
        ${block.isDefault && markup`<span class="badge">${resolution.defaultApp}</span>`}</th>
        ${beside > 0 && markup`<td colspan="${beside}"><details><summary>${more(folded.length)}</summary>${folded}</details></td>`}</tr>
      ${block.rows.map(
        (row) => markup`<tr>
          <th scope="row">${regionsMarkup(language, row)}</th>
          ${cellsOf(row, 'everyone')}${cellsOf(row, 'whitelisted')}
          ${!block.hasWhitelisted && empty('whitelisted', resolution.nobody)}
          ${cellsOf(row, 'rollout')}${hasRollout && !isRolledOut(row) && empty('rollout', resolution.notRolledOut)}
        </tr>`,
      )}
      ${block.moreRows > 0 && markup`<tr><td colspan="${columns}">${more(block.moreRows)}</td></tr>`}
    </tbody>`;
}

/** The regions of a row; all of them are said in one word, with their ids behind it. places.client.ts finds them here. */
function regionsMarkup(language: Language, { regions, isEverywhere }: RegionsRow): Markup {
  const isSummed = isEverywhere && regions.length > 1;
  const all = fill(words[language].resolution.allRegions, { count: regions.length });
  return isSummed
    ? markup`<span class="all">${all}</span> <small class="regions">${regions.map(({ id }) => id).join(', ')}</small>`
    : markup`<span class="regions">${regions.map(({ id, label }) => markup`<span>${label} <small>${id}</small></span> `)}</span>`;
}

function cellMarkup(language: Language, cell: RegionsCell, reason: string): Markup {
  const tone = cell.outcome === 'opens' ? cell.channel : 'error';
  const text = cell.outcome === 'opens' ? cell.version : messages[language].outcomes[cell.code].title;
  // Whom and what it answers its address says: cell-labels.ts says it in words, table.client.ts filters by it.
  return markup`<td id="${cell.id}"><a class="answer ${tone}" href="#${reason}">${text}</a></td>`;
}
