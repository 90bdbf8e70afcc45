/** Which numbers and ids are used, for an edit that will be merged. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { cloneOf } from '../../fixtures/product.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';
import { fixtureFiles, fixtureWorkspace, NOW, SMART } from '../../fixtures/workspace.ts';
import type { Io } from '../frame/command.ts';
import { pastOfEdit } from './load-history.ts';

afterEach(() => vi.unstubAllEnvs());
afterAll(removeRepositories);

const VERSION = `miniapps/${SMART}/versions/1.9.0.yaml`;
const io = (cwd: string): Io => ({ stdout() {}, stderr() {}, env: {}, cwd, isColoured: false, now: NOW });

/** A version comes with one commit and goes with the next. */
function tryVersion(own: TestRepository): void {
  const text = fixtureFiles()[`miniapps/${SMART}/versions/1.3.0.yaml`]!;
  writeFileSync(own.file(VERSION), text.replace('1.3.0', '1.9.0'));
  own.git('add', '-A');
  own.git('commit', '-qm', 'Try it');
  rmSync(own.file(VERSION));
  own.git('commit', '-qam', 'Take it back');
}

async function isUsed(own: TestRepository): Promise<boolean> {
  const { versionsEver, wasEver } = await pastOfEdit(
    dirname(own.file('platform.yaml')),
    io(own.home),
    fixtureWorkspace().platform,
  );
  expect([wasEver(SMART), versionsEver(SMART).includes('1.3.0')]).toEqual([true, true]);
  return versionsEver(SMART).includes('1.9.0');
}

test('what was tried in a branch alone is free', async () => {
  const own = repository();
  own.git('switch', '-qc', 'feature');
  tryVersion(own);
  expect(await isUsed(own)).toBe(false);
});

test('what the default branch had is used, in every branch', async () => {
  const own = repository();
  tryVersion(own);
  expect(await isUsed(own)).toBe(true);
  own.git('switch', '-qc', 'feature');
  own.git('commit', '-q', '--allow-empty', '-m', 'Go on');
  expect(await isUsed(own)).toBe(true);
  own.git('switch', '-qc', 'stale', 'HEAD~3');
  expect(await isUsed(own)).toBe(true);
});

test('the remote’s default branch says it, where there is one', async () => {
  const own = cloneOf(repository());
  tryVersion(own);
  expect(await isUsed(own)).toBe(false);
});

// What Git is asked stands behind the settings that each question has: scripts/git/process/run.ts.
test('an edit costs five processes of Git, whatever remotes and branches there are', async () => {
  const own = cloneOf(repository());
  const folder = temporaryFolder('counted');
  const log = join(folder, 'log');
  writeFileSync(log, '');
  const real = process.env['PATH'];
  writeFileSync(join(folder, 'git'), `#!/bin/sh\necho "$*" >>'${log}'\nPATH='${real}' exec git "$@"\n`, {
    mode: 0o755,
  });
  vi.stubEnv('PATH', `${folder}${delimiter}${real}`);
  expect(await isUsed(own)).toBe(false);
  const commands = ['rev-parse', 'config', 'for-each-ref', 'log', 'log'];
  const asked = readFileSync(log, 'utf8').trim().split('\n');
  expect(asked.map((line) => /^(?:-c \S+ )*(\S+)/.exec(line)![1])).toEqual(commands);
});
