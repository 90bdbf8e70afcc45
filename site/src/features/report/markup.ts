/** The data report: the trend, the charts, and the tables beneath. */
import { fill, type Language } from '#core/problems/messages.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import { changeText, count, daysText, partText, rateText, secondsText } from '../../lib/format.ts';
import { isWorse, type Adoption, type Figures, type ReportView, type Trend } from './view-model.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';
import { reportCharts } from './charts-markup.ts';
import { table } from '../../lib/table-markup.ts';

/** The section as HTML; without a view, that there are no figures. */
export function reportMarkup(language: Language, id: string, view: ReportView | undefined): Markup {
  const { report } = words[language];
  return markup`<section class="card" id="report" aria-labelledby="report-title">
      <h2 id="report-title">${report.title}</h2>
      ${view ? figures(language, id, view) : markup`<p class="quiet">${report.none}</p>`}
    </section>`;
}

function figures(language: Language, id: string, view: ReportView): Markup {
  const { report } = words[language];
  const { trend, byApp, charts, earlier, adoption, total } = view;
  const { days } = charts;
  const { from, to } = view;
  const row = (head: Piece, own: Figures | undefined, more?: Piece) =>
    markup`<tr><th scope="row">${head}</th>${own ? figureCells(language, own) : markup`<td colspan="5">${report.noFigures}</td>`}${more}</tr>`;
  return markup`${trend && trendMarkup(language, trend)}
    <p class="quiet">${fill(report.period, { from, to })} · ${report.sumNote}</p>
    ${view.rollout && rolloutFigures(language, view.rollout)}
    ${reportCharts(language, view)}
    ${figureTable(
      language,
      [report.app],
      [report.share],
      byApp.map((own) =>
        row(markup`${own.app} <small>${own.region}</small>`, own.figures, shareCell(language, own.share)),
      ),
      markup`<tfoot>${row(report.total, total, markup`<td></td>`)}</tfoot>`,
    )}
    ${
      adoption.length > 1 &&
      table(
        [report.version, report.since, report.half, report.latest],
        adoption.map((one) => adoptionRow(language, one)),
      )
    }
    <details>
      <summary>${report.byDay} <span class="count">${days.length}</span></summary>
      ${figureTable(
        language,
        [report.date],
        [],
        days.toReversed().map((own) => row(own.date, own.figures)),
      )}
      ${earlier > 0 && markup`<p><a href="${href(`api/v1/miniapps/${id}.json`)}">${report.allDays}</a></p>`}
    </details>`;
}

/** The version under rollout beside the online one, so that a person can decide whether more accounts get it. */
function rolloutFigures(language: Language, { from, versions }: NonNullable<ReportView['rollout']>): Markup {
  const { report } = words[language];
  const rows = versions.map(
    ({ version, figures: own, errorRate }) =>
      markup`<tr><th scope="row">${version}</th>${figureCells(language, own)}<td>${rateText(errorRate, language)}</td></tr>`,
  );
  return markup`<h3 id="rollout-figures">${fill(report.rollout, { version: versions[0]!.version, from })}</h3>
    ${figureTable(language, [report.version], [`${report.errors} ${report.rate}`], rows)}`;
}

/** The last week, each figure with how it changed. */
function trendMarkup(language: Language, { period, figures: own, change }: Trend): Markup {
  const { report } = words[language];
  const shown = shownFigures(language, own);
  const names = ['opens', 'visitors', 'newVisitors', 'staySeconds', 'errors'] as const;
  const when = fill(report.trendTitle, period);
  return markup`<h3>${when}</h3>
    <dl class="facts trend">
      ${names.map((name, index) => {
        const by = change[name];
        const label = name === 'staySeconds' ? report.stay : report[name];
        return markup`<div><dt>${label}</dt><dd><b>${shown[index]}</b>${by !== null && changeMarkup(language, by, isWorse(name, change))}</dd></div>`;
      })}
    </dl>
    <p class="quiet"><small>${report.trendNote}</small></p>`;
}

/** A change for the worse has its colour, and says so in words. */
const changeMarkup = (language: Language, by: number, isBad: boolean): Markup =>
  isBad
    ? markup` <small class="worse">${changeText(by, language)} <span class="sr">${words[language].report.worse}</span></small>`
    : markup` <small>${changeText(by, language)}</small>`;

function adoptionRow(language: Language, { version, since, isFromStart, daysToHalf, latest }: Adoption): Markup {
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

function figureTable(
  language: Language,
  before: readonly string[],
  behind: readonly string[],
  rows: Piece,
  foot?: Markup,
): Markup {
  const { report } = words[language];
  const columns = [...before, report.opens, report.visitors, report.newVisitors, report.stay, report.errors, ...behind];
  return markup`<div class="scroll"><table class="figures">
      <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
      <tbody>${rows}</tbody>
      ${foot}
    </table></div>`;
}

/** A part as a figure and as a bar. */
const shareCell = (language: Language, share: number): Markup =>
  markup`<td class="share">${partText(share, language)} <svg class="bar-of" width="64" height="8" aria-hidden="true"><rect class="whole-of" width="64" height="8" rx="4"></rect><rect width="${Math.round(share * 640) / 10}" height="8" rx="4"></rect></svg></td>`;

const shownFigures = (language: Language, { opens, visitors, newVisitors, staySeconds, errors }: Figures): string[] => [
  count(opens, language),
  count(visitors, language),
  count(newVisitors, language),
  secondsText(staySeconds, language),
  count(errors, language),
];

const figureCells = (language: Language, own: Figures): Markup =>
  markup`${shownFigures(language, own).map((figure) => markup`<td>${figure}</td>`)}`;
