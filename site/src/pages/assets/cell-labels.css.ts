/** The words above each answer of the resolution table on a phone. */
import type { APIRoute } from 'astro';
import { cellLabels } from '../../features/resolution/cell-labels.ts';

export const GET: APIRoute = () => new Response(cellLabels(), { headers: { 'Content-Type': 'text/css' } });
