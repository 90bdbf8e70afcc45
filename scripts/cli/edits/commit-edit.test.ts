/** `--commit`: what it makes, and what it refuses before anything is written. */
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  addressOf,
  removeRepositories,
  repository,
  temporaryFolder,
  type TestRepository,
} from '../../fixtures/repository.ts';
import { gitHook } from '../../fixtures/git-hooks.ts';
import { NATIVE, write } from '../../fixtures/projects/write.ts';
import { SMART } from '../../fixtures/workspace.ts';

afterAll(removeRepositories);

const STOP = ['disable', SMART, '--actor', 'alice', '--commit'];
const ADD = ['whitelist', 'add', SMART, 'new@example.com', '--app', 'smart-life', '--actor', 'alice', '--commit'];
const WHITELIST = `miniapps/${SMART}/whitelist.yaml`;

let own: TestRepository;
beforeEach(() => {
  own = repository();
  own.git('config', 'user.name', 'Alice');
  own.git('config', 'user.email', 'alice@home.example');
});

const last = (format: string) => own.git('log', '-1', `--format=${format}`);
const status = () => own.git('status', '--porcelain');

/** Neither a file nor a commit nor the index is other than before. */
async function refused(words: readonly string[], reason: RegExp): Promise<void> {
  const before = [own.git('rev-parse', 'HEAD'), status(), readFileSync(own.file(WHITELIST), 'utf8')];
  const { code, err } = await own.run(...words);
  expect(err).toMatch(reason);
  expect(code).toBe(2);
  expect([own.git('rev-parse', 'HEAD'), status(), readFileSync(own.file(WHITELIST), 'utf8')]).toEqual(before);
}

test.each(['index', 'HEAD', 'refs/heads/main'])('a lock of Git’s, left on %s, is named in one line', async (name) => {
  const lock = join(own.home, `.git/${name}.lock`);
  writeFileSync(lock, '');
  const words = ['edit', SMART, '--name', 'Air', '--actor', 'alice', '--commit'];
  expect(await own.run(...words)).toMatchObject({
    code: 2,
    err: `miniapp edit: the files are edited, and nothing is committed: Git is at work here, or was ended in the middle and left ${lock}: run this again; once no Git runs any more, delete that file first\n`,
  });
  // A stop needs the branch alone, and knows that nobody has it.
  const before = new Date(Date.now() - 60_000);
  utimesSync(lock, before, before);
  expect((await own.run(...STOP)).code).toBe(0);
  expect(existsSync(lock)).toBe(name === 'index');
  rmSync(lock, { force: true });
  if (name === 'index') own.git('reset', '--quiet', '--', `config/miniapps/${SMART}/release.yaml`);
  expect((await own.run(...words)).code).toBe(0);
  expect(last('%s')).toBe(`edit-basics ${SMART}`);
});

test('a lock that a hook met in the commit which ran it is not said to be left', async () => {
  gitHook(own.home, 'pre-commit', 'unset GIT_INDEX_FILE\ngit add --all');
  expect((await own.run(...ADD)).err).toMatch(/Git, or a hook of this repository, refused it:\n.*Unable to create/);
});

