/**
 * Accounts in texts, masked: the one place that knows an account in whatever spelling. Everything that leaves for others than the
 * readers of the configuration goes through it: what is built, and what the bot writes.
 */
import { canonicalAccount, maskAccount } from '../identity/account.ts';
import { digestsIn, knownDigests } from './digests.ts';
import { emailsIn, knownEmails } from './emails.ts';
import { accountHeads, fold } from './fold.ts';
import { idsIn, knownIds } from './ids.ts';
import { knownPhones, phonesIn } from './phones.ts';
import type { TextSpan } from './span.ts';
import { knownSpread, spreadIn } from './spread.ts';

export interface Redactor {
  /** A text for people, each account in it masked, and what looks like an e-mail or a phone number besides. */
  readonly text: (text: string) => string;
  /** A name for machines, such as a path: the same, except for user ids that are ordinary words. */
  readonly name: (name: string) => string;
}

/** Names such as paths come again and again, in every version of every miniapp. */
const REMEMBERED = 50_000;
const REMEMBERED_LENGTH = 300;

/** Knows these accounts. Each text costs time by its length alone, however many accounts there are. */
export function redactor(accounts: Iterable<string>): Redactor {
  const all = [...new Set(accounts)].map(canonicalAccount);
  const known = { emails: knownEmails(all), phones: knownPhones(all), ids: knownIds(all), digests: knownDigests(all) };
  const spread = knownSpread(all, known.ids, known.phones);
  const heads = accountHeads(all);
  const found = (text: string, kind: 'text' | 'name'): TextSpan[] => {
    const spans = emailsIn(text, known.emails);
    spans.push(
      ...phonesIn(text, known.phones),
      ...idsIn(text, known.ids, kind === 'name'),
      ...digestsIn(text, known.digests),
    );
    return spans;
  };
  const masked = (source: string, kind: 'text' | 'name'): string => {
    const spans: TextSpan[] = [];
    for (const { text, start, end, isGuess } of fold(source, heads)) {
      const there = [...(isGuess ? [] : found(text, kind)), ...(kind === 'name' ? [] : spreadIn(text, spread))];
      for (const { from, to, account } of there) spans.push({ from: start(from), to: end(to - 1), account });
    }
    return spans.length === 0 ? source : replaced(source, spans);
  };
  const names = new Map<string, string>();
  const nameOf = (name: string): string => {
    if (name.length > REMEMBERED_LENGTH) return masked(name, 'name');
    const before = names.get(name);
    if (before !== undefined) return before;
    const after = masked(name, 'name');
    if (names.size < REMEMBERED) names.set(name, after);
    return after;
  };
  return { text: (text) => masked(text, 'text'), name: nameOf };
}

/** Puts a mask in the place of each; of those that overlap the longest names them, and all of what they cover goes. */
function replaced(source: string, spans: readonly TextSpan[]): string {
  const sorted = spans.toSorted((a, b) => a.from - b.from || b.to - a.to);
  const merged: TextSpan[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (!last || span.from >= last.to) merged.push(span);
    else if (span.to > last.to) {
      const isLonger = span.to - span.from > last.to - last.from;
      merged[merged.length - 1] = { ...(isLonger ? span : last), from: last.from, to: span.to };
    }
  }
  let text = '';
  let done = 0;
  for (const { from, to, account } of merged) {
    text += source.slice(done, from) + maskAccount(account);
    done = to;
  }
  return text + source.slice(done);
}
