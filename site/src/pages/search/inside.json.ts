/** What is found inside each miniapp, which the browser fetches beside the index of its language. */
import type { APIRoute } from 'astro';
import { workspace } from '../../data.ts';
import { searchInsides } from '../../features/search/view-model.ts';

export const GET: APIRoute = () =>
  new Response(`${JSON.stringify(searchInsides(workspace))}\n`, { headers: { 'Content-Type': 'application/json' } });
