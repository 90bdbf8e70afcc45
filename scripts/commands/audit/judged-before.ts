/**
 * What an audit of the same user found up to a commit, so that the next one judges only what came after. A commit's id says all that came
 * before it, so a finding holds for ever, as long as the same code would find it; what may be different today (the store of packages,
 * GitHub, what an owner acknowledged) is not kept.
 */
import { realpathSync } from 'node:fs';
import { codeStamp } from '../../cache/code.ts';
import { gitText } from '../../git/process/run.ts';
import type { Store } from '../../cache/store.ts';
import type { ApartMerge } from './apart.ts';

/** What was found of the changes up to a commit. */
export interface JudgedHistory<Finding> {
  readonly judged: number;
  readonly findings: readonly Finding[];
  /** Merges that are judged anew each time: what they are found to be rests on the newest commit too. */
  readonly apart: readonly ApartMerge[];
}

/** What a finding rests on besides the code and the commits. */
interface AuditedFolder {
  /** The folder of the configuration, and how it was named, which stands in findings. */
  readonly path: string;
  readonly folder: string;
  /** Its path from the top of the repository. */
  readonly prefix: string;
}

interface JudgedRecord<Finding> extends JudgedHistory<Finding> {
  readonly rests: string;
  /** The first commit of the history that was judged, and the last. */
  readonly first: string;
  readonly tip: string;
}

export interface JudgedBefore<Finding> {
  /** How many of these commits were judged, and what was found; nothing where they are another history, or other code judged them. */
  of(commits: readonly string[]): { readonly count: number; readonly known: JudgedHistory<Finding> } | undefined;
  /** Keeps what was found of all of these commits. */
  keep(commits: readonly string[], found: JudgedHistory<Finding>): void;
}

/** Undefined where nothing can be kept. `began`: milliseconds since 1970. Findings are data of JSON. */
export function judgedBefore<Finding>(
  store: Store | undefined,
  { path, folder, prefix }: AuditedFolder,
  began: number,
): JudgedBefore<Finding> | undefined {
  const code = store && codeStamp(began);
  if (!store || code === undefined) return undefined;
  const real = realpathSync(path);
  const name = `audit-${process.getBuiltinModule('node:crypto').hash('sha256', real).slice(0, 32)}`;
  // Whether somebody wrote in a merge Git says, by what it makes of the parents itself.
  const rests = JSON.stringify([code, gitText(path, ['--version']), real, folder, prefix]);
  return {
    of(commits) {
      const text = store.get(name);
      const found = text === undefined ? undefined : (JSON.parse(text) as JudgedRecord<Finding>);
      if (found?.rests !== rests || found.first !== commits[0]) return undefined;
      const count = commits.indexOf(found.tip) + 1;
      return count === 0
        ? undefined
        : { count, known: { judged: found.judged, findings: found.findings, apart: found.apart } };
    },
    keep(commits, { judged, findings, apart }) {
      const [first, tip] = [commits[0], commits.at(-1)];
      if (first === undefined || tip === undefined) return;
      store.put(name, JSON.stringify({ rests, first, tip, judged, findings, apart } satisfies JudgedRecord<Finding>));
    },
  };
}
