/** Tables of megabytes are refused for little. */
import { expect, test } from 'vitest';
import { MOST_ROWS } from './csv-size.ts';
import { readCsv } from './csv.ts';

test('more rows than any table has are not read', () => {
  expect(readCsv('a,b\n'.repeat(MOST_ROWS + 1))).toMatchObject({ detail: expect.stringContaining('more than') });
});

const MOST = 16 * 1024 ** 2;
const full = (head: string, part: string) => head + part.repeat(Math.floor((MOST - head.length) / part.length));

test.each<[string, string, number, RegExp]>([
  ['commas', full('', ','), 1, /cells/],
  ['commas after a head', full('key,en\n', ','), 2, /cells/],
  ['one cell', full('key,en\na,', 'x'), 2, /cell of more than/],
  ['one cell in quotes', full('key,en\na,"', 'x\n'), 2, /cell of more than/],
  ['quotes', full('key,en\n', '"'), 2, /cell of more than/],
  ['line ends', full('key,en\n', '\n'), 999_999, /cells/],
  ['a head without end', full('', 'key"'), 1, /cell of more than/],
])('16 MB of %s are refused before they are read', (_, csv, line, detail) => {
  const started = performance.now();
  expect(readCsv(csv)).toEqual({ line, detail: expect.stringMatching(detail) });
  expect(performance.now() - started).toBeLessThan(5000);
});
