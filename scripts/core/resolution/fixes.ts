/** For each error of a resolution the smallest edits that cure it, each with the command that makes it. */
import type { Args, FixCode, OutcomeCode } from '../problems/messages.ts';
import { lackArgs, lacksOf, lowestFitting } from './compatibility.ts';
import type { Fix, Query, ResolutionMiniapp, ResolutionVersion, ResolutionWorkspace } from './resolution.ts';
import { pushWords, shellWord, toolCommand, uploadWords } from '../tool-command.ts';
import { canonicalAccount, isNamed } from '../identity/account.ts';
import { withUpdate, type IntendedChange } from '../lifecycle/lifecycle.ts';
import { stepTowardsUsers } from './towards-users.ts';
import { newestFirst } from '../version.ts';

/** Fixes, the likeliest first. `opened` is the version that would open but for its pages. */
export function fixesFor(code: OutcomeCode, workspace: ResolutionWorkspace, asking: Query, opened?: string): Fix[] {
  // No command takes an account that is nothing.
  const query = isNamed(asking.account) ? asking : { ...asking, account: undefined };
  const miniapp = workspace.miniapps.get(query.miniapp);
  const app = workspace.apps.get(query.app);
  const { miniapp: id, region } = query;
  const base: Args = { miniapp: id, app: query.app, region };
  const fix: MakeFix = (fixCode, command, args = {}, change = undefined) => {
    const names = (change && miniapp?.brokenBy?.(change)) ?? [];
    return {
      code: fixCode,
      args: { ...base, ...args },
      command: toolCommand(change ? withUpdate(command, change, names) : command),
      ...(change && names.length > 0 ? { breaks: { by: change.kind, names } } : {}),
    };
  };

  const whitelist = () => {
    const { app, account, accountDigest } = query;
    const command = `whitelist add ${id} --app ${app} --account ${shellWord(account ?? 'ACCOUNT')}`;
    const kept = accountDigest ?? (account === undefined ? undefined : canonicalAccount(account));
    return fix('whitelist', command, {}, kept === undefined ? kept : { kind: 'edit-whitelist', app, account: kept });
  };
  const deliver = () => {
    const { app } = query;
    const change = { kind: 'edit-trafficking', app, regions: [region] } as const;
    return fix('deliver', `trafficking add ${id} --app ${app} --region ${region}`, {}, change);
  };

  // Nothing of it is enabled, tried or reviewed before it is taken up again.
  if (miniapp?.basics.archived === true && TOWARDS_OPENING.has(code))
    return [fix('unarchive', `edit ${id} --unarchive`)];
  switch (code) {
    case 'unknown-miniapp':
      return [fix('find-miniapp', 'list')];
    case 'unknown-app':
      return [
        fix('find-app', `resolve ${id} --app APP --region ${shellWord(region)}`, {
          apps: [...workspace.apps.keys()].join(', '),
        }),
      ];
    case 'unknown-region':
      return towardsRegion(workspace, query, fix);
    case 'unknown-app-version': {
      const versions = app?.runtimes?.map(({ appVersion }) => appVersion) ?? [];
      return [
        fix('find-app-version', `${asked(query)} --app-version ${versions[0] ?? 'VERSION'}`, {
          versions: versions.join(', '),
        }),
      ];
    }
    case 'device-required':
      return [fix('give-device', `qr ${id} --entry experience --app ${query.app} --device DEVICE`)];
    case 'app-not-associated': {
      const mayWhitelist = app?.default === true && query.entry === 'experience' && miniapp?.release.experience;
      return mayWhitelist ? [whitelist(), deliver()] : [deliver()];
    }
    case 'no-permission':
      return [whitelist(), ...towardsOnline(miniapp, fix)];
    case 'no-online-version':
      return towardsOnline(miniapp, fix);
    case 'no-experience-version':
      return [...towardsExperience(miniapp, fix), ...towardsOnline(miniapp, fix)];
    case 'service-disabled':
      return [fix('enable', `enable ${id}`, {}, { kind: 'enable', version: miniapp?.release.online?.version ?? '' })];
    case 'host-incompatible':
      return towardsFitting(workspace, query, opened, fix);
    case 'page-not-found':
      return towardsPage(miniapp, query, opened, fix);
  }
}

/** `change`: what the command changes that promises may be about. */
type MakeFix = (code: FixCode, command: string, args?: Args, change?: IntendedChange) => Fix;

function towardsRegion({ apps, platform }: ResolutionWorkspace, query: Query, fix: MakeFix): Fix[] {
  const { miniapp, app, region } = query;
  const regions = apps.get(app)?.regions.join(', ') ?? '';
  const find = fix('find-region', `resolve ${miniapp} --app ${app} --region REGION`, { regions });
  // An app serves only regions that the platform has.
  const isServable = platform.regions === undefined || Object.hasOwn(platform.regions, region);
  return isServable ? [find, fix('serve-region', `app edit ${app} --add-region ${region}`)] : [find];
}

