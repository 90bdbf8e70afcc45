/** A moment to the minute in UTC, which the page's scripts show in the visitor's zone on demand (layouts/clock.client.ts). */
import { markup, type Markup } from './markup.ts';
import { minute } from './text.ts';

/** `at`: an ISO text, or milliseconds since 1970. */
export const momentMarkup = (at: string | number): Markup =>
  markup`<time datetime="${typeof at === 'string' ? at : isoText(at)}">${minute(at)}</time>`;

/** Git counts in seconds, so most moments have no part of one. */
const isoText = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
