/** What a project calls against what the miniapp may call: one warning for each address or cloud API that is not allowed. */
import { describe } from '../core/problems/messages.ts';
import { shellWord, toolCommand } from '../core/tool-command.ts';
import type { Miniapp, Version, Workspace } from '../core/model.ts';
import { lackArgs, lacksOf } from '../core/resolution/compatibility.ts';
import { checkRequest, REQUIRED, requestJson } from '../core/resolution/requests.ts';
import { appVersionsWithShare, shutOutBy } from '../core/resolution/shut-out.ts';
import type { Findings } from './finding.ts';
import type { LocatedUses, Position, Use } from './code/use.ts';

/** What is called somewhere, and where it may not be. */
export interface ApiCall extends Use, Position {
  /** Regions in which it is not allowed; for a cloud API, which has none, all or nothing. */
  readonly refusedIn: readonly string[];
}

/**
 * The regions that count: those to which the miniapp is delivered, or where it is delivered nowhere yet, and for a panel, which opens
 * in every app, all of the platform's.
 */
export function regionsOf({ platform }: Workspace, { basics, trafficking }: Miniapp): string[] {
  const delivered = new Set(trafficking.flatMap(({ regions }) => regions));
  const all = Object.keys(platform.regions);
  return basics.type === 'panel' || delivered.size === 0 ? all : all.filter((region) => delivered.has(region));
}

/** Every call with where it is refused; each that is, and each that only shows when the code runs, becomes a warning. */
export function checkCalls(workspace: Workspace, miniapp: Miniapp, found: LocatedUses, findings: Findings): ApiCall[] {
  const regions = regionsOf(workspace, miniapp);
  const narrowed = { platform: workspace.platform, miniapps: new Map([[miniapp.id, miniapp]]) };
  const refused = new Map<string, string[]>();
  const calls = found.uses.map((use): ApiCall => {
    const key = `${use.api} ${use.what}`;
    let refusedIn = refused.get(key);
    if (!refusedIn) {
      const request = { miniapp: miniapp.id, api: use.api, url: use.what };
      refusedIn = regions.filter((region) => !checkRequest(narrowed, { ...request, region }).allowed);
      refused.set(key, refusedIn);
    }
    return { ...use, refusedIn };
  });
  const groups = Map.groupBy(
    calls.filter(({ refusedIn }) => refusedIn.length > 0),
    ({ api, what }) => `${api} ${what}`,
  );
  for (const places of groups.values()) warn(narrowed, miniapp.id, places, findings);
  // What an element shows is rarely written out; those are counted, not listed.
  for (const { api, file, offset, isShown } of found.unresolved) {
    if (!isShown) findings.add('upload-unresolved', file, { api: REQUIRED[api].call }, offset);
  }
  for (const { file, offset } of found.unnamed) findings.add('upload-unnamed', file, {}, offset);
  return calls;
}

type NarrowedWorkspace = Parameters<typeof checkRequest>[0];

/** One warning at the first place, which says how many more there are. */
function warn(narrowed: NarrowedWorkspace, id: string, places: readonly ApiCall[], findings: Findings): void {
  const { api, what, file, offset, refusedIn } = places[0]!;
  const more = places.length > 1 ? ` (and in ${places.length - 1} more place${places.length > 2 ? 's' : ''})` : '';
  const request = { miniapp: id, api, url: what, region: refusedIn[0]! };
  const answer = checkRequest(narrowed, request);
  const { call } = REQUIRED[api];
  if (!answer.missing) {
    const why = answer.finding ? describe(answer.finding).message : requestJson(request, answer).message;
    findings.add('upload-refused', file, { api: call, what, why, more }, offset);
  } else if (api === 'cloud') {
    const command = toolCommand(`cloud add ${id} ${shellWord(what)}`);
    findings.add('upload-cloud', file, { name: what, more, command }, offset);
  } else {
    const origin = answer.missing.value;
    const command = allowing(narrowed, id, { api, origins: [origin], refusedIn });
    findings.add('upload-origin', file, { api: call, origin, regions: refusedIn.join(', '), more, command }, offset);
  }
}

interface Refused {
  readonly api: ApiCall['api'];
  readonly origins: readonly string[];
  readonly refusedIn: readonly string[];
}

/** The command that allows origins where they are refused. */
function allowing({ platform }: NarrowedWorkspace, id: string, { api, origins, refusedIn }: Refused): string {
  const regions = Object.keys(platform.regions);
  const isEverywhere = regions.length > 1 && refusedIn.length === regions.length && !regions.includes('all');
  const zones = (isEverywhere ? ['all'] : refusedIn).map((region) => ` --region ${shellWord(region)}`).join('');
  return toolCommand(`domain add ${id} ${origins.map(shellWord).join(' ')} --api ${api}${zones}`);
}

/** Where one list lacks several origins, the command that adds all of them, after how many they are. */
export function allowingAll({ platform }: Workspace, miniapp: Miniapp, calls: readonly ApiCall[]): string[] {
  const narrowed = { platform, miniapps: new Map([[miniapp.id, miniapp]]) };
  const lists = Map.groupBy(
    calls.filter(({ api, refusedIn }) => api !== 'cloud' && refusedIn.length > 0),
    ({ api, refusedIn }) => JSON.stringify([api, refusedIn]),
  );
  return [...lists.values()].flatMap((list) => {
    const { api, refusedIn } = list[0]!;
    const missing = [...new Set(list.map(({ what }) => what))].flatMap((url) => {
      const answer = checkRequest(narrowed, { miniapp: miniapp.id, api, url, region: refusedIn[0]! });
      return answer.missing?.value ?? [];
    });
    if (missing.length < 2) return [];
    const command = allowing(narrowed, miniapp.id, { api, origins: missing, refusedIn });
    return `to allow all ${missing.length} for ${REQUIRED[api].call}, once they are looked at: ${command}`;
  });
}

type RequiredRuntime = Pick<Version, 'version' | 'baseLibrary' | 'kits'>;

/** One warning for each app of whose versions the new version shuts some out that run what is online. */
export function checkFit(workspace: Workspace, miniapp: Miniapp, next: RequiredRuntime, findings: Findings): void {
  const { online } = miniapp.release;
  if (!online) return;
  const former = miniapp.versions.get(online.version);
  for (const { app, runtimes } of shutOutBy(workspace.apps.values(), miniapp, next, former)) {
    const { versions, share } = appVersionsWithShare(runtimes);
    const lacks = new Map(runtimes.flatMap((runtime) => lacksOf(next, runtime)).map((lack) => [lack.what, lack]));
    const { needs } = lackArgs([...lacks.values()]);
    const users = share === undefined ? '' : ` (${share} %)`;
    const args = { version: next.version, needs, app, versions, users, online: online.version };
    findings.add('upload-shuts-out', '', args);
  }
}
