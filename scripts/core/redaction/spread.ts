/**
 * Known accounts whose characters stand apart in a folded text: spaced letters, an address that a line end breaks, digits joined
 * by any signs, either way round. What only looks like an account is not looked for here: anything does, once spaces say nothing.
 */
import type { KnownIds } from './ids.ts';
import { knownPhonesIn, type KnownPhones } from './phones.ts';
import type { TextSpan } from './span.ts';

interface Domain {
  /** The account by its local part without signs. */
  readonly locals: Map<string, string>;
  readonly lengths: Set<number>;
}

/** Accounts by their letters and digits alone. */
export interface KnownSpread {
  readonly domains: ReadonlyMap<string, Domain>;
  readonly domainLengths: readonly number[];
  /** Letters and digits of the longest part of an address. */
  readonly most: number;
  readonly ids: ReadonlyMap<string, string>;
  /** How long the ids are that begin so. */
  readonly idLengths: ReadonlyMap<string, readonly number[]>;
  readonly words: KnownIds['all'];
  readonly phones: KnownPhones;
}

const bare = (text: string): string => text.replace(/[^a-z0-9]/g, '');
const HEAD = 8;

/** What accounts are without the marks between their letters and digits. `ids`, `phones`: of the same accounts. */
export function knownSpread(accounts: Iterable<string>, ids: KnownIds, phones: KnownPhones): KnownSpread {
  const domains = new Map<string, Domain>();
  for (const account of accounts) {
    const at = account.lastIndexOf('@');
    const [local, domain] = [bare(account.slice(0, at).toLowerCase()), bare(account.slice(at + 1).toLowerCase())];
    if (at < 0 || local === '' || domain === '') continue;
    const own = domains.get(domain) ?? { locals: new Map<string, string>(), lengths: new Set<number>() };
    domains.set(domain, own);
    own.locals.set(local, account);
    own.lengths.add(local.length);
  }
  const distinct = new Map([...ids.distinct.values()].flat().map((id) => [bare(id), id]));
  const idLengths = new Map<string, Set<number>>();
  for (const id of distinct.keys()) {
    const head = id.slice(0, HEAD);
    idLengths.set(head, (idLengths.get(head) ?? new Set()).add(id.length));
  }
  const domainLengths = longestFirst([...domains.keys()].map(({ length }) => length));
  return {
    domains,
    domainLengths,
    most: longestFirst([...domainLengths, ...[...domains.values()].flatMap(({ lengths }) => [...lengths])])[0] ?? 0,
    ids: distinct,
    idLengths: new Map([...idLengths].map(([head, lengths]) => [head, longestFirst(lengths)])),
    words: new Map([...ids.all].map(([id, account]) => [bare(id), account])),
    phones,
  };
}

const longestFirst = (lengths: Iterable<number>): number[] => [...new Set(lengths)].sort((a, b) => b - a);

/** Where accounts stand in a folded text with anything between their characters, or backwards; spans may overlap. */
export function spreadIn(text: string, known: KnownSpread): TextSpan[] {
  const spans: TextSpan[] = [];
  if (known.domains.size > 0) spans.push(...emails(text, known));
  if (known.phones.lengths.length > 0 && /\d/.test(text)) {
    // Letters of any script end a number.
    for (const { 0: run, index } of text.matchAll(/\d(?:[^\p{L}\p{N}]{0,6}\d)+/gu)) {
      spans.push(...knownPhonesIn(text, index, run.length, known.phones));
      if (run.length < DISTINCT) continue;
      const reversed = backwards(run);
      for (const span of knownPhonesIn(reversed, 0, run.length, known.phones)) {
        // Fewer digits are backwards what any others are by chance.
        if (bare(reversed.slice(span.from, span.to)).length >= DISTINCT) spans.push(turned(span, run, index));
      }
    }
  }
  if (known.words.size > 0) spans.push(...ids(text, known));
  return spans;
}

/** Digits of a number that is nothing else by chance, also backwards. */
const DISTINCT = 10;

const backwards = (text: string): string => text.split('').reverse().join('');

/** Where in the text a part of a run stands that was found in the run backwards. */
const turned = ({ from, to, account }: TextSpan, run: string, index: number): TextSpan => ({
  from: index + run.length - to,
  to: index + run.length - from,
  account,
});

