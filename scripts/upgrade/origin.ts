/** Which version of the tool a copy came from: as it is written down, else the one whose files it has. */
import { isAncestor, missingCommits } from '../git/commits/fetch.ts';
import { filesIn, readLog } from '../git/commits/log.ts';

/** What is no part of the tool, or changes in every copy: it says nothing of where the copy came from. */
const isTool = (path: string): boolean =>
  !/^(?:config\/|README\.md$|tool\.json$|package(?:-lock)?\.json$|\.github\/(?:CODEOWNERS$|images\/))/.test(path);

export interface ToolOrigin {
  readonly commit: string;
  /** Files of the tool that the copy has otherwise. */
  readonly differences: number;
}

/**
 * The commit of the newer tool's history that a copy's tool came from. `recorded`: the commit that `init` or an upgrade before wrote
 * down. Without it, the one that fewest files differ from; the newest of several. Undefined where less than half of the files
 * are those of any.
 */
export function originOf(top: string, copy: string, newer: string, recorded?: string): ToolOrigin | undefined {
  const files = [...filesIn(top, copy, [])].filter(([path]) => isTool(path));
  const own = new Map(files.map(([path, { id }]) => [path, id]));
  const isKnown = recorded !== undefined && missingCommits(top, [recorded]).length === 0;
  if (isKnown && isAncestor(top, recorded, newer)) {
    return {
      commit: recorded,
      differences: distance(
        own,
        new Map([...filesIn(top, recorded, [])].filter(([path]) => isTool(path)).map(([path, { id }]) => [path, id])),
      ),
    };
  }
  const best = nearest(top, newer, own);
  return best && best.differences <= own.size / 2 ? best : undefined;
}

function distance(own: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): number {
  const paths = new Set([...own.keys(), ...other.keys()]);
  return [...paths].filter((path) => own.get(path) !== other.get(path)).length;
}

/** One walk over the history: each commit moves the number of differing files by what it changes. */
function nearest(top: string, newer: string, own: ReadonlyMap<string, string>): ToolOrigin | undefined {
  const there = new Map<string, string>();
  let differences = own.size;
  let best: ToolOrigin | undefined;
  for (const { id, changes } of readLog(top, newer).commits) {
    for (const { path, after } of changes) {
      if (!isTool(path)) continue;
      const wasSame = there.get(path) === own.get(path);
      if (after) there.set(path, after.id);
      else there.delete(path);
      const isSame = there.get(path) === own.get(path);
      differences += Number(wasSame) - Number(isSame);
    }
    if (best === undefined || differences <= best.differences) best = { commit: id, differences };
  }
  return best;
}
