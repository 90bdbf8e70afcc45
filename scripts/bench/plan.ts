/** What judging one change costs as the configuration around it grows, and what a hook costs before a commit. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMER, formerCli } from './builds.ts';
import { byTurns, runNode, type BenchCase, type Cost } from './measure.ts';
import { git, NEW_VERSION, newVersion, writeRepository, type MeasuredRepository } from './repository.ts';

/** Two costs that are compared. */
export interface MeasuredPair {
  readonly what: string;
  readonly ours: readonly Cost[];
  readonly theirs: readonly Cost[];
  /** What the ratio may be at most; the others help to read it. */
  readonly target?: number;
}

const CLI = join(import.meta.dirname, '../miniapp.mjs');

/** The same work in a configuration of many miniapps and in one of few, by turns; and beside what Git takes to look at the files of the large one. */
export function measurePlan(folder: string, few: number, many: number, rounds: number): MeasuredPair[] {
  const [small, large] = [few, many].map((size) => writeRepository(join(folder, `repository-${size}`), size)) as [
    MeasuredRepository,
    MeasuredRepository,
  ];
  // What changed and what is new in the working tree, as no answer about it can do without.
  const lookedAt: BenchCase = {
    name: 'looked at',
    run() {
      git(large.root, ['diff-files', '--raw', '-z']);
      git(large.root, ['ls-files', '--others', '--exclude-standard', '-z']);
    },
  };
  const branch = ['--base', 'main', '--head', 'feature'];
  const rows: MeasuredPair[] = [];
  const sizes = `${many} / ${few} miniapps`;
  const both = (what: string, args: (own: MeasuredRepository) => string[], target?: number): void => {
    const clis = target === undefined ? { here: CLI } : { here: CLI, former: formerCli(folder) };
    const cases = Object.entries(clis).flatMap(([build, cli]) =>
      [small, large].map((own): BenchCase => ({
        name: `${build} ${own.root}`,
        run: () => runNode([cli, ...args(own), '--config', join(own.root, 'config')]),
      })),
    );
    const found = byTurns([...cases, lookedAt], rounds);
    const of = (build: string) => ({ ours: found(`${build} ${large.root}`), theirs: found(`${build} ${small.root}`) });
    rows.push({ what: `${what}, ${sizes}`, ...of('here'), ...(target === undefined ? {} : { target }) });
    if (target !== undefined) rows.push({ what: `the same at ${FORMER}`, ...of('former') });
    rows.push({
      what: `${what} of ${many} / Git looking at its files`,
      ours: of('here').ours,
      theirs: found('looked at'),
    });
  };
  both('plan of a branch with one new version', ({ actor }) => ['plan', ...branch, '--actor', actor], 1.2);
  for (const { root, actor } of [small, large]) writeFileSync(join(root, NEW_VERSION), newVersion(actor));
  both('plan of it in the working tree', ({ actor }) => ['plan', '--base', 'main', '--actor', actor], 1.2);
  for (const { root } of [small, large]) git(root, ['add', NEW_VERSION]);
  both('validate --staged of it', () => ['validate', '--staged']);
  for (const { root } of [small, large]) rmSync(root, { recursive: true });
  return rows;
}
