/** An edit with `--commit` that was ended or refused, and what people did in its files since: nothing of theirs is lost, nothing is done twice. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { interruptedEdit, interruptedState, takeBackInterrupted } from '../cli/edits/interrupted-edit.ts';
import { pendingCommits } from '../edit/pending-commits.ts';
import { commandInHook, gitHook, gitLocks, refusedByHook } from '../fixtures/git-hooks.ts';
import { removeRepositories, repository, type TestRepository } from '../fixtures/repository.ts';
import { withGit } from '../fixtures/scripted-git.ts';
import { SMART } from '../fixtures/workspace.ts';

afterAll(removeRepositories);

const WHITELIST = `miniapps/${SMART}/whitelist.yaml`;
const RELEASE = `miniapps/${SMART}/release.yaml`;
const BACK = ['rollback', SMART, '--update-scenarios', '--actor', 'alice', '--commit'];
const CREATE = ['create', '--name', 'Thing', '--type', 'smart', '--actor', 'alice', '--commit'];
const add = (name: string) => [
  ...['whitelist', 'add', SMART, `${name}@example.com`],
  ...['--app', 'smart-life', '--actor', 'alice', '--commit'],
];

let own: TestRepository;
beforeEach(() => {
  own = repository();
  own.git('config', 'user.name', 'Somebody');
  own.git('config', 'user.email', 'somebody@home.example');
});

const read = (path: string) => readFileSync(own.file(path), 'utf8');
const subjects = () => own.git('log', '--format=%s').split('\n');
/** Everything that somebody could lose: what is on disk, what is staged, and where the branch is. */
const state = () => [
  own.git('rev-parse', '--verify', '--quiet', 'main'),
  own.git('ls-files', '--stage'),
  own.git('status', '--porcelain', '--untracked-files=all'),
  read(WHITELIST),
];

/** What somebody does between, and a word of what the command says then. */
const BETWEEN: readonly (readonly [string, () => void, RegExp])[] = [
  ['an orphan branch', () => own.git('checkout', '-q', '--orphan', 'fresh'), /nothing is committed in this repository/],
  ['no branch', () => own.git('checkout', '-q', '--detach'), /HEAD is detached/],
  [
    'a merge under way',
    () => {
      own.git('checkout', '-q', '-b', 'topic');
      own.git('commit', '-qam', 'by hand', '-m', 'Actor: alice');
      own.git('checkout', '-q', 'main');
      own.write('people/zed.yaml', 'login: zed\ngithubId: 900\nname: Zed\n');
      own.commit({ message: 'other' });
      own.git('merge', '-q', '--no-commit', '--no-ff', 'topic');
    },
    /a merge is not finished/,
  ],
  [
    'a file of their own',
    () => own.write('people/zed.yaml', 'login: zed\ngithubId: 900\nname: Zed\n'),
    /zed\.yaml, changed and not committed/,
  ],
  [
    'a filter that fails',
    () => {
      own.git('config', 'filter.x.required', 'true');
      own.git('config', 'filter.x.clean', 'cat');
      own.git('config', 'filter.x.smudge', 'false');
      writeFileSync(join(own.home, '.git/info/attributes'), 'whitelist.yaml filter=x\n');
    },
    /external filter/,
  ],
];

describe('nothing is touched where the same command cannot be made:', () => {
  test.each(BETWEEN)('%s', async (_, between, sentence) => {
    await refusedByHook(own, add('b'));
    between();
    const before = state();
    const { code, err } = await own.run(...add('b'));
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
    expect(err).not.toContain('taken back');
    expect(state()).toEqual(before);
  });
});

test('what was committed before and is in the file again stays in it', async () => {
  const start = own.git('rev-parse', 'HEAD');
  await own.run(...add('first'));
  await own.run(...add('second'));
  await refusedByHook(own, add('third'));
  own.git('reset', '-q', start);
  const before = state();
  const { code, err } = await own.run(...add('third'));
  expect(code).toBe(2);
  expect(err).toMatch(/the branch holds something else of these files since/);
  expect(err).not.toContain('The same command again');
  expect(state()).toEqual(before);
  expect(read(WHITELIST)).toMatch(/first@[^]*second@[^]*third@/);
});

