/** Pull requests that the branch went on without: their conflict tells what a clone needs, and what has nothing left to change says so. */
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { registry, type Registry } from '../fixtures/bot-harness.ts';
import { removeRepositories } from '../fixtures/repository.ts';
import { PANEL, RELEASE, SMART } from '../fixtures/workspace.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 180_000 });

let own: Registry | undefined;
afterEach(async () => {
  await own?.stop();
  own = undefined;
});
afterAll(removeRepositories);

test('a conflict is told with the address of the repository: in the clone of a fork, origin is the fork', async () => {
  own = await registry();
  const number = await own.open('alice', {
    branch: 'stop',
    files: own.edited(RELEASE, 'enabled: true', 'enabled: false'),
    fork: 'alice',
  });
  await own.direct('olga', own.edited(RELEASE, 'enabled: true', 'enabled: true # since spring'));
  await own.run();
  const { check, comments } = await own.shown(number);
  expect(check).toMatch(/^failure: .* was changed on both sides/);
  // Escaped for Markdown; what reads it shows it as it is.
  const shown = comments.join('\n').replaceAll('<!-- -->', '').replaceAll('&amp;', '&').replaceAll('\\', '');
  const { serverUrl } = own.options();
  const address = `${serverUrl}/${own.repo.owner}/${own.repo.repo}.git`;
  expect(shown).toContain(`git fetch ${address} main && git merge FETCH_HEAD`);
  expect(shown).toContain(`git fetch ${address} main pull/${number}/head\nnpx miniapp plan --base FETCH_HEAD --head `);
});

test('what the branch has by another commit has nothing left to change: said once, and no longer once there is something', async () => {
  own = await registry();
  const files = { [`miniapps/${PANEL}/languages.yaml`]: 'strings: { en: { hello: Hello } }\n' };
  const number = await own.open('alice', { branch: 'words', files, isDraft: true });
  await own.direct('olga', files);
  await own.run();
  const left = await own.shown(number);
  expect(left).toMatchObject({ state: 'open', labels: [] });
  expect(left.check).toMatch(/^success: main has all that it brings already/);
  expect(left.comments).toEqual([expect.stringMatching(/Nothing is left to change[^]*can close it/)]);
  expect((await own.run()).actions).toEqual([]);
  await own.push('alice', 'words', { [`miniapps/${SMART}/languages.yaml`]: 'strings: { en: { hello: Hi } }\n' });
  await own.run();
  const more = await own.shown(number);
  expect(more.check).toMatch(/^pending: a draft/);
  expect(more.comments).toEqual([expect.not.stringContaining('Nothing is left')]);
});
