/** How many processes of Git a command starts: each takes some milliseconds of every run, so none is to be added without need. */
import { cpSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { gitProcesses } from '../fixtures/traced-git.ts';

let start: TestRepository;

/** A platform of some changes, with a branch and something that is not committed. */
beforeAll(async () => {
  start = repository();
  start.git('config', 'user.name', 'Somebody');
  start.git('config', 'user.email', 'somebody@home.example');
  for (const account of ['a@example.com', 'b@example.com']) await start.run(...ADD, account, '--commit');
  start.git('switch', '-q', '-c', 'work');
  await start.run(...ADD, 'c@example.com', '--commit');
});
afterAll(removeRepositories);

const ADD = ['whitelist', 'add', 'tysmart0000000001', '--app', 'smart-life', '--actor', 'alice'];

/** A repository that this process has not seen, as each command of a user's sees its own for the first time. */
function unseen(): string {
  const home = temporaryFolder('unseen');
  cpSync(start.home, home, { recursive: true, preserveTimestamps: true });
  return home;
}

// On a machine that is so busy that Git takes seconds for a listing it is asked once more for it.
test.each<[count: number, line: string]>([
  [0, 'list'],
  [0, 'validate'],
  [0, 'resolve tysmart0000000001 --app smart-life --region EU --account a@example.com'],
  [0, 'show tysmart0000000001'],
  [2, 'show tysmart0000000001 1.0.0'],
  [3, 'reviews'],
  [4, 'history tysmart0000000001'],
  [8, 'audit'],
  [6, 'validate --base main'],
  [17, 'plan --actor alice'],
  [15, 'plan --base main --actor alice'],
  [3, `${ADD.join(' ')} new@example.com --dry-run`],
  [3, `${ADD.join(' ')} new@example.com --no-pr`],
  [12, `${ADD.join(' ')} new@example.com --commit`],
  [21, 'disable tysmart0000000001 --actor alice --commit'],
  [15, 'doctor'],
])('%i by %s', { retry: 2 }, async (count, line) => {
  // A process of its own remembers nothing of others.
  vi.resetModules();
  const { runCommand } = await import('../fixtures/run-command.ts');
  const cwd = unseen();
  const started = await gitProcesses(async () => {
    const { code, err } = await runCommand(line.split(' '), { cwd });
    if (code !== 0) throw new Error(err);
  });
  expect(started).toHaveLength(count);
});
