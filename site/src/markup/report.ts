/** The data report: a chart, the totals, and the tables beneath. */
import { fill, type Language } from '#core/catalogue.ts';
import { words } from '../i18n/index.ts';
import type { Figures, ReportView } from '../views/report.ts';
import { count } from '../views/text.ts';
import { markup, type Markup, type Piece } from './markup.ts';

export function reportMarkup(language: Language, view: ReportView | undefined): Markup {
  const { report } = words[language];
  return markup`<section class="card" id="report" aria-labelledby="report-title">
      <h2 id="report-title">${report.title}</h2>
      ${view ? figures(language, view) : markup`<p class="quiet">${report.none}</p>`}
    </section>`;
}

function figures(language: Language, view: ReportView): Markup {
  const { report } = words[language];
  const { from, to, chart } = view;
  const label = fill(report.chart, { from, to, most: count(chart.most, language) });
  const row = (head: Piece, own: Figures) => markup`<tr><th scope="row">${head}</th>${figureCells(language, own)}</tr>`;
  return markup`<p class="quiet">${fill(report.period, { from, to })} · ${report.sumNote}</p>
    <svg class="chart" preserveAspectRatio="none" viewBox="0 0 ${chart.width} ${chart.height}" role="img" aria-label="${label}">
      ${chart.bars.map(
        ({ x, y, width, height }) => markup`<rect x="${x}" y="${y}" width="${width}" height="${height}"></rect>`,
      )}
    </svg>
    ${figureTable(
      language,
      report.app,
      view.byApp.map((own) => row(markup`${own.app} <small>${own.region}</small>`, own.figures)),
      markup`<tfoot>${row(report.total, view.total)}</tfoot>`,
    )}
    <details>
      <summary>${report.byDay} <span class="count">${view.byDay.length}</span></summary>
      ${figureTable(
        language,
        report.date,
        view.byDay.map((own) => row(own.date, own.figures)),
      )}
    </details>`;
}

function figureTable(language: Language, first: string, rows: Piece, foot?: Markup): Markup {
  const { report } = words[language];
  const columns = [first, report.opens, report.visitors, report.newVisitors, report.stay, report.errors];
  return markup`<div class="scroll"><table class="figures">
      <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
      <tbody>${rows}</tbody>
      ${foot}
    </table></div>`;
}

function figureCells(language: Language, { opens, visitors, newVisitors, staySeconds, errors }: Figures): Markup {
  const stay = fill(words[language].report.seconds, { seconds: staySeconds });
  const shown = [count(opens, language), count(visitors, language), count(newVisitors, language), stay];
  return markup`${[...shown, count(errors, language)].map((figure) => markup`<td>${figure}</td>`)}`;
}
