/** What somebody pushes to their fork instead of a package: refused by name in the pull request, and nothing of it is kept or checked out. */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registry, type Registry } from '../../fixtures/bot-harness.ts';
import { removeRepositories } from '../../fixtures/repository.ts';
import { fixtureFiles, SMART } from '../../fixtures/workspace.ts';

vi.setConfig({ testTimeout: 120_000 });

let own: Registry;
beforeEach(async () => {
  own = await registry({ 'platform.yaml': `${fixtureFiles()['platform.yaml']}packages: { required: true }\n` });
});
afterEach(() => own.stop());
afterAll(removeRepositories);

const VERSION = `miniapps/${SMART}/versions/1.4.0.yaml`;
const PACKAGE = `packages/${SMART}/1.4.0`;
const UPLOADED = fixtureFiles()[`miniapps/${SMART}/versions/1.2.0.yaml`]!;
const text = UPLOADED.replace('version: 1.2.0', 'version: 1.4.0').replace(/^review:.*\n/m, '');

type Entry = readonly [mode: string, name: string];

/** Written as bytes, because Git's own tools refuse some of these. */
function push(fork: string, entries: readonly Entry[]): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const git = (args: string[], input: string | Uint8Array = '') =>
    execFileSync('git', args, { cwd: fork, env, input, encoding: 'utf8' }).trim();
  const blob = git(['hash-object', '-w', '--stdin'], '/etc/passwd');
  const tree = (all: readonly (readonly [...Entry, string])[]) =>
    git(
      ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'],
      Buffer.concat(all.flatMap(([mode, name, id]) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')])),
    );
  const inner = tree(entries.map(([mode, name]) => [mode, name, blob]));
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
  const commit = git([...who, 'commit-tree', tree([['40000', 'package', inner]]), '-m', 'x']);
  git(['update-ref', `refs/heads/${PACKAGE}`, commit]);
}

test.each<[string, Entry, RegExp]>([
  ['a symbolic link', ['120000', 'app.js'], /"package\/app\.js" is a symbolic link/],
  ['a submodule', ['160000', 'kit'], /"package\/kit" is a submodule/],
  ['a name that Git takes for its own', ['100644', '.git'], /"\.git" is read as \.git/],
  ['a program', ['100755', 'run.sh'], /"package\/run\.sh" is an executable/],
])('%s', async (_, entry, said) => {
  const number = await own.open('bob', { branch: 'new-version', files: { [VERSION]: text }, fork: 'bob' });
  const { bare } = own.forge.repository;
  push(join(dirname(bare.folder), 'bob-fork-miniapps.git'), [['100644', 'app.json'], entry].sort() as Entry[]);
  const outcome = await own.run();
  expect(outcome.failures).toEqual([]);
  const { state, check, comments } = await own.shown(number);
  expect([state, check]).toEqual(['open', expect.stringMatching(/^failure: /)]);
  expect(comments.join().replaceAll('\\', '')).toMatch(said);
  expect(bare.ref(`refs/heads/${PACKAGE}`)).toBeUndefined();
  // The bot's working tree holds what main holds, and nothing of that.
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: own.clone, encoding: 'utf8' })).toBe('');
});
