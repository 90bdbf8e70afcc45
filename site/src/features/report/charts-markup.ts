/** The charts of the data report: opens and visitors, errors, and how versions are taken up. */
import { fill, type Language } from '#core/problems/messages.ts';
import { listText } from '#core/problems/list-text.ts';
import { words } from '../../i18n/index.ts';
import { count, partText, rateText, shortCountText } from '../../lib/format.ts';
import { inBrackets } from '../../lib/text.ts';
import { errorRate, type Figures, type ReportCharts } from './view-model.ts';
import { areaMark, columnChartMarkup, shareChartMarkup } from './chart-markup.ts';
import type { Markup } from '../../lib/markup.ts';

/** The charts as SVG, each with a summary for screen readers; there is at least one day. */
export function chartsOf(language: Language, charts: ReportCharts): readonly (Markup | undefined)[] {
  const texts = textsOf(language, charts);
  return [
    opensChart(charts, texts),
    errorsChart(charts, texts),
    charts.versions && versionsChart(charts.versions, charts, texts),
  ];
}

/** What all charts of a report say alike. */
function textsOf(language: Language, { each, days, releases }: ReportCharts) {
  const own = words[language].report;
  const titled = (title: string) => fill(title, { each: own.each[each] });
  const when = fill(own.period, { from: days[0]!.date, to: days.at(-1)!.date });
  return {
    language,
    report: {
      ...own,
      chartOpens: titled(own.chartOpens),
      chartErrors: titled(own.chartErrors),
      chartVersions: titled(own.chartVersions),
    },
    when,
    /** What is read aloud of a day, from labels and values. */
    reading(index: number, values: readonly (readonly [string, string])[]): string {
      const said = values.map(([label, value]) => `${label} ${value}`).join(' · ') || own.noFigures;
      const { date } = days[index]!;
      const online = releases.get(date);
      const went = online === undefined ? '' : ` · ${fill(words[language].journey.online, { version: online })}`;
      return `${date} · ${said}${went}`;
    },
    /** The greatest value of a day. */
    most: (valueOf: (figures: Figures) => number): number =>
      Math.max(0, ...days.map(({ figures }) => (figures ? valueOf(figures) : 0))),
    summary: (title: string, most: string): string => fill(own.chart, { title, when, most }),
  };
}

type ChartTexts = ReturnType<typeof textsOf>;

function opensChart(
  { days, opens, releases }: ReportCharts,
  { language, report, reading, most, summary }: ChartTexts,
): Markup {
  const greatest = most((figures) => figures.opens);
  return columnChartMarkup(
    {
      language,
      releases,
      title: report.chartOpens,
      summary: summary(report.chartOpens, count(greatest, language)),
      legend: [
        { mark: 'opens', label: report.opens, perDay: days.map(({ figures }) => figures?.opens ?? 0) },
        { mark: 'over', label: report.visitors },
      ],
      valueText: (value) => shortCountText(value, language),
      readingAt: (index) => {
        const { figures } = days[index]!;
        if (!figures) return reading(index, []);
        return reading(index, [
          [report.opens, count(figures.opens, language)],
          [report.visitors, count(figures.visitors, language)],
        ]);
      },
    },
    opens,
    'opens',
  );
}

function errorsChart(
  { days, errors, releases }: ReportCharts,
  { language, report, reading, most, summary }: ChartTexts,
): Markup {
  return columnChartMarkup(
    {
      language,
      releases,
      title: report.chartErrors,
      summary: summary(report.chartErrors, rateText(most(errorRate), language)),
      legend: [{ mark: 'errors', label: report.errors, perDay: days.map(({ figures }) => figures?.errors ?? 0) }],
      valueText: (value) => rateText(value, language),
      readingAt: (index) => {
        const { figures } = days[index]!;
        if (!figures) return reading(index, []);
        return reading(index, [
          [report.errors, count(figures.errors, language)],
          [report.rate, rateText(errorRate(figures), language)],
        ]);
      },
    },
    errors,
    'errors',
  );
}

function versionsChart(
  versions: NonNullable<ReportCharts['versions']>,
  { days, releases }: ReportCharts,
  { language, report, when, reading }: ChartTexts,
): Markup {
  /** The opens behind a share. */
  const opensOf = (day: number, area: number): number =>
    Math.round((versions.shares[day]?.[area] ?? 0) * (days[day]!.figures?.opens ?? 0));
  const names = versions.areas.map(({ name = report.others }) => name);
  const valuesOf = (day: number) =>
    (versions.shares[day] ?? []).flatMap((share, area) =>
      share === 0
        ? []
        : [
            [
              names[area]!,
              `${partText(share, language)}${inBrackets(count(opensOf(day, area), language), language)}`,
            ] as const,
          ],
    );
  return shareChartMarkup(
    {
      language,
      releases,
      title: report.chartVersions,
      summary: fill(report.chartShares, { title: report.chartVersions, when, names: listText(names, language) }),
      legend: names.map((label, area) => ({
        mark: areaMark(versions, area),
        label,
        perDay: days.map((_, day) => opensOf(day, area)),
      })),
      valueText: (value) => partText(value, language),
      readingAt: (day) => reading(day, valuesOf(day)),
    },
    versions,
    report.others,
  );
}
