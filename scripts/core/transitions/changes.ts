/**
 * The differences between two states, file by file, from which transitions are recognised. Values are compared, not bytes; a file whose
 * bytes alone differ is a kind of its own.
 */
import type { Miniapp, Workspace } from '../model.ts';
import { identify, type FileKind, type PathIdentity } from '../paths.ts';

/** A file that is not the same blob in both trees. */
export interface FileDifference {
  /** Relative to `config/`. */
  readonly path: string;
  readonly isInBase: boolean;
  readonly isInMerged: boolean;
}

export interface Change {
  readonly path: string;
  readonly identity: PathIdentity;
  /** `unreadable`: the file exists and cannot be read, so its meaning is unknown. */
  readonly how: 'added' | 'removed' | 'changed' | 'bytes' | 'unreadable';
}

/** The changes of files that belong; other files are refused separately. */
export function changesOf(base: Workspace, merged: Workspace, differences: readonly FileDifference[]): Change[] {
  return differences.flatMap(({ path, isInBase, isInMerged }) => {
    const identity = identify(path);
    if (!identity) return [];
    return [{ path, identity, how: howOf(base, merged, identity, { path, isInBase, isInMerged }) }];
  });
}

function howOf(base: Workspace, merged: Workspace, identity: PathIdentity, difference: FileDifference): Change['how'] {
  if (!difference.isInMerged) return 'removed';
  if (merged.broken.has(difference.path)) return 'unreadable';
  if (!difference.isInBase) return 'added';
  return isSame(base, merged, identity) ? 'bytes' : 'changed';
}

function isSame(base: Workspace, merged: Workspace, identity: PathIdentity): boolean {
  // What an avatar or a README means is its bytes.
  if (identity.kind === 'avatar' || identity.kind === 'readme') return false;
  return isEqual(valueOf(base, identity), valueOf(merged, identity));
}

/** The value of a file in a workspace. */
export function valueOf(workspace: Workspace, { kind, miniapp, id = '' }: PathIdentity): unknown {
  const own = miniapp === undefined ? undefined : workspace.miniapps.get(miniapp);
  const values: Partial<Record<FileKind, () => unknown>> = {
    platform: () => workspace.platform,
    policy: () => workspace.policy,
    app: () => workspace.apps.get(id),
    person: () => workspace.people.get(id),
    ...(own ? miniappValues(own, id) : {}),
  };
  return values[kind]?.();
}

const miniappValues = (own: Miniapp, id: string): Partial<Record<FileKind, () => unknown>> => ({
  miniapp: () => own.basics,
  release: () => own.release,
  version: () => own.versions.get(id),
  trafficking: () => own.trafficking,
  whitelist: () => own.whitelist,
  members: () => own.members,
  domains: () => own.domains,
  scenarios: () => own.scenarios,
  languages: () => own.strings,
  report: () => own.reports.get(id),
});

/** Whether two values are equal; the order of a map's keys does not count. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return keys.every((key) => Object.hasOwn(b, key) && isEqual(left[key], right[key]));
}
