/** How often an editing command reads the configuration and judges it: as often as it must, and no more. */
import { expect, test, vi } from 'vitest';
import { cloneOf, useForge } from '../../fixtures/proposals.ts';
import { SMART } from '../../fixtures/workspace.ts';

const count = vi.hoisted(() => ({ whole: 0, parts: 0, decisions: 0 }));

vi.mock(import('../../read/load.ts'), async (original) => {
  const real = await original();
  const load: typeof real.load = (...given) => {
    count[given[1]?.kinds ? 'parts' : 'whole'] += 1;
    return real.load(...given);
  };
  return { ...real, load };
});
vi.mock(import('../../core/transitions/decide.ts'), async (original) => {
  const real = await original();
  const decide: typeof real.decide = (...given) => {
    count.decisions += 1;
    return real.decide(...given);
  };
  return { ...real, decide };
});

useForge();

const ADD = ['whitelist', 'add', SMART, '--app', 'smart-life', '--account', 'new@example.com'];

/**
 * Parts: the platform with its apps, for names that stand for ids, and people, for who acts. Whole: the miniapp before the edit and after it;
 * for the pull request, the default branch, on which the edit is made again, and what merging that into it gives.
 */
test.each<[string, string[], typeof count]>([
  ['whitelist add in the folder alone', [...ADD, '--no-pr'], { whole: 2, parts: 2, decisions: 1 }],
  ['whitelist add with a pull request', ADD, { whole: 4, parts: 2, decisions: 2 }],
])('%s', async (_, words, expected) => {
  const bob = await cloneOf('bob');
  Object.assign(count, { whole: 0, parts: 0, decisions: 0 });
  expect(await bob.say(...words)).toMatchObject({ code: 0 });
  expect(count).toEqual(expected);
});
