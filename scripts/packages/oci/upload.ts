/** Brings a file into a registry (distribution-spec, "Pushing blobs"); what broke off goes on where the registry has it. */
import { createReadStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../store.ts';
import { expect } from './answers.ts';
import type { Authorizer } from './authorize.ts';
import { addressOf, ExchangeError, shown, type HttpAnswer, type HttpLimits, type HttpRequest } from './http.ts';

export interface BlobUpload {
  readonly file: string;
  readonly bytes: number;
}

/** An upload that is not closed: where it goes on, and how much of it is there. */
interface Session {
  readonly url: URL;
  readonly bytes: number;
}

/** After these the same session may go on, or a new one begins; any other answer is a no. */
const BROKEN: ReadonlySet<number> = new Set([404, 416, 429, 499, 500, 502, 503, 504]);

/** Gives the address at which the upload is closed. Throws StoreError. */
export async function upload(
  to: Authorizer,
  start: URL,
  { file, bytes }: BlobUpload,
  limits: HttpLimits,
): Promise<URL> {
  const begin = async (): Promise<Session> => {
    const answer = await to.send({ method: 'POST', url: start, body: () => '' });
    answer.drop();
    return { url: placeIn(expect(answer, 202)), bytes: 0 };
  };

  /** What is there of a session that broke off; undefined where nothing is, or it is gone. */
  const restOf = async ({ url }: Session): Promise<Session | undefined> => {
    const answer = await to.send({ method: 'GET', url });
    answer.drop();
    if ([400, 404, 416].includes(answer.status)) return undefined;
    const there = bytesIn(expect(answer, 204, 202).headers.get('range'));
    if (there === 0 || there > bytes) return undefined;
    return { url: answer.headers.has('location') ? placeIn(answer) : url, bytes: there };
  };

  /** Sends what is missing; the session afterwards, or what went wrong. */
  const send = async (session: Session): Promise<Session | { readonly why: string }> => {
    const from = session.bytes;
    // The first one is a stream as Docker sends it; what follows is a chunk, which says where it goes on.
    const range = from === 0 ? {} : { 'content-range': `${from}-${bytes - 1}` };
    const headers = { 'content-type': 'application/octet-stream', ...range };
    const body: HttpRequest['body'] = () => ({ bytes: bytes - from, pieces: createReadStream(file, { start: from }) });
    try {
      const answer = await to.send({ method: 'PATCH', url: session.url, headers, body, isOnce: true });
      answer.drop();
      if (BROKEN.has(answer.status)) return { why: `it answers ${answer.status}` };
      const said = expect(answer, 202).headers.get('range');
      return { url: placeIn(answer), bytes: said === null ? bytes : bytesIn(said) };
    } catch (error) {
      if (error instanceof ExchangeError) return { why: error.message };
      throw error;
    }
  };

  let session = await begin();
  for (let tried = 1; ; tried += 1) {
    const sent = await send(session);
    if ('url' in sent && sent.bytes === bytes) return sent.url;
    const why = 'why' in sent ? sent.why : `${sent.bytes} of ${bytes} bytes arrived`;
    if (tried >= limits.tries) throw new StoreError(`an upload to ${start.origin} broke off ${tried} times: ${why}`);
    await pause(limits.pause * 2 ** (tried - 1));
    session = (await restOf('url' in sent ? sent : session)) ?? (await begin());
  }
}

/** Whoever the registry names for it; who we are is said to the registry itself alone. */
function placeIn({ headers, url }: HttpAnswer): URL {
  const location = headers.get('location');
  if (location === null) throw new StoreError(`${shown(url)} does not say where an upload goes on`);
  return addressOf(location, url);
}

/** `0-99` are 100 bytes; nothing yet is `0-0`, or nothing at all. */
function bytesIn(range: string | null): number {
  const end = Number(/^(?:bytes=)?0-(\d+)$/.exec(range ?? '')?.[1] ?? 0);
  return end === 0 ? 0 : end + 1;
}
