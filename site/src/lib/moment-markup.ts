/** A moment to the minute in UTC, which the page's scripts show in the visitor's zone on demand (layouts/clock.client.ts). */
import { markup, type Markup } from './markup.ts';
import { minute } from './text.ts';

/** `at`: an ISO text, or milliseconds since 1970. */
export const momentMarkup = (at: string | number): Markup =>
  markup`<time datetime="${typeof at === 'string' ? at : new Date(at).toISOString()}">${minute(at)}</time>`;
