/** Who is in a rollout: the documented bucket, what more percent keeps, and how it stands to every other rule. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256, utf8 } from '../sha256.ts';
import { covers, isIn, partOf, partsIn, PARTS } from './rollout.ts';

const VECTORS = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../schemas/rollout-vectors.json'), 'utf8'),
) as {
  readonly vectors: readonly { miniapp: string; version: string; account: string; canonical: string; part: number }[];
  readonly percents: readonly { percent: number; parts: number }[];
};

test('SHA-256 is what Node has, of any text and across every length of a block', () => {
  const hex = (text: string) => [...sha256(utf8(text))].map((word) => word.toString(16).padStart(8, '0')).join('');
  const expected = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  for (let length = 0; length < 200; length += 1) expect(hex('a'.repeat(length))).toBe(expected('a'.repeat(length)));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => hex(text) === expected(text)));
});

describe('the part of an account', () => {
  test.each(VECTORS.vectors)(
    '$account of $miniapp $version: $part',
    ({ miniapp, version, account, canonical, part }) => {
      expect(partOf(miniapp, version, account)).toBe(part);
      const digest = createHash('sha256').update(`${miniapp}:${version}:${canonical}`).digest();
      expect(digest.readUInt32BE(0) % PARTS).toBe(part);
    },
  );

  test.each(VECTORS.percents)('$percent percent are $parts parts', ({ percent, parts }) => {
    expect(partsIn({ percent })).toBe(parts);
  });

  test('more percent keeps who was in, and each version begins with others', () => {
    const percent = fc.integer({ min: 100, max: 9900 }).map((parts) => parts / 100);
    fc.assert(
      fc.property(fc.string(), percent, percent, (account, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const version = '1.2.0';
        return !isIn('tyx', { version, percent: less }, account) || isIn('tyx', { version, percent: more }, account);
      }),
    );
    const first = (version: string) =>
      Array.from({ length: 2000 }, (_, i) => `u${i}`).filter((account) =>
        isIn('tyx', { version, percent: 10 }, account),
      );
    const again = new Set(first('1.3.0'));
    const both = first('1.2.0').filter((account) => again.has(account)).length;
    // Of 2,000 a hundredth is in both by chance, 20 with a standard deviation of 4.4.
    expect(both).toBeLessThan(40);
  });

  test('as many are in as the percent says', () => {
    const count = 20_000;
    for (const percent of [1, 12.5, 50, 99]) {
      let inside = 0;
      for (let i = 0; i < count; i += 1)
        if (isIn('tyx', { version: '1.2.0', percent }, `u${i}@example.com`)) inside += 1;
      const expected = (count * percent) / 100;
      expect(Math.abs(inside - expected)).toBeLessThan(4 * Math.sqrt(expected * (1 - percent / 100)));
    }
  });
});

test.each<[Parameters<typeof covers>[0], boolean]>([
  [{ version: '1.0.0', percent: 1 }, true],
  [{ version: '1.0.0', percent: 1, apps: ['app'] }, true],
  [{ version: '1.0.0', percent: 1, apps: ['other'] }, false],
  [{ version: '1.0.0', percent: 1, regions: ['EU'] }, true],
  [{ version: '1.0.0', percent: 1, apps: ['app'], regions: ['AY'] }, false],
])('%j covers the app in EU: %s', (rollout, expected) => expect(covers(rollout, 'app', 'EU')).toBe(expected));
