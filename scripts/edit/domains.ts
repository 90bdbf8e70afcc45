/** Which servers and cloud APIs the miniapp may call. */
import { defined } from '../core/defined.ts';
import type { Domains, Miniapp } from '../core/model.ts';
import { checkOrigin } from '../core/resolution/origin.ts';
import { pathOf } from '../core/paths.ts';
import { ORIGIN_APIS, type OriginApi } from '../core/resolution/requests.ts';
import { edited, saveOrRemove, type Edited, type EditState } from './edit.ts';

type Zones = Readonly<Record<string, readonly string[]>>;

/** The spelling of an origin that the file holds, where there is one; what is wrong otherwise is for the rules to refuse. */
export function canonicalOrigin(typed: string): string {
  const text = typed.trim();
  // The path of the root and the port of https say nothing.
  const [, bare = text] = /^(https:\/\/[^/?#\\]+?)(?::443)?\/?$/i.exec(text) ?? [];
  const finding = checkOrigin(bare);
  if (finding?.code === 'domain-canonical') return String(finding.args['canonical']);
  return finding === undefined || finding.code === 'domain-lookalike' || finding.code === 'domain-suffix-unknown'
    ? bare
    : text;
}

const saved = (given: EditState, { id }: Miniapp, domains: Domains, already: string): Edited =>
  edited([saveOrRemove(given, pathOf.file(id, 'domains'), inOrder(domains))], already);

/** As the file has it, in the order of the contract. */
function inOrder({ cloud, ...zones }: Domains): Record<string, unknown> {
  const domains = Object.fromEntries(ORIGIN_APIS.flatMap((api) => (zones[api] ? [[api, zones[api]]] : [])));
  return defined({ domains: Object.keys(domains).length > 0 ? domains : undefined, cloud });
}

/** An origin for a call; of what is removed, no calls or regions stand for all. */
export interface ListedOrigin {
  readonly origin: string;
  readonly apis: readonly OriginApi[];
  readonly regions: readonly string[];
}

/** What was typed in another spelling than it is written. */
const spellings = (typed: readonly string[]): string[] =>
  [...new Set(typed)]
    .filter((one) => canonicalOrigin(one) !== one)
    .map((one) => `${one} is written ${canonicalOrigin(one)}`);

/** Adds origins, each to its lists and regions, in canonical form; `already` where all are there. */
export function addDomains(given: EditState, miniapp: Miniapp, listings: readonly ListedOrigin[]): Edited {
  const domains: Partial<Record<OriginApi, Zones>> = { ...miniapp.domains };
  for (const { origin: typed, apis, regions } of listings) {
    const origin = canonicalOrigin(typed);
    for (const api of apis) {
      const zones = new Map(Object.entries(domains[api] ?? {}));
      for (const region of regions) zones.set(region, [...new Set([...(zones.get(region) ?? []), origin])]);
      domains[api] = Object.fromEntries(zones);
    }
  }
  const [first] = listings;
  const already =
    listings.length === 1
      ? `${canonicalOrigin(first!.origin)} may be called by ${first!.apis.join(', ')} in ${first!.regions.join(', ')} already`
      : 'all of these may be called already';
  const made = saved(given, miniapp, { ...miniapp.domains, ...domains } as Domains, already);
  const notes = spellings(listings.map(({ origin }) => origin));
  return 'edits' in made && notes.length > 0 ? { ...made, notes } : made;
}

/** What is left empty goes. */
export function removeDomains(given: EditState, miniapp: Miniapp, listings: readonly ListedOrigin[]): Edited {
  let isFound = false;
  const domains = { ...miniapp.domains } as Record<string, unknown>;
  for (const api of ORIGIN_APIS) {
    const zones: Zones | undefined = miniapp.domains[api];
    if (!zones) continue;
    const goes = (region: string, origin: string) =>
      listings.some(
        (listing) =>
          canonicalOrigin(listing.origin) === origin &&
          (listing.apis.length === 0 || listing.apis.includes(api)) &&
          (listing.regions.length === 0 || listing.regions.includes(region)),
      );
    const left = Object.entries(zones).flatMap(([region, origins]) => {
      const rest = origins.filter((origin) => !goes(region, origin));
      const isTouched = rest.length < origins.length;
      isFound ||= isTouched;
      return isTouched && rest.length === 0 ? [] : [[region, rest] as const];
    });
    if (left.length > 0 || Object.keys(zones).length === 0) domains[api] = Object.fromEntries(left);
    else delete domains[api];
  }
  const already =
    listings.length === 1
      ? `${canonicalOrigin(listings[0]!.origin)} is not listed there`
      : 'none of these is listed there';
  return isFound ? saved(given, miniapp, domains as Domains, already) : { already };
}

/** Adds names of cloud APIs; `already` where all are there. */
export function addCloud(given: EditState, miniapp: Miniapp, names: readonly string[]): Edited {
  const cloud = [...new Set([...(miniapp.domains.cloud ?? []), ...names])];
  const what = names.length === 1 ? names[0] : 'all of these';
  return saved(given, miniapp, { ...miniapp.domains, cloud } as Domains, `${what} may be called already`);
}

/** Removes those of the names that are listed; `already` where none is. */
export function removeCloud(given: EditState, miniapp: Miniapp, names: readonly string[]): Edited {
  const { cloud = [], ...rest } = miniapp.domains;
  const already = names.length === 1 ? `${names[0]} is not listed` : 'none of these is listed';
  const left = cloud.filter((name) => !names.includes(name));
  if (left.length === cloud.length) return { already };
  return saved(
    given,
    miniapp,
    { ...rest, ...defined({ cloud: left.length > 0 ? left : undefined }) } as Domains,
    already,
  );
}
