/** The API's documents of the whole platform. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { now, story, submitted, workspace } from '../../../data.ts';
import { appsDocument, catalogueDocument, miniappsDocument, reviewsDocument } from '../../../features/api/documents.ts';
import {
  historyDocument,
  indexDocument,
  peopleDocument,
  platformDocument,
  versionsDocument,
} from '../../../features/api/platform-documents.ts';
import { feedPaths } from '../../../feeds.ts';

const DOCUMENTS = {
  index: () => indexDocument(feedPaths(workspace, story), story?.head.commit, now),
  miniapps: () => miniappsDocument(workspace),
  apps: () => appsDocument(workspace),
  platform: () => platformDocument(workspace),
  people: () => peopleDocument(workspace),
  reviews: () => reviewsDocument(workspace, submitted),
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
