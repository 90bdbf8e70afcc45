/** Whether a text names somebody who is on no list that anybody knows. */
import { redactor, type Redactor } from './index.ts';

/** Made when first asked for: platforms that keep accounts plain never ask. */
let unknown: Redactor | undefined;
const DIGESTS = /hmac:[0-9a-f]{8}:[0-9a-f]{32}/g;

/** Whether a text seems to hold an e-mail address or a phone number; a digest of one is none. */
export function seemsToNameAccount(text: string): boolean {
  const rest = text.replace(DIGESTS, ' ');
  unknown ??= redactor([]);
  return unknown.text(rest) !== rest;
}
