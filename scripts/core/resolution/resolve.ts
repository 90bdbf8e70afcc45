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
  Fix,
  Query,
  ReasonCode,
  Resolution,
  ResolutionMiniapp,
  ResolutionWorld,
  TraceStep,
} from './resolution.ts';
import { isLive } from '../dates.ts';
import { once } from '../once.ts';

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

/** Whether a whitelist row of an app can give anybody anything: it opens in the default app, and wherever some region is delivered to. */
export const isReachable = (
  { apps }: Pick<ResolutionWorld, 'apps'>,
  { basics, trafficking }: Pick<ResolutionMiniapp, 'basics' | 'trafficking'>,
  app: string,
): boolean => basics.type === 'panel' || apps.get(app)?.default === true || trafficking.some((row) => row.app === app);

/** What the steps come to. `opened`: the version that would open but for its page or the version of the app. */
type LookupResult =
  | { readonly version: string; readonly channel: Channel }
  | { readonly code: OutcomeCode; readonly args?: Args; readonly opened?: string };

/**
 * Resolves a query: which version opens for this miniapp, app, region, account and entry at `now` (milliseconds since 1970), or which error.
 * The reason, the fixes and the link are computed when they are read, because hosts ask a million times which version opens, and people
 * once why. Pure, and never throws.
 */
export function resolve(world: ResolutionWorld, query: Query): Resolution {
  const found = find(world, query);
  return 'version' in found ? new Opening(world, query, found) : new Refusal(world, query, found);
}

/** The version that opens, or the code of the error, and nothing else. */
export const decide = find;

/** Classes, because an object literal with getters costs more than all the rules. */
class ResolutionAnswer {
  readonly #world: ResolutionWorld;
  readonly #query: Query;
  readonly #opened: string | undefined;
  #trace: readonly TraceStep[] | undefined;
  #fix: Fix[] | undefined;

  constructor(world: ResolutionWorld, query: Query, opened?: string) {
    this.#world = world;
    this.#query = query;
    this.#opened = opened;
  }

