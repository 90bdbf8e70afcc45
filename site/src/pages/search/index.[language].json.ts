/** The index that the browser fetches when somebody searches. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { story, workspace } from '../../data.ts';
import { eventViews, LATEST_EVENTS } from '../../features/history/view-model.ts';
import { searchIndex } from '../../features/search/view-model.ts';
import { languageOf, languages } from '../../i18n/index.ts';

export const getStaticPaths = (() => languages.map((language) => ({ params: { language } }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params }) => {
  const language = languageOf(params['language']);
  const events = eventViews(workspace, (story?.events ?? []).slice(0, LATEST_EVENTS), language);
  const index = searchIndex(workspace, language, events);
  return new Response(`${JSON.stringify(index)}\n`, { headers: { 'Content-Type': 'application/json' } });
};
