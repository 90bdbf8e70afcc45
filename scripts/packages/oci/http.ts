/**
 * One exchange with a registry: bounded in time and tries, redirects followed by hand so that nobody else is told who we are, and
 * nothing secret in what is said of a failure.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { defined } from '../../core/defined.ts';
import { EnvironmentError, messageOf, systemCode } from '../../core/errors.ts';
import { StoreError } from '../store.ts';

/** Milliseconds, but for `tries`. */
export interface HttpLimits {
  /** Without a byte in either direction. */
  readonly idle: number;
  /** For one exchange. */
  readonly total: number;
  /** Before the second try; each further one waits twice as long. */
  readonly pause: number;
  /** That a registry may ask us to wait. */
  readonly patience: number;
  readonly tries: number;
}

export const LIMITS: HttpLimits = { idle: 60_000, total: 900_000, pause: 500, patience: 60_000, tries: 5 };

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made anew for each try. */
  readonly body?: () => { readonly bytes: number; readonly pieces: AsyncIterable<Uint8Array> } | Uint8Array | string;
  /** Whether it may be sent again after it failed; what was sent in part may not. */
  readonly isOnce?: true;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Who answered in the end. */
  readonly url: URL;
  /** Gives the body piece by piece; throws StoreError where it ends early. */
  each(take: (piece: Uint8Array) => void): Promise<void>;
  /** Ends the exchange, whatever is left of the body. */
  drop(): void;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/** A request that was sent in vain, and whether another try may succeed. */
export class ExchangeError extends StoreError {}

/** An address as sentences have it: what follows the path may hold secrets. */
export const shown = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

/** Sends it, again where that may help. Gives the last answer. Throws ExchangeError where none comes. */
export async function send(request: HttpRequest, limits: HttpLimits): Promise<HttpAnswer> {
  for (let tried = 1; ; tried += 1) {
    const isLast = tried >= limits.tries || request.isOnce === true;
    let wait = limits.pause * 2 ** (tried - 1);
    try {
      const answer = await follow(request, limits);
      if (answer.status !== 429 && answer.status < 500) return answer;
      const asked = retryAfter(answer.headers);
      if (asked !== undefined && asked > limits.patience) {
        answer.drop();
        const seconds = Math.ceil(asked / 1000);
        throw new StoreError(`${shown(request.url)} takes no more requests for now: again in ${seconds} seconds`);
      }
      if (isLast) return answer;
      answer.drop();
      wait = Math.max(wait, asked ?? 0);
    } catch (error) {
      if (!(error instanceof ExchangeError) || isLast) throw error;
    }
    await pause(wait);
  }
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - Date.now());
}

async function follow(request: HttpRequest, limits: HttpLimits): Promise<HttpAnswer> {
  let { url, headers = {} } = request;
  for (let count = 0; ; count += 1) {
    const answer = await exchange({ ...request, url, headers }, limits);
    const target = answer.headers.get('location');
    const mayFollow = request.method === 'GET' || request.method === 'HEAD';
    if (!REDIRECTS.has(answer.status) || target === null || !mayFollow) return answer;
    answer.drop();
    if (count >= MOST_REDIRECTS) throw new StoreError(`${shown(request.url)} leads from one address to another`);
    const next = addressOf(target, url);
    if (next.origin !== url.origin) {
      const { authorization: _, ...others } = headers as { authorization?: string };
      headers = others;
    }
    url = next;
  }
}

/** An address that an answer names. It may not lead from TLS to none. Throws StoreError. */
export function addressOf(text: string, base: URL): URL {
  const url = URL.canParse(text, base.href) ? new URL(text, base) : undefined;
  const isFit =
    url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && base.protocol === 'http:'));
  if (!isFit) throw new StoreError(`${shown(base)} names an address that is none, or has no TLS`);
  url.username = '';
  url.password = '';
  return url;
}

async function exchange({ method, url, headers, body }: HttpRequest, limits: HttpLimits): Promise<HttpAnswer> {
  const control = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isSlow = false;
  const tooSlow = () => {
    isSlow = true;
    control.abort();
  };
  // Neither timer keeps the process alive: what is awaited does, and an answer that nobody reads holds nobody up.
  const end = setTimeout(tooSlow, limits.total).unref();
  let isOver = false;
  const moved = () => {
    clearTimeout(timer);
    // A body can still be read from its file when the answer to it is there.
    if (!isOver) timer = setTimeout(tooSlow, limits.idle).unref();
  };
  const done = () => {
    isOver = true;
    clearTimeout(timer);
    clearTimeout(end);
  };
  const failed = (error: unknown): ExchangeError => {
    done();
    return new ExchangeError(`${shown(url)}: ${isSlow ? 'it is too slow' : reasonOf(error)}`);
  };
  moved();
  let response: Response;
  try {
    const sent = body?.();
    const isWhole = sent === undefined || sent instanceof Uint8Array || typeof sent === 'string';
    response = await fetch(url, {
      method,
      // What is counted and proven is what was stored, not what unpacks from it.
      headers: {
        ...headers,
        'accept-encoding': 'identity',
        ...defined({ 'content-length': isWhole ? undefined : `${sent.bytes}` }),
      },
      redirect: 'manual',
      signal: control.signal,
      ...(isWhole
        ? sent === undefined
          ? {}
          : { body: sent as BodyInit }
        : { body: watched(sent.pieces, moved) as unknown as BodyInit, duplex: 'half' }),
    } as RequestInit);
  } catch (error) {
    throw failed(error);
  }
  moved();
  return {
    status: response.status,
    headers: response.headers,
    url,
    async each(take) {
      try {
        for await (const piece of response.body ?? []) {
          moved();
          take(piece);
        }
        done();
      } catch (error) {
        done();
        control.abort();
        throw error instanceof EnvironmentError ? error : failed(error);
      }
    },
    drop() {
      done();
      control.abort();
    },
  };
}

async function* watched(pieces: AsyncIterable<Uint8Array>, moved: () => void): AsyncIterable<Uint8Array> {
  for await (const piece of pieces) {
    moved();
    yield piece;
  }
}

/** What is wrong, in the system's words: fetch itself only says that it failed. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const found = systemCode(cause) ?? messageOf(cause);
  return REASONS[found] ?? found;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up now',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
};

/** A body as text, of at most so many bytes. Throws StoreError where it has more. */
export async function readText(answer: HttpAnswer, limit: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  await answer.each((piece) => {
    bytes += piece.length;
    if (bytes > limit) throw new StoreError(`${shown(answer.url)} gives more than ${limit} bytes`);
    pieces.push(piece);
  });
  return Buffer.concat(pieces).toString('utf8');
}
