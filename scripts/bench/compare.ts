/** This build beside another: the same commands on the same configuration, by turns. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeHistory } from './history.ts';
import { byTurns, runNode } from './measure.ts';
import { miniappId } from './platform.ts';
import { git } from './repository.ts';
import { keptIn, NOTHING_KEPT } from './validate.ts';
import { ratio, type BenchRow } from './row.ts';

const ROOT = join(import.meta.dirname, '../..');

interface ComparedCommand {
  readonly words: readonly string[];
  /** Whether what was found before may be used; a build that keeps nothing does not mind. */
  readonly isKept?: true;
  /** The configuration, where it is not the measured platform. */
  readonly root?: string;
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
  const questions = { ...QUESTIONS, 'audit of 300 changes': { words: ['audit'], root: history } };
  return Object.entries<ComparedCommand>(questions).map(([what, { words, isKept, root: asked = config }]) => {
    const env = isKept ? keptIn(folder) : NOTHING_KEPT;
    const run = (root: string) => () => runNode([join(root, 'scripts/miniapp.mjs'), ...words, '--config', asked], env);
    const found = byTurns(
      [
        { name: 'here', run: run(ROOT) },
        { name: 'there', run: run(other) },
      ],
      rounds * 2,
    );
    return ratio(`${what}, here / at ${ref}`, found('here'), found('there'));
  });
}

/** The files of a commit in a folder of their own. Throws where there is no such commit. */
function checkedOut(ref: string, folder: string): string {
  const commit = git(ROOT, ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`]).trim();
  const root = join(folder, 'other-build');
  mkdirSync(root);
  const { stdout: files } = spawnSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 2 ** 30 });
  const { status, stderr } = spawnSync('tar', ['-x', '-C', root], { input: files });
  if (status !== 0) throw new Error(`the files of ${ref} cannot be unpacked: ${String(stderr)}`);
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  // What its set-up makes, if it makes one.
  const maker = join(root, 'scripts/make-bundle.mjs');
  if (existsSync(maker)) runNode([maker]);
  return root;
}
