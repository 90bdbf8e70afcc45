/** What a dry run prints is a patch that Git takes at the top of the repository, wherever the command was run. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { removeRepositories, repository, temporaryFolder } from '../../fixtures/repository.ts';
import { runCommand } from '../../fixtures/run-command.ts';
import { FIXTURE, RELEASE, SMART } from '../../fixtures/workspace.ts';

afterAll(removeRepositories);

const DISABLE = ['disable', SMART, '--actor', 'alice', '--dry-run'];

const own = repository();
const away = temporaryFolder('away');
const deep = repository(temporaryFolder('deep'), false);
mkdirSync(join(deep.home, 'platforms'));
cpSync(FIXTURE, join(deep.home, 'platforms/config'), { recursive: true });
deep.git('init', '-q', '-b', 'main');
deep.git('add', '-A');
deep.git('commit', '-qm', 'Begin');

test.each([
  ['from outside', away, own.home, own.file('.'), `config/${RELEASE}`],
  ['from the configuration', own.file('.'), own.home, '.', `config/${RELEASE}`],
  ['from a folder of it', own.file('people'), own.home, '..', `config/${RELEASE}`],
  ['of a folder further below', join(deep.home, 'platforms'), deep.home, 'config', `platforms/config/${RELEASE}`],
])('%s', async (_, cwd, top, folder, path) => {
  const { code, out } = await runCommand([...DISABLE, '--config', folder], { cwd });
  expect(code).toBe(0);
  execFileSync('git', ['apply', '-'], { cwd: top, input: out });
  expect(execFileSync('git', ['diff', '--name-only'], { cwd: top, encoding: 'utf8' })).toBe(`${path}\n`);
  execFileSync('git', ['checkout', '-q', '--', '.'], { cwd: top });
});

test('without a repository it begins with the folder of the configuration', async () => {
  const none = temporaryFolder('none');
  cpSync(FIXTURE, join(none, 'config'), { recursive: true });
  const { out } = await runCommand([...DISABLE, '--config', join(none, 'config')], { cwd: away });
  execFileSync('git', ['apply', '-'], { cwd: none, input: out });
  expect(out).toContain(`--- a/config/${RELEASE}\n`);
});
