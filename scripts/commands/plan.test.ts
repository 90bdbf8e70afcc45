/**
 * `miniapp plan` on real repositories: what Git gives it, what it says, and that it leaves no trace. Longer than most files: every test
 * is one more state of the same repository.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../fixtures/run-command.ts';
import { answerOf } from '../fixtures/answers.ts';
import { FIXTURE, PANEL, RELEASE, SMART, WHITELIST } from '../fixtures/workspace.ts';

const homes: string[] = [];
let home = '';
const config = (path: string) => join(home, 'config', path);
const edit = (path: string, from: string, to: string) => {
  const text = readFileSync(config(path), 'utf8');
  expect(text).toContain(from);
  writeFileSync(config(path), text.replace(from, to));
};

function git(...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  return execFileSync('git', [...who, ...args], { cwd: home, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function commit(message: string): void {
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

/** Two commits of olga: each gives Bob another name. */
function renameTwice(): void {
  for (const [name, next] of [
    ['Bob Example', 'Bobby'],
    ['Bobby', 'Bob'],
  ] as const) {
    edit('people/bob.yaml', name, next);
    git('commit', '-qam', 'A name', '-m', 'Actor: olga');
  }
}

/** The branch `feature` with an edit of the whitelist, and `main`, checked out, with a stop of the service; `message`: of the latter. */
function forkBeside(message: string): void {
  git('switch', '-q', '-c', 'feature');
  edit(WHITELIST, 'QA phone 3', 'QA phone 4');
  commit('feature');
  git('switch', '-q', 'main');
  edit(RELEASE, 'enabled: true', 'enabled: false');
  commit(message);
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'miniapp-plan-'));
  homes.push(home);
  git('init', '-q', '-b', 'main');
  cpSync(FIXTURE, join(home, 'config'), { recursive: true });
  commit('base');
});
afterAll(() => {
  for (const folder of homes) rmSync(folder, { recursive: true, force: true });
});

const plan = (...words: string[]) => say('plan', ...words);

const say = (...words: string[]) => runCommand(words, { cwd: home });

const planJson = async (...words: string[]) => {
  const { code, out } = await plan(...words, '--format', 'json');
  return { code, value: answerOf('plan', out) };
};

describe('a name that people can take for another miniapp’s', () => {
  const panel = `miniapps/${PANEL}/miniapp.yaml`;
  const alike = (value: { problems: { code: string; file: string }[] }) =>
    value.problems.filter(({ code }) => code === 'name-alike').map(({ file }) => file);
  const name = (text: string) => {
    const path = config(panel);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^name: .*$/m, `name: { en: ${text} }`));
  };

  test('is told of the change that brings it, and not of what stood before', async () => {
    name('ALARM CLOCK');
    expect(alike((await planJson('--actor', 'bob')).value)).toEqual([`config/${panel}`]);
    commit('named');
    edit(panel, 'avatar: avatar.svg', 'avatar: avatar.svg\ncategory: tools');
    expect(alike((await planJson('--actor', 'bob')).value)).toEqual([]);
  });

  test('is told of a pull request', async () => {
    git('checkout', '-q', '-b', 'named');
    name('AIarm clock');
    commit('named');
    const { value } = await planJson('--base', 'main', '--head', 'named', '--actor', 'bob');
    expect(alike(value)).toEqual([`config/${panel}`]);
  });

  test('is told by create', async () => {
    const said = await say(...['create', '--name', 'Alarm cl0ck', '--type', 'smart', '--actor', 'bob', '--dry-run']);
    expect(`${said.out}${said.err}`).toContain(`"Alarm cl0ck" can be taken for the name of ${SMART} (Alarm clock)`);
  });
});

