/** Two packages compared, by their bytes alone. */
import { createHash } from 'node:crypto';
import { defined } from '../core/defined.ts';
import type { Facts } from '../project/facts.ts';
import { ownFile } from './names.ts';
import type { OpenPackage } from './store.ts';

export interface AddedAndRemoved {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface PackageDiff {
  readonly files: {
    readonly added: readonly { readonly path: string; readonly bytes: number }[];
    readonly removed: readonly { readonly path: string; readonly bytes: number }[];
    readonly changed: readonly { readonly path: string; readonly before: number; readonly after: number }[];
  };
  readonly bytes: { readonly before: number; readonly after: number };
  readonly pages: AddedAndRemoved;
  readonly origins: AddedAndRemoved;
  readonly kits: AddedAndRemoved & {
    readonly changed: readonly { readonly kit: string; readonly before: string; readonly after: string }[];
  };
  readonly baseLibrary?: { readonly before?: string; readonly after?: string };
  /** The vendor's APIs that the code uses. */
  readonly permissions: AddedAndRemoved;
  /** Files of either by which a forge may hide changes; nothing here reads them. */
  readonly attributes: readonly string[];
}

/** A package with what it gives. */
export interface DiffSide extends OpenPackage {
  readonly facts: Facts;
}

/** What differs from one package to another: files, pages, kits and addresses, each list sorted. Files are compared by size and digest. */
export function packageDiff(before: DiffSide, after: DiffSide): PackageDiff {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].sort();
  const [added, removed, changed]: [
    PackageDiff['files']['added'][number][],
    PackageDiff['files']['removed'][number][],
    PackageDiff['files']['changed'][number][],
  ] = [[], [], []];
  for (const path of paths) {
    const [old, now] = [before.files.get(path), after.files.get(path)];
    if (!old) added.push({ path, bytes: now!.bytes });
    else if (!now) removed.push({ path, bytes: old.bytes });
    else if (old.bytes !== now.bytes || hashOf(before, path) !== hashOf(after, path))
      changed.push({ path, before: old.bytes, after: now.bytes });
  }
  const [old, now] = [before.facts, after.facts];
  const [oldKits, newKits] = [old.kits ?? {}, now.kits ?? {}];
  const libraries = {
    ...defined({ before: old.baseLibrary, after: now.baseLibrary }),
  };
  return {
    files: { added, removed, changed },
    bytes: { before: old.package?.bytes ?? 0, after: now.package?.bytes ?? 0 },
    pages: listed(old.pages, now.pages),
    origins: listed(old.origins, now.origins),
    kits: {
      ...listed(Object.keys(oldKits), Object.keys(newKits)),
      changed: Object.keys(oldKits)
        .filter((kit) => newKits[kit] !== undefined && newKits[kit] !== oldKits[kit])
        .map((kit) => ({ kit, before: oldKits[kit]!, after: newKits[kit]! })),
    },
    ...defined({ baseLibrary: old.baseLibrary === now.baseLibrary ? undefined : libraries }),
    permissions: listed(old.apis, now.apis),
    attributes: paths.filter((path) => ownFile(path) === '.gitattributes'),
  };
}

const listed = (before: readonly string[] = [], after: readonly string[] = []): AddedAndRemoved => ({
  added: after.filter((one) => !before.includes(one)),
  removed: before.filter((one) => !after.includes(one)),
});

function hashOf({ files, content }: OpenPackage, path: string): string {
  const hash = createHash('sha256');
  content.each(path, files.get(path)!.bytes, (chunk) => hash.update(chunk));
  return hash.digest('hex');
}

/** The comparison in words, a line each. */
export function diffLines(diff: PackageDiff): string[] {
  const { files, bytes, pages, origins, kits, baseLibrary, permissions } = diff;
  const growth = bytes.after - bytes.before;
  const list = (what: string, { added, removed }: AddedAndRemoved) => [
    ...added.map((one) => `+ ${what} ${one}`),
    ...removed.map((one) => `- ${what} ${one}`),
  ];
  return [
    `${files.added.length} files come, ${files.removed.length} go, ${files.changed.length} change; ${bytes.after} bytes (${growth < 0 ? '' : '+'}${growth})`,
    ...list('page', pages),
    ...list('origin', origins),
    ...list('kit', kits),
    ...kits.changed.map(({ kit, before, after }) => `~ kit ${kit} ${before} → ${after}`),
    ...(baseLibrary ? [`~ base library ${baseLibrary.before ?? 'none'} → ${baseLibrary.after ?? 'none'}`] : []),
    ...list('permission', permissions),
  ];
}

/** A line for each file that was added, removed or changed, with its size in bytes. */
export const fileLines = ({ files }: PackageDiff): string[] => [
  ...files.added.map(({ path, bytes }) => `+ ${path} (${bytes} bytes)`),
  ...files.removed.map(({ path, bytes }) => `- ${path} (${bytes} bytes)`),
  ...files.changed.map(({ path, before, after }) => `~ ${path} (${before} → ${after} bytes)`),
];
