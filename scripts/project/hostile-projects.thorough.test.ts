/** Projects of some megabytes, made to cost whoever reads them more than their size. */
import { expect, test } from 'vitest';
import { processorTime } from '../fixtures/processor-time.ts';
import { readFiles } from '../fixtures/projects/read.ts';
import { uses } from '../fixtures/projects/uses.ts';
import { NATIVE } from '../fixtures/projects/write.ts';

test('data that names images by the hundred thousand says where they come from', () => {
  const images = Array.from({ length: 150_000 }, (_, i) => `'//a.example.com/${i.toString(36)}.png'`);
  expect(uses(`export const all = [${images.join(',')}]`)).toEqual(['static https://a.example.com']);
});

test('folders that are called as those of machines, named in many scripts, are looked for once', () => {
  const folders = Array.from({ length: 1200 }, (_, i) => `home/of${i}`);
  const names = `/* ${folders.map((folder) => `/${folder}/`).join(' ')} */\n`;
  const files = Object.fromEntries(folders.map((folder, i) => [`${folder}/a.js`, i < 200 ? names : '1;\n']));
  let told: string[] = [];
  const time = processorTime(() => ({ told } = readFiles({ ...NATIVE, ...files })));
  expect(told.filter((line) => line.endsWith('upload-build-path'))).toEqual([]);
  expect(time).toBeLessThan(5000);
});
