/** This build beside another: the same commands on the same configuration, by turns. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkedOut } from './builds.ts';
import { writeHistory } from './history.ts';
import { byTurns, runNode } from './measure.ts';
import { miniappId } from './platform.ts';
import { keptIn, NOTHING_KEPT } from './validate.ts';
import { ratio, type BenchRow } from './row.ts';

const ROOT = join(import.meta.dirname, '../..');

interface ComparedCommand {
  readonly words: readonly string[];
  /** Whether what was found before may be used; a build that keeps nothing does not mind. */
  readonly isKept?: true;
  /** The configuration, where it is not the measured platform. */
  readonly root?: string;
  /** A folder that it must make, and that is cleared away after each turn. */
  readonly out?: string;
}

const QUESTIONS: Readonly<Record<string, ComparedCommand>> = {
  overview: { words: ['--help'] },
  validate: { words: ['validate'] },
  'validate, nothing changed': { words: ['validate'], isKept: true },
  list: { words: ['list'] },
  'show of one': { words: ['show', miniappId(7)] },
  'resolve of one': { words: ['resolve', miniappId(7), '--app', 'smart-life', '--region', 'EU'] },
};

/** A row for each command: this build to the one of a commit. That one runs with the packages that are installed here. */
export function compareBuilds(ref: string, folder: string, config: string, rounds: number): BenchRow[] {
  const other = checkedOut(ref, folder);
  const history = writeHistory(join(folder, 'history'), 300);
  const portal = join(folder, 'portal');
  const questions = {
    ...QUESTIONS,
    'audit of 300 changes': { words: ['audit'], root: history },
    'portal build': { words: ['portal', 'build', '--out', portal, '--now', '2026-11-20'], out: portal },
  };
  return Object.entries<ComparedCommand>(questions).map(([what, { words, isKept, root: asked = config, out }]) => {
    const env = isKept ? keptIn(folder) : NOTHING_KEPT;
    const run = (root: string) => () => runNode([join(root, 'scripts/miniapp.mjs'), ...words, '--config', asked], env);
    const after = () => {
      if (out === undefined) return;
      if (!existsSync(out)) throw new Error(`${what} made nothing`);
      rmSync(out, { recursive: true });
    };
    const found = byTurns(
      [
        { name: 'here', run: run(ROOT), after },
        { name: 'there', run: run(other), after },
      ],
      rounds * 2,
    );
    return ratio(`${what}, here / at ${ref}`, found('here'), found('there'));
  });
}
