/** E-mail addresses in a folded text: those that are known in any place and spelling, and all that looks like one. */
import type { TextSpan } from './span.ts';

/** The local parts that are known, by domain. */
export type KnownEmails = ReadonlyMap<string, ReadonlySet<string>>;

/** The addresses among accounts, as the parts before the @ by the part behind it. Accounts are given folded. */
export function knownEmails(accounts: Iterable<string>): KnownEmails {
  const known = new Map<string, Set<string>>();
  for (const account of accounts) {
    const at = account.lastIndexOf('@');
    if (at < 0) continue;
    const domain = account.slice(at + 1);
    const locals = known.get(domain);
    if (locals) locals.add(account.slice(0, at));
    else known.set(domain, new Set([account.slice(0, at)]));
  }
  return known;
}

/** RFC 5321: octets of a local part, and of a domain. */
const LOCAL_LIMIT = 64;
const DOMAIN_LIMIT = 255;

/** Where addresses stand in a folded text; spans may overlap. */
export function emailsIn(text: string, known: KnownEmails): TextSpan[] {
  const spans: TextSpan[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const found = union(knownAt(text, at, known), lookAlike(text, at));
    if (found) spans.push(found);
  }
  const isSpelled = SPELLED.test(text) || (text.includes('@') && SPELLED_DOT.test(text));
  return isSpelled ? [...spans, ...spelledOut(text, known)] : spans;
}

/** All of what either says; the account of the known one where it is all of it. */
function union(known: TextSpan | undefined, other: TextSpan | undefined): TextSpan | undefined {
  if (!known || !other) return known ?? other;
  const [from, to] = [Math.min(known.from, other.from), Math.max(known.to, other.to)];
  return { from, to, account: from === known.from && to === known.to ? known.account : other.account };
}

/** The longest known address around an `@`, whatever stands before and after it. */
function knownAt(text: string, at: number, known: KnownEmails): TextSpan | undefined {
  const most = text.slice(at + 1, at + 1 + DOMAIN_LIMIT);
  const [domain = ''] = /^[a-z0-9.-]+/.exec(most) ?? [];
  for (let length = domain.length; length > 0; length--) {
    const locals = known.get(domain.slice(0, length));
    if (!locals) continue;
    const to = at + 1 + length;
    const account = (local: string) => `${local}@${domain.slice(0, length)}`;
    for (let from = Math.max(0, at - LOCAL_LIMIT); from < at; from++) {
      const local = text.slice(from, at);
      if (locals.has(local)) return { from, to, account: account(local) };
    }
    // "qa"@example.com is the same mailbox.
    const [quoted, inner = ''] = /"([^"]{1,64})"$/.exec(text.slice(0, at).slice(-LOCAL_LIMIT - 2)) ?? [];
    if (quoted !== undefined && locals.has(inner)) return { from: at - quoted.length, to, account: account(inner) };
  }
  return undefined;
}

const QUOTED_LOCAL = /"[^"]{1,64}"$/;
/** A package and its version, and a picture for a display of more pixels: `react@18.0.0-rc.1`, `icon@2x.png`. */
const NO_DOMAIN = /^(?:v?\d+\.\d+\.\d+(?:-[a-z0-9.-]+)?|\d+(?:\.\d+)?x\.(?:png|jpe?g|webp|gif|svg))$/;

/** What looks like an address: something, an `@`, and labels of which the last is no number. */
function lookAlike(text: string, at: number): TextSpan | undefined {
  // Here and not above: each class of Unicode would cost every command half a millisecond at its start.
  const LATIN_LOCAL = /(?<![\p{Script=Latin}\d._+-])[\p{Script=Latin}\d._+-]+$/u;
  const OTHER_LOCAL = /(?<![\p{L}\p{N}._+-])[\p{L}\p{N}._+-]+$/u;
  const DOMAIN = /^[\p{Script=Latin}\d-]+(?:\.[\p{Script=Latin}\d-]+)+|^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
  const before = text.slice(Math.max(0, at - LOCAL_LIMIT - 2), at);
  const [local = ''] = QUOTED_LOCAL.exec(before) ?? LATIN_LOCAL.exec(before) ?? OTHER_LOCAL.exec(before) ?? [];
  const trimmed = local.replace(/^[._+-]+/, '');
  const [run = ''] = DOMAIN.exec(text.slice(at + 1, at + 1 + DOMAIN_LIMIT)) ?? [];
  const domain = run.replace(/(?<![.-])[.-]+$/, '');
  const isDomain =
    /\.[^.]*\p{L}[^.]*$/u.test(domain) && domain.split('.').at(-1)!.length > 1 && !NO_DOMAIN.test(domain);
  if (trimmed === '' || !isDomain) return undefined;
  return { from: at - trimmed.length, to: at + 1 + domain.length, account: `${trimmed}@${domain}` };
}

/** The ways in which people keep an address from machines: `user (at) example [dot] com`, `user @ example . com`. Bounded, to stay linear. */
const SPELLED = /\s@|@\s|[([{<]\s{0,3}@|[([{<]\s{0,3}a\s{0,3}[)\]}>]|[\s_([{<]at[\s_)\]}>]/;
const SPELLED_DOT = /\s\.|\.\s|dot|[([{<]\s{0,3}\./;
const TOKEN =
  /\s{0,3}[([{<]\s{0,3}(?:(at|@)|(a)|(?:dot|\.))\s{0,3}[)\]}>]\s{0,3}|(\s{1,3}at\s{1,3}|_at_)|(\s{1,3}dot\s{1,3}|_dot_)|(\s{0,3}@\s{0,3})|\s{0,3}\.\s{1,3}|\s{1,3}\./g;

/** Looks again with such ways replaced by the signs. Unknown addresses count only where nobody says such words otherwise. */
function* spelledOut(text: string, known: KnownEmails): Generator<TextSpan> {
  let plain = '';
  const places: number[] = [];
  const ends: number[] = [];
  const spoken: number[] = [];
  const dots: number[] = [];
  let done = 0;
  const put = (sign: string, from: number, to: number) => {
    plain += sign;
    places.push(from);
    ends.push(to);
  };
  for (const { 0: token, 1: bracketed, 2: letter, 3: word, 4: dot, 5: bare, index } of text.matchAll(TOKEN)) {
    for (; done < index; done++) put(text[done]!, done, done + 1);
    // `(a)` also numbers the parts of a list: alone it makes nothing an address that is not known.
    const isAt = [bracketed, letter, word, bare].some((sign) => sign !== undefined);
    const isBracketedDot = !isAt && dot === undefined && /[([{<]/.test(token);
    if (dot !== undefined || isBracketedDot) dots.push(plain.length);
    if (bracketed !== undefined || (word !== undefined && word.startsWith('_'))) spoken.push(plain.length);
    put(isAt ? '@' : '.', index, index + token.length);
    done = index + token.length;
  }
  for (; done < text.length; done++) put(text[done]!, done, done + 1);
  for (let at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) {
    const alike = lookAlike(plain, at);
    const isMeant = alike && (spoken.includes(at) || dots.some((one) => one > at && one < alike.to));
    const found = union(knownAt(plain, at, known), isMeant ? alike : undefined);
    if (found) yield { ...found, from: places[found.from]!, to: ends[found.to - 1]! };
  }
}
