/**
 * Resolution: which version opens for which account in which app and region, or which error, why, and how to fix it.
 * The order of the steps is the contract's; the first that applies is the answer. Pure and total: any input has an answer.
 */
import { canonicalAccount, isDigest } from '../policy/account.ts';
import type { Args, OutcomeCode, TraceRule } from '../problems/messages.ts';
import { fixesFor } from './fixes.ts';
import { lackArgs, lacksOf, newestFitting } from './compatibility.ts';
import { linkFor, splitPage } from './miniapp-link.ts';
import type { Entry, Release } from '../model.ts';
import { covers, isIn, type Rollout } from './rollout.ts';
import type {
  Channel,
  Query,
  ReasonCode,
  Resolution,
  ResolutionMiniapp,
  ResolutionWorld,
  TraceStep,
} from './resolution.ts';
import { isLive } from '../dates.ts';

export type * from './resolution.ts';

/** Whether an account is whitelisted in an app, and if only an expired row names it, since when. */
function whitelisting(
  miniapp: Pick<ResolutionMiniapp, 'whitelist'>,
  app: string,
  account: string | undefined,
  now: number,
): { isWhitelisted: boolean; expired?: string } {
  if (account === undefined) return { isWhitelisted: false };
  const canonical = canonicalAccount(account);
  const rows = miniapp.whitelist.filter((row) => row.app === app && row.account === canonical);
  const isWhitelisted = rows.some((row) => isLive(row.expires, now));
  const expired = isWhitelisted ? undefined : rows[0]?.expires;
  return expired === undefined ? { isWhitelisted } : { isWhitelisted, expired };
}

/** Whether somebody is in a rollout, and why. */
function participation(query: Query, rollout: Rollout): { isIn: boolean; reason: ReasonCode } {
  const { miniapp, app, region, account, inRollout } = query;
  if (!covers(rollout, app, region)) return { isIn: false, reason: 'not-covered' };
  if (inRollout !== undefined) return { isIn: inRollout, reason: inRollout ? 'in' : 'not-in' };
  if (account === undefined) return { isIn: false, reason: 'no-account' };
  // The part is that of the account itself, which nobody can tell from what stands for it.
  if (isDigest(account)) return { isIn: false, reason: 'only-digest' };
  return isIn(miniapp, rollout, account) ? { isIn: true, reason: 'in' } : { isIn: false, reason: 'not-in' };
}

/** Delivered: some trafficking row names the app with the region. A panel counts as delivered to every app. */
export const isDelivered = (miniapp: ResolutionMiniapp, app: string, region: string): boolean =>
  miniapp.basics.type === 'panel' || miniapp.trafficking.some((row) => row.app === app && row.regions.includes(region));