/** An app that fits the version, or a version that fits the app. */
function towardsFitting(
  { miniapps, apps }: ResolutionWorkspace,
  query: Query,
  opened: string | undefined,
  fix: MakeFix,
): Fix[] {
  const needed = miniapps.get(query.miniapp)?.versions.get(opened ?? '');
  const runtimes = apps.get(query.app)?.runtimes ?? [];
  const runtime = runtimes.find(({ appVersion }) => appVersion === query.appVersion);
  const args = { version: opened ?? '', ...lackArgs(needed && runtime ? lacksOf(needed, runtime) : []) };
  const lowest = lowestFitting(needed, runtimes);
  const upload = uploadWords(query.miniapp);
  if (lowest === undefined) return [fix('upload-lower-none', upload, args)];
  const again = `${asked(query)} --app-version ${lowest}`;
  return [fix('update-app', again, { ...args, lowest }), fix('upload-lower', upload, args)];
}

/** A page that the version has, or a version that has the page. */
function towardsPage(
  miniapp: ResolutionMiniapp | undefined,
  query: Query,
  opened: string | undefined,
  fix: MakeFix,
): Fix[] {
  const [first] = miniapp?.versions.get(opened ?? '')?.pages ?? [];
  const upload = fix('upload-page', uploadWords(query.miniapp), { page: query.page ?? '' });
  const again = `${asked(query)}${option('app-version', query.appVersion)} --page ${first}`;
  return first ? [fix('other-page', again, { page: first }), upload] : [upload];
}

/** The newest version that was never online, tried by whitelisted accounts. */
function towardsExperience(miniapp: ResolutionMiniapp | undefined, fix: MakeFix): Fix[] {
  const version = miniapp && newestCandidate(miniapp);
  if (!miniapp || version === undefined) return [];
  return [fix('set-experience', `experience set ${miniapp.id} ${version}`, { version }, experienceOf(version))];
}

const experienceOf = (version: string): IntendedChange => ({ kind: 'set-experience', version });

const newestCandidate = (miniapp: Pick<ResolutionMiniapp, 'release' | 'versions'>): string | undefined =>
  newestFirst(Object.values(candidatesOf(miniapp)))[0];

/** The changes of versions and of the release that cure the errors of a miniapp, whatever is asked. */
export function curesOf(miniapp: Pick<ResolutionMiniapp, 'release' | 'versions'>): IntendedChange[] {
  const { online } = miniapp.release;
  if (online) return [{ kind: 'enable', version: online.version }];
  const [step, candidate] = [stepTowardsUsers(miniapp), newestCandidate(miniapp)];
  const { kind = 'upload', version = '' } = step ?? {};
  return [
    ...(kind === 'upload' || kind === 'push-package' ? [] : [{ kind, version }]),
    ...(candidate === undefined ? [] : [experienceOf(candidate)]),
  ];
}

/** What a miniapp answers with that has nothing to open. */
const TOWARDS_OPENING: ReadonlySet<OutcomeCode> = new Set<OutcomeCode>([
  'app-not-associated',
  'no-online-version',
  'no-permission',
  'no-experience-version',
  'service-disabled',
]);

const option = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` --${name} ${shellWord(value)}`;

/** The question again, without its page and the version of the app. */
const asked = ({ miniapp, app, region, account, device, entry }: Query): string =>
  `resolve ${miniapp} --app ${app} --region ${region}${option('account', account)}${option('device', device)} --entry ${entry}`;

/** The next step on the way of the version that is nearest to users to being online. */
function towardsOnline(miniapp: ResolutionMiniapp | undefined, fix: MakeFix): Fix[] {
  const step = miniapp && stepTowardsUsers(miniapp);
  if (!step) return [];
  const { kind, version } = step;
  if (kind === 'push-package') return [fix(kind, pushWords(miniapp.id, version!), { version: version! })];
  if (kind !== 'upload') {
    const change = { kind, version: version! };
    return [fix(kind, `${kind} ${miniapp.id} ${version}`, { version: version! }, change)];
  }
  const upload = uploadWords(miniapp.id);
  if (version === undefined) return [fix('upload', upload)];
  const isUnrecorded = miniapp.versions.get(version)?.bytesLack === 'unrecorded';
  return [fix(isUnrecorded ? 'upload-recorded' : 'upload-corrected', upload, { version })];
}

type NewestByStatus = {
  readonly [status in NonNullable<ResolutionVersion['review']>['status'] | 'development']?: string;
};

/**
 * The versions that a next step may be about: of those that were never online the newest of each status; `development` has no review.
 * Whoever gives a workspace without all of its versions gives these, or it is told of other steps.
 */
export function candidatesOf({ release, versions }: Pick<ResolutionMiniapp, 'release' | 'versions'>): NewestByStatus {
  const candidates: { -readonly [status in keyof NewestByStatus]: string } = {};
  for (const number of newestFirst(versions.keys())) {
    if (release.previous?.includes(number) === true) continue;
    candidates[versions.get(number)!.review?.status ?? 'development'] ??= number;
  }
  return candidates;
}
