/**
 * Histories in real repositories, and what `miniapp history` tells of them. Longer than most files, because it is a list: a history a
 * test.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  BOT,
  removeRepositories,
  repository,
  temporaryFolder,
  type TestRepository,
} from '../../fixtures/repository.ts';
import { mergeBranch } from '../../fixtures/merged-branch.ts';
import { withGit } from '../../fixtures/scripted-git.ts';
import { PANEL, RELEASE, SMART, WHITELIST, versionFile } from '../../fixtures/workspace.ts';

let own: TestRepository;

beforeEach(() => {
  own = repository();
});
afterAll(removeRepositories);

/** Each entry as one line: who, what, which pull request. */
async function told(...words: string[]): Promise<string[]> {
  const { value } = await own.runJson('history', ...words);
  return value.entries.map(({ actor, kind, miniapp, version: number, pullRequest, approvedBy }: any) =>
    [
      actor ?? 'unknown',
      kind,
      ...[miniapp, number].filter(Boolean),
      ...(pullRequest === null ? [] : [`#${pullRequest}`]),
      ...approvedBy.map((login: string) => `+${login}`),
    ].join(' '),
  );
}

describe('what a commit did is read from its files', () => {
  test('without any trailer', async () => {
    own.edit(RELEASE, 'enabled: true', 'enabled: false');
    own.edit(WHITELIST, 'QA phone 3', 'QA phone 4');
    const commit = own.commit({ by: 'alice', message: 'Stop it' });
    const { code, value } = await own.runJson('history', '--limit', '1');
    expect(code).toBe(0);
    expect(value.entries).toEqual([
      {
        kind: 'edit-whitelist',
        miniapp: SMART,
        actor: 'alice',
        when: '2026-11-01T02:00:00.000Z',
        pullRequest: null,
        commit,
        subject: 'Stop it',
        approvedBy: [],
        changes: ['~ smart-life qa@example.com: note QA phone 3 → note QA phone 4'],
      },
    ]);
    expect(await told()).toEqual([`alice edit-whitelist ${SMART}`, `alice disable ${SMART} 1.1.0`, 'olga bootstrap']);
  });

  test('a trailer that says otherwise is not believed', async () => {
    own.edit(RELEASE, 'enabled: true', 'enabled: false');
    own.commit({ by: BOT, trailers: ['Transition: enable', `Miniapp: ${PANEL}`, 'Version: 9.0.0', 'Actor: alice'] });
    expect(await told('--limit', '1')).toEqual([`alice disable ${SMART} 1.1.0`]);
  });

  test('a difference that is no transition says why', async () => {
    own.edit(versionFile('1.1.0'), 'Version 1.1.0', 'Other');
    own.write('notes.txt', 'x');
    own.commit({ by: 'mallory' });
    expect(await told('--limit', '2')).toEqual(['unknown unexplained', `unknown unexplained ${SMART} 1.1.0`]);
    const { out } = await own.run('history', SMART);
    expect(out).toContain('what was uploaded never changes');
  });

  test('commits of code alone are no part of it', async () => {
    writeFileSync(join(own.home, 'package.json'), '{}');
    own.commit();
    expect(await told()).toEqual(['olga bootstrap']);
  });
});