describe('plan', () => {
  // Windows has no named pipes among its files.
  test.skipIf(process.platform === 'win32')(
    'a named pipe in the place of a file is told, and nobody waits for it',
    async () => {
      const file = WHITELIST;
      rmSync(config(file));
      execFileSync('mkfifo', [config(file)]);
      // Whoever opens the pipe gets an answer, so that this test fails where it would otherwise wait.
      const writer = spawn('sh', ['-c', 'echo "whitelist: []" > "$0"', config(file)], { stdio: 'ignore' });
      try {
        const { code, value } = await planJson('--actor', 'alice');
        expect(code).toBe(1);
        expect(value.problems).toContainEqual(
          expect.objectContaining({ file: `config/${file}`, message: expect.stringContaining('special file') }),
        );
      } finally {
        writer.kill();
      }
    },
  );

  test('the working tree, with new files, read as a pull request', async () => {
    edit(RELEASE, 'enabled: true', 'enabled: false');
    writeFileSync(config(`miniapps/${SMART}/reports/2026-11.yaml`), 'rows: []\n');
    const { code, out } = await plan('--actor', 'alice');
    expect(code).toBe(0);
    expect(out.replace(/\([0-9a-f]{10}\)/, '(COMMIT)')).toMatchInlineSnapshot(`
      "compared with HEAD (COMMIT)
      what it is
        disable tysmart0000000001 1.1.0
        edit-report tysmart0000000001
      what changes, and for whom
        tysmart0000000001: everyone in OEM Home, Central Europe: 1.1.0 → service-disabled
        tysmart0000000001: everyone in Smart Life, China, Central Europe: 1.1.0 → service-disabled
      may be merged
      note: when it is committed, the message is to end with the line "Actor: alice" (git commit -m … -m 'Actor: alice')

      config/miniapps/tysmart0000000001/scenarios.yaml:2:82 warning "Everybody in Europe gets 1.1.0" waits: for now the answer is service-disabled scenario-suspended
        2 | …, app: smart-life, region: EU, expect: { opens: 1.1.0 } }
                                                    ^
        next: A stop, a revoked approval and the end of a whitelist row let promises wait. What can be done: npx miniapp show tysmart0000000001

      0 errors, 1 warning in 1 file
      "
    `);
  });

  test('as JSON has the fields of the contract', async () => {
    edit(`miniapps/${SMART}/trafficking.yaml`, 'oem-home, regions: [EU]', 'oem-home, regions: [EU, AZ]');
    const { code, value } = await planJson('--actor', 'alice');
    expect(code).toBe(1);
    expect(value).toEqual({
      base: { name: 'HEAD', commit: git('rev-parse', 'HEAD') },
      compatibility: [],
      notes: [expect.stringContaining('"Actor: alice"')],
      ok: false,
      transitions: [{ kind: 'edit-trafficking', miniapp: SMART }],
      problems: [],
      approvals: { required: 1, given: [], missing: 1 },
      effects: expect.arrayContaining([
        {
          miniapp: SMART,
          app: 'oem-home',
          region: 'AZ',
          audience: 'everyone',
          entry: 'link',
          before: 'app-not-associated',
          after: '1.1.0',
        },
      ]),
    });
    const approved = await planJson('--actor', 'alice', '--approved-by', 'rita', '--approved-by', 'olga');
    expect(approved.code).toBe(0);
    expect(approved.value.approvals).toEqual({ required: 1, given: ['olga'], missing: 0 });
  });

  test('a branch against what others merged meanwhile: neither blamed nor missed', async () => {
    forkBeside('others');
    const { code, value } = await planJson('--base', 'main', '--head', 'feature', '--actor', 'bob');
    expect({ code, transitions: value.transitions, effects: value.effects }).toEqual({
      code: 0,
      transitions: [{ kind: 'edit-whitelist', miniapp: SMART }],
      effects: [],
    });
  });

  test('two changes that are valid alone and not together: the second is refused', async () => {
    git('switch', '-q', '-c', 'submit');
    writeFileSync(
      config(`miniapps/${SMART}/versions/1.3.0.yaml`),
      `${readFileSync(config(`miniapps/${SMART}/versions/1.3.0.yaml`), 'utf8')}review: { status: pending, submittedBy: bob }\n`,
    );
    commit('submit 1.3.0');
    git('switch', '-q', 'main');
    edit(`miniapps/${SMART}/versions/1.2.0.yaml`, 'review: { status: pending, submittedBy: bob }\n', '');
    commit('withdrawn meanwhile');
    expect((await planJson('--head', 'submit', '--actor', 'bob')).code).toBe(0);
    edit(`miniapps/${SMART}/versions/1.2.0.yaml`, 'origins', 'review: { status: pending, submittedBy: bob }\norigins');
    git('reset', '-q', '--hard', 'HEAD~1');
    const { code, value } = await planJson('--head', 'submit', '--actor', 'bob');
    expect(code).toBe(1);
    expect(value.problems.map((problem: any) => problem.code)).toEqual(['review-pending-several']);
  });

  test('whoever wrote a commit of a change does not approve it', async () => {
    git('switch', '-q', '-c', 'feature');
    edit(`miniapps/${SMART}/trafficking.yaml`, 'oem-home, regions: [EU]', 'oem-home, regions: [EU, AZ]');
    commit('deliver\n\nCo-authored-by: Olga Example <101+olga@users.noreply.github.com>');
    const words = ['--base', 'main', '--head', 'feature', '--actor', 'alice', '--approved-by', 'olga'];
    expect((await planJson(...words)).value.approvals).toEqual({ required: 1, given: [], missing: 1 });
    git('commit', '-q', '--amend', '-m', 'deliver');
    expect((await planJson(...words)).value.approvals).toEqual({ required: 1, given: ['olga'], missing: 0 });
  });

  test('what does not merge cleanly says so', async () => {
    git('switch', '-q', '-c', 'feature');
    edit(RELEASE, '{ version: 1.2.0 }', '{ version: 1.3.0 }');
    commit('feature');
    git('switch', '-q', 'main');
    edit(RELEASE, 'experience: { version: 1.2.0 }\n', '');
    commit('others');
    const { code, value } = await planJson('--head', 'feature', '--actor', 'bob');
    expect(code).toBe(1);
    expect(value.problems).toMatchObject([{ code: 'merge-conflict', file: `config/${RELEASE}` }]);
    expect(value.transitions).toEqual([]);
  });

  test.each<[string, string, string, string, string, string]>([
    [
      'an approval',
      'versions/1.2.0.yaml',
      'status: pending, submittedBy: bob',
      'status: approved, submittedBy: bob, reviewedBy: rita',
      'versions/1.4.0.yaml',
      'rita',
    ],
    [
      'a submission',
      'versions/1.3.0.yaml',
      '\norigins: [https://api.example.com]\n',
      '\norigins: [https://api.example.com]\nreview: { status: pending, submittedBy: alice }\n',
      'versions/1.4.0.yaml',
      'alice',
    ],
    ['guests', 'whitelist.yaml', 'QA phone 3', 'QA phone 4', 'reports/2026-12.yaml', 'bob'],
  ])('%s of a file that main moved lands nowhere else', async (_, from, before, after, to, actor) => {
    const [old, now] = [`miniapps/${SMART}/${from}`, `miniapps/${SMART}/${to}`];
    git('switch', '-q', '-c', 'feature');
    edit(old, before, after);
    commit('feature');
    git('switch', '-q', 'main');
    git('mv', '-f', config(old), config(now));
    commit('moved');
    const { code, value } = await planJson('--base', 'main', '--head', 'feature', '--actor', actor);
    expect(code).toBe(1);
    const [problem] = value.problems.filter((one: any) => one.code === 'file-moved');
    expect(problem).toMatchObject({ severity: 'error', file: `config/${now}` });
    expect(problem.message).toContain(`config/${old}`);
    expect(problem.hint).toContain('begin the branch anew from there (git switch -c NAME main)');
  });

  test('an evil merge that takes another record back is judged by what it does', async () => {
    forkBeside('emergency stop');
    git('switch', '-q', 'feature');
    git('merge', '-q', '--no-commit', 'main');
    edit(RELEASE, 'enabled: false', 'enabled: true');
    commit('merge');
    const { code, value } = await planJson('--base', 'main', '--head', 'feature', '--actor', 'bob');
    expect(code).toBe(1);
    expect(value.transitions.map(({ kind }: any) => kind)).toEqual(['enable', 'edit-whitelist']);
    expect(value.problems.map((problem: any) => problem.code)).toEqual(['actor-not-allowed']);
  });

  test('a branch that merges a history of its own is refused, as the bot does', async () => {
    forkBeside('another edit');
    git('switch', '-q', 'feature');
    const orphan = git('commit-tree', 'HEAD^{tree}', '-m', 'Everything');
    git('merge', '-q', '--allow-unrelated-histories', '-s', 'ours', '-m', 'merge', orphan.trim());
    const { code, value } = await planJson('--base', 'main', '--head', 'feature', '--actor', 'bob');
    const [found] = value.problems.filter((one: any) => one.severity === 'error');
    expect({ code, ok: value.ok, problem: found }).toEqual({
      ...{ code: 1, ok: false },
      problem: expect.objectContaining({
        ...{ code: 'history-unrelated', file: 'config/platform.yaml' },
        message: expect.stringContaining('no history in common with main'),
        hint: expect.stringContaining('begin a branch from the newest main'),
      }),
    });
  });

  test('a number of a deleted version is known from history', async () => {
    const path = config(`miniapps/${SMART}/versions/1.4.0.yaml`);
    const text = readFileSync(config(`miniapps/${SMART}/versions/1.3.0.yaml`), 'utf8').replaceAll('1.3.0', '1.4.0');
    writeFileSync(path, text);
    commit('upload');
    rmSync(path);
    commit('delete');
    writeFileSync(path, text);
    const { value } = await planJson('--actor', 'alice');
    expect(value.problems.map((problem: any) => problem.code)).toEqual(['version-not-higher']);
  });

  test('logins that differ by letter case alone are one person: nobody approves their own, and others count', async () => {
    edit('people/alice.yaml', 'name: Alice Example', 'name: Alice Example\nplatformRoles: [reviewer]');
    commit('alice reviews');
    edit(
      `miniapps/${SMART}/domains.yaml`,
      'https://eu.example.org',
      'https://eu.example.org, https://more.example.org',
    );
    const approvalsOf = async (...words: string[]) => (await planJson(...words)).value.approvals;
    for (const [actor, approver] of [
      ['alice', 'ALICE'],
      ['Alice', 'alice'],
    ] as const)
      expect(await approvalsOf('--actor', actor, '--approved-by', approver)).toEqual({
        required: 1,
        given: [],
        missing: 1,
      });
    const others = await approvalsOf('--actor', 'Alice', '--approved-by', 'RITA');
    expect(others).toEqual({ required: 1, given: ['rita'], missing: 0 });
  });

  test('modes: an executable bit and a symlink are refused, and nothing is read through them', async () => {
    execFileSync('chmod', ['+x', config('people/bob.yaml')]);
    execFileSync('ln', ['-s', '/etc/passwd', config('people/eve.yaml')]);
    const { code, value } = await planJson('--actor', 'olga');
    expect(code).toBe(1);
    expect(value.problems.map((problem: any) => problem.code)).toContain('file-not-plain');
  });

  test.each<[string, string, (readme: string) => void]>([
    ['a symlink', 'file-not-plain', (readme) => symlinkSync('/etc/passwd', readme)],
    ['a program', 'file-not-plain', (readme) => writeFileSync(readme, '#!/bin/sh\n', { mode: 0o755 })],
    ['too large', 'file-too-large', (readme) => writeFileSync(readme, 'x'.repeat(2_000_000))],
  ])('the README, which stands in no other file, is judged as validate does: %s', async (_, code, put) => {
    rmSync(config('README.md'), { force: true });
    put(config('README.md'));
    const { value } = await planJson('--actor', 'olga');
    expect(value.problems.map((problem: any) => problem.code)).toEqual([code]);
  });

  test('a branch that has no commit in common with its base says so, and how one gets there in a shallow clone', async () => {
    git('checkout', '-q', '-b', 'change');
    edit(RELEASE, 'enabled: true', 'enabled: false');
    commit('change');
    git('checkout', '-q', '--orphan', 'apart');
    commit('apart');
    const asked = ['--base', 'main', '--actor', 'alice'];
    const apart = await planJson(...asked, '--head', 'apart');
    expect([apart.code, apart.value.problems.map((problem: any) => problem.code)]).toEqual([1, ['history-unrelated']]);
    expect((await plan(...asked, '--head', 'apart')).out).toContain('begin a branch from the newest main');
    git('checkout', '-q', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'main goes on');
    const origin = home;
    home = mkdtempSync(join(tmpdir(), 'miniapp-plan-'));
    homes.push(home);
    git('clone', '-q', '--depth=1', '--no-single-branch', `file://${origin}`, '.');
    const shallow = await plan(...asked, '--head', 'origin/change');
    expect(shallow).toMatchObject({ code: 2, err: expect.stringContaining('git fetch --unshallow') });
    git('fetch', '-q', '--unshallow');
    expect(await plan(...asked, '--head', 'origin/change')).toMatchObject({ code: 0 });
  });

  test('config together with code is mixed', async () => {
    edit(WHITELIST, 'QA phone 3', 'QA phone 4');
    writeFileSync(join(home, 'package.json'), '{}');
    const { value } = await planJson('--actor', 'bob');
    expect(value.problems).toMatchObject([{ code: 'change-mixed' }]);
  });

  test('leaves no trace: no object, no ref, no index change', async () => {
    edit(RELEASE, 'enabled: true', 'enabled: false');
    const state = () => [
      git('count-objects', '-v'),
      git('for-each-ref'),
      git('status', '--porcelain'),
      git('stash', 'list'),
    ];
    const before = state();
    await plan('--actor', 'alice');
    expect(state()).toEqual(before);
  });

  test('the actor may be set once, and must be', async () => {
    const { code, err } = await plan();
    expect(code).toBe(2);
    expect(err).toContain('git config github.user');
    git('config', 'github.user', 'alice');
    expect((await plan()).code).toBe(0);
  });

  test('a shallow clone cannot know what was used before, and says how to deepen it', async () => {
    edit(WHITELIST, 'QA phone 3', 'QA phone 4');
    commit('second');
    const origin = home;
    home = mkdtempSync(join(tmpdir(), 'miniapp-shallow-'));
    homes.push(home);
    git('clone', '-q', '--depth', '1', `file://${origin}`, '.');
    const text = readFileSync(config(`miniapps/${SMART}/versions/1.3.0.yaml`), 'utf8').replaceAll('1.3.0', '1.4.0');
    writeFileSync(config(`miniapps/${SMART}/versions/1.4.0.yaml`), text);
    const { code, err } = await plan('--actor', 'alice');
    expect(code).toBe(2);
    expect(err).toContain('git fetch --unshallow');
  });
});

