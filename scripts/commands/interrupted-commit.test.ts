/**
 * Edits with `--commit`, ended in the middle: the same command commits them, and nobody else does. Longer than most files, because it is a
 * list: a way of being interrupted a test.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { armFaults } from '../fixtures/file-faults.ts';
import { commandInHook, gitHook, gitLocks, refusedByHook, type CommandInHook } from '../fixtures/git-hooks.ts';
import { removeRepositories, repository, type TestRepository } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';

afterAll(removeRepositories);

const RELEASE = `miniapps/${SMART}/release.yaml`;
const REVOKE = ['revoke', SMART, '1.0.0', '--reason', 'Leaks', '--actor', 'rita', '--commit'];
const STOP = ['disable', SMART, '--actor', 'alice', '--commit'];
const ADD = ['whitelist', 'add', SMART, 'new@example.com', '--app', 'smart-life', '--actor', 'alice', '--commit'];

let own: TestRepository;
beforeEach(() => {
  own = repository();
  own.git('config', 'user.name', 'Somebody');
  own.git('config', 'user.email', 'somebody@home.example');
});

const status = () => own.git('status', '--porcelain');
const last = (format: string, revision = 'HEAD') => own.git('log', '-1', `--format=${format}`, revision);
const actorOf = (revision?: string) => last('%(trailers:key=Actor,valueonly)', revision);
const committed = (path: string) => own.git('show', `HEAD:config/${path}`);

/** The command in the middle of its commit. */
const begun = (words: readonly string[]) => commandInHook(own, 'pre-commit', words);

/** Everything of it ends by this signal; locks that Git leaves go, as Git says that they may. */
async function ended(command: CommandInHook, signal: NodeJS.Signals): Promise<void> {
  await command.end(signal);
  for (const lock of gitLocks(own.home)) rmSync(lock);
}

describe.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('ended by %s while a hook runs:', (signal) => {
  test('the same command commits it', async () => {
    const before = own.git('rev-parse', 'HEAD');
    await ended(await begun(REVOKE), signal);
    expect(own.git('rev-parse', 'HEAD')).toBe(before);
    const { code, value } = await own.runJson(...REVOKE);
    expect({ code, committed: value.committed }).toEqual({
      code: 0,
      committed: { commit: own.git('rev-parse', 'HEAD'), branch: 'main' },
    });
    expect([own.git('rev-parse', 'HEAD^'), actorOf(), status()]).toEqual([before, 'rita', '']);
    expect((await own.runJson('audit')).value.findings).toEqual([]);
  });
});

test('another command leaves it alone, and says whose it is', async () => {
  await ended(await begun(REVOKE), 'SIGKILL');
  const before = [own.git('rev-parse', 'HEAD'), status()];
  const { code, err } = await own.run(...ADD);
  expect(code).toBe(2);
  expect(err).toMatch(/an edit of rita, .*The same command again commits it; by hand: .*Actor: rita/);
  expect(err).not.toContain('Actor: alice');
  expect([own.git('rev-parse', 'HEAD'), status()]).toEqual(before);
});

