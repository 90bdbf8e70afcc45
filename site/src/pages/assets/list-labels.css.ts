/** What cells of lists call themselves on a phone. */
import type { APIRoute } from 'astro';
import { listLabels } from '../../lib/list-columns.ts';

export const GET: APIRoute = () => new Response(listLabels(), { headers: { 'Content-Type': 'text/css' } });
