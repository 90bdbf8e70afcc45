/** A branch from before a platform began carries a copy of it: merged, the audit would take it for what the platform was, so it is refused. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { gitProcesses } from '../fixtures/traced-git.ts';
import { FIXTURE, RELEASE } from '../fixtures/workspace.ts';
import { haveBegun } from '../git/history/beginning.ts';

let own: TestRepository;
afterAll(removeRepositories);

beforeEach(() => {
  own = repository(temporaryFolder('before'), false);
  own.git('init', '-q', '-b', 'main');
  own.git('commit', '-q', '--allow-empty', '-m', 'The tool');
  own.git('branch', 'tool');
  cpSync(FIXTURE, join(own.home, 'config'), { recursive: true });
  own.write('platform.yaml', `${readFileSync(join(FIXTURE, 'platform.yaml'), 'utf8')}\nbeginning: 0b7c1d5e-4f3a\n`);
  own.commit({ message: 'Begin' });
});

/** Something new of olga's on a branch, with all that main has: what both have alike does not conflict. */
function branchFrom(start: string): void {
  own.git('switch', '-q', '-c', 'words', start);
  own.git('checkout', '-q', 'main', '--', '.');
  own.write('apps/third.yaml', 'id: third\nname: { en: Third, zh: 三 }\nregions: [EU]\nscheme: third\n');
  own.commit({ by: 'olga' });
  own.git('switch', '-q', 'main');
}

const planned = async () => {
  const { code, value } = await own.runJson('plan', '--base', 'main', '--head', 'words', '--actor', 'olga');
  return { code, codes: value.problems.map((problem: any) => problem.code) };
};

test('a branch from before the platform began is refused, and the audit would accuse its merge', async () => {
  branchFrom('tool');
  expect(await planned()).toEqual({ code: 1, codes: ['history-unrelated'] });
  own.git('merge', '-q', '--no-ff', '-m', 'Merge', 'words');
  const { value } = await own.runJson('audit');
  expect(value.findings.flatMap(({ problems }: any) => problems.map(({ code }: any) => code))).toContain(
    'beginning-apart',
  );
});

test('an emergency stop on such a branch is refused as well: its merge would bring the history, whatever it changes', async () => {
  const before = own.git('commit-tree', 'tool^{tree}', '-p', 'tool', '-m', 'More of the tool');
  own.git('switch', '-q', '-c', 'words');
  own.git('merge', '-q', '-s', 'ours', '-m', 'Merge', before);
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  own.commit({ by: 'alice' });
  own.git('switch', '-q', 'main');
  const { code, value } = await own.runJson('plan', '--base', 'main', '--head', 'words', '--actor', 'alice');
  expect([code, value.transitions.map(({ kind }: any) => kind)]).toEqual([1, ['disable']]);
  expect(value.problems.map((problem: any) => problem.code)).toContain('history-unrelated');
});

test('a branch of main that merges one from before is refused as well', async () => {
  branchFrom('tool');
  own.git('switch', '-q', '-c', 'merged', 'main');
  own.git('merge', '-q', '--no-ff', '-m', 'Merge', 'words');
  own.git('branch', '-q', '-f', 'words', 'merged');
  own.git('switch', '-q', 'main');
  expect(await planned()).toEqual({ code: 1, codes: ['history-unrelated'] });
});

test('a branch from an earlier commit of the platform is as good as one from the newest', async () => {
  branchFrom('main');
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  own.commit({ by: 'alice' });
  expect(await planned()).toEqual({ code: 0, codes: [] });
});

test('a branch that comes after many commits of the platform asks Git no more often than one that comes after a few', async () => {
  const commits = Array.from({ length: 60 }, () => own.commit({ by: 'alice' }));
  const processes = async (from: readonly string[]) =>
    (await gitProcesses(() => expect(haveBegun(own.home, from, 'config')).toBe(true))).length;
  expect(await processes(commits.slice(0, 50))).toBe(await processes(commits.slice(50, 52)));
  expect(haveBegun(own.home, [commits[0]!, own.git('rev-parse', 'tool')], 'config')).toBe(false);
});

test('a branch from before the folder moved is told where it moved, also where it has the newest merged in', async () => {
  own.git('switch', '-q', '-c', 'words');
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  own.commit({ by: 'alice' });
  own.git('switch', '-q', 'main');
  own.git('mv', 'config', 'registry');
  own.git('commit', '-q', '-m', 'Move');
  const told = async () => {
    const words = ['plan', '--config', 'registry', '--base', 'main', '--head', 'words', '--actor', 'alice'];
    const { code, value } = await own.runJson(...words);
    return { code, errors: value.problems.filter(({ severity }: any) => severity === 'error') };
  };
  const moved = { code: 'folder-moved', file: 'registry/platform.yaml', hint: expect.stringContaining('in registry') };
  expect(await told()).toMatchObject({ code: 1, errors: [moved] });
  own.git('switch', '-q', 'words');
  own.git('merge', '-q', '--no-edit', 'main');
  own.git('switch', '-q', 'main');
  expect(await told()).toMatchObject({ code: 1, errors: [moved] });
});
