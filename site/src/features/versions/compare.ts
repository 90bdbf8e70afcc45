/** What differs between two versions of a miniapp, by what was uploaded. Pure. */
import { defined } from '#core/defined.ts';
import type { Version } from '#core/model.ts';
import { newestFirst } from '#core/version.ts';
import type { PublicMiniapp } from '../../lib/public.ts';

export interface ListChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface VersionChange {
  /** The version that it is compared with. */
  readonly before: string;
  readonly lists: Readonly<Record<'pages' | 'origins' | 'apis', ListChange>>;
  /** What it needs of the app that it did not need so before: the base library by that name, and the kits. */
  readonly needs: readonly { readonly name: string; readonly before?: string; readonly after?: string }[];
  /** Bytes of the package, before and after, where both were recorded. */
  readonly bytes?: readonly [number, number];
}

/**
 * The version whose place a version takes or took: what users have, and for what users have or had the number below. Not `comparedWith` of the
 * core, which asks for reviewers what people have now, whatever the number: of an older version a card tells what it changed then.
 */
export function replacedVersion(
  miniapp: Pick<PublicMiniapp, 'release' | 'versions'>,
  number: string,
): string | undefined {
  const all = newestFirst(miniapp.versions.keys());
  const online = miniapp.release.online?.version;
  const at = all.indexOf(number);
  return online !== undefined && at < all.indexOf(online) ? online : all[at + 1];
}

/**
 * Pages, origins, APIs and needs that came, went or changed from one version to another, and both sizes in bytes where both are
 * recorded.
 */
export function versionChange(before: Version, after: Version): VersionChange {
  const list = (name: 'pages' | 'origins' | 'apis'): ListChange => {
    const [old, own] = [new Set(before[name]), new Set(after[name])];
    return { added: [...own].filter((one) => !old.has(one)), removed: [...old].filter((one) => !own.has(one)) };
  };
  const [old, own] = [needsOf(before), needsOf(after)];
  const names = [...new Set([...old.keys(), ...own.keys()])];
  return {
    before: before.version,
    lists: { pages: list('pages'), origins: list('origins'), apis: list('apis') },
    needs: names.flatMap((name) => {
      const [was, is] = [old.get(name), own.get(name)];
      if (was === is) return [];
      return [{ name, ...defined({ before: was, after: is }) }];
    }),
    ...defined({
      bytes: before.package && after.package ? ([before.package.bytes, after.package.bytes] as const) : undefined,
    }),
  };
}

/** The base library goes by the empty name, which no kit has. */
export const BASE_LIBRARY = '';

const needsOf = ({ baseLibrary, kits = {} }: Version): Map<string, string> =>
  new Map([...(baseLibrary === undefined ? [] : [[BASE_LIBRARY, baseLibrary] as const]), ...Object.entries(kits)]);
