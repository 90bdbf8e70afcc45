/** A store in another repository: what it brings here to prove packages. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { emptyRepository } from '../fixtures/commits.ts';
import { NATIVE, write } from '../fixtures/projects/write.ts';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { NOW, SMART } from '../fixtures/workspace.ts';
import { readProject } from '../project/read-project.ts';
import { gitStore } from './git-store.ts';
import { keepHere } from './local-branch.ts';
import { statusesOf } from './status.ts';

afterEach(() => vi.unstubAllEnvs());
afterAll(removeRepositories);

const MEGABYTE = 1024 ** 2;

test.each([
  ['while there is room for all', 1, 3],
  ['a part after another, each of which makes room for the next', 600 * MEGABYTE, 1],
])('packages of another repository are brought here %s', async (_, bytes, most) => {
  const [theirs, here, temporary] = ['theirs', 'here', 'temporary'].map(temporaryFolder) as [string, string, string];
  emptyRepository(theirs);
  emptyRepository(here);
  const versions = ['1.0.0', '1.1.0', '1.2.0'].map((version) => {
    const id = { miniapp: SMART, version };
    const folder = temporaryFolder(version);
    write(folder, { ...NATIVE, 'app.js': `App({ version: "${version}" });` });
    const { files, content, package: made } = readProject(folder, { shown: version, id: SMART }).project!;
    const author = { name: 'bob', email: 'bob@example.com' };
    keepHere(theirs, id, { files, content, sha256: made.sha256 }, { author, now: NOW });
    return { ...id, recorded: { ...made, bytes } };
  });
  mkdirSync(join(temporary, 'tmp'));
  vi.stubEnv('TMPDIR', join(temporary, 'tmp'));
  const brought: number[] = [];
  const look = () => {
    const homes = readdirSync(join(temporary, 'tmp')).filter((name) => name.startsWith('miniapp-packages-'));
    const refs = homes.flatMap((name) => {
      const cwd = join(temporary, 'tmp', name);
      return execFileSync('git', ['--git-dir=.', 'for-each-ref'], { cwd, encoding: 'utf8' }).trim().split('\n');
    });
    brought.push(refs.length);
  };
  const store = gitStore({ folder: here, remote: { url: theirs }, where: 'theirs' });
  const { packages } = await statusesOf(
    versions,
    { store, here: gitStore({ folder: here, where: 'here' }) },
    { isProven: true, onBytes: look },
  );
  store.close();
  // Their files record other bytes, and nothing else is wrong.
  expect(packages.map(({ why }) => why)).toEqual(
    versions.map(() => expect.stringMatching(/^bytes is recorded as \d+, and is \d+$/)),
  );
  expect([Math.max(...brought), readdirSync(join(temporary, 'tmp'))]).toEqual([most, []]);
});
