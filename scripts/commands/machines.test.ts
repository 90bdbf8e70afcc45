/** Machines as they are: folders below and beside the registry, repositories of others, an old Git. */
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { runCommand } from '../fixtures/run-command.ts';
import { removeRepositories, repository, temporaryFolder } from '../fixtures/repository.ts';
import { mergedTree } from '../git/merges/trees.ts';
import { SMART } from '../fixtures/workspace.ts';

afterAll(removeRepositories);

const inFolder = (cwd: string, words: readonly string[], project?: string) =>
  runCommand(words, { cwd, ...(project === undefined ? {} : { project }) });

describe('the configuration is found', () => {
  test.each(['config', `config/miniapps/${SMART}`, 'scripts/deep'])('from %s', async (folder) => {
    const { home } = repository();
    mkdirSync(join(home, folder), { recursive: true });
    const { code, out } = await inFolder(join(home, folder), ['list']);
    expect([code, out.includes(SMART)]).toEqual([0, true]);
    const problems = await inFolder(join(home, folder), ['validate', '--format', 'json']);
    expect(JSON.parse(problems.out).ok).toBe(true);
    expect((await inFolder(join(home, folder), ['show', 'alarm clock'])).out).toContain(SMART);
  });

  test('from the folder of a miniapp’s project: the one of the tool that runs', async () => {
    const { home } = repository();
    const project = temporaryFolder('project');
    expect((await inFolder(project, ['list'], home)).out).toContain(SMART);
    expect((await inFolder(project, ['list'])).err).toMatch(/there is no folder config here or above/);
    // A folder of that name of its own is not passed over in silence, and what is named is meant.
    mkdirSync(join(project, 'config'));
    expect((await inFolder(project, ['list'], home)).code).not.toBe(0);
    expect((await inFolder(project, ['list', '--config', 'nowhere'], home)).err).toContain('no folder nowhere');
  });
});

// Only root may give a folder to somebody else.
test.skipIf(process.getuid?.() !== 0)('a repository of another user is named so, with what trusts it', async () => {
  const { home } = repository();
  for (const folder of [home, join(home, '.git')]) chownSync(folder, 65_534, 65_534);
  const { code, out } = await inFolder(home, ['doctor']);
  expect(code).toBe(1);
  expect(out).toMatch(
    /belongs to another user\n\s+next: (?:git config --global --add|export GIT_CONFIG).*safe\.directory/,
  );
  expect(out).not.toContain('git init');
  const { err } = await inFolder(home, ['plan', '--actor', 'olga']);
  expect(err).toMatch(/belongs to another user: .*safe\.directory/);
  const edit = await inFolder(home, [
    'whitelist',
    'add',
    SMART,
    'a@example.com',
    '--app',
    'smart-life',
    '--actor',
    'alice',
    '--commit',
  ]);
  expect(edit.err).toMatch(/safe\.directory/);
});

describe('a Git that cannot merge without a working tree', () => {
  const path = process.env['PATH'];
  afterEach(() => void (process.env['PATH'] = path));

  function makeGitOld(): void {
    const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
    const folder = temporaryFolder('old-git');
    const old = `#!/bin/sh\nfor word; do [ "$word" = --write-tree ] && { echo 'usage: git merge-tree' >&2; exit 129; }; done\nexec ${real} "$@"\n`;
    writeFileSync(join(folder, 'git'), old);
    chmodSync(join(folder, 'git'), 0o755);
    process.env['PATH'] = `${folder}:${path}`;
  }

  test('is named by the merge that an upgrade makes, with a way on', () => {
    const own = repository();
    const ours = own.git('commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'ours');
    makeGitOld();
    expect(() => mergedTree(own.home, ours, own.git('rev-parse', 'HEAD'))).toThrow(
      /Git 2\.38 or newer is needed.*in a clone where Git is newer/,
    );
  });

  test('is named where a merge is needed, with a way on that works', async () => {
    const own = repository();
    own.git('switch', '-qc', 'feature');
    own.edit('people/bob.yaml', 'Bob', 'Bobby');
    own.commit();
    own.git('switch', '-q', 'main');
    own.edit('people/alice.yaml', 'Alice', 'Alicia');
    own.commit();
    makeGitOld();
    const judged = () => own.run('plan', '--base', 'main', '--head', 'feature', '--actor', 'olga');
    const { code, err } = await judged();
    expect([code, err]).toEqual([2, expect.stringMatching(/Git 2\.38 or newer is needed.*git rebase/)]);
    own.git('rebase', '-q', 'main', 'feature');
    expect((await judged()).code).toBe(0);
  });
});