describe('without --base it is compared with', () => {
  const who = ['--actor', 'olga'];
  const base = async (...words: string[]) => (await planJson(...words, ...who)).value.base;

  test('the remote’s default branch, whatever it is called and whatever main is here', async () => {
    git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    git('remote', 'add', 'origin', '/srv/platform.git');
    const commitOf = git('rev-parse', 'HEAD');
    edit('people/bob.yaml', 'Bob', 'Bobby');
    commit('typo');
    expect(await base()).toEqual({ name: 'origin/trunk', commit: commitOf });
    const { value } = await planJson(...who);
    expect(value.transitions).toEqual([{ kind: 'edit-platform' }]);
    // What the tool comes from is no base, and an origin that was never fetched says nothing.
    git('remote', 'rename', 'origin', 'upstream');
    expect((await base()).name).toBe('HEAD~1');
    git('remote', 'add', 'origin', '/srv/platform.git');
    expect((await base()).name).toBe('HEAD~1');
  });

  test('the remote’s branch, whose conflict tells the commands that bring its newest here', async () => {
    git('clone', '-q', '--bare', '.', join(home, '.git', 'company.git'));
    git('remote', 'add', 'company', join(home, '.git', 'company.git'));
    git('switch', '-qc', 'feature');
    edit(RELEASE, 'enabled: true', 'enabled: false');
    commit('feature');
    // Others push, and main stays here what it was.
    git('switch', '-qc', 'others', 'main');
    edit(RELEASE, 'enabled: true', 'enabled: true # since spring');
    commit('others');
    git('push', '-q', 'company', 'others:main');
    const pushed = git('rev-parse', 'HEAD');
    const { value } = await planJson('--head', 'feature', '--actor', 'alice');
    const [, line = ''] = /: (git .*), and resolve/.exec(value.problems[0].hint) ?? [];
    expect(line).toContain('git fetch company main');
    git('switch', '-q', 'feature');
    expect(spawnSync('sh', ['-c', line], { cwd: home, encoding: 'utf8' }).stdout).toContain('CONFLICT');
    expect(git('rev-parse', 'MERGE_HEAD')).toBe(pushed);
  });

  test('a branch, and no tag that is called so', async () => {
    const tip = git('rev-parse', 'HEAD');
    edit('people/bob.yaml', 'Bob', 'Bobby');
    commit('typo');
    git('switch', '-qc', 'feature');
    git('branch', '-f', 'main', tip);
    git('tag', 'main', 'HEAD');
    expect(await base()).toEqual({ name: 'main', commit: tip });
    git('update-ref', 'refs/remotes/origin/main', tip);
    git('remote', 'add', 'origin', '/srv/platform.git');
    git('tag', 'origin/main', 'HEAD');
    expect(await base()).toEqual({ name: 'origin/main', commit: tip });
  });

  test('without a remote, what was there before this work', async () => {
    expect((await base()).name).toBe('HEAD');
    edit('people/bob.yaml', 'Bob', 'Bobby');
    expect((await base()).name).toBe('HEAD');
    commit('typo');
    expect((await base()).name).toBe('HEAD~1');
    git('switch', '-qc', 'feature');
    edit('people/alice.yaml', 'Alice', 'Alicia');
    commit('more');
    edit('people/alice.yaml', 'Alicia', 'Alba');
    expect((await base()).name).toBe('main');
    expect((await base('--head', 'main')).name).toMatch(/^[0-9a-f]{40}~1$/);
  });
});

