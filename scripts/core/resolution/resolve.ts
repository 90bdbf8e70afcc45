/**
 * Resolution: which version opens for which account in which app and region, or which error, why, and how to fix it.
 * The order of the steps is the contract's; the first that applies is the answer. Pure and total: any input has an answer.
 */
import { isLive } from '../dates.ts';
import { defined } from '../defined.ts';
import type { Entry, Release } from '../model.ts';
import { isDigest, isNamed } from '../identity/account.ts';
import type { Args, OutcomeCode } from '../problems/messages.ts';
import { fits, lackArgs, lacksOf, newestFitting, type RuntimeNeeds, type Runtime } from './compatibility.ts';
import { fixesFor } from './fixes.ts';
import { linkFor, splitPage } from './miniapp-link.ts';
import type {
  Channel,
  Fix,
  Query,
  Resolution,
  ResolutionMiniapp,
  ResolutionWorkspace,
  TraceStep,
} from './resolution.ts';
import { covers, isIn, type Rollout } from './rollout.ts';
import {
  deliveryReason,
  experienceRefusal,
  hostLacks,
  rolloutReason,
  rowsOf,
  Trace,
  tried,
  type ResolutionContext,
} from './trace.ts';

export type * from './resolution.ts';

const isWhitelisted = (asked: ResolutionContext): boolean =>
  asked.query.whitelisted ?? rowsOf(asked).some((row) => isLive(row.expires, asked.query.now));

/** Whether somebody is in the part of a rollout. */
function takesPart({ miniapp, account, inRollout }: Query, rollout: Rollout): boolean {
  if (inRollout !== undefined) return inRollout;
  // The part is that of the account itself, which nobody can tell from what stands for it.
  return isNamed(account) && !isDigest(account) && isIn(miniapp, rollout, account);
}

/** Delivered: some trafficking row names the app with the region. A panel counts as delivered to every app. */
export function isDelivered({ basics, trafficking }: ResolutionMiniapp, app: string, region: string): boolean {
  if (basics.type === 'panel') return true;
  for (const row of trafficking) if (row.app === app && row.regions.includes(region)) return true;
  return false;
}

/** Whether a whitelist row of an app can give anybody anything: it opens in the default app, and wherever some region is delivered to. */
export const isReachable = (
  { apps }: Pick<ResolutionWorkspace, 'apps'>,
  { basics, trafficking }: Pick<ResolutionMiniapp, 'basics' | 'trafficking'>,
  app: string,
): boolean => basics.type === 'panel' || apps.get(app)?.default === true || trafficking.some((row) => row.app === app);

/** What the steps come to. `opened`: the version that would open but for its page or the version of the app. */
type LookupResult =
  { readonly version: string; readonly channel: Channel } | { readonly code: OutcomeCode; readonly opened?: string };

/**
 * Resolves a query: which version opens for this miniapp, app, region, account and entry at `now` (milliseconds since 1970), or which error.
 * The reason, the fixes and the link are computed when they are read, because hosts ask a million times which version opens, and people
 * once why. Pure, and never throws.
 */
export function resolve(workspace: ResolutionWorkspace, query: Query): Resolution {
  const found = find(workspace, query);
  return 'version' in found ? new Opening(workspace, query, found) : new RefusedOutcome(workspace, query, found);
}

/** The version that opens, or the code of the error, and nothing else. */
export const decide = find;

/** Classes, because an object literal with getters costs more than all the rules. */
class ResolutionAnswer {
  readonly #workspace: ResolutionWorkspace;
  readonly #query: Query;
  readonly #opened: string | undefined;
  #trace: readonly TraceStep[] | undefined;
  #fix: Fix[] | undefined;

  constructor(workspace: ResolutionWorkspace, query: Query, opened?: string) {
    this.#workspace = workspace;
    this.#query = query;
    this.#opened = opened;
  }

