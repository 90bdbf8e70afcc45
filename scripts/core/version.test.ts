import { expect, test } from 'vitest';
import { compareVersions, newestFirst } from './version.ts';

test('versions compare by number, not by text', () => {
  expect(newestFirst(['1.9.0', '1.10.0', '0.99.99', '1.10.1'])).toEqual(['1.10.1', '1.10.0', '1.9.0', '0.99.99']);
  expect(compareVersions('1.0.0', '1.0.0')).toBe(0);
});
