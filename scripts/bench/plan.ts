/** What judging one change costs as the configuration around it grows, and what a hook costs before a commit. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byTurns, runNode, type BenchCase, type Cost } from './measure.ts';
import { git, NEW_VERSION, newVersion, writeRepository, type MeasuredRepository } from './repository.ts';

export interface Measured {
  readonly what: string;
  readonly few: readonly Cost[];
  readonly many: readonly Cost[];
  /** The ratio is a promise; the others help to read it. */
  readonly isPromised: boolean;
}

const CLI = join(import.meta.dirname, '../miniapp.mjs');

/** The same work in a configuration of few miniapps and in one of many, by turns. */
export function measurePlan(folder: string, few: number, many: number, rounds: number): Measured[] {
  const [small, large] = [few, many].map((size) => writeRepository(join(folder, `repository-${size}`), size)) as [
    MeasuredRepository,
    MeasuredRepository,
  ];
  const branch = ['--base', 'main', '--head', 'feature'];
  const rows: Measured[] = [];
  const both = (what: string, isPromised: boolean, args: (own: MeasuredRepository) => string[]): void => {
    const cases = [small, large].map((own): BenchCase => ({
      name: own.root,
      run: () => runNode([CLI, ...args(own), '--config', join(own.root, 'config')]),
    }));
    const found = byTurns(cases, rounds);
    rows.push({ what, few: found(small.root), many: found(large.root), isPromised });
  };
  both('plan of a branch with one new version', true, ({ actor }) => ['plan', ...branch, '--actor', actor]);
  for (const { root, actor } of [small, large]) writeFileSync(join(root, NEW_VERSION), newVersion(actor));
  both('plan of it in the working tree', false, ({ actor }) => ['plan', '--base', 'main', '--actor', actor]);
  for (const { root } of [small, large]) git(root, ['add', NEW_VERSION]);
  both('validate --staged of it', false, () => ['validate', '--staged']);
  for (const { root } of [small, large]) rmSync(root, { recursive: true });
  return rows;
}