test('it says which commits the audit would take for nobody’s, and how they are mended', async () => {
  const notes = async () => (await planJson('--actor', 'olga')).value.notes ?? [];
  edit('people/bob.yaml', 'Bob', 'Bobby');
  expect(await notes()).toEqual([expect.stringMatching(/the line "Actor: olga"/)]);
  commit('typo');
  expect(await notes()).toEqual([
    expect.stringMatching(/"typo" for olga's: it does not say who acted/),
    expect.stringMatching(/git commit --amend --no-edit --trailer 'Actor: olga'/),
  ]);
  git('commit', '-q', '--amend', '--no-edit', '--trailer', 'Actor: olga');
  expect(await notes()).toEqual([]);
  // On GitHub the account tells it.
  git('commit', '-q', '--amend', '-m', 'typo');
  git('remote', 'add', 'origin', 'https://github.com/acme/platform.git');
  expect(await notes()).toEqual([]);
});

test('without a remote it says who judges the commits before the last, unless a base is named', async () => {
  const notes = async (...words: string[]) => (await planJson('--actor', 'olga', ...words)).value.notes ?? [];
  renameTwice();
  expect(await notes()).toEqual([expect.stringMatching(/commits before this one are judged by npx miniapp audit$/)]);
  expect(await notes('--head', 'HEAD')).toEqual(await notes());
  expect(await notes('--base', 'HEAD~1')).toEqual([]);
});

test('several commits that are no one change: without pull requests each is judged by itself, and it says so', async () => {
  const base = git('rev-parse', 'HEAD');
  renameTwice();
  const notes = async () => (await planJson('--actor', 'olga', '--base', base)).value.notes;
  expect(await notes()).toBeUndefined();
  edit(`miniapps/${SMART}/versions/1.3.0.yaml`, 'description: ', 'description: More ');
  git('commit', '-qam', 'A description', '-m', 'Actor: olga');
  expect(await notes()).toEqual([expect.stringMatching(/^these are 3 commits, .*npx miniapp audit$/)]);
});
