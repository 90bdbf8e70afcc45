/** The charts of the data report: opens and visitors, errors, and how versions are taken up. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { count, partText, rateText, shortCountText } from '../../lib/format.ts';
import { errorRate, type Figures, type ReportCharts } from './view-model.ts';
import { listText } from '../../lib/text.ts';
import { areaMark, columnChartMarkup, shareChartMarkup } from './chart-markup.ts';
import type { Markup } from '../../lib/markup.ts';

/** The charts as SVG, each with a summary for screen readers; there is at least one day. */
export function chartsOf(
  language: Language,
  { each, days, opens, errors, versions, releases }: ReportCharts,
): readonly (Markup | undefined)[] {
  const own = words[language].report;
  const titled = (title: string) => fill(title, { each: own.each[each] });
  const report = {
    ...own,
    chartOpens: titled(own.chartOpens),
    chartErrors: titled(own.chartErrors),
    chartVersions: titled(own.chartVersions),
  };
  const [from, to] = [days[0]!.date, days.at(-1)!.date];
  const when = fill(report.period, { from, to });
  const reading = (index: number, values: readonly (readonly [string, string])[]) => {
    const said = values.map(([label, value]) => `${label} ${value}`).join(' · ') || report.noFigures;
    const { date } = days[index]!;
    const online = releases.get(date);
    const went = online === undefined ? '' : ` · ${fill(words[language].journey.online, { version: online })}`;
    return `${date} · ${said}${went}`;
  };
  const most = (valueOf: (own: Figures) => number) =>
    Math.max(0, ...days.map(({ figures: own }) => (own ? valueOf(own) : 0)));
  const summary = (title: string, atMost: string) => fill(report.chart, { title, when, most: atMost });
  const daily = columnChartMarkup(
    {
      language,
      releases,
      title: report.chartOpens,
      summary: summary(
        report.chartOpens,
        count(
          most((own) => own.opens),
          language,
        ),
      ),
      legend: [
        { mark: 'opens', label: report.opens, perDay: days.map(({ figures: of }) => of?.opens ?? 0) },
        { mark: 'over', label: report.visitors },
      ],
      valueText: (value) => shortCountText(value, language),
      readingAt: (index) => {
        const own = days[index]!.figures;
        if (!own) return reading(index, []);
        return reading(index, [
          [report.opens, count(own.opens, language)],
          [report.visitors, count(own.visitors, language)],
        ]);
      },
    },
    opens,
    'opens',
  );
  const faults = columnChartMarkup(
    {
      language,
      releases,
      title: report.chartErrors,
      summary: summary(report.chartErrors, rateText(most(errorRate), language)),
      legend: [{ mark: 'errors', label: report.errors, perDay: days.map(({ figures: of }) => of?.errors ?? 0) }],
      valueText: (value) => rateText(value, language),
      readingAt: (index) => {
        const own = days[index]!.figures;
        if (!own) return reading(index, []);
        return reading(index, [
          [report.errors, count(own.errors, language)],
          [report.rate, rateText(errorRate(own), language)],
        ]);
      },
    },
    errors,
    'errors',
  );
  /** The opens behind a share. */
  const opensOf = (day: number, area: number): number =>
    Math.round((versions?.shares[day]?.[area] ?? 0) * (days[day]!.figures?.opens ?? 0));
  const parts =
    versions &&
    shareChartMarkup(
      {
        language,
        releases,
        title: report.chartVersions,
        summary: fill(report.chartShares, {
          title: report.chartVersions,
          when,
          names: listText(
            versions.areas.map(({ name = report.others }) => name),
            language,
          ),
        }),
        legend: versions.areas.map(({ name = report.others }, index) => ({
          mark: areaMark(versions, index),
          label: name,
          perDay: days.map((_day, day) => opensOf(day, index)),
        })),
        valueText: (value) => partText(value, language),
        readingAt: (index) =>
          reading(
            index,
            (versions.shares[index] ?? []).flatMap((share, which) =>
              share === 0
                ? []
                : [
                    [
                      versions.areas[which]!.name ?? report.others,
                      `${partText(share, language)} (${count(opensOf(index, which), language)})`,
                    ] as const,
                  ],
            ),
          ),
      },
      versions,
      report.others,
    );
  return [daily, faults, parts];
}
