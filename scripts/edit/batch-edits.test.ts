/** Edits of many places at once: the text says what it must, and what is not concerned stays letter for letter. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { allChanges } from './batch-edits.ts';
import { rewrite } from './yaml.ts';

const day = (i: number) => ({ date: `2026-10-${String(i).padStart(2, '0')}`, opens: i * 10, errors: 0 });
const line = (i: number, end = '') => `  - { date: ${day(i).date}, opens: ${i * 10}, errors: 0 }${end}\n`;

test('rows go to their places among rows with comments', () => {
  const odd = Array.from({ length: 15 }, (_, i) => 2 * i + 1);
  const before = `# figures\nrows:\n${odd.map((i) => line(i, i === 5 ? ' # a holiday' : '')).join('')}# end\n`;
  const rows = Array.from({ length: 30 }, (_, i) => day(i + 1));
  const all = rows.map((_, i) => line(i + 1, i === 4 ? ' # a holiday' : '')).join('');
  expect(rewrite(before, { rows })).toBe(`# figures\nrows:\n${all}# end\n`);
});

test('texts come after their neighbours, whether the map is in lines or in braces', () => {
  const keys = Array.from({ length: 20 }, (_, i) => `key${i}`);
  const texts = (of: string) => Object.fromEntries(keys.map((key) => [key, `${of} ${key}`]));
  const before =
    'strings:\n  en: { key0: en key0, key9: "en key9" } # reviewed\n  zh:\n    # the first\n    key0: old\n';
  const after = rewrite(before, { strings: { en: texts('en'), zh: texts('zh') } });
  expect(parse(after)).toEqual({ strings: { en: texts('en'), zh: texts('zh') } });
  expect(after).toContain('key8: en key8, key9: "en key9", key10: en key10');
  expect(after).toContain('# reviewed\n  zh:\n    # the first\n    key0: zh key0\n    key1: zh key1\n');
});

test('a row that only changes its figures keeps its comment', () => {
  const rows = Array.from({ length: 20 }, (_, i) => day(i + 1));
  const before = `rows:\n${rows.map((_, i) => line(i + 1, ` # ${i}`)).join('')}`;
  const wanted = rows.map((row) => ({ ...row, errors: 7 }));
  expect(rewrite(before, { rows: wanted })).toBe(before.replaceAll('errors: 0', 'errors: 7'));
});

test.each([1, 3, 30])(
  'what is said beside a row stays with it, where %i others come before it and its figures change',
  (others) => {
    const row = (month: number, i: number, errors: number) => ({
      ...{ date: `2026-${month}-${String(i).padStart(2, '0')}`, app: 'a', region: 'EU', version: '1.0.0', errors },
    });
    const text = ({ date, errors }: ReturnType<typeof row>, end = '') =>
      `  - { date: ${date}, app: a, region: EU, version: 1.0.0, errors: ${errors} }${end}\n`;
    const before = `rows:\n${text(row(11, 1, 0), ' # a holiday')}${text(row(11, 2, 0), ' # the day after')}`;
    const fresh = Array.from({ length: others }, (_, i) => row(10, i + 1, 0));
    const replaced = [row(11, 1, 7), row(11, 2, 7)];
    const after = `${text(replaced[0]!, ' # a holiday')}${text(replaced[1]!, ' # the day after')}`;
    expect(rewrite(before, { rows: [...fresh, ...replaced] })).toBe(
      `rows:\n${fresh.map((one) => text(one)).join('')}${after}`,
    );
  },
);

test.each([1, 11, 12, 30])('what is said beside a text goes with it, where %i of a list are others', (others) => {
  const names = Array.from({ length: others + 2 }, (_, i) => `a${i}`);
  const lines = names.map((name) => `  - ${name} # of ${name}\n`);
  const isKept = (i: number) => i === 0 || i === others + 1;
  const wanted = names.map((name, i) => (isKept(i) ? name : `b${i}`));
  const after = lines.map((line, i) => (isKept(i) ? line : `  - b${i}\n`));
  expect(rewrite(`names:\n${lines.join('')}# end\n`, { names: wanted })).toBe(`names:\n${after.join('')}# end\n`);
  const none = names.map((_, i) => `b${i}`);
  const anew = rewrite(`names:\n${lines.join('')}# end\n`, { names: none });
  expect(anew).toBe(`names:\n${none.map((name) => `  - ${name}\n`).join('')}# end\n`);
  const flow = `names: [${names.join(', ')}] # all\n`;
  expect(rewrite(flow, { names: wanted })).toBe(`names: [${wanted.join(', ')}] # all\n`);
});

test('what changes its place is left to one step at a time', () => {
  expect(allChanges({ rows: [1, 2, 3] }, { rows: [3, 2, 1] })).toBeUndefined();
});
