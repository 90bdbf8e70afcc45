/** Some of the miniapps of a configuration, judged beside what all of them share. Each is judged alone, so it is the same in any part. */
import { endOf } from '../../core/dates.ts';
import { defined } from '../../core/defined.ts';
import type { Miniapp, Workspace } from '../../core/model.ts';
import { miniappOf } from '../../core/paths.ts';
import type { Problem } from '../../core/problems/problem.ts';
import { comparingRules, singleRules } from '../../core/rules/index.ts';
import { applyRules } from '../../core/rules/rule.ts';
import type { MiniappFolder } from '../../read/disk.ts';
import { load } from '../../read/load.ts';
import { locateAll } from '../../read/positions.ts';
import { textsDigest } from './texts-digest.ts';
import type { PartFinding, ClockSpan } from './part-finding.ts';
import { summaryOf, type MiniappSummary } from './summary.ts';

/** What is wrong with the files that miniapps share, whichever miniapps there are. `now`: milliseconds since 1970. */
export function checkShared(workspace: Workspace, now: number): Problem[] {
  return applyRules(singleRules, workspace, now);
}

/** What the rules find that compare miniapps. `workspace`: what all share. */
export function compare(workspace: Workspace, miniapps: ReadonlyMap<string, MiniappSummary>): Problem[] {
  const outlines = [...miniapps].map(([id, { name, archived, kits = [] }]) => {
    const asked = Object.fromEntries(kits.map((kit) => [kit, '']));
    const basics = { name, ...defined({ archived: archived || undefined }) };
    return [id, { id, basics, versions: new Map([['', { kits: asked }]]) }] as const;
  });
  return comparingRules.flatMap((rule) => [...rule.check({ ...workspace, miniapps: new Map(outlines) })]);
}

/**
 * The findings of some miniapps, in their order. `read`: the bytes of a file of theirs, by its path in the configuration; `shared`: what
 * all share, read before. `now`: milliseconds since 1970; `isWhole`: whether with all that was read of them.
 */
export function checkPart(
  folders: readonly MiniappFolder[],
  read: (path: string) => Uint8Array,
  shared: Workspace,
  now: number,
  isWhole: boolean,
): PartFinding[] {
  const entries = folders.flatMap((folder) => folder.entries);
  const loaded = load({ list: () => entries, read }, { beside: shared });
  const { workspace, texts } = loaded;
  const problems = [...loaded.problems, ...applyRules(singleRules, workspace, now)];
  const located = Map.groupBy(locateAll(problems, texts), ({ file }) => folderOf(file));
  const textsOf = isWhole ? Map.groupBy(texts, ([file]) => folderOf(file)) : undefined;
  return folders.map(({ id, entries: own }) => {
    const miniapp = workspace.miniapps.get(id);
    const reading =
      miniapp && textsOf
        ? { miniapp, files: own.map(({ path }) => path), texts: textsDigest(textsOf.get(id) ?? []) }
        : undefined;
    return {
      problems: located.get(id) ?? [],
      span: spanOf(miniapp, now),
      ...defined({ summary: miniapp ? summaryOf(miniapp) : undefined, reading }),
    };
  });
}

/** A folder of a miniapp may be a file. What is found in the files that all share is found without the miniapps too. */
const folderOf = (file: string): string => miniappOf(`${file}/`) ?? '';

/** The clock is asked for one thing alone: whether a row of the whitelist still counts. */
function spanOf(miniapp: Miniapp | undefined, now: number): ClockSpan {
  let from = -Infinity;
  let until = Infinity;
  for (const { expires } of miniapp?.whitelist ?? []) {
    const end = expires === undefined ? Number.NaN : endOf(expires);
    if (end <= now) from = Math.max(from, end);
    if (end > now) until = Math.min(until, end);
  }
  return [Number.isFinite(from) ? from : null, Number.isFinite(until) ? until : null];
}
