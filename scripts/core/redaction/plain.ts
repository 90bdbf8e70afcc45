/** Whether a text names somebody who is on no list that anybody knows. */
import { redactor } from './index.ts';

const unknown = redactor([]);
const DIGESTS = /hmac:[0-9a-f]{8}:[0-9a-f]{32}/g;

/** Whether a text seems to hold an e-mail address or a phone number; a digest of one is none. */
export function seemsToNameAccount(text: string): boolean {
  const rest = text.replace(DIGESTS, ' ');
  return unknown.text(rest) !== rest;
}