describe('a commit', () => {
  test('has its author, its trailers and its files, and the audit believes it', async () => {
    const { code, value } = await own.runJson(...ADD);
    expect(code).toBe(0);
    expect(value.committed).toEqual({ commit: own.git('rev-parse', 'HEAD'), branch: 'main' });
    expect(last('%an <%ae> %cn <%ce>')).toBe('Alice <alice@home.example> Alice <alice@home.example>');
    expect(last('%B')).toBe(`edit-whitelist ${SMART}\n\nTransition: edit-whitelist\nMiniapp: ${SMART}\nActor: alice`);
    expect(own.git('show', '--format=', '--name-only')).toBe(`config/${WHITELIST}`);
    expect(status()).toBe('');
    expect((await own.runJson('audit')).value.ok).toBe(true);
  });

  test('holds what is new and what is gone', async () => {
    expect(
      (
        await own.run(
          'create',
          '--name',
          'Air',
          '--type',
          'smart',
          '--id',
          'tyair00000000',
          '--actor',
          'alice',
          '--commit',
        )
      ).code,
    ).toBe(0);
    expect(own.git('ls-files', 'config/miniapps/tyair00000000').split('\n')).toHaveLength(3);
    expect((await own.run('delete', SMART, '1.3.0', '--actor', 'alice', '--commit')).code).toBe(0);
    expect(own.git('ls-files', `config/miniapps/${SMART}/versions/1.3.0.yaml`)).toBe('');
    expect(status()).toBe('');
    expect((await own.runJson('audit')).value.ok).toBe(true);
  });

  test('says how others get it: by a push, or from a branch of one’s own', async () => {
    own.git('switch', '-qc', 'mine');
    expect((await own.runJson(...ADD)).value.committed).toMatchObject({
      branch: 'mine',
      next: 'git switch main && git merge --ff-only mine',
    });
    own.git('switch', '-q', 'main');
    own.git('merge', '-q', '--ff-only', 'mine');
    own.git('config', 'branch.main.remote', 'server');
    expect((await own.runJson(...STOP)).value.committed.next).toBe('git push server main');
    const project = temporaryFolder('project');
    write(project, NATIVE);
    const words = [
      'upload',
      SMART,
      project,
      '--version',
      '1.4.0',
      '--description',
      'New',
      '--actor',
      'bob',
      '--commit',
    ];
    expect((await own.runJson(...words)).value.committed.next).toBe(
      `git push --no-verify server packages/${SMART}/1.4.0 && git push server main`,
    );
    expect((await own.runJson('audit')).value.ok).toBe(true);
  });

  test('is not made by a dry run, nor twice', async () => {
    const before = own.git('rev-parse', 'HEAD');
    expect((await own.run(...ADD, '--dry-run')).code).toBe(0);
    expect([own.git('rev-parse', 'HEAD'), status()]).toEqual([before, '']);
    await own.run(...ADD);
    const after = own.git('rev-parse', 'HEAD');
    expect((await own.run(...ADD)).out).toMatch(/^nothing to do/);
    expect(own.git('rev-parse', 'HEAD')).toBe(after);
  });

  test('that needs a second person has them named, or is not made', async () => {
    const person = ['person', 'add', 'paul', '--github-id', '109', '--name', 'Paul', '--actor', 'olga', '--commit'];
    own.edit('people/rita.yaml', 'platformRoles: [reviewer]', 'platformRoles: [reviewer, owner]');
    own.commit({ message: 'Two owners' });
    const { code, value } = await own.runJson(...person);
    expect([code, value.ok, value.approvals.missing, status()]).toEqual([1, false, 1, '']);
    for (const nobody of ['olga', 'bob', 'nobody']) {
      expect((await own.run(...person, '--approved-by', nobody)).code, nobody).toBe(1);
    }
    expect((await own.run(...person, '--approved-by', 'rita')).code).toBe(0);
    expect(last('%(trailers:key=Approved-by,valueonly)')).toContain('rita');
    expect((await own.runJson('audit')).value.findings).toEqual([]);
  });

  test('names whoever lends the actor the right to it', async () => {
    const words = [...ADD.slice(0, ADD.indexOf('--actor')), '--actor', 'rita', '--commit'];
    expect((await own.run(...words)).code).toBe(1);
    expect((await own.run(...words, '--approved-by', 'bob', '--approved-by', 'nobody')).code).toBe(0);
    expect(last('%(trailers:key=Approved-by,valueonly)').trim()).toBe('bob');
    expect((await own.runJson('audit')).value.findings).toEqual([]);
  });

  test('asks the hooks, whose words are said; the files stay, and the index is as it was', async () => {
    gitHook(own.home, 'pre-commit', 'echo one >&2\necho two >&2\nexit 1');
    const before = own.git('rev-parse', 'HEAD');
    const { code, err } = await own.run(...ADD);
    expect(code).toBe(2);
    expect(err).toMatch(/one\n.*two\n.*git add --all -- config\/\S+ && git commit -m .*Actor: alice/s);
    expect([own.git('rev-parse', 'HEAD'), status()]).toEqual([before, `M config/${WHITELIST}`]);
    expect(readFileSync(own.file(WHITELIST), 'utf8')).toContain('new@example.com');
    // A stop waits for no hook.
    own.git('checkout', '-q', '.');
    expect((await own.run(...STOP)).code).toBe(0);
  });
});

