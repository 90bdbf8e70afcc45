/** Phone numbers in a folded text: those that are known, with whatever stands between their digits, and all that looks like one. */
import { phoneParts } from '../identity/account.ts';
import type { TextSpan } from './span.ts';

/** Accounts by their digits, in each form that people write: with the country's code, or as it is dialled within the country. */
export interface KnownPhones {
  readonly byDigits: ReadonlyMap<string, string>;
  /** How many digits there are, most first. */
  readonly lengths: readonly number[];
}

/** Fewer digits are no number on their own. */
const LEAST = 7;
/** So many digits are nothing else by chance, whatever stands beside them. */
const DISTINCT = 10;
/** E.164: digits of a number. */
const MOST = 15;

/** The numbers among accounts by their digits: as they are, and without the code of their country, with and without the 0 before them. */
export function knownPhones(accounts: Iterable<string>): KnownPhones {
  const byDigits = new Map<string, string>();
  const add = (digits: string, account: string) => {
    if (digits.length >= LEAST && !byDigits.has(digits)) byDigits.set(digits, account);
  };
  for (const account of accounts) {
    // A user id of digits alone is written as a number is.
    const digits = /^\+?([0-9]+)$/.exec(account)?.[1];
    if (digits === undefined) continue;
    byDigits.set(digits, account);
    if (!account.startsWith('+')) continue;
    const { national } = phoneParts(digits);
    if (national.length < LEAST) continue;
    add(`0${national}`, account);
    add(national, account);
  }
  return { byDigits, lengths: [...new Set([...byDigits.keys()].map(({ length }) => length))].sort((a, b) => b - a) };
}

/** Digits with at most a few separators between them. */
const SOME = /\d(?:[\s().\-/_\u00B7\u2013\u2014]{0,4}\d){4}/;
const RUN = /\d(?:[\s().\-/_\u00B7\u2013\u2014]{0,4}\d)*/g;
/** What stands before the build of a version: `1.0.0+20261120`. */
const BUILD = /\d\.\d+\.\d+(?:-[0-9a-z.-]{1,30})?\+$/;
const DATE = /^\d{4}-\d\d-\d\d(?!\d)/;

/** Where numbers stand in a folded text; spans may overlap. */
export function phonesIn(text: string, known: KnownPhones): TextSpan[] {
  if (!SOME.test(text)) return [];
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    if (run.length < LEAST - 2) return [];
    const digits = digitsOf(text, index, run.length);
    // +49 (0)170 … is dialled without the 0.
    const without = digits.filter((at) => !(text[at] === '0' && text[at - 1] === '(' && text[at + 1] === ')'));
    const spans = [...knownIn(text, digits, known)];
    if (without.length < digits.length) spans.push(...knownIn(text, without, known));
    // Where a known number ends, what follows is none of it.
    const alike = lookAlike(text, digits);
    const isKnown = spans.some(({ from, to }) => from <= (alike?.from ?? 0) && !isDigit(text[to]));
    return alike && !isKnown ? [...spans, alike] : spans;
  });
}

/** Known numbers in a part of a text, whatever stands between its digits. */
export const knownPhonesIn = (text: string, from: number, length: number, known: KnownPhones): Generator<TextSpan> =>
  knownIn(text, digitsOf(text, from, length), known);

function digitsOf(text: string, from: number, length: number): number[] {
  const places: number[] = [];
  for (let at = from; at < from + length; at++) if (text[at]! >= '0' && text[at]! <= '9') places.push(at);
  return places;
}

function* knownIn(text: string, places: readonly number[], { byDigits, lengths }: KnownPhones): Generator<TextSpan> {
  const digits = places.map((at) => text[at]).join('');
  for (let first = 0; first < digits.length; first++) {
    for (const length of lengths) {
      if (first + length > digits.length) continue;
      const account = byDigits.get(digits.slice(first, first + length));
      if (account === undefined) continue;
      const last = first + length - 1;
      const isApart = isBoundary(text, places, first) && !isDigit(text[places[last]! + 1]);
      if (length < DISTINCT && !isApart) continue;
      yield { from: prefixed(text, places, first), to: places[last]! + 1, account };
      first = last;
      break;
    }
  }
}

const isDigit = (character: string | undefined): boolean => character !== undefined && /\d/.test(character);

/** Nothing but a prefix stands right before a number; a letter would make it a part of a name. */
function isBoundary(text: string, places: readonly number[], first: number): boolean {
  const at = places[first]!;
  const zeros = /(?:^|[^0-9a-z])0{1,2}$/.test(text.slice(Math.max(0, at - 3), at));
  return zeros || !/[0-9a-z]/.test(text[at - 1] ?? '');
}

/** Where a number begins with its prefix: `+`, `00`, `(+`, `(00`. */
function prefixed(text: string, places: readonly number[], first: number): number {
  const at = places[first]!;
  const before = text.slice(Math.max(0, at - 8), at);
  const [prefix = ''] = /(?:\+|(?<![0-9a-z])0[ ()./-]?0)[ (]{0,2}(?:\(0\)[ ]?)?$/.exec(before) ?? [];
  return at - prefix.length;
}

/** What is announced as a number: by `+` or `00` and a country's code, or by the scheme of a link. */
function lookAlike(text: string, places: readonly number[]): TextSpan | undefined {
  const first = places[0]!;
  const before = text.slice(Math.max(0, first - 40), first);
  const isPlus = /\+[\s(]{0,2}$/.test(before) && text[first] !== '0' && !BUILD.test(before);
  const isLink = /(?<![a-z])(?:tel|sms|callto|whatsapp|wa\.me)[:/]\s?\+?$/.test(before);
  const isZeros =
    text[first] === '0' &&
    text[places[1] ?? -1] === '0' &&
    /[1-9]/.test(text[places[2] ?? -1] ?? '') &&
    !/[0-9a-z.,:]/.test(text[first - 1] ?? '');
  if (!isPlus && !isLink && !isZeros) return undefined;
  const own = isZeros ? places.slice(2) : places;
  const count = lengthOf(text, own);
  const last = own[count - 1];
  if (last === undefined || count < (isLink ? 5 : LEAST)) return undefined;
  // Zeros that more characters follow are of a name or a digest.
  if (isZeros && /^[-_]?[0-9a-z]/.test(text.slice(last + 1, last + 3))) return undefined;
  const digits = own
    .slice(0, count)
    .map((at) => text[at])
    .join('');
  const from = isPlus ? text.lastIndexOf('+', first) : first;
  return { from, to: last + 1, account: isLink && !isPlus ? '' : `+${digits}` };
}

/** How many digits belong to a number: whole groups, up to a date, and up to what E.164 allows. */
function lengthOf(text: string, places: readonly number[]): number {
  let whole = 0;
  for (let count = 0; count < places.length; count++) {
    const at = places[count]!;
    const isStart = count === 0 || places[count - 1]! < at - 1;
    if (isStart && count > 0) {
      if (DATE.test(text.slice(at, at + 11))) return count;
      whole = count;
    }
    if (count === MOST) return whole === 0 ? MOST : whole;
  }
  return places.length;
}