test('a file whose edit is committed by hand in part is not made twice', async () => {
  await refusedByHook(own, BACK);
  own.git('commit', '-qm', 'Back', '-m', 'Actor: alice', '--', `config/${RELEASE}`);
  const release = read(RELEASE);
  expect((await own.run(...BACK)).code).toBe(2);
  expect([read(RELEASE), subjects()[0]]).toEqual([release, 'Back']);
});

test.each([
  ['with words that a hook adds', () => {}, 0],
  ['with one more commit on top', () => own.git('commit', '-q', '--allow-empty', '-m', 'More', '-m', 'Actor: bob'), 1],
])('ended once it was committed, %s, it is not made twice', async (_, between, above) => {
  gitHook(own.home, 'commit-msg', 'echo "Change-Id: I123" >> "$1"');
  await (await commandInHook(own, 'post-commit', BACK)).end('SIGTERM');
  between();
  const [before, release] = [subjects(), read(RELEASE)];
  expect(before[above]).toMatch(/^rollback/);
  const { code, out, err } = await own.run(...BACK);
  expect([code, subjects(), read(RELEASE)]).toEqual([0, before, release]);
  expect(out + err).toContain('it was interrupted, and is committed by now');
  // It is told once: whoever asks again means it.
  expect((await own.run(...BACK)).code).toBe(0);
  expect(subjects()).toHaveLength(before.length + 1);
});

test('where Git fails once it has committed, the commit counts', async () => {
  const hook = gitHook(own.home, 'post-commit', 'kill -9 $PPID');
  const { code, out, err } = await own.run(...BACK);
  hook.remove();
  expect([code, subjects()[0]]).toEqual([0, expect.stringMatching(/^rollback/)]);
  expect(out).toContain(`committed ${own.git('rev-parse', 'HEAD').slice(0, 10)}`);
  expect(err).toMatch(/^it is committed, as [0-9a-f]{10}; afterwards Git said: /);
  expect(pendingCommits(own.file(''))).toEqual([]);
});

describe('a hook that formats what is committed', () => {
  const format = () =>
    gitHook(own.home, 'pre-commit', `echo "# Formatted." >> "${own.file(RELEASE)}"; git add "${own.file(RELEASE)}"`);

  test('and a Git that fails afterwards: it is committed, and said so', async () => {
    format();
    const ended = gitHook(own.home, 'post-commit', 'kill -9 $PPID');
    const { code, err } = await own.run(...BACK);
    ended.remove();
    expect([code, err, subjects()[0]]).toEqual([
      0,
      expect.stringMatching(/^it is committed, as /),
      expect.stringMatching(/^rollback/),
    ]);
    expect([pendingCommits(own.file('')), own.git('status', '--porcelain')]).toEqual([[], '']);
  });

  test('and a command that is ended afterwards: it is not made twice', async () => {
    format();
    await (await commandInHook(own, 'post-commit', BACK)).end('SIGKILL');
    const before = subjects();
    expect(before[0]).toMatch(/^rollback/);
    const { code, out, err } = await own.run(...BACK);
    expect([code, subjects()]).toEqual([0, before]);
    expect(out + err).toContain('it was interrupted, and is committed by now');
  });
});

test('… also where a hook goes on in the file', async () => {
  const hook = gitHook(own.home, 'post-commit', `echo "# Stamped." >> "${own.file(RELEASE)}"; kill -9 $PPID`);
  const { code, err } = await own.run(...BACK);
  hook.remove();
  expect([code, subjects()[0], err]).toEqual([
    0,
    expect.stringMatching(/^rollback/),
    expect.stringMatching(/^it is committed/),
  ]);
  expect(read(RELEASE)).toContain('# Stamped.');
});

test('what was committed and reverted since is made once more', async () => {
  await (await commandInHook(own, 'post-commit', add('b'))).end('SIGTERM');
  own.git('revert', '--no-edit', 'HEAD');
  expect(read(WHITELIST)).not.toContain('b@example.com');
  expect((await own.run(...add('b'))).code).toBe(0);
  expect(own.git('show', `HEAD:config/${WHITELIST}`)).toContain('b@example.com');
});

