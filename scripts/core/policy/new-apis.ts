/** Which APIs of the vendor a version newly uses, beside what people have now. */
import type { Miniapp, Policy, Version } from '../model.ts';

/**
 * The named APIs that the version uses and the online one does not; a name includes the names below it. A version without `apis` counts as
 * using all of them, an online one without `apis` as using none.
 */
export function newApis({ release, versions }: Miniapp, { apis }: Version, named: readonly string[]): string[] {
  const online = release.online ? versions.get(release.online.version) : undefined;
  const isIn = (all: readonly string[], name: string) => all.some((api) => api === name || api.startsWith(`${name}.`));
  return named.filter((name) => (apis === undefined || isIn(apis, name)) && !isIn(online?.apis ?? [], name));
}

/** The newly used APIs for which the policy asks for more approvals. */
export function watchedApis({ transitions }: Policy, miniapp: Miniapp, version: Version): string[] {
  const { when, count = 0, apis = [] } = transitions['approve']?.approvals ?? {};
  return when === 'new-apis' && count > 0 ? newApis(miniapp, version, apis) : [];
}