describe('pull requests', () => {
  const change = (to: string) => own.edit(WHITELIST, 'note: ', `note: ${to} `);
  test('by the trailer, a squash, a merge, or none', async () => {
    change('a');
    own.commit({ by: BOT, trailers: ['Actor: bob', 'Pull-request: #12', 'Approved-by: rita'] });
    change('b');
    own.commit({ by: 'bob', message: 'Rename a phone (#13)' });
    own.git('switch', '-q', '-c', 'feature');
    change('c');
    own.commit({ by: 'bob' });
    own.git('switch', '-q', 'main');
    own.git('merge', '-q', '--no-ff', '-m', 'Merge pull request #14 from example/feature', 'feature');
    change('d');
    own.commit({ by: 'bob', message: 'See (#15) for more' });
    expect(await told('--limit', '4')).toEqual([
      `bob edit-whitelist ${SMART}`,
      `bob edit-whitelist ${SMART} #14`,
      `bob edit-whitelist ${SMART} #13`,
      `bob edit-whitelist ${SMART} #12 +rita`,
    ]);
  });

  test('what a branch did on its way is not told, only what merging it did', async () => {
    own.git('switch', '-q', '-c', 'feature');
    own.edit(RELEASE, 'enabled: true', 'enabled: false');
    own.commit({ by: 'alice' });
    own.edit(RELEASE, 'enabled: false', 'enabled: true');
    change('x');
    own.commit({ by: 'alice' });
    own.git('switch', '-q', 'main');
    own.git('merge', '-q', '--no-ff', '-m', 'merge', 'feature');
    expect(await told()).toEqual([`alice edit-whitelist ${SMART}`, 'olga bootstrap']);
  });
});

test('whose a merge is, as the audit judges it', async () => {
  mergeBranch(own, ['alice', 'olga']);
  expect(await told('--limit', '1')).toEqual([`bob edit-whitelist ${SMART}`]);
});

test('… and that it could not be told of a merge is said', async () => {
  mergeBranch(own, ['alice']);
  const { code, err } = await withGit('case "$*" in *merge-tree*) exit 129;; esac', () => own.run('history'));
  expect([code, err]).toEqual([0, expect.stringMatching(/^warning: 1 merge could not be looked at: .*miniapp audit/)]);
  expect((await own.run('history')).err).toBe('');
});

test('… also of the oldest that is read', async () => {
  own.git('switch', '-q', '-c', 'feature');
  own.edit(WHITELIST, 'note: ', 'note: a ');
  own.commit({ by: 'alice' });
  own.edit(`miniapps/${SMART}/miniapp.yaml`, 'en: ', 'en: The ');
  own.commit({ by: 'olga' });
  own.git('switch', '-q', 'main');
  own.write('../notes.txt', 'x');
  own.commit({ by: 'bob' });
  own.git('merge', '-q', '--no-ff', '-m', 'Merge', 'feature');
  own.write('people/zed.yaml', 'login: zed\ngithubId: 900\nname: Zed\n');
  own.commit();
  const all = await told(SMART);
  expect(all.slice(0, 2).map((line) => line.split(' ')[0])).toEqual(['bob', 'bob']);
  expect(await told(SMART, '--limit', '1')).toEqual(all.slice(0, 1));
});

describe('one miniapp', () => {
  test('its own entries, from its beginning', async () => {
    own.edit(`miniapps/${PANEL}/miniapp.yaml`, 'en: ', 'en: The ');
    own.commit({ by: 'alice' });
    own.edit(WHITELIST, 'QA phone 3', 'QA phone 4');
    own.commit({ by: 'bob' });
    expect(await told(PANEL)).toEqual([`alice edit-basics ${PANEL}`, `olga bootstrap ${PANEL}`]);
    expect(await told(PANEL, '--limit', '1')).toEqual([`alice edit-basics ${PANEL}`]);
  });

  test('one that never was, or cannot be', async () => {
    for (const id of ['tynever00000000001', '../../etc']) {
      expect(await own.run('history', id)).toMatchObject({
        code: 2,
        err: expect.stringContaining('there is no miniapp'),
      });
    }
  });

  test('somebody who was renamed is named as they were called then', async () => {
    own.edit(WHITELIST, 'QA phone 3', 'QA phone 4');
    own.commit({ by: 'bob' });
    own.git('mv', own.file('people/bob.yaml'), own.file('people/bobby.yaml'));
    own.edit('people/bobby.yaml', 'login: bob', 'login: bobby');
    own.commit();
    own.edit(WHITELIST, 'QA phone 4', 'QA phone 5');
    own.commit({ by: 'bob' });
    expect((await told(SMART)).slice(0, 2)).toEqual([`bobby edit-whitelist ${SMART}`, `bob edit-whitelist ${SMART}`]);
  });
});

