/** Whether a registry has the workflows of the project, and the actions that they use. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emptyRepository, writeCommits } from '../fixtures/commits.ts';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { workflowFindings } from './local-checks.ts';

const ROOT = join(import.meta.dirname, '../..');
const ACTION = '.github/actions/install/action.yml';
afterAll(removeRepositories);

test('workflows that were taken over without the actions that they use, or with others, are told', () => {
  const home = temporaryFolder('workflows');
  emptyRepository(home);
  const paths = globSync(['.github/workflows/*.yml', '.github/actions/*/action.yml'], { cwd: ROOT });
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
  const commits = writeCommits(home, [
    { files },
    { files: { [ACTION]: null }, parents: [0] },
    { files: { [ACTION]: 'runs: { using: composite, steps: [] }\n' }, parents: [0] },
  ]);
  const found = commits.flatMap((commit) => workflowFindings(home, commit));
  expect(found.map(({ state }) => state)).toEqual(['ok', 'missing', 'warning']);
  expect(found.slice(1).map(({ what }) => what.includes(ACTION))).toEqual([true, true]);
});
