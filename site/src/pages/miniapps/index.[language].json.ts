/** All rows of the list of miniapps, which its pages fetch when somebody searches, filters or sorts. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { listIn } from '../../data.ts';
import { packRows } from '../../features/list/packed-rows.ts';
import { languageOf, languages } from '../../i18n/index.ts';

export const getStaticPaths = (() => languages.map((language) => ({ params: { language } }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params }) => {
  const rows = listIn(languageOf(params['language']));
  return new Response(`${JSON.stringify(packRows(rows))}\n`, { headers: { 'Content-Type': 'application/json' } });
};
