/** How values are written, so that readers of YAML 1.1 take texts for texts, too. */
import { describe, expect, test } from 'vitest';
import { schemas } from '../read/schema-files.ts';
import { inline, MOMENTS, styleOf } from './style.ts';

const style = styleOf('');
const written = (key: string, value: string) => inline({ [key]: value }, style);

describe('a text that an older reader takes for something else is quoted', () => {
  test.each([
    ...[
      '12:30',
      '1:2:3',
      '190:20:30.15',
      '1_000',
      '0b101',
      '0o17',
      '0x1F',
      '017',
      '1e5',
      '1.5',
      '.5',
      '1.',
      '.inf',
      '.NaN',
    ],
    ...['+12', '-12', '685_230.15', 'yes', 'NO', 'on', 'y', 'null', '2026-11-27', '2026-1-2', '2026-11-27 10:00:00'],
    '2026-11-27T10:00:00Z',
    // As Go's readers take them.
    ...['0_x1F', '-0_b1', '2026-11-27T8:0:0Z', '2026-1-2 3:4:5'],
  ])('%s', (text) => {
    expect(written('account', text)).toBe(`{ account: '${text}' }`);
  });

  test.each([
    '1.2.0',
    'v1',
    '12:30 Uhr',
    '12:',
    '1-2',
    '2026-11',
    '2026-11-27-a',
    'a_1',
    '12 30',
    '1,5',
    'Nein',
    'one',
  ])('%s stays as it is', (text) => {
    const isHard = /:$|,/.test(text);
    expect(written('name', text)).toBe(isHard ? `{ name: '${text}' }` : `{ name: ${text} }`);
  });
});

test('a moment is written as one where one is meant', () => {
  expect(written('expires', '2026-11-27')).toBe('{ expires: 2026-11-27 }');
  expect(written('uploadedAt', '2026-11-20T08:00:00Z')).toBe('{ uploadedAt: 2026-11-20T08:00:00Z }');
});

test('moments are meant where the schemas say so', () => {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries((value as { properties?: object }).properties ?? {}))
      if (/#\/\$defs\/(?:day|time|expiry)$/.test((inner as { $ref?: string }).$ref ?? '')) found.add(name);
    Object.values(value).forEach(walk);
  };
  for (const { schema } of schemas()) walk(schema);
  expect([...found].sort()).toEqual([...MOMENTS].sort());
});
