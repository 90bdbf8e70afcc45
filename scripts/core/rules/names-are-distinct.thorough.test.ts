/** Names are compared in time in proportion. */
import { expect, test } from 'vitest';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { files } from '../../fixtures/rules/story.ts';
import { NOW, SMART } from '../../fixtures/workspace.ts';
import { namesAreDistinct } from './names-are-distinct.ts';

test('thousands of miniapps with one name are told in little time, each with a few others', () => {
  const { workspace } = load(memorySource(files));
  const one = workspace.miniapps.get(SMART)!;
  const names = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`x-${i}`, `Alarm clock${' '.repeat(i)}`]));
  const basics = { ...one.basics, name: names };
  const ids = Array.from({ length: 2000 }, (_, i) => `tymany${String(i).padStart(10, '0')}`);
  const miniapps = new Map(ids.map((id) => [id, { ...one, id, basics }]));
  const before = process.cpuUsage();
  const found = [...namesAreDistinct.check({ ...workspace, miniapps }, NOW)];
  const { user } = process.cpuUsage(before);
  expect(found).toHaveLength(ids.length);
  expect(String(found[0]!.args['others']).split(', ')).toHaveLength(3);
  // Compared one by one they would take some hours.
  expect(user / 1e6).toBeLessThan(5);
});
