/** Rows of figures: strings, as a page has one for each of ninety days, apps and versions. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { count, daysText, partText, secondsText } from '../../lib/format.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';
import type { Adoption, Figures } from './view-model.ts';

/** A row with its head, the figures if there are any, and what stands behind them. */
export const figureRow = (language: Language, head: Piece, own: Figures | undefined, more?: Piece): Markup =>
  markup`<tr><th scope="row">${head}</th>${own ? figureCells(language, own) : markup`<td colspan="5">${words[language].report.noFigures}</td>`}${more}</tr>`;

/** Figures as people read them, in the order of the columns. */
export const shownFigures = (
  language: Language,
  { opens, visitors, newVisitors, staySeconds, errors }: Figures,
): string[] => [
  count(opens, language),
  count(visitors, language),
  count(newVisitors, language),
  secondsText(staySeconds, language),
  count(errors, language),
];

const figureCells = (language: Language, own: Figures): Piece =>
  shownFigures(language, own).map((figure) => markup`<td>${figure}</td>`);

/** A part as a figure and as a bar; `share`: from 0 to 1. */
export const shareCell = (language: Language, share: number): Markup =>
  markup`<td class="share">${partText(share, language)} <svg class="bar-of" width="64" height="8" aria-hidden="true"><rect class="whole-of" width="64" height="8" rx="4" /><rect width="${Math.round(share * 640) / 10}" height="8" rx="4" /></svg></td>`;

/** How a version was taken up. */
export function adoptionRow(language: Language, { version, since, isFromStart, daysToHalf, latest }: Adoption): Markup {
  const { report } = words[language];
  const half =
    daysToHalf === null || isFromStart ? '–' : daysToHalf === 0 ? report.sameDay : daysText(daysToHalf, language);
  return markup`<tr>
      <th scope="row">${version}</th>
      <td>${isFromStart ? fill(report.orBefore, { date: since }) : since}</td>
      <td>${half}</td>
      <td>${partText(latest, language)}</td>
    </tr>`;
}
