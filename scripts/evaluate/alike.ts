/** Names of miniapps that a change brings, against those of the whole configuration: of it only what differs is read to be judged. */
import type { Workspace } from '../core/model.ts';
import { pathOf, type FileKind } from '../core/paths.ts';
import type { Problem } from '../core/problems/problem.ts';
import { namesAreDistinct } from '../core/rules/names-are-distinct.ts';
import { load } from '../read/load.ts';
import type { Source } from '../read/source.ts';

const NAMED: ReadonlySet<FileKind> = new Set<FileKind>(['miniapp']);

/**
 * Takes the configuration with the change in it, and what was read of it before and after. Gives a warning for each miniapp that is new
 * or named anew, and whose name people can take for another's; reads the other names only then, once.
 */
export function alikeNames(source: Source, before: Workspace, after: Workspace): Problem[] {
  const named = [...after.miniapps.values()].filter(
    ({ id, basics }) => JSON.stringify(before.miniapps.get(id)?.basics.name) !== JSON.stringify(basics.name),
  );
  if (named.length === 0) return [];
  const files = new Set(named.map(({ id }) => pathOf.file(id, 'miniapp')));
  const { workspace } = load(source, { kinds: NAMED });
  return [...namesAreDistinct.check(workspace)].filter(({ at }) => files.has(at.file));
}

/** What was found, with those of these that say nothing that was found already. */
export function withAlike(found: readonly Problem[], alike: readonly Problem[]): readonly Problem[] {
  const alreadyFound = new Set(found.flatMap(({ code, at }) => (code === 'name-alike' ? [at.file] : [])));
  return [...found, ...alike.filter(({ at }) => !alreadyFound.has(at.file))];
}