describe('refused by a hook, and asked again:', () => {
  /** The edit stays in its files, and nothing is committed. */
  async function leftOpen(words: readonly string[]): Promise<void> {
    const before = own.git('rev-parse', 'HEAD');
    await refusedByHook(own, words);
    expect([own.git('rev-parse', 'HEAD'), status()]).toEqual([before, expect.stringContaining('config/')]);
  }
  const head = () => own.git('rev-parse', 'HEAD');

  test.each([
    [
      'a stop that is not committed',
      STOP.slice(0, -1),
      ['experience', 'set', SMART, '1.3.0', '--update-scenarios', '--actor', 'bob', '--commit'],
    ],
    ['a row', [...ADD.slice(0, -2), 'bob', '--no-pr'].map((word) => word.replace('new@', 'other@')), ADD],
  ])('what somebody else wrote in the same file since stays out of it: %s', async (_, theirs, words) => {
    await leftOpen(words);
    expect((await own.run(...theirs.filter((word) => word !== '--no-pr'), '--no-pr')).code).toBe(0);
    const before = [head(), own.git('diff')];
    const { code, err } = await own.run(...words);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/ended before it was committed, and by somebody else since/),
    });
    expect(err).not.toContain('The same command again');
    expect([head(), own.git('diff')]).toEqual(before);
  });

  test('who may not take the step any more is refused, as plan would refuse it', async () => {
    await leftOpen(REVOKE);
    const rita = readFileSync(own.file('people/rita.yaml'), 'utf8');
    own.write('people/rita.yaml', rita.replace(/^platformRoles: .*\n/m, ''));
    own.git('commit', '-qm', 'Rita reviews no more', '-m', 'Actor: olga', '--', 'config/people');
    const before = head();
    const { code, out, err } = await own.run(...REVOKE);
    expect(code).toBe(1);
    expect(out + err).toMatch(/rita may not revoke/);
    expect(err).toMatch(/wrote before it was interrupted is taken back/);
    expect([head(), status()]).toEqual([before, '']);
  });

  test('it is made anew of what its file holds now, and told as any other', async () => {
    const rows = join(own.home, 'rows.txt');
    const add = ['whitelist', 'add', SMART, '--file', rows, ...ADD.slice(4)];
    writeFileSync(rows, 'wrong@example.com\n');
    await leftOpen(add);
    writeFileSync(rows, 'right@example.com\n');
    const { code, value } = await own.runJson(...add);
    expect(code).toBe(0);
    expect(value.transitions).toEqual([{ kind: 'edit-whitelist', miniapp: SMART }]);
    expect(committed(`miniapps/${SMART}/whitelist.yaml`)).toContain('right@example.com');
    expect(own.git('log', '-p', '--all')).not.toContain('wrong@example.com');
  });

  test('what was committed by hand since is no reason to do nothing', async () => {
    const back = ['rollback', SMART, '--update-scenarios', '--actor', 'alice', '--commit'];
    await leftOpen(back);
    own.git('commit', '-qam', 'Back', '-m', 'Actor: alice');
    const first = committed(RELEASE);
    const byHand = head().slice(0, 10);
    const { code, err } = await own.run(...back);
    expect([code, err.includes('taken back')]).toEqual([0, false]);
    expect(err).toContain(`is committed by now, as ${byHand}: it is done once more`);
    expect([committed(RELEASE) === first, last('%s'), status()]).toEqual([
      false,
      expect.stringContaining('ollback'),
      '',
    ]);
  });

  test('who agreed is who this command line names', async () => {
    const add = [
      'domain',
      'add',
      SMART,
      'https://new.example.com',
      '--api',
      'request',
      '--region',
      'EU',
      '--actor',
      'alice',
      '--commit',
    ];
    own.write('people/ruth.yaml', 'login: ruth\ngithubId: 900\nname: Ruth\nplatformRoles: [reviewer]\n');
    own.git('add', 'config/people');
    own.git('commit', '-qm', 'Ruth reviews', '-m', 'Actor: olga');
    await leftOpen([...add, '--approved-by', 'rita']);
    const before = head();
    expect((await own.run(...add)).code).toBe(1);
    expect(head()).toBe(before);
    expect((await own.run(...add, '--approved-by', 'ruth')).code).toBe(0);
    expect(last('%(trailers:key=Approved-by,valueonly)')).toBe('ruth');
    expect((await own.runJson('audit')).value.findings).toEqual([]);
  });
});

test('a stop is committed beside it, holds nothing of it, and leaves it to be committed', async () => {
  await ended(await begun(REVOKE), 'SIGKILL');
  const was = committed(RELEASE);
  const { code } = await own.run(...STOP);
  expect(code).toBe(0);
  expect(actorOf()).toBe('alice');
  expect(own.git('show', '--format=', '--name-only')).toBe(`config/${RELEASE}`);
  expect(committed(RELEASE)).toBe(`${was.replace('enabled: true', 'enabled: false')}\nsequence: 1`);
  expect(readFileSync(own.file(RELEASE), 'utf8')).toContain('enabled: false');
  // Nothing is staged that would take the stop back.
  expect(own.git('diff', '--cached', '--name-only')).not.toContain(RELEASE);
  expect((await own.run(...REVOKE)).code).toBe(0);
  expect([actorOf(), actorOf('HEAD^'), status()]).toEqual(['rita', 'alice', '']);
  expect(committed(RELEASE)).toContain('enabled: false');
  expect((await own.runJson('audit')).value.findings).toEqual([]);
});

