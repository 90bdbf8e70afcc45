/** Genuine builds of toolchains: the hosts that their sources call are found, and none besides. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { projectOf } from '../fixtures/projects/write.ts';
import { readProject } from './read-project.ts';

const BUILDS = join(import.meta.dirname, '../fixtures/builds');

interface Build {
  readonly called: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

/** What is not found: names that stand in the sources, and which no search of sources or build showed to be called. */
test.each([
  ['goji', []],
  // A link, which a person follows and nothing loads.
  ['kbone', ['https://link.acc-href.com']],
  ['mpx', ['https://m28.acme-demo.com']],
  ['remax', []],
  ['taro-vite', ['https://dev.acme-demo.com']],
  ['taro-vue-webpack', []],
  ['taro-webpack', ['https://dev.acme-demo.com']],
  ['uni-app', []],
])('%s', (name, lost) => {
  const packed = readFileSync(join(BUILDS, `${name}.json.br`));
  const { called, files } = JSON.parse(brotliDecompressSync(packed).toString()) as Build;
  const { project } = readProject(projectOf(files), { shown: 'app', id: 'typroject0000001' });
  const origins = project?.origins ?? [];
  expect({
    lost: called.filter((origin) => !origins.includes(origin)),
    invented: origins.filter((origin) => !called.includes(origin)),
  }).toEqual({ lost, invented: [] });
  expect(lost.length).toBeLessThanOrEqual(called.length * 0.05);
});
