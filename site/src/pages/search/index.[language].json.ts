/** The index that the browser fetches when somebody searches. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { workspace } from '../../data.ts';
import { searchRows } from '../../features/search/view-model.ts';
import { languageOf, languages } from '../../i18n/index.ts';

export const getStaticPaths = (() => languages.map((language) => ({ params: { language } }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params }) => {
  const rows = searchRows(workspace, languageOf(params['language']));
  return new Response(`${JSON.stringify(rows)}\n`, { headers: { 'Content-Type': 'application/json' } });
};