describe('what was stopped since is not put back into service unasked:', () => {
  const BACK = ['rollback', SMART, '--update-scenarios', '--actor', 'alice', '--commit'];
  const ENABLE = ['enable', SMART, '--actor', 'alice', '--commit'];

  test.each([
    ['a rollback', [], BACK, 'stopped and committed', STOP],
    ['a rollback', [], BACK, 'stopped in the files alone', [...STOP.slice(0, -1), '--no-pr']],
    ['what takes up again', STOP, ENABLE, 'stopped already in HEAD', STOP],
    ['what takes up again', STOP, ENABLE, 'stopped already in HEAD and in the files', STOP],
  ] as const)('%s, %s%s%s', async (_what, before, words, how, stop) => {
    if (before.length > 0) await own.run(...before);
    await refusedByHook(own, words);
    expect(readFileSync(own.file(RELEASE), 'utf8')).toContain('enabled: true');
    if (how.endsWith('in the files')) own.git('checkout', '-q', 'HEAD', '--', 'config');
    expect((await own.run(...stop)).code).toBe(0);
    expect(readFileSync(own.file(RELEASE), 'utf8')).toContain('enabled: false');
    if (!stop.includes('--commit')) own.git('commit', '-qam', 'Stop', '-m', 'Actor: alice');
    const head = own.git('rev-parse', 'HEAD');
    expect((await own.run(...words, '--dry-run')).code).toBe(1);
    const { code, out, err } = await own.run(...words);
    expect([code, out + err]).toEqual([1, expect.stringMatching(/was stopped after this was first asked for/)]);
    expect([own.git('rev-parse', 'HEAD'), status()]).toEqual([head, '']);
    expect(readFileSync(own.file(RELEASE), 'utf8')).toContain('enabled: false');
    // Whoever asks again means it.
    expect((await own.run(...words)).code).toBe(0);
    expect(committed(RELEASE)).toContain('enabled: true');
  });
});

test('a stop is committed while somebody else’s commit is under way', async () => {
  const child = await begun(REVOKE);
  const { code, err, value } = await own.runJson(...STOP);
  expect({ code, err: err.replace(/process \d+ of \S+ on \S+/, 'somebody') }).toEqual({
    code: 0,
    err: expect.stringContaining('going on without'),
  });
  // Git has the index: what is left to do is said.
  expect(value.committed.next).toBe(`git -C config reset --quiet -- ${RELEASE}`);
  expect(committed(RELEASE)).toContain('enabled: false');
  await ended(child, 'SIGKILL');
  own.git('-C', 'config', 'reset', '--quiet', '--', RELEASE);
  expect((await own.run(...REVOKE)).code).toBe(0);
  expect([actorOf(), actorOf('HEAD^'), status()]).toEqual(['rita', 'alice', '']);
});

describe('a stop that is refused', () => {
  const ENABLE = ['enable', SMART, '--actor', 'alice', '--commit'];

  test('by who may not, is none: nothing is written, and what waits goes on', async () => {
    await own.run(...STOP);
    await refusedByHook(own, ENABLE);
    const file = readFileSync(own.file(RELEASE), 'utf8');
    expect(file).toContain('enabled: true');
    expect((await own.run('disable', SMART, '--actor', 'bob', '--commit')).code).toBe(1);
    expect(readFileSync(own.file(RELEASE), 'utf8')).toBe(file);
    expect((await own.run(...ENABLE)).code).toBe(0);
    expect(committed(RELEASE)).toContain('enabled: true');
  });

  test('by who may not, is none either where all is stopped already', async () => {
    await own.run(...STOP);
    await refusedByHook(own, ENABLE);
    own.git('checkout', '-q', 'HEAD', '--', 'config');
    expect((await own.run('disable', SMART, '--actor', 'bob', '--commit')).code).toBe(0);
    expect((await own.run(...ENABLE)).code).toBe(0);
    expect(committed(RELEASE)).toContain('enabled: true');
  });
});