test('a dry run says what the command would do, and leaves what stands', async () => {
  await refusedByHook(own, add('b'));
  const before = state();
  expect((await own.run(...add('b'), '--dry-run')).code).toBe(0);
  expect([state(), pendingCommits(own.file('')).length]).toEqual([before, 1]);
});

test('what somebody writes while the command looks is not committed in another name', async () => {
  await refusedByHook(own, add('b'));
  const write = `case "$*" in *"status --porcelain"*) echo "# Mine." >> "${own.file(WHITELIST)}";; esac`;
  const { code, err } = await withGit(write, () => own.run(...add('b')));
  expect([code, err]).toEqual([2, expect.stringMatching(/changed meanwhile/)]);
  expect([read(WHITELIST).includes('# Mine.'), subjects()]).toEqual([true, ['bootstrap']]);
});

test('a lock that Git leaves is named, and once it is gone the same command commits', async () => {
  await (await commandInHook(own, 'pre-commit', add('b'))).end('SIGKILL');
  const locks = gitLocks(own.home);
  expect(locks).toContain(join(own.home, '.git/index.lock'));
  const { code, err } = await own.run(...add('b'));
  expect([code, err.split('\n').length]).toEqual([2, 2]);
  expect(err).toMatch(/index\.lock: run this again; once no Git runs any more, delete that file first/);
  for (const lock of locks) rmSync(lock);
  expect((await own.run(...add('b'))).code).toBe(0);
  expect([own.git('status', '--porcelain'), read(WHITELIST).match(/b@example/g)]).toEqual(['', ['b@example']]);
});

test('a file that Git ignores is refused again, not called done', async () => {
  writeFileSync(join(own.home, '.git/info/exclude'), 'zed.yaml\n');
  const words = ['person', 'add', 'zed', '--github-id', '900', '--name', 'Zed', '--actor', 'olga', '--commit'];
  for (const run of [1, 2]) {
    const { code, err } = await own.run(...words);
    expect([run, code, err]).toEqual([run, 2, expect.stringMatching(/ignored by one of your \.gitignore files/)]);
  }
});

test('a new miniapp is made anew under another id, and leaves no folder', async () => {
  await refusedByHook(own, CREATE);
  const [first] = readdirSync(own.file('miniapps')).filter((id) => !own.git('ls-files').includes(id));
  const { code, out } = await own.run(...CREATE);
  expect(code).toBe(0);
  expect(out).not.toContain(first);
  expect(readdirSync(own.file('miniapps'))).not.toContain(first);
  expect(own.git('status', '--porcelain', '--untracked-files=all')).toBe('');
});

test('a file that somebody put into a new miniapp is committed with all of it', async () => {
  await refusedByHook(own, CREATE);
  const [id] = readdirSync(own.file('miniapps')).filter((name) => !own.git('ls-files').includes(name));
  own.write(`miniapps/${id}/languages.yaml`, 'strings: { en: { a: b } }\n');
  const { code, err } = await own.run(...CREATE);
  expect(code).toBe(2);
  expect(err).toContain(`git add --all -- config/miniapps/${id} && git commit`);
});

test('lines that end as Git stores them are the same file', async () => {
  own.git('config', 'core.autocrlf', 'true');
  await refusedByHook(own, add('b'));
  expect((await own.run(...add('b'))).code).toBe(0);
  expect(own.git('status', '--porcelain')).toBe('');
});

test('what somebody wrote after it was looked at is not taken back', async () => {
  await refusedByHook(own, add('b'));
  const config = own.file('');
  const [pending] = pendingCommits(config);
  expect(interruptedEdit(config, pending!.request)).toEqual(pending);
  expect(interruptedState(config, pending!)).toBe('open');
  const theirs = `${read(WHITELIST)}# Mine.\n`;
  own.write(WHITELIST, theirs);
  expect(() => takeBackInterrupted(config, pending!)).toThrow(/changed meanwhile/);
  expect([read(WHITELIST), interruptedState(config, pending!)]).toEqual([theirs, 'other']);
});
