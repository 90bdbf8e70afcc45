/** Origins that a miniapp may call: `https://` and a host name in canonical form, below a public suffix. */
import punycode from 'punycode/punycode.js';
import { drawnAsLatin } from '../confusables.ts';
import { parse } from 'tldts';
import type { Args } from '../problems/messages.ts';

export type OriginCode =
  | 'domain-form'
  | 'domain-scheme'
  | 'domain-extra'
  | 'domain-wildcard'
  | 'domain-ip'
  | 'domain-local'
  | 'domain-public-suffix'
  | 'domain-canonical'
  | 'domain-lookalike'
  | 'domain-suffix-unknown';

export interface OriginFinding {
  readonly code: OriginCode;
  readonly args: Args;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Names that mean something only inside one machine or network (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal). */
const LOCAL = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home\.arpa|corp|home|private)$/;

/** Labels in canonical form, the last one of letters, so no spelling of an address. */
const PLAIN = /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** The usual case, told by its form alone: nothing that parsing as a URL or decoding could show otherwise. Ten times faster. */
export const isPlain = (origin: string): boolean =>
  PLAIN.test(origin) && origin.length <= 'https://'.length + 253 && !origin.includes('xn--') && !LOCAL.test(origin);

/** What is wrong with an origin, the gravest thing; undefined when it may be listed without a word. */
export function checkOrigin(origin: string): OriginFinding | undefined {
  const finding = (code: OriginCode, args: Args = {}): OriginFinding => ({ code, args: { origin, ...args } });
  if (isPlain(origin)) {
    const host = origin.slice('https://'.length);
    const { suffix, isWhole, isListed } = suffixOf(host);
    if (isWhole) return finding('domain-public-suffix', { host });
    return isListed ? undefined : finding('domain-suffix-unknown', { suffix });
  }
  const parts = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#\\]*)(.*)$/s.exec(origin);
  if (!parts) return finding('domain-form');
  const [, scheme = '', authority = '', rest = ''] = parts;
  const userEnd = authority.lastIndexOf('@');
  const hostPort = authority.slice(userEnd + 1);
  const isIPv6 = hostPort.startsWith('[');
  const port = /:([0-9]*)$/.exec(isIPv6 ? hostPort.replace(/^\[[^\]]*\]/, '') : hostPort)?.[0];
  const host = port === undefined ? hostPort : hostPort.slice(0, -port.length);
  const lower = host.toLowerCase();

  if (lower.includes('*')) return finding('domain-wildcard');
  if (scheme.toLowerCase() !== 'https') return finding('domain-scheme', { host: lower || 'HOST' });
  const extra = userEnd >= 0 ? 'user information' : port !== undefined ? 'a port' : extraOf(rest);
  if (extra) return finding('domain-extra', { what: extra, host: lower || 'HOST' });
  if (host === '') return finding('domain-form');

  // The parser of browsers knows every spelling of an address: 0x7f.1, 2130706433, full-width digits.
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (isIPv6 || (url && /^[0-9.]+$/.test(url.hostname))) return finding('domain-ip');
  if (!url) return finding('domain-form');
  const canonical = url.hostname.replace(/(?<!\.)\.+$/, '');
  if (LOCAL.test(canonical) || !canonical.includes('.')) return finding('domain-local');
  if (!canonical.split('.').every((label) => LABEL.test(label)) || canonical.length > 253)
    return finding('domain-form');
  if (isFalsePunycode(canonical)) return finding('domain-form');
  if (origin !== `https://${canonical}`) return finding('domain-canonical', { canonical: `https://${canonical}` });

  const { suffix, isWhole, isListed } = suffixOf(canonical);
  if (isWhole) return finding('domain-public-suffix', { host: canonical });
  const looksLike = lookalike(canonical);
  if (looksLike) return finding('domain-lookalike', looksLike);
  return isListed ? undefined : finding('domain-suffix-unknown', { suffix });
}

/** Names kept for documentation and tests (RFC 2606): no registry has them, and nobody takes them for a slip. */
const RESERVED: ReadonlySet<string> = new Set(['example', 'test', 'invalid', 'localhost']);

/** What the public suffix list knows of a host. One in canonical form needs none of the parser's own cleaning. */
function suffixOf(host: string): { suffix: string; isWhole: boolean; isListed: boolean } {
  const { publicSuffix, isIcann, isPrivate } = parse(host, {
    allowPrivateDomains: true,
    extractHostname: false,
    validateHostname: false,
    detectIp: false,
  });
  const suffix = publicSuffix ?? '';
  const isListed = isIcann === true || isPrivate === true || RESERVED.has(suffix);
  return { suffix, isWhole: suffix === host, isListed };
}

/** What no name can hold, in whatever script: controls, and what stands for no character (UTS 46). */
const NO_CHARACTER = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}]/u;

/** Whether a label claims to be encoded (`xn--…`) and is not, or not in the one way, or holds what no name can. */
function isFalsePunycode(host: string): boolean {
  try {
    const decoded = punycode.toUnicode(host);
    return NO_CHARACTER.test(decoded) || punycode.toASCII(decoded) !== host;
  } catch {
    return true;
  }
}

function extraOf(rest: string): string | undefined {
  if (rest === '') return undefined;
  if (rest.startsWith('?')) return 'a query';
  return rest.startsWith('#') ? 'a fragment' : 'a path';
}

const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
];

/** Whether an internationalised host can be taken for a plain one: mixed alphabets, or only letters drawn like Latin ones. */
function lookalike(host: string): { unicode: string; looksLike: string } | undefined {
  if (!/(?:^|\.)xn--/.test(host)) return undefined;
  const unicode = punycode.toUnicode(host);
  const plain = drawnAsLatin(unicode);
  const isMixed = unicode.split('.').some((label) => SCRIPTS.filter((script) => script.test(label)).length > 1);
  const isDrawnAlike = /^[a-z0-9.-]+$/.test(plain);
  if (isDrawnAlike) return { unicode, looksLike: plain };
  return isMixed ? { unicode, looksLike: 'a name in one alphabet' } : undefined;
}
