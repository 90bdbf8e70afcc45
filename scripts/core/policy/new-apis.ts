/** Which APIs of the vendor a version newly uses, beside what people have now. */
import type { Miniapp, Policy, Version } from '../model.ts';

/**
 * The named APIs that the version uses and the online one does not; a name includes the names below it. A version without `apis`, or with
 * `ty.*`, counts as using all of them, an online one as using only what it names.
 */
export function newApis(
  { release, versions }: Pick<Miniapp, 'release' | 'versions'>,
  { apis }: Version,
  named: readonly string[],
): string[] {
  const online = release.online ? versions.get(release.online.version) : undefined;
  const isIn = (all: readonly string[], name: string) => all.some((api) => api === name || api.startsWith(`${name}.`));
  const mayUse = (name: string) => apis === undefined || isIn(apis, name) || apis.some((api) => isAny(api, name));
  return named.filter((name) => mayUse(name) && !isIn(online?.apis ?? [], name));
}

/** Whether `ty.*` or `ty.device.*` may stand for a name, or for one below it. */
function isAny(api: string, name: string): boolean {
  if (!api.endsWith('.*')) return false;
  const below = api.slice(0, -1);
  return name.startsWith(below) || below.startsWith(`${name}.`);
}

/** The newly used APIs for which the policy asks for more approvals. */
export function watchedApis(
  { transitions }: Policy,
  miniapp: Pick<Miniapp, 'release' | 'versions'>,
  version: Version,
): string[] {
  const { when, count = 0, apis = [] } = transitions['approve']?.approvals ?? {};
  return when === 'new-apis' && count > 0 ? newApis(miniapp, version, apis) : [];
}
