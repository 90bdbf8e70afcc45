/** The tables that people take away: each of a page, whole, in the words of its language. */
import type { Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import type { CsvCell } from '../../lib/csv.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import type { AppView } from '../apps/view-model.ts';
import { listRows } from '../list/view-model.ts';
import type { Reviews } from '../reviews/view-model.ts';

export const TABLES = ['miniapps', 'reviews', 'apps'] as const;
export type TableName = (typeof TABLES)[number];

/** Where a table is, below the portal's address. */
export const tablePath = (table: TableName, language: Language): string => `tables/${table}.${language}.csv`;

type CsvLine = readonly CsvCell[];

/** A head, and a line for each miniapp that is listed. */
export function miniappsTable(workspace: PublicWorkspace, language: Language): CsvLine[] {
  const { list, types, site, miniapp } = words[language];
  const head = [
    ...[list.name, list.id, list.type, list.category, list.online, list.inService],
    ...[list.experience, list.pending, miniapp.delivered],
  ];
  const rows = listRows(workspace, language).map((row): CsvLine => {
    const { online } = row;
    const inService = online && (online.enabled ? site.yes : site.no);
    return [
      ...[row.name, row.id, types[row.type], row.categoryName, online?.version, inService],
      ...[row.experience, row.pending, row.apps.join(' ')],
    ];
  });
  return [head, ...rows];
}

/** A head, and a line for each review, pending ones first; times as ISO 8601 in UTC. */
export function reviewsTable({ pending, decided }: Reviews, language: Language): CsvLine[] {
  const { reviewsPage: t, list, statuses } = words[language];
  const moment = (time: number | undefined) => (time === undefined ? undefined : new Date(time).toISOString());
  const head = [
    ...[t.miniapp, list.id, t.version, t.status, t.submittedBy, t.submitted],
    ...[t.decidedAt, t.reviewedBy, t.reason],
  ];
  const rows = [...pending, ...decided].map((row): CsvLine => [
    ...[row.miniapp.name, row.miniapp.id, row.version, statuses[row.status], row.submittedBy, moment(row.submittedAt)],
    ...[moment(row.decidedAt), row.isAutomatic ? t.automatic : row.reviewedBy, row.reason],
  ]);
  return [head, ...rows];
}

/** A head, and a line for each host app. */
export function appsTable(apps: readonly AppView[], language: Language): CsvLine[] {
  const { appsPage: t, list } = words[language];
  const head = [list.app, list.id, t.scheme, t.regions, t.opensTitle, t.managers];
  return [
    head,
    ...apps.map((app): CsvLine => [
      ...[app.name, app.id, app.scheme, app.regions.join(', '), app.opens.length],
      app.managers.join(', '),
    ]),
  ];
}
