/** Finds user ids in a folded text. They look like any word, so only known ones are found. */
import type { TextSpan } from './span.ts';

export interface KnownIds {
  /** The ids by their lower-case form. */
  readonly all: ReadonlyMap<string, string>;
  /** Ids that no other text equals by chance, by their first characters, longest first. They are found within words, too. */
  readonly distinct: ReadonlyMap<string, readonly string[]>;
}

/** Shorter ids, and numbers of up to four digits, identify nobody; masking them would make every text unreadable. */
const LEAST = 3;
const DISTINCT = 10;
const HEAD = 8;
const MOST = 64;

/** Whether no word equals it by chance. */
const isDistinct = (id: string): boolean => id.length >= DISTINCT && /[0-9]/.test(id);

/**
 * Collects the user ids among accounts, in lower case. It leaves out those that are too short and numbers of up to four digits, which
 * would be found everywhere.
 */
export function knownIds(accounts: Iterable<string>): KnownIds {
  const all = new Map<string, string>();
  const distinct = new Map<string, string[]>();
  for (const account of accounts) {
    if (account.length < LEAST || !/^(?![0-9]{1,4}$)[a-z0-9][a-z0-9_-]*$/i.test(account)) continue;
    const id = account.toLowerCase();
    if (all.has(id)) continue;
    all.set(id, account);
    if (!isDistinct(id)) continue;
    const head = id.slice(0, HEAD);
    const alike = distinct.get(head);
    if (alike) alike.push(id);
    else distinct.set(head, [id]);
  }
  for (const alike of distinct.values()) alike.sort((a, b) => b.length - a.length);
  return { all, distinct };
}

const WORD = /[a-z0-9]+(?:[_-]+[a-z0-9]+)*/g;

/** `isName`: the text is a name for machines, such as a path, where a word means something else. */
export function idsIn(text: string, { all, distinct }: KnownIds, isName: boolean): TextSpan[] {
  const spans: TextSpan[] = [];
  if (all.size === 0) return spans;
  WORD.lastIndex = 0;
  for (let found = WORD.exec(text); found; found = WORD.exec(text)) {
    const { 0: run, index } = found;
    if (run.length < LEAST) continue;
    if (!isName) wordsIn(run, index, all, spans);
    if (run.length >= DISTINCT && /\d/.test(run)) distinctIn(text, index, index + run.length, distinct, spans);
  }
  return spans;
}

/** Each part of a run between hyphens and underscores, and neighbours together; the longest that is known. */
function wordsIn(run: string, index: number, all: KnownIds['all'], spans: TextSpan[]): void {
  const whole = all.get(run);
  if (whole !== undefined) spans.push({ from: index, to: index + run.length, account: whole });
  if (whole !== undefined || !/[_-]/.test(run)) return;
  const parts = [...run.matchAll(/[a-z0-9]+/g)].map(({ 0: part, index: at }) => ({ from: at, to: at + part.length }));
  for (let first = 0; first < parts.length; first++) {
    const { from } = parts[first]!;
    let last = first;
    while (last + 1 < parts.length && parts[last + 1]!.to - from <= MOST) last += 1;
    for (; last >= first; last--) {
      const account = all.get(run.slice(from, parts[last]!.to));
      if (account === undefined) continue;
      spans.push({ from: index + from, to: index + parts[last]!.to, account });
      first = last;
      break;
    }
  }
}

function distinctIn(text: string, from: number, to: number, distinct: KnownIds['distinct'], spans: TextSpan[]): void {
  for (let at = from; at + DISTINCT <= to; at++) {
    const id = distinct.get(text.slice(at, at + HEAD))?.find((one) => text.startsWith(one, at));
    if (id === undefined) continue;
    spans.push({ from: at, to: at + id.length, account: id });
    at += id.length - 1;
  }
}
