/** Long runs of lines that say nothing cost an edit no time, and are where they were afterwards. */
import { describe, expect, test } from 'vitest';
import { readYaml } from '../read/yaml.ts';
import { withoutIdleLines } from './yaml-ranges.ts';
import { rewrite } from './yaml.ts';

const TEXT = `# What it is.
name: { en: Clock, zh: 钟 }
notes: |
  one

  two
folded: >-
  a
  b
plain: some
  more
quoted: "x
  y"
flow: [
  a,
  b
  ]
whitelist:
  - { app: a, account: b }
  - app: c
    account: d # why
empty:
`;
const valueOf = (text: string) => readYaml('', Buffer.from(text)).value as Record<string, any>;
const VALUE = valueOf(TEXT);
const EDITS: readonly Record<string, unknown>[] = [
  { ...VALUE, whitelist: [...VALUE['whitelist'], { app: 'e', account: 'f' }] },
  { ...VALUE, whitelist: VALUE['whitelist'].slice(1) },
  { ...VALUE, name: { en: 'Watch', zh: '钟' } },
  { ...VALUE, notes: 'three\n', more: 1 },
  { ...VALUE, flow: ['a', 'b', 'c'], plain: 'other' },
  { ...VALUE, empty: 'no' },
];

const RUNS = {
  'empty lines': '\n'.repeat(150),
  comments: '# x\n'.repeat(150),
  'both, indented': '\n    \n  # y\n#\n'.repeat(50),
};

describe.each(Object.entries(RUNS))('%s', (_, run) => {
  const lines = TEXT.split(/(?<=\n)/);
  test.each(lines.map((line, i) => [i, line.trim()] as const))('before line %i, "%s"', (i) => {
    const text = [...lines.slice(0, i), run, ...lines.slice(i)].join('');
    const quick = withoutIdleLines(text);
    expect(quick.length).toBe(text.length);
    for (const { 0: line, index } of quick.matchAll(/.+/g))
      if (line.trim() !== '') expect(text.slice(index, index + line.length)).toBe(line);
    // Where it says something, or nothing that can be read, it is no such run.
    if (JSON.stringify(valueOf(text)) !== JSON.stringify(VALUE)) return;
    for (const wanted of EDITS) {
      const made = rewrite(text, wanted);
      expect(valueOf(made)).toEqual(wanted);
      expect(made.replace(run, '')).toBe(rewrite(TEXT, wanted));
    }
  });
});

test.each(Object.entries(RUNS))('a megabyte of %s is edited in no time', (_, run) => {
  const idle = run.repeat(Math.ceil(1e6 / run.length));
  const text = TEXT.replace('  - app: c', () => `${idle}  - app: c`);
  const before = process.cpuUsage();
  const made = rewrite(text, EDITS[0]!);
  const { user, system } = process.cpuUsage(before);
  expect(valueOf(made)).toEqual(EDITS[0]);
  expect(made.length - text.length).toBeLessThan(40);
  expect((user + system) / 1e6).toBeLessThan(2);
});
