/** The tables of the list, the reviews and the host apps, whole, for a spreadsheet. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { appsIn, reviewsIn, workspace } from '../../data.ts';
import { appsTable, miniappsTable, reviewsTable, TABLES, type TableName } from '../../features/tables/view-model.ts';
import { languageOf, languages, type Language } from '../../i18n/index.ts';
import { csvOf } from '../../lib/csv.ts';

export const getStaticPaths = (() =>
  TABLES.flatMap((table) => languages.map((language) => ({ params: { table, language } })))) satisfies GetStaticPaths;

const ROWS: Readonly<Record<TableName, (language: Language) => ReturnType<typeof appsTable>>> = {
  miniapps: (language) => miniappsTable(workspace, language),
  reviews: (language) => reviewsTable(reviewsIn(language), language),
  apps: (language) => appsTable(appsIn(language), language),
};

export const GET: APIRoute = ({ params }) => {
  const text = csvOf(ROWS[params['table'] as TableName](languageOf(params['language'])));
  return new Response(text, { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
};