describe('the pretty form', () => {
  test('newest first, aligned, and says that there is more', async () => {
    own.edit(RELEASE, 'enabled: true', 'enabled: false');
    const id = own.commit({ by: 'alice', message: 'Stop (#3)', trailers: ['Approved-by: rita'] });
    own.edit(WHITELIST, 'QA phone 3', '\u202Ephone');
    own.commit({ by: 'bob\u001B[31m@example.com' });
    const { out } = await own.run('history', '--limit', '2');
    const ids = own.git('log', '--format=%H').split('\n');
    expect(ids[1]).toBe(id);
    expect(out.replace(ids[0]!.slice(0, 10), 'NEWEST').replace(id.slice(0, 10), 'SECOND')).toMatchInlineSnapshot(`
      "when (UTC)        who      what            miniapp            PR  commit
      2026-11-01 03:00  unknown  edit-whitelist  tysmart0000000001      NEWEST  - smart-life qa@example.com: note QA phone 3; - oem-home +491701234567: expires 2099-12-31
      2026-11-01 02:00  alice    disable 1.1.0   tysmart0000000001  #3  SECOND  approved by rita
      … and earlier: --limit 4
      "
    `);
  });

  test.each(['0', '-1', 'x', '1.5'])('--limit %s is none', async (limit) => {
    expect((await own.run('history', `--limit=${limit}`)).code).toBe(2);
  });

  test('fifty unless told otherwise, all as JSON', async () => {
    for (let i = 0; i < 51; i += 1) {
      own.edit(WHITELIST, 'note: ', `note: ${i} `);
      own.commit({ by: 'bob' });
    }
    const { out } = await own.run('history');
    expect(out.split('\n').filter((line) => line.includes('edit-whitelist'))).toHaveLength(50);
    expect(out).toContain('and earlier: --limit 100');
    expect(await told()).toHaveLength(52);
  });
});