describe('a stop passes what an ended Git left', () => {
  const git = (name: string) => join(own.home, '.git', name);
  const LOCKS = ['HEAD.lock', 'refs/heads/main.lock', 'index.lock'];

  test.each([
    ['a minute ago', -60_000, LOCKS],
    ['by a clock that went ahead', 3_600_000, ['HEAD.lock']],
  ])('locks, written %s', async (_, age, locks) => {
    const when = new Date(Date.now() + age);
    for (const name of locks) {
      writeFileSync(git(name), '');
      utimesSync(git(name), when, when);
    }
    const { code, err } = await own.run(...STOP);
    expect(code).toBe(0);
    expect(err.match(/\S+\.lock is cleared/g)).toEqual(locks.slice(0, 2).map((name) => `${git(name)} is cleared`));
    expect(committed(RELEASE)).toContain('enabled: false');
    expect(LOCKS.filter((name) => existsSync(git(name)))).toEqual(locks.slice(2));
    expect(own.git('reflog', '-1', '--format=%gs')).toMatch(/^commit: disable/);
  });

  test('in the middle of moving the branch, whatever hook is there', async () => {
    const sign = git('hook-runs');
    gitHook(own.home, 'reference-transaction', `touch "${sign}"\nsleep 60`);
    const child = spawn('git', ['commit', '-q', '--allow-empty', '-m', 'x'], {
      cwd: own.home,
      detached: true,
      stdio: 'ignore',
    });
    while (!existsSync(sign)) await sleep(20);
    const gone = once(child, 'exit');
    process.kill(-child.pid!, 'SIGKILL');
    await gone;
    // Left long ago: how long a new one is waited for is above.
    const left = LOCKS.slice(0, 2).filter((name) => existsSync(git(name)));
    const minuteAgo = new Date(Date.now() - 60_000);
    for (const name of left) utimesSync(git(name), minuteAgo, minuteAgo);
    expect(left.length).toBeGreaterThan(0);
    // The hook is there still, and would keep every other commit waiting.
    expect((await own.run(...STOP)).code).toBe(0);
    expect(committed(RELEASE)).toContain('enabled: false');
  });

  test('and waits for the lock of one at work', async () => {
    writeFileSync(git('HEAD.lock'), '');
    const holder = spawn('sh', ['-c', `sleep 1; rm "${git('HEAD.lock')}"`]);
    const { code, err } = await own.run(...STOP);
    await once(holder, 'exit');
    expect([code, err]).toEqual([0, expect.not.stringContaining('cleared')]);
  });
});

test('a stop whose file somebody has staged another content of commits its own alone', async () => {
  own.edit(RELEASE, 'online:', '# of somebody else\nonline:');
  own.git('add', '-A');
  expect((await own.run(...STOP)).code).toBe(0);
  expect(committed(RELEASE)).not.toContain('somebody else');
  expect(committed(RELEASE)).toContain('enabled: false');
  expect(readFileSync(own.file(RELEASE), 'utf8')).toMatch(/# of somebody else[^]*enabled: false/);
  expect(status()).toBe(`M config/${RELEASE}`);
});

test('a stop that was edited and not committed is committed', async () => {
  const before = own.git('rev-parse', 'HEAD');
  await own.run(...STOP.slice(0, -1), '--no-pr');
  expect((await own.run(...STOP)).code).toBe(0);
  expect([own.git('rev-parse', 'HEAD^'), actorOf(), status()]).toEqual([before, 'alice', '']);
});

test('a stop that cannot be committed says that the file alone can be edited', async () => {
  own.git('checkout', '-q', '--orphan', 'fresh');
  expect((await own.run(...STOP)).err).toMatch(/--no-pr edits the file alone/);
});

test('ended at any step on the disk, the same command commits it once', async () => {
  const start = own.git('rev-parse', 'HEAD');
  let steps = 0;
  for (let at = 1; ; at += 1) {
    own.git('reset', '-q', '--hard', start);
    own.git('clean', '-qfd');
    const faults = armFaults(own.home, at, at % 2 === 0 ? 'half' : 'kill');
    await own.run(...REVOKE).finally(() => faults.disarm());
    if (!faults.isHit) break;
    steps = at;
    const about = `ended at step ${at}, ${faults.step}`;
    const { code } = await own.run(...REVOKE);
    const found = { about, code, parent: own.git('rev-parse', 'HEAD^'), actor: actorOf(), status: status() };
    expect(found).toEqual({ about, code: 0, parent: start, actor: 'rita', status: '' });
  }
  expect(steps).toBeGreaterThan(20);
});
