/** The way into resolve.mjs: the same resolution, over what `miniapp export` wrote. */
import { instantOf } from '../dates.ts';
import { isDigest, isNamed } from '../identity/account.ts';
import { resolutionJson } from '../resolution/resolution-text.ts';
import type { OutcomeCode } from '../problems/messages.ts';
import type { Channel, Query } from '../resolution/resolution.ts';
import { withBrokenBy } from '../resolution/broken-promises.ts';
import { decide as find, resolve as resolution } from '../resolution/resolve.ts';
import { workspaceOf, type Exported } from './exported.ts';
import { digester } from './keyed-digest.ts';
import { answerAsProgram } from './resolve-program.ts';

/** A question, by the names of the command's options. */
export interface Question {
  readonly miniapp: string;
  readonly app: string;
  readonly region: string;
  readonly account?: string;
  readonly audience?: 'rollout' | 'everyone';
  readonly entry?: 'link' | 'experience';
  readonly page?: string;
  readonly device?: string;
  readonly appVersion?: string;
  /** Milliseconds since 1970, or a day or a time with its zone; the clock without it. */
  readonly now?: number | string;
}

export interface ResolverOptions {
  /** Where the platform keeps accounts as digests: its key, as MINIAPP_ACCOUNTS_KEY holds it. */
  readonly accountsKey?: string;
}

type HostAnswer = ReturnType<typeof resolutionJson>;
type EntryAnswer =
  | { readonly outcome: 'opens'; readonly version: string; readonly channel: Channel }
  | { readonly outcome: 'error'; readonly code: OutcomeCode };

/** The file is asked by programs and by people. */
const KEY_MISSING =
  'accounts are kept as digests here, and their key is missing: set MINIAPP_ACCOUNTS_KEY on the command line, or give { accountsKey } in a program (owners have it); without it, ask with the digest that npx miniapp accounts hash ACCOUNT prints where the key is';

export interface Resolver {
  /** The whole answer, as `npx miniapp resolve --format json` prints it. Throws TypeError for a question that the command refuses. */
  (question: Question): HostAnswer;
  /** The answer alone, without its reasons, sentences and link: for servers that ask a lot. */
  decide(question: Question): EntryAnswer;
}

/** Takes the data once, and answers any number of questions. Throws for data of another form, and for a key that does not fit. */
export function resolver(data: Exported, { accountsKey }: ResolverOptions = {}): Resolver {
  if (data.format !== 1) throw new Error('this resolve.mjs reads data of format 1: take both from one export');
  const workspace = workspaceOf(data);
  const { accounts, accountsKey: named } = data.platform;
  const digestOf = accountsKey === undefined ? undefined : digester(accountsKey, named);
  const keptAs = (account: string | undefined): string | undefined => {
    if (!isNamed(account) || accounts !== 'digest' || isDigest(account)) return undefined;
    if (!digestOf) throw new Error(KEY_MISSING);
    return digestOf(account);
  };
  const queryOf = (question: Question): Query => {
    const account = textOrNone('account', question.account);
    return {
      miniapp: textIn('miniapp', question.miniapp),
      app: textIn('app', question.app),
      region: textIn('region', question.region),
      entry: oneOf('entry', question.entry, 'link', 'experience'),
      account,
      accountDigest: keptAs(account),
      inRollout: oneOf('audience', question.audience, 'everyone', 'rollout') === 'rollout' ? true : undefined,
      page: textOrNone('page', question.page),
      device: textOrNone('device', question.device),
      appVersion: textOrNone('appVersion', question.appVersion),
      now: timeOf(question.now),
    };
  };
  const ask = (question: Question): HostAnswer => {
    const query = queryOf(question);
    return resolutionJson(resolution(withBrokenBy(workspace, query.miniapp, query.now), query));
  };
  const decide = (question: Question): EntryAnswer => {
    const found = find(workspace, queryOf(question));
    return 'version' in found
      ? { outcome: 'opens', version: found.version, channel: found.channel }
      : { outcome: 'error', code: found.code };
  };
  return Object.assign(ask, { decide });
}

/** Whoever asks passes on what others wrote: an answer to another question than the one that was meant would be worse than none. */
function refuse(name: string, expected: string): never {
  throw new TypeError(`${name}: it is ${expected}`);
}

const textIn = (name: string, value: unknown): string => (typeof value === 'string' ? value : refuse(name, 'a text'));

/** JSON has null for what is not there. */
const textOrNone = (name: string, value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : textIn(name, value);

/** The first one where nothing is said. */
function oneOf<const Value extends string>(name: string, value: unknown, one: Value, other: Value): Value {
  if (value === undefined || value === null || value === one) return one;
  return value === other ? other : refuse(name, `${one} or ${other}`);
}

function timeOf(now: unknown): number {
  if (now === undefined || now === null) return Date.now();
  const time = typeof now === 'number' ? now : typeof now === 'string' ? instantOf(now) : undefined;
  return time !== undefined && Number.isFinite(time)
    ? time
    : refuse('now', 'milliseconds since 1970, or written as 2026-11-20T08:00:00Z');
}

const known = new WeakMap<Exported, Resolver>();

/** One question; the data is prepared the first time. */
export function resolve(data: Exported, question: Question, options?: ResolverOptions): HostAnswer {
  if (options) return resolver(data, options)(question);
  let ask = known.get(data);
  if (!ask) known.set(data, (ask = resolver(data)));
  return ask(question);
}

export default resolve;

answerAsProgram((data, words, accountsKey) => {
  // What is no answer to a question of this form is refused by name.
  const question = words as unknown as Question;
  return resolve(data, question, accountsKey === undefined || accountsKey === '' ? undefined : { accountsKey });
});
