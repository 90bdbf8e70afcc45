/** Bytes reach where the judging looks for them, whatever the clone's hooks think of what they hold. */
import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { emptyRepository, writeCommits } from '../fixtures/commits.ts';
import { gitHook } from '../fixtures/git-hooks.ts';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';
import type { Connection } from '../github/connection.ts';
import type { PushTarget } from './base-repository.ts';
import { pushPackage } from './push-packages.ts';

afterAll(removeRepositories);

test('a package is pushed past a hook that takes its files for pointers of Git LFS, dated by the push', async () => {
  const [home, registry] = [temporaryFolder('clone'), temporaryFolder('registry')];
  for (const one of [home, registry]) emptyRepository(one);
  const git = (folder: string, ...args: string[]) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  const [commit = ''] = writeCommits(home, [
    { files: { 'package/a.bin': 'version https://git-lfs.github.com/spec/v1\n' } },
  ]);
  git(home, 'update-ref', `refs/heads/packages/${SMART}/1.4.0`, commit);
  git(home, 'remote', 'add', 'origin', registry);
  gitHook(home, 'pre-push', 'exit 1');
  const repository = { name: 'origin', owner: 'acme', repo: 'miniapps' };
  const target = { push: repository, base: repository } as PushTarget;
  const connection = { site: { host: 'github.com', apiUrl: '' }, token: { value: 'x' } } as Connection;
  const id = { miniapp: SMART, version: '1.4.0' };
  const branch = `upload/bob/${SMART}/1.4.0`;
  const there = (format: string) => git(registry, 'log', '-1', `--format=${format}`, branch);
  const now = 1000 * Number(git(home, 'log', '-1', '--format=%ct', commit));
  expect(await pushPackage(home, target, connection, id, { login: 'bob', now })).toMatchObject({ branch });
  expect(there('%H')).toBe(commit);
  // What was kept long before is dated by its push, from which it waits for a pull request.
  const later = now + 3 * 24 * 3_600_000;
  await pushPackage(home, target, connection, id, { login: 'bob', now: later });
  expect([there('%T %an %P'), 1000 * Number(there('%ct'))]).toEqual([
    git(home, 'log', '-1', '--format=%T %an %P', commit),
    later,
  ]);
});
