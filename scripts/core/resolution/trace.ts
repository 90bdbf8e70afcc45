/** Why: the steps of a resolution as they were tried, each with its reason. Only who asks why pays for them. */
import { isLive } from '../dates.ts';
import { defined } from '../defined.ts';
import { canonicalAccount, isDigest, isNamed } from '../identity/account.ts';
import type { Args, TraceRule } from '../problems/messages.ts';
import type { WhitelistRow } from '../model.ts';
import { lackArgs, lacksOf, type RuntimeNeeds, type Runtime } from './compatibility.ts';
import type { Query, ReasonCode, ResolutionApp, ResolutionMiniapp, TraceStep } from './resolution.ts';
import { covers, type Rollout } from './rollout.ts';

type TraceReason = NonNullable<TraceStep['reason']>;

/** A question about a miniapp and an app that are there. */
export interface ResolutionContext {
  readonly query: Query;
  readonly miniapp: ResolutionMiniapp;
  readonly app: ResolutionApp;
  /** What the app version holds, where it is asked and known. */
  readonly runtime: Runtime | undefined;
}

export class Trace {
  readonly steps: TraceStep[] = [];
  /** What every sentence may name. */
  readonly args: Args;

  constructor(args: Args) {
    this.args = args;
  }

  note(rule: TraceRule, applies: boolean, reason: TraceReason | undefined, args: Args | undefined): void {
    this.steps.push({ rule, applies, args: args ?? this.args, ...defined({ reason }) });
  }
}

/** Notes a rule as tried where somebody asks why, and gives back whether it applies. */
export function tried(
  trace: Trace | undefined,
  rule: TraceRule,
  applies: boolean,
  reason?: TraceReason,
  args?: Args,
): boolean {
  if (trace) trace.note(rule, applies, reason, args);
  return applies;
}

/** Which of the needs a runtime does not meet, as a reason. */
export const hostLacks = (needs: RuntimeNeeds | undefined, runtime: Runtime): TraceReason => ({
  code: 'host-lacks',
  args: lackArgs(lacksOf(needs ?? {}, runtime)),
});

/** Why a miniapp is or is not delivered in an app; panels are everywhere, and the default app needs no delivery for experience. */
export function deliveryReason({ miniapp, app }: ResolutionContext, isDelivered: boolean, args: Args): TraceReason {
  if (miniapp.basics.type === 'panel') return { code: 'panel-delivered', args };
  if (isDelivered) return { code: 'delivered', args };
  return { code: app.default === true ? 'default-app' : 'no-delivery', args };
}

/** The whitelist rows that name the account in the app. */
export function rowsOf({ query, miniapp, app }: ResolutionContext): readonly WhitelistRow[] {
  const account = query.accountDigest ?? query.account;
  if (account === undefined || miniapp.whitelist.length === 0) return [];
  const canonical = canonicalAccount(account);
  return miniapp.whitelist.filter((row) => row.app === app.id && row.account === canonical);
}

/** Why the experience version does not open. */
export function experienceRefusal(asked: ResolutionContext, args: Args): TraceReason {
  const { query, miniapp } = asked;
  if (query.entry !== 'experience') return { code: 'normal-link', args };
  if (!miniapp.release.experience) return { code: 'none-set', args };
  if (query.whitelisted === true) return { code: 'no-delivery', args };
  if (query.whitelisted === false) return { code: 'not-whitelisted', args };
  const rows = rowsOf(asked);
  if (rows.some((row) => isLive(row.expires, query.now))) return { code: 'no-delivery', args };
  const expires = rows[0]?.expires;
  if (expires !== undefined) return { code: 'expired', args: { ...args, expires } };
  return { code: isNamed(query.account) ? 'not-whitelisted' : 'no-account', args };
}

/** Why somebody is in a rollout or not. */
export function rolloutReason({ query, app }: ResolutionContext, rollout: Rollout, takesPart: boolean): ReasonCode {
  if (!covers(rollout, app.id, query.region)) return 'not-covered';
  if (takesPart) return 'in';
  if (query.inRollout !== undefined) return 'not-in';
  if (!isNamed(query.account)) return 'no-account';
  return isDigest(query.account) ? 'only-digest' : 'not-in';
}