describe('where history ends', () => {
  test('a shallow clone warns, and says what its first commit claims', async () => {
    own.edit(RELEASE, 'enabled: true', 'enabled: false');
    const trailers = ['Transition: disable', `Miniapp: ${SMART}`, 'Version: 1.1.0', 'Transition: <script>'];
    own.commit({ by: 'alice', trailers });
    own.edit(RELEASE, 'enabled: false', 'enabled: true');
    own.commit({ by: 'alice' });
    const clone = repository(temporaryFolder('shallow'), false);
    own.git('clone', '-q', '--depth', '2', `file://${own.home}`, clone.home);
    own = clone;
    expect(await told()).toEqual([`alice enable ${SMART} 1.1.0`, `alice disable ${SMART} 1.1.0`]);
    const { code, value, err } = await clone.runJson('history');
    expect(code).toBe(0);
    expect(value.warning).toContain('git fetch --unshallow');
    expect(err).toContain('git fetch --unshallow');
  });

  test('a shallow clone whose commits are of something else does not say that there is nothing', async () => {
    writeFileSync(join(own.home, 'README.md'), 'x');
    own.commit({ by: 'alice' });
    const clone = repository(temporaryFolder('shallow'), false);
    own.git('clone', '-q', '--depth', '1', `file://${own.home}`, clone.home);
    const { code, out, err } = await clone.run('history');
    expect([code, out]).toEqual([0, 'nothing of it is in this clone\n']);
    expect(err).toContain('git fetch --unshallow');
  });

  test('nothing committed, nothing of the configuration committed, no Git', async () => {
    const empty = repository(temporaryFolder('empty'), false);
    empty.git('init', '-q', '-b', 'main');
    mkdirSync(join(empty.home, 'config'));
    expect(await empty.run('history')).toMatchObject({ code: 2, err: expect.stringContaining('nothing is committed') });
    empty.commit();
    expect(await empty.run('history')).toMatchObject({ code: 0, out: expect.stringContaining('nothing of this') });
    expect((await empty.runJson('history')).value).toEqual({ entries: [] });
    const none = repository(temporaryFolder('none'), false);
    expect(await none.run('history', '--config', '.')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no Git repository'),
    });
  });

  test('the configuration may be the whole repository', async () => {
    const whole = repository(temporaryFolder('whole'), false);
    cpSync(own.file('.'), whole.home, { recursive: true });
    whole.git('init', '-q', '-b', 'main');
    whole.commit();
    writeFileSync(join(whole.home, RELEASE), 'previous: []\n');
    whole.commit({ by: 'alice' });
    for (const words of [[], [SMART], [SMART, '--limit', '1']]) {
      const { value } = await whole.runJson('history', '--config', '.', ...words);
      expect(value.entries[0]).toMatchObject({ kind: 'unexplained', miniapp: SMART, actor: 'alice' });
    }
    const audit = await whole.runJson('audit', '--config', '.');
    expect(audit.value.findings).toMatchObject([{ actor: 'alice' }]);
    expect(audit.value.findings[0].problems[0]).toMatchObject({ code: 'release-unexplained' });
  });

  test('names and words that look like what Git writes around them', async () => {
    const id = own.git('rev-parse', 'HEAD');
    own.write(`:000000 100644 ${id} ${id} A`, 'x');
    own.write(id, 'x');
    own.write('a\nb', 'x');
    own.commit({ by: 'alice', message: `${id}\n:100644 100644 ${id} ${id} M`, trailers: [`Actor: ${id}`] });
    const { value } = await own.runJson('history');
    expect(value.entries.map(({ kind }: any) => kind)).toEqual([...Array(3).fill('unexplained'), 'bootstrap']);
    expect(value.entries[0]).toMatchObject({ actor: 'alice', subject: expect.stringContaining(id) });
  });

  test('the user’s own settings of git log change nothing', async () => {
    const before = await told();
    for (const setting of ['log.showRoot=false', 'log.showSignature=true', 'diff.relative=true', 'log.follow=true'])
      own.git('config', ...(setting.split('=') as [string, string]));
    expect(await told()).toEqual(before);
  });
});

describe('what an edit changed, and which entries are asked for', () => {
  beforeEach(() => {
    own.edit(WHITELIST, 'QA phone 3', 'QA phone 4');
    own.commit({ by: 'alice', message: 'Another phone' });
    own.edit(RELEASE, 'enabled: true', 'enabled: false');
    own.commit({ by: 'bob', message: 'Stop it' });
  });

  test('each row that says something else', async () => {
    const { value } = await own.runJson('history', '--kind', 'edit-whitelist');
    expect(value.entries).toHaveLength(1);
    expect(value.entries[0].changes).toEqual([
      expect.stringMatching(/^~ smart-life .*: .*QA phone 3.* → .*QA phone 4/),
    ]);
  });

  test.each([
    [['--actor', 'bob'], ['disable']],
    [
      ['--kind', 'edit-whitelist,disable'],
      ['disable', 'edit-whitelist'],
    ],
    [['--until', '2000-01-01'], []],
    [['--until', '2000-01-01T00:00:00+01:00'], []],
    [['--since', '2000-01-01', '--kind', 'bootstrap'], undefined],
    [['--since', '2026-02-30'], undefined],
    [['--since', '2026-02-30T00:00:00Z'], undefined],
    [['--since', '2026-02-20T00:00:00'], undefined],
  ])('%j', async (words, kinds) => {
    const { code, value } = await own.runJson('history', ...words);
    if (kinds === undefined) expect(code).toBe(2);
    else expect(value.entries.map(({ kind }: { kind: string }) => kind)).toEqual(kinds);
  });
});
