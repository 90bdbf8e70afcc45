/** The way into resolve.mjs: the same resolution, over what `miniapp export` wrote. */
import { isDigest } from '../policy/account.ts';
import { resolutionJson } from '../resolution/resolution-text.ts';
import type { OutcomeCode } from '../problems/messages.ts';
import type { Channel, Query } from '../resolution/resolution.ts';
import { decide as find, resolve as resolution } from '../resolution/resolve.ts';
import { worldOf, type Exported } from './exported.ts';
import { digester } from './keyed-digest.ts';

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
  /** Milliseconds since 1970, or a UTC time; the clock without it. */
  readonly now?: number | string;
}

export interface Options {
  /** Where the platform keeps accounts as digests: its key, as MINIAPP_ACCOUNTS_KEY holds it. */
  readonly accountsKey?: string;
}

type Answer = ReturnType<typeof resolutionJson>;
type Decision =
  | { readonly outcome: 'opens'; readonly version: string; readonly channel: Channel }
  | { readonly outcome: 'error'; readonly code: OutcomeCode };

export interface Resolver {
  /** The whole answer, as `npx miniapp resolve --format json` prints it. */
  (question: Question): Answer;
  /** The same answer without its reasons, sentences and link: for servers that ask a lot. */
  decide(question: Question): Decision;
}

/** Takes the data once, and answers any number of questions. Throws for data of another form, and for a key that does not fit. */
export function resolver(data: Exported, { accountsKey }: Options = {}): Resolver {
  if (data.format !== 1) throw new Error('this resolve.mjs reads data of format 1: take both from one export');
  const world = worldOf(data);
  const { accounts, accountsKey: named } = data.platform;
  const digestOf = accountsKey === undefined ? undefined : digester(accountsKey, named);
  const keptAs = (account: string | undefined): string | undefined => {
    if (account === undefined || accounts !== 'digest' || isDigest(account)) return undefined;
    if (!digestOf) throw new Error('accounts are kept as digests here: give { accountsKey }');
    return digestOf(account);
  };
  const queryOf = (question: Question): Query => ({
    miniapp: question.miniapp,
    app: question.app,
    region: question.region,
    entry: question.entry ?? 'link',
    account: question.account,
    accountDigest: keptAs(question.account),
    inRollout: question.audience === 'rollout' ? true : undefined,
    page: question.page,
    device: question.device,
    appVersion: question.appVersion,
    now: timeOf(question.now),
  });
  const ask = (question: Question): Answer => resolutionJson(resolution(world, queryOf(question)));
  const decide = (question: Question): Decision => {
    const found = find(world, queryOf(question));
    return 'version' in found
      ? { outcome: 'opens', version: found.version, channel: found.channel }
      : { outcome: 'error', code: found.code };
  };
  return Object.assign(ask, { decide });
}

const timeOf = (now: number | string | undefined): number =>
  now === undefined ? Date.now() : typeof now === 'number' ? now : Date.parse(now);

const known = new WeakMap<Exported, Resolver>();

/** One question; the data is prepared the first time. */
export function resolve(data: Exported, question: Question, options?: Options): Answer {
  if (options) return resolver(data, options)(question);
  let ask = known.get(data);
  if (!ask) known.set(data, (ask = resolver(data)));
  return ask(question);
}

export default resolve;
