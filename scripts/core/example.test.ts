import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG, holdsExample } from '../fixtures/example.ts';
import { EXAMPLE_MINIAPPS } from './example.ts';

// On a platform of one's own, config/ holds its own miniapps.
test.skipIf(!holdsExample())('every miniapp of the example is known as the example’s', () => {
  const ids = readdirSync(join(CONFIG, 'miniapps'));
  expect(ids.length).toBeGreaterThan(5);
  expect(ids.filter((id) => !EXAMPLE_MINIAPPS.has(id))).toEqual([]);
});
