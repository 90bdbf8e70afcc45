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

/** The same work in a configuration of many miniapps and in one of few, by turns; and what Git takes to look at their files, as no answer about a working tree can do without. */
export function measurePlan(folder: string, few: number, many: number, rounds: number): MeasuredPair[] {
  const [small, large] = [few, many].map((size) => writeRepository(join(folder, `repository-${size}`), size)) as [
    MeasuredRepository,
    MeasuredRepository,
  ];
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
    const found = byTurns(cases, rounds);
    const of = (build: string) => ({ ours: found(`${build} ${large.root}`), theirs: found(`${build} ${small.root}`) });
    rows.push({ what: `${what}, ${sizes}`, ...of('here'), ...(target === undefined ? {} : { target }) });
    if (target !== undefined) rows.push({ what: `the same at ${FORMER}`, ...of('former') });
  };
  both('plan of a branch with one new version', ({ actor }) => ['plan', ...branch, '--actor', actor], 1.2);
  for (const { root, actor } of [small, large]) writeFileSync(join(root, NEW_VERSION), newVersion(actor));
  both('plan of it in the working tree', ({ actor }) => ['plan', '--base', 'main', '--actor', actor], 1.2);
  const looked = byTurns(
    [small, large].map(({ root }) => ({
      name: root,
      run() {
        git(root, ['diff-files', '--raw', '-z']);
        git(root, ['ls-files', '--others', '--exclude-standard', '-z']);
      },
    })),
    rounds,
  );
  const lookedAt = { ours: looked(large.root), theirs: looked(small.root) };
  rows.push({ what: `Git looking at the files of both, ${sizes}`, ...lookedAt });
  for (const { root } of [small, large]) git(root, ['add', NEW_VERSION]);
  both('validate --staged of it', () => ['validate', '--staged']);
  for (const { root } of [small, large]) rmSync(root, { recursive: true });
  return rows;
}
