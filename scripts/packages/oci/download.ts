/** Downloads a blob from a registry and checks its digest. A download that is interrupted goes on where it stopped. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../store.ts';
import { dropped, expect } from './answers.ts';
import type { Authorizer } from './authorize.ts';
import { ExchangeError, type HttpLimits } from './http.ts';
import type { Descriptor } from './manifest.ts';

/** `refused`: the bytes do not have the digest that the registry gave for them. */
export type DownloadOutcome = 'whole' | 'absent' | { readonly refused: string };

class TooMuch extends StoreError {}

/** Passes the bytes to `write` in order. Throws StoreError where the registry does not send all of them. */
export async function download(
  to: Authorizer,
  url: URL,
  { digest, size }: Descriptor,
  write: (piece: Uint8Array) => void,
  limits: HttpLimits,
): Promise<DownloadOutcome> {
  const hash = createHash('sha256');

  /** Sends one request, from an offset on. Returns the offset where the answer ended, and why it was cut, if it was. */
  const part = async (from: number): Promise<{ readonly to: number; readonly cut?: ExchangeError } | 'absent'> => {
    const headers = from === 0 ? {} : { range: `bytes=${from}-${size - 1}` };
    const answer = await to.send({ method: 'GET', url, headers });
    if (answer.status === 404) return dropped(answer) ?? 'absent';
    const isRest = answer.status === 206 && answer.headers.get('content-range')?.startsWith(`bytes ${from}-`) === true;
    if (!isRest) expect(answer, 200);
    // A registry may send the whole again: bytes that are there already are skipped.
    let passed = isRest ? 0 : from;
    let at = from;
    try {
      await answer.each((piece) => {
        const skip = Math.min(passed, piece.length);
        passed -= skip;
        const rest = piece.subarray(skip);
        if (at + rest.length > size) throw new TooMuch(`${url} sends more than ${size} bytes`);
        hash.update(rest);
        write(rest);
        at += rest.length;
      });
      return { to: at };
    } catch (error) {
      if (error instanceof ExchangeError) return { to: at, cut: error };
      throw error;
    }
  };

  let bytes = 0;
  for (let tried = 1; ; tried += 1) {
    let ended;
    try {
      ended = await part(bytes);
    } catch (error) {
      if (error instanceof TooMuch) return { refused: `the registry gives more than the ${size} bytes of ${digest}` };
      throw error;
    }
    if (ended === 'absent') return ended;
    const isStuck = ended.to === bytes;
    bytes = ended.to;
    if (bytes === size) break;
    const { cut } = ended;
    if (cut && tried >= limits.tries) throw cut;
    if (!cut && (isStuck || tried >= limits.tries))
      return { refused: `the registry gives ${bytes} of the ${size} bytes of ${digest}` };
    if (cut) await pause(limits.pause * 2 ** (tried - 1));
  }
  const isSame = `sha256:${hash.digest('hex')}` === digest;
  return isSame ? 'whole' : { refused: `what the registry gives for ${digest} is something else` };
}
