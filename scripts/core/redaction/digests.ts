/** Digests of accounts in a folded text: whoever has the key knows whose they are. */
import type { TextSpan } from './span.ts';

const DIGEST = /hmac:[0-9a-f]{8}:[0-9a-f]{32}/g;

export const digestsIn = (text: string): TextSpan[] =>
  text.includes('hmac:')
    ? [...text.matchAll(DIGEST)].map(({ 0: account, index }) => ({ from: index, to: index + account.length, account }))
    : [];
