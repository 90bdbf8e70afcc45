/** What says to host apps which miniapps have changed. */
import type { APIRoute } from 'astro';
import { runtimeIndexText } from '../../../../data.ts';

export const GET: APIRoute = () =>
  new Response(runtimeIndexText(), { headers: { 'Content-Type': 'application/json' } });
