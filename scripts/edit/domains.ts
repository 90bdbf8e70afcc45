/** Which servers and cloud APIs the miniapp may call. */
import type { Domains, Miniapp } from '../core/model.ts';
import { checkOrigin } from '../core/origin.ts';
import { pathOf } from '../core/paths.ts';
import { edited, saveOrRemove, type Edited, type Given } from './edit.ts';

export const APIS = ['request', 'upload', 'download', 'static'] as const;
export type Api = (typeof APIS)[number];
type Zones = Readonly<Record<string, readonly string[]>>;

/** The canonical spelling of an origin; what is wrong in another way stays as it is, for the rules to refuse. */
export function canonicalOrigin(typed: string): string {
  const finding = checkOrigin(typed.trim());
  return finding?.code === 'domain-canonical' ? String(finding.args['canonical']) : typed.trim();
}

const saved = (given: Given, { id }: Miniapp, domains: Domains, already: string): Edited =>
  edited([saveOrRemove(given, pathOf.file(id, 'domains'), inOrder(domains))], already);

/** As the file has it, in the order of the contract. */
function inOrder({ cloud, ...zones }: Domains): Record<string, unknown> {
  const domains = Object.fromEntries(APIS.flatMap((api) => (zones[api] ? [[api, zones[api]]] : [])));
  return { ...(Object.keys(domains).length > 0 ? { domains } : {}), ...(cloud ? { cloud } : {}) };
}

export function addDomain(
  given: Given,
  miniapp: Miniapp,
  origin: string,
  api: Api,
  regions: readonly string[],
): Edited {
  const zones: Zones = miniapp.domains[api] ?? {};
  const listed = (region: string) => (Object.hasOwn(zones, region) ? zones[region]! : []);
  const added = regions.map((region) => [region, [...new Set([...listed(region), origin])]]);
  const domains = { ...miniapp.domains, [api]: { ...zones, ...Object.fromEntries(added) } } as Domains;
  return saved(given, miniapp, domains, `${origin} may be called by ${api} in ${regions.join(', ')} already`);
}

/** Without an API of all of them, without regions in all of them. What is left empty goes. */
export function removeDomain(
  given: Given,
  miniapp: Miniapp,
  origin: string,
  apis: readonly Api[],
  regions: readonly string[],
): Edited {
  let isFound = false;
  const without = (zones: Zones): Zones => {
    const left = Object.entries(zones).flatMap(([region, origins]) => {
      const goes = (regions.length === 0 || regions.includes(region)) && origins.includes(origin);
      isFound ||= goes;
      const rest = goes ? origins.filter((other) => other !== origin) : origins;
      return goes && rest.length === 0 ? [] : [[region, rest] as const];
    });
    return Object.fromEntries(left);
  };
  const domains = { ...miniapp.domains } as Record<string, unknown>;
  for (const api of apis.length > 0 ? apis : APIS) {
    const zones: Zones | undefined = miniapp.domains[api];
    if (!zones) continue;
    const left = without(zones);
    if (Object.keys(left).length > 0 || Object.keys(zones).length === 0) domains[api] = left;
    else delete domains[api];
  }
  const already = `${origin} is not listed there`;
  return isFound ? saved(given, miniapp, domains as Domains, already) : { already };
}

export function addCloud(given: Given, miniapp: Miniapp, name: string): Edited {
  const cloud = [...new Set([...(miniapp.domains.cloud ?? []), name])];
  return saved(given, miniapp, { ...miniapp.domains, cloud } as Domains, `${name} may be called already`);
}

export function removeCloud(given: Given, miniapp: Miniapp, name: string): Edited {
  const { cloud = [], ...rest } = miniapp.domains;
  const already = `${name} is not listed`;
  if (!cloud.includes(name)) return { already };
  const left = cloud.filter((other) => other !== name);
  return saved(given, miniapp, { ...rest, ...(left.length > 0 ? { cloud: left } : {}) } as Domains, already);
}