const isOwn = (character = ''): boolean =>
  (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
const isDot = (text: string, at: number): boolean =>
  at > 0 && /^[^a-z0-9]dot[^a-z0-9]$/.test(text.slice(at - 1, at + 4));
const AT = /@|(?<![a-z0-9])at(?![a-z0-9])/g;
/** Signs between two characters of an account, such as ` … ` or a line end in a quotation. */
const GAP = 6;
function* emails(text: string, known: KnownSpread): Generator<TextSpan> {
  for (const { 0: sign, index } of text.matchAll(AT)) {
    const before = outward(text, index - 1, -1, known.most);
    const after = outward(text, index + sign.length, 1, known.most);
    const found = addressOf(before, after, known) ?? addressOf(after, before, known);
    if (!found) continue;
    const [from, to] = [Math.min(found.local, found.domain), Math.max(found.local, found.domain) + 1];
    // A word that ends so is another; what follows a known domain may be anything.
    if (!isOwn(text[from - 1])) yield { from, to, account: found.account };
  }
}

interface SpanSide {
  readonly characters: string;
  readonly places: readonly number[];
}

/** The letters and digits from a place on, in one direction, up to where too much stands between them; `dot` is a sign. */
function outward(text: string, from: number, step: 1 | -1, most: number): SpanSide {
  let characters = '';
  const places: number[] = [];
  let gap = 0;
  for (let at = from; at >= 0 && at < text.length && gap <= GAP && places.length < most; at += step) {
    const character = text[at]!;
    if (character === '@') break;
    if (!isOwn(character)) {
      gap += 1;
      continue;
    }
    if (character === (step === 1 ? 'd' : 't') && isDot(text, Math.min(at, at + 2 * step))) {
      at += 2 * step;
      continue;
    }
    gap = 0;
    characters += character;
    places.push(at);
  }
  return { characters, places };
}

function addressOf(
  local: SpanSide,
  domain: SpanSide,
  { domains, domainLengths }: KnownSpread,
): { account: string; local: number; domain: number } | undefined {
  const reversed = [...local.characters].reverse().join('');
  for (const length of domainLengths) {
    if (length > domain.characters.length) continue;
    const own = domains.get(domain.characters.slice(0, length));
    if (!own) continue;
    for (let count = reversed.length; count > 0; count -= 1) {
      if (!own.lengths.has(count)) continue;
      const account = own.locals.get(reversed.slice(reversed.length - count));
      if (account !== undefined)
        return { account, local: local.places[count - 1]!, domain: domain.places[length - 1]! };
    }
  }
  return undefined;
}

/** Letters or digits one by one, with something between each. */
const SPACED = /(?<![a-z0-9])[a-z0-9](?:[^\p{L}\p{N}]{1,6}[a-z0-9](?![a-z0-9])){2,63}/gu;
const RUN = /[a-z0-9](?:[^\p{L}\p{N}]{0,6}[a-z0-9])*/gu;

function* ids(text: string, { ids: distinct, idLengths, words }: KnownSpread): Generator<TextSpan> {
  for (const { 0: run, index } of text.matchAll(SPACED)) {
    const account = words.get(bare(run));
    if (account !== undefined) yield { from: index, to: index + run.length, account };
  }
  if (idLengths.size === 0 || !/\d/.test(text)) return;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    yield* distinctIn(run, index, distinct, idLengths);
    for (const span of distinctIn(backwards(run), 0, distinct, idLengths)) yield turned(span, run, index);
  }
}

function* distinctIn(
  run: string,
  index: number,
  distinct: KnownSpread['ids'],
  idLengths: KnownSpread['idLengths'],
): Generator<TextSpan> {
  const places: number[] = [];
  for (let at = 0; at < run.length; at += 1) if (isOwn(run[at])) places.push(at);
  const characters = bare(run);
  for (let first = 0; first + HEAD <= characters.length; first += 1) {
    for (const length of idLengths.get(characters.slice(first, first + HEAD)) ?? []) {
      const account = distinct.get(characters.slice(first, first + length));
      if (account === undefined) continue;
      yield { from: index + places[first]!, to: index + places[first + length - 1]! + 1, account };
      first += length - 1;
      break;
    }
  }
}
