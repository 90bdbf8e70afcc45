/** What two readers of YAML take for two things is refused where it stands; what both take for the same is read. */
import { expect, test } from 'vitest';
import { processorTime } from '../fixtures/processor-time.ts';
import { rewrite } from '../edit/yaml.ts';
import { readYaml } from './yaml.ts';

const read = (text: string) => readYaml('f.yaml', Buffer.from(text));

test.each([
  ['a: |1-\n  \n', 7],
  ['a: >2\n  x\n     \nb: 1\n', 10],
  ['- |+2 # two\n    \n', 12],
  ['a: |+\n  x\n ', 10],
  ['a: "x\\\n\n  y"\n', 5],
  ['- ["a\\\n \n  b"]\n', 5],
])('%j is refused', (text, offset) => {
  expect(read(text).problems).toMatchObject([{ code: 'yaml-syntax', at: { offset } }]);
});

test.each([
  ['a: |1\n  x\n\n', ' x\n'],
  ['a: |\n  x\n     \n  y\n', 'x\n   \ny\n'],
  ['a: "x\\\n  y"\n', 'xy'],
  ['a: "x\\\\\n\n  y"\n', 'x\\\ny'],
  ['a: >-\n  x\n\n  y\n', 'x\ny'],
])('%j is read', (text, a) => {
  expect(read(text)).toMatchObject({ problems: [], value: { a } });
});

test.each(['a\u0085b', '\u2028', '\uFEFFx', '\u202Ex', 'a\tb', '<<'])(
  'an edit writes %j as the reader reads it',
  (said) => {
    for (const text of ['a: old\n', "a: 'old'\n", 'a: "old"\n', 'a: { b: old }\n', 'a: [old]\n']) {
      for (const wanted of [
        { a: said },
        { a: { '<<': said } },
        { a: [said, { [said === '<<' ? said : 'k']: said }] },
      ]) {
        expect(read(rewrite(text, wanted))).toMatchObject({ problems: [], value: wanted });
      }
    }
  },
);

test('a line of 500,000 spaces costs an edit no more than its size', () => {
  const text = `review: {\n  status: pending,\n  submittedBy: bob${' '.repeat(500_000)}}\n`;
  const time = processorTime(() => {
    expect(
      read(rewrite(text, { review: { status: 'approved', submittedBy: 'bob', reviewedBy: 'rita' } })),
    ).toMatchObject({
      problems: [],
    });
  });
  expect(time).toBeLessThan(5000);
});