describe('refused before anything is written:', () => {
  test('a detached HEAD', async () => {
    own.git('checkout', '-q', '--detach');
    await refused(ADD, /HEAD is detached.*git switch/);
  });

  test('a merge in progress', async () => {
    own.git('switch', '-qc', 'other');
    own.edit('platform.yaml', 'name:', '# one\nname:');
    own.commit({ by: 'olga' });
    own.git('switch', '-q', 'main');
    own.edit('platform.yaml', 'name:', '# two\nname:');
    own.commit({ by: 'olga' });
    expect(() => own.git('merge', '-q', 'other')).toThrow(/Command failed/);
    await refused(ADD, /a merge is not finished here: git merge --continue/);
    await refused(STOP, /--no-pr edits the file alone/);
  });

  test.each(['cherry-pick', 'revert'])('a %s in progress', async (operation) => {
    own.edit('platform.yaml', 'name:', '# one\nname:');
    const one = own.commit({ by: 'olga' });
    own.edit('platform.yaml', '# one', '# two');
    own.commit({ by: 'olga' });
    expect(() => own.git(operation, one)).toThrow(/Command failed/);
    await refused(ADD, new RegExp(`a ${operation} is not finished here`));
  });

  test('other files that are staged, changed or new in the configuration', async () => {
    writeFileSync(join(own.home, 'notes.txt'), 'x');
    own.git('add', 'notes.txt');
    await refused(ADD, /notes\.txt, staged and not committed yet/);
    own.git('rm', '-qf', '--cached', 'notes.txt');
    own.edit(WHITELIST, 'whitelist:', '# mine\nwhitelist:');
    await refused(ADD, /config\/miniapps\/\S+whitelist\.yaml, changed and not committed yet.*Actor: alice/);
    own.git('checkout', '-q', '.');
    own.write('people/new.yaml', 'login: new\ngithubId: 700\nname: New\n');
    await refused(ADD, /config\/people\/new\.yaml, changed/);
  });

  test('… but litter and what is outside and not staged are nobody’s business', async () => {
    writeFileSync(own.file('.DS_Store'), 'x');
    writeFileSync(join(own.home, 'notes.txt'), 'x');
    expect((await own.run(...ADD)).code).toBe(0);
    expect(existsSync(own.file('.DS_Store'))).toBe(true);
    expect(status()).toBe('?? config/.DS_Store\n?? notes.txt');
  });

  test('the branch of somebody else, and one whose commits say nothing', async () => {
    own.git('switch', '-qc', 'bobs');
    own.edit(WHITELIST, 'whitelist:', '# bob\nwhitelist:');
    own.commit({ by: 'bob', message: 'Of Bob' });
    await refused(ADD, /branch bobs holds \w{10} "Of Bob" \(bob's\).*git switch main/);
    own.git('commit', '-q', '--amend', '--no-edit', '--author=X <x@example.com>');
    await refused(ADD, /does not say whose/);
    own.git('commit', '-q', '--amend', '-m', 'Of Alice', '-m', 'Actor: alice', '--author=X <x@example.com>');
    expect((await own.run(...ADD)).code).toBe(0);
  });

  test('an address of Git’s that is another account’s', async () => {
    own.git('config', 'user.email', addressOf('bob'));
    await refused(ADD, /the account of bob.*git config user\.email 103\+alice@users\.noreply\.github\.com/);
    own.git('config', 'user.email', addressOf('alice'));
    expect((await own.run(...ADD)).code).toBe(0);
  });

  test('what policy refuses', async () => {
    const { code } = await own.run('publish', SMART, '1.3.0', '--actor', 'bob', '--commit');
    expect([code, status()]).toEqual([1, '']);
  });
});

test('a stop is committed whatever else is staged, changed or broken', async () => {
  own.write('people/new.yaml', '{{{');
  own.git('add', '-A');
  own.edit(WHITELIST, 'whitelist:', 'whitelist: oops #');
  expect((await own.run(...STOP)).code).toBe(0);
  expect(own.git('show', '--format=', '--name-only')).toBe(`config/miniapps/${SMART}/release.yaml`);
  expect(status()).toBe(`M config/${WHITELIST}\nA  config/people/new.yaml`);
});

test('where nothing is committed yet, or there is no repository, it says so', async () => {
  own.git('checkout', '-q', '--orphan', 'fresh');
  expect((await own.run(...ADD)).err).toMatch(/nothing is committed in this repository yet/);
});