  get trace(): readonly TraceStep[] {
    if (this.#trace) return this.#trace;
    const steps: TraceStep[] = [];
    find(this.#world, this.#query, steps);
    return (this.#trace = steps);
  }

  protected fixes(code: OutcomeCode): Fix[] {
    return (this.#fix ??= fixesFor(code, this.#world, this.#query, this.#opened));
  }

  protected link(): string {
    return urlOf(this.#world, this.#query);
  }
}

class Opening extends ResolutionAnswer {
  readonly outcome = 'opens';
  readonly version: string;
  readonly channel: Channel;

  constructor(world: ResolutionWorld, query: Query, { version, channel }: Extract<LookupResult, { version: unknown }>) {
    super(world, query);
    this.version = version;
    this.channel = channel;
  }

  get url(): string {
    return this.link();
  }
}

class Refusal extends ResolutionAnswer {
  readonly outcome = 'error';
  readonly code: OutcomeCode;
  readonly args: Args;

  constructor(world: ResolutionWorld, query: Query, { code, args, opened }: Extract<LookupResult, { code: unknown }>) {
    super(world, query, opened);
    this.code = code;
    this.args = args ?? argsOf(world, query);
  }

  get fix(): Fix[] {
    return this.fixes(this.code);
  }
}

/** Takes the steps; `trace`: where each rule is noted as tried, with its reason. */
function find(world: ResolutionWorld, query: Query, trace?: TraceStep[]): LookupResult {
  const miniapp = world.miniapps.get(query.miniapp);
  const app = world.apps.get(query.app);
  const args = once(() => argsOf(world, query));
  type Reason = TraceStep['reason'];
  /** Notes a rule as tried, and gives back whether it applies. */
  const applies = (rule: TraceRule, isTrue: boolean, reason?: () => Reason, own: () => Args = args): boolean => {
    if (trace) {
      const why = reason?.();
      trace.push({ rule, applies: isTrue, args: own(), ...(why ? { reason: why } : {}) });
    }
    return isTrue;
  };

  if (applies('unknown-miniapp', !miniapp) || !miniapp) return { code: 'unknown-miniapp' };
  if (applies('unknown-app', !app) || !app) return { code: 'unknown-app' };
  if (applies('unknown-region', !app.regions.includes(query.region))) return { code: 'unknown-region' };
  // An app that does not say what its versions can run is asked nothing.
  const isVersionAsked = query.appVersion !== undefined && app.runtimes !== undefined;
  const runtime = isVersionAsked ? app.runtimes.find(({ appVersion }) => appVersion === query.appVersion) : undefined;
  if (isVersionAsked && applies('unknown-app-version', !runtime)) return { code: 'unknown-app-version' };

  const byExperience = query.entry === 'experience';
  const isPanel = miniapp.basics.type === 'panel';
  const isDefaultApp = app.default === true;
  const { online, experience, rollout } = miniapp.release;
  const delivered = isDelivered(miniapp, app.id, query.region);
  if (applies('device-required', isPanel && byExperience && !query.device)) return { code: 'device-required' };

  const delivery = (): Reason => {
    if (isPanel) return { code: 'panel-delivered', args: args() };
    if (delivered) return { code: 'delivered', args: args() };
    return { code: isDefaultApp ? 'default-app' : 'no-delivery', args: args() };
  };
  const isTested = byExperience && experience !== undefined;
  const { isWhitelisted, expired } =
    isTested && query.whitelisted === undefined
      ? whitelisting(miniapp, app.id, query.accountDigest ?? query.account, query.now)
      : { isWhitelisted: query.whitelisted === true, expired: undefined };
  const refusal = (): Reason => {
    const reason = (code: ReasonCode, own: Args = args()) => ({ code, args: own });
    if (!byExperience) return reason('normal-link');
    if (!experience) return reason('none-set');
    if (expired !== undefined) return reason('expired', { ...args(), expires: expired });
    if (!isWhitelisted) {
      const isNobody = query.account === undefined && query.whitelisted === undefined;
      return reason(isNobody ? 'no-account' : 'not-whitelisted');
    }
    return reason('no-delivery');
  };
  const opensExperience = isTested && isWhitelisted && (delivered || isDefaultApp);
  if (applies('opens-experience', opensExperience, opensExperience ? delivery : refusal)) {
    return opens(experience!.version, 'experience');
  }
  if (applies('app-not-associated', !delivered, delivery)) return { code: 'app-not-associated' };
  if (applies('no-online-version', !online && !byExperience)) return { code: 'no-online-version' };
  if (applies('no-permission', !online && experience !== undefined)) return { code: 'no-permission' };
  if (applies('no-experience-version', !online) || !online) return { code: 'no-experience-version' };
  if (applies('service-disabled', !online.enabled)) return { code: 'service-disabled' };
  if (rollout) {
    const { reason, isIn: takesPart } = participation(query, rollout);
    const lacks = takesPart && runtime ? lacksOf(miniapp.versions.get(rollout.version) ?? {}, runtime) : [];
    const own = () => ({ ...args(), version: rollout.version, percent: rollout.percent });
    const why = (): Reason =>
      lacks.length > 0 ? { code: 'host-lacks', args: lackArgs(lacks) } : { code: reason, args: own() };
    if (applies('opens-rollout', takesPart && lacks.length === 0, why, own)) return opens(rollout.version, 'rollout');
  }
  applies('opens-online', true);
  return opens(online.version, 'online');

  /** What comes of a version that the steps give: whether the app version runs it, or another one that does, and its page. */
  function opens(version: string, channel: Channel): LookupResult {
    const lacks = runtime ? lacksOf(miniapp!.versions.get(version) ?? {}, runtime) : [];
    if (!runtime || lacks.length === 0) {
      if (runtime) applies('host-incompatible', false, undefined, () => ({ ...args(), version }));
      return opensPage(version, channel);
    }
    const own = { ...args(), version, ...lackArgs(lacks) };
    const reason = () => ({ code: 'host-lacks', args: own }) as const;
    if (channel === 'online' && world.platform.compatibility === 'newest-fitting') {
      const fitting = newestFitting(miniapp!.release, miniapp!.versions, runtime);
      applies('opens-fitting', fitting !== undefined, reason, () => ({ ...own, fitting: fitting ?? '' }));
      if (fitting !== undefined) return opensPage(fitting, channel);
    }
    applies('host-incompatible', true, reason, () => own);
    return { code: 'host-incompatible', args: own, opened: version };
  }

  function opensPage(version: string, channel: Channel): LookupResult {
    const page = query.page === undefined ? '' : splitPage(query.page).path;
    if (page === '') return { version, channel };
    const pages = miniapp!.versions.get(version)?.pages ?? [];
    const isMissing = pages.length > 0 && !pages.includes(page);
    const own = () => ({ ...args(), version, page });
    if (!applies('page-not-found', isMissing, undefined, own)) return { version, channel };
    return { code: 'page-not-found', args: own(), opened: version };
  }
}

/** Filling a template costs more than all the rules. */
function urlOf(world: ResolutionWorld, { miniapp, app, entry, page, device }: Query): string {
  const { scheme } = world.apps.get(app)!;
  const version = codeVersion(world.miniapps.get(miniapp)!.release, entry);
  return linkFor(world.platform.link, entry, { scheme, miniapp, version, page, device });
}

/** The version that a code is for: what it opens for those whom it is meant for. */
export const codeVersion = (release: Release, entry: Entry): string | undefined =>
  (entry === 'experience' ? release.experience?.version : undefined) ?? release.online?.version;

function argsOf({ miniapps }: ResolutionWorld, { miniapp, app, region, appVersion }: Query): Args {
  const release = miniapps.get(miniapp)?.release;
  return {
    miniapp,
    app,
    region,
    online: release?.online?.version ?? '',
    experience: release?.experience?.version ?? '',
    ...(appVersion === undefined ? {} : { appVersion }),
  };
}
