/** The API's documents of the whole platform. Those of one miniapp are written by src/files.ts. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { story, workspace } from '../../../data.ts';
import { appsDocument, catalogueDocument, miniappsDocument, reviewsDocument } from '../../../features/api/documents.ts';
import { historyDocument, indexDocument, versionsDocument } from '../../../features/api/platform-documents.ts';
import { feedPaths } from '../../../feeds.ts';

const DOCUMENTS = {
  index: () => indexDocument(feedPaths(workspace, story)),
  miniapps: () => miniappsDocument(workspace),
  apps: () => appsDocument(workspace),
  reviews: () => reviewsDocument(workspace),
  catalogue: () => catalogueDocument(),
  versions: () => versionsDocument(workspace),
  history: () => historyDocument(story),
} as const;

export const getStaticPaths = (() =>
  Object.keys(DOCUMENTS).map((document) => ({ params: { document } }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params }) => {
  const made = DOCUMENTS[params['document'] as keyof typeof DOCUMENTS]();
  return new Response(`${JSON.stringify(made)}\n`, { headers: { 'Content-Type': 'application/json' } });
};