  get trace(): readonly TraceStep[] {
    if (this.#trace) return this.#trace;
    const trace = new Trace(argsOf(this.#workspace, this.#query));
    find(this.#workspace, this.#query, trace);
    return (this.#trace = trace.steps);
  }

  protected fixes(code: OutcomeCode): Fix[] {
    return (this.#fix ??= fixesFor(code, this.#workspace, this.#query, this.#opened));
  }

  protected link(): string {
    return urlOf(this.#workspace, this.#query);
  }
}

class Opening extends ResolutionAnswer {
  readonly outcome = 'opens';
  readonly version: string;
  readonly channel: Channel;

  constructor(
    workspace: ResolutionWorkspace,
    query: Query,
    { version, channel }: Extract<LookupResult, { version: unknown }>,
  ) {
    super(workspace, query);
    this.version = version;
    this.channel = channel;
  }

  get url(): string {
    return this.link();
  }
}

class RefusedOutcome extends ResolutionAnswer {
  readonly outcome = 'error';
  readonly code: OutcomeCode;
  readonly args: Args;

  constructor(
    workspace: ResolutionWorkspace,
    query: Query,
    { code, opened }: Extract<LookupResult, { code: unknown }>,
  ) {
    super(workspace, query, opened);
    this.code = code;
    this.args = opened === undefined ? argsOf(workspace, query) : openedArgs(workspace, query, code, opened);
  }

  get fix(): Fix[] {
    return this.fixes(this.code);
  }
}

/**
 * Takes the steps. `trace`: where each rule is noted as tried, with its reason. Without it nothing is made but the answer: what only a
 * trace shows stands behind `trace &&`, and no step is a function made for the question.
 */
function find(workspace: ResolutionWorkspace, query: Query, trace?: Trace): LookupResult {
  const miniapp = workspace.miniapps.get(query.miniapp);
  if (tried(trace, 'unknown-miniapp', !miniapp) || !miniapp) return { code: 'unknown-miniapp' };
  const app = workspace.apps.get(query.app);
  if (tried(trace, 'unknown-app', !app) || !app) return { code: 'unknown-app' };
  if (tried(trace, 'unknown-region', !app.regions.includes(query.region))) return { code: 'unknown-region' };
  // An app that does not say what its versions can run is asked nothing.
  const isVersionAsked = query.appVersion !== undefined && app.runtimes !== undefined;
  const runtime = isVersionAsked ? runtimeOf(app.runtimes, query.appVersion) : undefined;
  if (isVersionAsked && tried(trace, 'unknown-app-version', !runtime)) return { code: 'unknown-app-version' };

  const asked: ResolutionContext = { query, miniapp, app, runtime };
  const byExperience = query.entry === 'experience';
  const needsDevice = miniapp.basics.type === 'panel' && byExperience;
  const { online, experience, rollout } = miniapp.release;
  if (tried(trace, 'device-required', needsDevice && !query.device)) return { code: 'device-required' };

  const delivered = isDelivered(miniapp, app.id, query.region);
  const delivery = trace && deliveryReason(asked, delivered, trace.args);
  const isTester = byExperience && experience !== undefined && isWhitelisted(asked);
  const opensExperience = isTester && (delivered || app.default === true);
  const whyExperience = trace && (opensExperience ? delivery : experienceRefusal(asked, trace.args));
  if (tried(trace, 'opens-experience', opensExperience, whyExperience)) {
    return opens(workspace, asked, experience!.version, 'experience', trace);
  }
  if (tried(trace, 'app-not-associated', !delivered, delivery)) return { code: 'app-not-associated' };
  if (tried(trace, 'no-online-version', !online && !byExperience)) return { code: 'no-online-version' };
  if (tried(trace, 'no-permission', !online && experience !== undefined)) return { code: 'no-permission' };
  if (tried(trace, 'no-experience-version', !online) || !online) return { code: 'no-experience-version' };
  if (tried(trace, 'service-disabled', !online.enabled)) return { code: 'service-disabled' };
  if (rollout && opensRollout(asked, rollout, trace)) return opens(workspace, asked, rollout.version, 'rollout', trace);
  tried(trace, 'opens-online', true);
  return opens(workspace, asked, online.version, 'online', trace);
}

function runtimeOf(runtimes: readonly Runtime[], appVersion: string | undefined): Runtime | undefined {
  for (const runtime of runtimes) if (runtime.appVersion === appVersion) return runtime;
  return undefined;
}

/** Whether somebody gets the version that is rolled out: is in its part, with an app version that runs it. */
function opensRollout(asked: ResolutionContext, rollout: Rollout, trace: Trace | undefined): boolean {
  const { query, miniapp, app, runtime } = asked;
  const isMember = covers(rollout, app.id, query.region) && takesPart(query, rollout);
  const needs = miniapp.versions.get(rollout.version);
  const isRunning = !isMember || !runtime || fits(needs, runtime);
  if (!trace) return isMember && isRunning;
  const args = { ...trace.args, version: rollout.version, percent: rollout.percent };
  const reason = isRunning ? { code: rolloutReason(asked, rollout, isMember), args } : hostLacks(needs, runtime);
  return tried(trace, 'opens-rollout', isMember && isRunning, reason, args);
}

/** What comes of a version that the steps give: whether the app version runs it, or another one that does, and its page. */
function opens(
  { platform }: ResolutionWorkspace,
  asked: ResolutionContext,
  version: string,
  channel: Channel,
  trace: Trace | undefined,
): LookupResult {
  const { release, versions } = asked.miniapp;
  const { runtime } = asked;
  if (!runtime) return opensPage(asked, version, channel, trace);
  const needs = versions.get(version);
  const isFitting = fits(needs, runtime);
  const lacking = trace && (isFitting ? { ...trace.args, version } : lackingArgs(trace.args, version, needs, runtime));
  const reason = lacking && !isFitting ? { code: 'host-lacks' as const, args: lacking } : undefined;
  if (!isFitting && channel === 'online' && platform.compatibility === 'newest-fitting') {
    const fitting = newestFitting(release, versions, runtime);
    tried(trace, 'opens-fitting', fitting !== undefined, reason, lacking && { ...lacking, fitting: fitting ?? '' });
    if (fitting !== undefined) return opensPage(asked, fitting, channel, trace);
  }
  if (tried(trace, 'host-incompatible', !isFitting, reason, lacking)) {
    return { code: 'host-incompatible', opened: version };
  }
  return opensPage(asked, version, channel, trace);
}

function opensPage(
  { query, miniapp }: ResolutionContext,
  version: string,
  channel: Channel,
  trace: Trace | undefined,
): LookupResult {
  const page = pageOf(query);
  if (page === '') return { version, channel };
  const pages = miniapp.versions.get(version)?.pages ?? [];
  const isMissing = pages.length > 0 && !pages.includes(page);
  tried(trace, 'page-not-found', isMissing, undefined, trace && { ...trace.args, version, page });
  return isMissing ? { code: 'page-not-found', opened: version } : { version, channel };
}

const pageOf = ({ page }: Query): string => (page === undefined ? '' : splitPage(page).path);

/** Filling a template costs more than all the rules. */
function urlOf(workspace: ResolutionWorkspace, { miniapp, app, entry, page, device }: Query): string {
  const { scheme } = workspace.apps.get(app)!;
  const version = codeVersion(workspace.miniapps.get(miniapp)!.release, entry);
  return linkFor(workspace.platform.link, entry, { scheme, miniapp, version, page, device });
}

/** The version that a code is for: what it opens for those whom it is meant for. */
export const codeVersion = (release: Release, entry: Entry): string | undefined =>
  (entry === 'experience' ? release.experience?.version : undefined) ?? release.online?.version;

function argsOf({ miniapps }: ResolutionWorkspace, { miniapp, app, region, appVersion }: Query): Args {
  const release = miniapps.get(miniapp)?.release;
  return {
    miniapp,
    app,
    region,
    online: release?.online?.version ?? '',
    experience: release?.experience?.version ?? '',
    ...defined({ appVersion }),
  };
}

/** What is said of an error because of the version that would have opened. */
function openedArgs(workspace: ResolutionWorkspace, query: Query, code: OutcomeCode, version: string): Args {
  const args = argsOf(workspace, query);
  if (code === 'page-not-found') return { ...args, version, page: pageOf(query) };
  const runtime = runtimeOf(workspace.apps.get(query.app)!.runtimes ?? [], query.appVersion)!;
  return lackingArgs(args, version, workspace.miniapps.get(query.miniapp)!.versions.get(version), runtime);
}

const lackingArgs = (args: Args, version: string, needs: RuntimeNeeds | undefined, runtime: Runtime): Args => ({
  ...args,
  version,
  ...lackArgs(lacksOf(needs ?? {}, runtime)),
});
