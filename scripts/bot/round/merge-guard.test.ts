/** What this program stumbles over in one pull request, as nobody foresaw, keeps no other from being evaluated. */
import { afterAll, expect, test, vi } from 'vitest';
import { registry } from '../../fixtures/bot-harness.ts';
import { removeRepositories } from '../../fixtures/repository.ts';
import { PANEL, SMART } from '../../fixtures/workspace.ts';
import type * as Judging from '../evaluate/pull-request.ts';

vi.setConfig({ testTimeout: 120_000 });
afterAll(removeRepositories);

// What cannot be foreseen cannot be made by data: nothing else here is replaced.
vi.mock('../evaluate/pull-request.ts', async (original) => {
  const real = await original<typeof Judging>();
  const evaluatePullRequest: typeof real.evaluatePullRequest = (context, pull, acting) => {
    if (pull.title === 'strange') throw new TypeError('x is not a function');
    return real.evaluatePullRequest(context, pull, acting);
  };
  return { ...real, evaluatePullRequest };
});

test('the other is merged, and the one is said to be no fault of its own', async () => {
  const own = await registry();
  const words = (miniapp: string) => ({
    [`miniapps/${miniapp}/languages.yaml`]: 'strings: { en: { hello: Hello } }\n',
  });
  const strange = await own.open('alice', { branch: 'strange', files: words(SMART) });
  const fine = await own.open('alice', { branch: 'fine', files: words(PANEL) });
  const { failures } = await own.run();
  expect((await own.shown(fine)).state).toBe('merged');
  expect((await own.shown(strange)).check).toMatch(/^error: could not be judged, which is not your fault/);
  expect(failures).toEqual([`#${strange} could not be judged, which is not its fault: x is not a function`]);
  await own.stop();
});
