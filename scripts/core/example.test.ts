import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG, holdsExample } from '../fixtures/example.ts';
import { EXAMPLE_MINIAPPS } from './example.ts';
import { DEFAULT_RIGHTS } from './policy/policy.ts';

// On a platform of one's own, config/ holds its own miniapps.
test.skipIf(!holdsExample())('every miniapp of the example is known as the example’s', () => {
  const ids = readdirSync(join(CONFIG, 'miniapps'));
  expect(ids.length).toBeGreaterThan(5);
  expect(ids.filter((id) => !EXAMPLE_MINIAPPS.has(id))).toEqual([]);
});

// A platform of one's own begins with this file.
test.skipIf(!holdsExample())('the policy of the example has every transition, as it says of itself', () => {
  const text = readFileSync(join(CONFIG, 'policy.yaml'), 'utf8');
  expect(text).toContain('every transition stands\n# here with its default');
  const named = [...text.matchAll(/^ {2}([a-z-]+):/gm)].map(([, name]) => name!);
  expect(named.sort()).toEqual(Object.keys(DEFAULT_RIGHTS).sort());
});
