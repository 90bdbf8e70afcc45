/** A platform that begins in a copy of the example: what came before is not its history, and what comes after is judged. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { audited, begin, BEGINNING, example, MEI, own, release } from '../fixtures/beginnings.ts';
import { removeRepositories } from '../fixtures/repository.ts';
import { FIXTURE, PANEL, SMART } from '../fixtures/workspace.ts';
import { beginningOf } from '../git/history/beginning.ts';
import { pastOf } from '../git/history/past.ts';

afterAll(removeRepositories);
beforeEach(() => example());

test('without a beginning the example’s story is judged', async () => {
  expect((await audited()).codes).not.toEqual([]);
  expect(beginningOf(own.home, 'HEAD', 'config')).toBeUndefined();
});

describe('with one', () => {
  test('plan takes its commit as it is, too, and judges what comes after', async () => {
    begin();
    expect((await own.runJson('plan', '--actor', 'alice')).value).toMatchObject({ ok: true, transitions: [] });
    own.edit(release, 'enabled: true', 'enabled: false');
    own.commit({ by: 'alice' });
    const { value } = await own.runJson('plan', '--actor', 'alice');
    expect(value.transitions.map(({ kind }: any) => kind)).toEqual(['disable']);
  });

  test('plan asks nobody of the example before it is committed, and says what makes it count', async () => {
    rmSync(own.file('people'), { recursive: true });
    cpSync(join(FIXTURE, 'people'), own.file('people'), { recursive: true });
    own.write('platform.yaml', `${own.git('show', 'HEAD:config/platform.yaml')}\n${BEGINNING}`);
    const { code, value } = await own.runJson('plan', '--actor', 'olga');
    expect({ code, value }).toMatchObject({
      code: 0,
      value: { ok: true, transitions: [], problems: [], approvals: { required: 0, given: [], missing: 0 } },
    });
    expect(value.notes).toEqual([expect.stringContaining('npx miniapp init --commit')]);
    expect((await own.run('plan', '--actor', 'olga')).out).not.toContain('compared with');
    // Whoever names a base asks what a pull request would be.
    const asked = await own.runJson('plan', '--base', 'HEAD', '--actor', 'olga');
    expect(asked.value.problems.map((problem: any) => problem.code)).toContain('beginning-added');
  });

  test('plan says where nothing is committed yet, and how the first commit is made', async () => {
    own.git('switch', '-q', '--orphan', 'empty');
    cpSync(FIXTURE, join(own.home, 'config'), { recursive: true });
    const { code, value } = await own.runJson('plan', '--actor', 'olga');
    expect({ code, error: value.error }).toEqual({
      code: 2,
      error: expect.stringContaining('npx miniapp init --commit'),
    });
  });

  test('a beginning that comes too late is none for plan, too', async () => {
    example('ada');
    own.write('platform.yaml', `${own.git('show', 'HEAD:config/platform.yaml')}\n${BEGINNING}`);
    const { value } = await own.runJson('plan', '--actor', 'ada');
    expect(value.problems.map((problem: any) => problem.code)).toContain('beginning-added');
  });

  test('the audit takes its commit as it is, and judges what comes after', async () => {
    const first = begin();
    expect(await audited()).toEqual({ bootstrap: first, codes: [] });
    own.edit(release, 'enabled: true', 'enabled: false');
    own.commit({ by: 'bob' });
    expect(await audited()).toEqual({ bootstrap: first, codes: ['actor-not-allowed'] });
  });

  test('history begins with it', async () => {
    const first = begin();
    own.edit(release, 'enabled: true', 'enabled: false');
    own.commit({ by: 'alice' });
    const kinds = async (...words: string[]) =>
      (await own.runJson('history', ...words)).value.entries.map(({ kind, commit }: any) => [kind, commit === first]);
    expect(await kinds()).toEqual([
      ['disable', false],
      ['bootstrap', true],
    ]);
    expect(await kinds(SMART)).toEqual([
      ['disable', false],
      ['bootstrap', true],
    ]);
    expect(await kinds('--limit', '1')).toEqual([['disable', false]]);
    expect((await own.run('history', PANEL)).code).toBe(2);
  });

  test('ids and numbers of before were never used, those that it brought were', () => {
    const first = begin();
    own.edit(release, 'enabled: true', 'enabled: false');
    const past = pastOf(own.home, own.commit({ by: 'alice' }), 'config');
    expect(past.wasEver(PANEL)).toBe(false);
    expect(past.wasEver(SMART)).toBe(true);
    expect(past.versionsEver(SMART)).not.toContain('7.0.0');
    expect(past.versionsEver(SMART)).toContain('1.2.0');
    expect(past.submittedAt(SMART, '1.2.0')).toBe(Number(own.git('log', '-1', '--format=%ct', first)) * 1000);
  });

  test('it never moves and never goes', async () => {
    const first = begin();
    own.edit('platform.yaml', 'beginning: 0b7c1d5e', 'beginning: 11111111');
    own.commit();
    expect(await audited()).toEqual({ bootstrap: first, codes: ['beginning-changed'] });
    const { out } = await own.run('audit');
    expect(out).toMatch(/\n\nA beginning is set back to what it was and never acknowledged: [^\n]+\n$/);
    expect(out).not.toContain('acknowledged:\n');
    own.write('platform.yaml', own.git('show', 'HEAD:config/platform.yaml').replace(/\nbeginning:.*/, ''));
    own.commit();
    expect(await audited()).toEqual({ bootstrap: first, codes: ['beginning-changed', 'beginning-changed'] });
  });

  test('it counts by a merge, and as the very first commit', async () => {
    own.git('switch', '-q', '-c', 'begin');
    begin();
    own.git('switch', '-q', 'main');
    own.git('merge', '-q', '--no-ff', '-m', 'Begin', 'begin');
    expect(await audited()).toEqual({ bootstrap: own.git('rev-parse', 'HEAD'), codes: [] });
    rmSync(join(own.home, '.git'), { recursive: true });
    own.git('init', '-q', '-b', 'main');
    const first = own.commit();
    expect(await audited()).toEqual({ bootstrap: first, codes: [] });
    expect(beginningOf(own.home, 'HEAD', 'config')).toBe(first);
  });
});

describe('what does not begin a platform', () => {
  test('a beginning after somebody of one’s own was there', async () => {
    example('ada');
    begin();
    expect((await audited()).codes).toContain('beginning-added');
    expect(beginningOf(own.home, 'HEAD', 'config')).toBeUndefined();
  });

  test('… even where only the example stands when it comes', async () => {
    own.write('people/ada.yaml', MEI.replace('mei_example', 'ada').replace('941203377', '77'));
    own.commit();
    own.remove('people/ada.yaml');
    own.commit();
    begin();
    expect((await audited()).codes).toContain('beginning-added');
  });

  test('a pull request: plan says so', async () => {
    own.write('platform.yaml', `${own.git('show', 'HEAD:config/platform.yaml')}\n${BEGINNING}`);
    const { code, value } = await own.runJson('plan', '--base', 'HEAD', '--actor', 'mei_example');
    expect(code).toBe(1);
    expect(value.problems.map(({ code: found }: any) => found)).toContain('beginning-added');
  });

  test('a text that only looks like it', async () => {
    begin('# beginning: 0b7c1d5e-4f3a-4c59-9a68-2d1f0e6b7a93\n');
    expect(beginningOf(own.home, 'HEAD', 'config')).toBeUndefined();
  });
});