export function resolve(world: ResolutionWorld, query: Query): Resolution {
  const trace: TraceStep[] = [];
  const facts = factsOf(world, query);
  const error = (code: OutcomeCode): Resolution => {
    const args = facts.args;
    return { outcome: 'error', code, args, fix: fixesFor(code, world, query), trace };
  };
  /** Notes a rule as tried, and gives back whether it applies. */
  const applies = (rule: TraceRule, isTrue: boolean, reason?: TraceStep['reason']): boolean => {
    trace.push({ rule, applies: isTrue, args: facts.args, ...(reason ? { reason } : {}) });
    return isTrue;
  };

  const { miniapp, app } = facts;
  if (applies('unknown-miniapp', !miniapp) || !miniapp) return error('unknown-miniapp');
  if (applies('unknown-app', !app) || !app) return error('unknown-app');
  if (applies('unknown-region', !app.regions.includes(query.region))) return error('unknown-region');
  // An app that does not say what its versions can run is asked nothing.
  const isVersionAsked = query.appVersion !== undefined && app.runtimes !== undefined;
  const runtime = isVersionAsked ? app.runtimes.find(({ appVersion }) => appVersion === query.appVersion) : undefined;
  if (isVersionAsked && applies('unknown-app-version', !runtime)) return error('unknown-app-version');

  const byExperience = query.entry === 'experience';
  const isPanel = miniapp.basics.type === 'panel';
  const isDefaultApp = app.default === true;
  const { online, experience } = miniapp.release;
  const delivered = isDelivered(miniapp, app.id, query.region);
  const { isWhitelisted, expired } =
    query.whitelisted === undefined
      ? whitelisting(miniapp, app.id, query.accountDigest ?? query.account, query.now)
      : { isWhitelisted: query.whitelisted, expired: undefined };
  const mayOpenExperience = delivered || isDefaultApp;

  if (applies('device-required', isPanel && byExperience && !query.device)) return error('device-required');

  const delivery = deliveryReason(isPanel, delivered, isDefaultApp, facts.args);
  const refusal = (): TraceStep['reason'] => {
    const reason = (code: ReasonCode, args: Args = facts.args) => ({ code, args });
    if (!byExperience) return reason('normal-link');
    if (!experience) return reason('none-set');
    if (expired !== undefined) return reason('expired', { ...facts.args, expires: expired });
    if (!isWhitelisted) {
      const isNobody = query.account === undefined && query.whitelisted === undefined;
      return reason(isNobody ? 'no-account' : 'not-whitelisted');
    }
    return reason('no-delivery');
  };
  const opensExperience = byExperience && experience !== undefined && isWhitelisted && mayOpenExperience;
  if (applies('opens-experience', opensExperience, opensExperience ? delivery : refusal())) {
    return opens(experience!.version, 'experience');
  }
  if (applies('app-not-associated', !delivered, delivery)) return error('app-not-associated');
  if (applies('no-online-version', !online && !byExperience)) return error('no-online-version');
  if (applies('no-permission', !online && experience !== undefined)) return error('no-permission');
  if (applies('no-experience-version', !online) || !online) return error('no-experience-version');
  if (applies('service-disabled', !online.enabled)) return error('service-disabled');
  const { rollout } = miniapp.release;
  if (rollout) {
    const { reason, isIn: takesPart } = participation(query, rollout);
    const args = { ...facts.args, version: rollout.version, percent: rollout.percent };
    const lacks = takesPart && runtime ? lacksOf(miniapp.versions.get(rollout.version) ?? {}, runtime) : [];
    const why = lacks.length > 0 ? { code: 'host-lacks' as const, args: lackArgs(lacks) } : { code: reason, args };
    const opensRollout = takesPart && lacks.length === 0;
    trace.push({ rule: 'opens-rollout', applies: opensRollout, args, reason: why });
    if (opensRollout) return opens(rollout.version, 'rollout');
  }
  applies('opens-online', true);
  return opens(online.version, 'online');

  /** What comes of a version that the steps give: whether the app version runs it, or another one that does, and its page. */
  function opens(version: string, channel: Channel): Resolution {
    if (!runtime) return opensPage(version, channel);
    const lacks = lacksOf(miniapp!.versions.get(version) ?? {}, runtime);
    if (lacks.length === 0) {
      trace.push({ rule: 'host-incompatible', applies: false, args: { ...facts.args, version } });
      return opensPage(version, channel);
    }
    const args = { ...facts.args, version, ...lackArgs(lacks) };
    const reason = { code: 'host-lacks', args } as const;
    if (channel === 'online' && world.platform.compatibility === 'newest-fitting') {
      const fitting = newestFitting(miniapp!.release, miniapp!.versions, runtime);
      const instead = { ...args, fitting: fitting ?? '' };
      trace.push({ rule: 'opens-fitting', applies: fitting !== undefined, args: instead, reason });
      if (fitting !== undefined) return opensPage(fitting, channel);
    }
    trace.push({ rule: 'host-incompatible', applies: true, args, reason });
    const fix = fixesFor('host-incompatible', world, query, version);
    return { outcome: 'error', code: 'host-incompatible', args, fix, trace };
  }

  function opensPage(version: string, channel: Channel): Resolution {
    const pages = miniapp!.versions.get(version)?.pages ?? [];
    const page = splitPage(query.page ?? '').path;
    if (page !== '') {
      const isMissing = pages.length > 0 && !pages.includes(page);
      trace.push({ rule: 'page-not-found', applies: isMissing, args: { ...facts.args, version, page } });
      if (isMissing) {
        const args = { ...facts.args, version, page };
        return {
          outcome: 'error',
          code: 'page-not-found',
          args,
          fix: fixesFor('page-not-found', world, query, version),
          trace,
        };
      }
    }
    const { device } = query;
    const code = { scheme: app!.scheme, miniapp: query.miniapp, version: codeVersion(miniapp!.release, query.entry) };
    // Made when it is asked for: filling a template costs more than all the rules, and a table of answers shows no link.
    const url = () => linkFor(world.platform.link, query.entry, { ...code, page: query.page, device });
    return {
      outcome: 'opens',
      version,
      channel,
      get url() {
        return url();
      },
      trace,
    };
  }
}

/** The version that a code is for: what it opens for those whom it is meant for. */
export const codeVersion = (release: Release, entry: Entry): string | undefined =>
  (entry === 'experience' ? release.experience?.version : undefined) ?? release.online?.version;

function factsOf(world: ResolutionWorld, query: Query) {
  const miniapp = world.miniapps.get(query.miniapp);
  const app = world.apps.get(query.app);
  const args: Args = {
    miniapp: query.miniapp,
    app: query.app,
    region: query.region,
    online: miniapp?.release.online?.version ?? '',
    experience: miniapp?.release.experience?.version ?? '',
    ...(query.appVersion === undefined ? {} : { appVersion: query.appVersion }),
  };
  return { miniapp, app, args };
}

function deliveryReason(isPanel: boolean, delivered: boolean, isDefaultApp: boolean, args: Args): TraceStep['reason'] {
  if (isPanel) return { code: 'panel-delivered', args };
  if (delivered) return { code: 'delivered', args };
  return { code: isDefaultApp ? 'default-app' : 'no-delivery', args };
}
