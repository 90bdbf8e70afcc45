/** What a file of entries says, in YAML and JSON. */
import { expect, test } from 'vitest';
import { Findings } from '../project/finding.ts';
import { readEntries } from './entries.ts';

const SHAPE = { main: 'app', fields: ['app', 'regions', 'note'], lists: ['regions'] };

function read(text: string) {
  const findings = new Findings('.');
  const entries = readEntries('in.yaml', text, SHAPE, findings);
  const told = findings.problems.map(
    ({ args, at }) => `${text.slice(0, at.offset).split('\n').length} ${args['field']} is ${args['actual']}`,
  );
  return { values: entries?.map(({ values }) => Object.fromEntries(values)), told };
}

test.each([
  ['a field', '- { app: x, regions: ~ }', '1 regions is null'],
  ['a field in JSON', '[{ "app": "x", "note": null }]', '1 note is null'],
  ['one of a list', '- app: x\n  regions:\n    - EU\n    - ~', '4 regions is null'],
  ['one of a list in JSON', '[{ "app": "x", "regions": ["EU", null] }]', '1 regions is null'],
  ['nothing', '- app: x\n  note:\n', '2 note is null'],
  ['nothing, with a comment', '- app: x\n  note: # none\n', '2 note is null'],
  ['a name alone', '- { app: x, note }', '1 note is null'],
  ['an entry', '- ~', '1 an entry is null'],
  ['an entry in JSON', '["x", NULL]', '1 an entry is null'],
  ['an entry of nothing', '- x\n-\n- y', '2 an entry is null'],
  ['by its tag', '- { app: x, note: !!null "" }', '1 note is null'],
  ['all of it', '~', '1 in.yaml is null'],
])('null is no text: %s', (_, text, told) => expect(read(text).told).toEqual([told]));

test('what is quoted is a text, and so is every other word', () => {
  expect(read('- { app: "null", regions: ["~"], note: "" }')).toEqual({
    values: [{ app: 'null', regions: '~', note: '' }],
    told: [],
  });
  expect(read('- { app: 0o17, regions: [1.10, true, 010, 1_000], note: 2026-01-01 }')).toEqual({
    values: [{ app: '0o17', regions: '1.10 true 010 1_000', note: '2026-01-01' }],
    told: [],
  });
});
