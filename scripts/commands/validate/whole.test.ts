/** Commands that say something of all miniapps say the same from what was kept as from the files, and read only what changed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../cache/store.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';
import { runCommand, type CommandOutput } from '../../fixtures/run-command.ts';
import { PANEL, SMART } from '../../fixtures/workspace.ts';
import { recordsOf } from './records.ts';

afterAll(removeRepositories);

let own: TestRepository;
let env: { XDG_CACHE_HOME: string };

beforeEach(() => {
  own = repository();
  env = { XDG_CACHE_HOME: temporaryFolder('kept') };
});

const run = (...words: string[]): Promise<CommandOutput> => runCommand(words, { cwd: own.home, env });
const LINES = [
  'list',
  'list --app smart-life',
  'list --member olga',
  'list --type panel --format json',
  'list --under-review',
  'list --out-of-service --format json',
  'list --archived',
  'list --at HEAD',
  'list --category none',
  'reviews',
  'reviews --for rita --format json',
  'whoami --actor olga',
  'whoami --actor rita --format json',
  'person list',
  'app list --format json',
].map((line) => line.split(' '));

test('with nothing kept, with what was kept, and after an edit', async () => {
  for (const edit of [
    () => {},
    () => own.edit(`miniapps/${SMART}/miniapp.yaml`, 'category:', 'archived: true\ncategory:'),
    () => own.write(`miniapps/${PANEL}/members.yaml`, 'members:\n  - { login: olga, role: admin }\n'),
    () => own.write(`miniapps/${PANEL}/members.yaml`, 'members:\n  - { login: nobody, role: admin }\n'),
  ]) {
    edit();
    for (const words of LINES) {
      // Of a repository whose environment names no folder for what is kept.
      const anew = await own.run(...words);
      expect(await run(...words)).toEqual(anew);
      expect(await run(...words)).toEqual(anew);
    }
  }
});

test('an export is the same, from the files and from what was kept of them', async () => {
  const dataOf = async (...words: string[]) => {
    const out = join(temporaryFolder('out'), 'export');
    expect((await run('export', '--out', out, ...words)).code).toBe(0);
    return readFileSync(join(out, 'data.json'), 'utf8');
  };
  const first = await dataOf('--no-cache');
  for (const _ of [1, 2]) expect(await dataOf()).toBe(first);
  own.edit(`miniapps/${SMART}/whitelist.yaml`, '2099-12-31', '2098-12-31');
  expect(await dataOf()).toBe(await dataOf('--no-cache'));
  expect(await dataOf()).not.toBe(first);
});

test('what was read is kept of each miniapp, and what is gone goes', async () => {
  const out = join(temporaryFolder('out'), 'export');
  await run('export', '--out', out);
  const { readings } = recordsOf(openStore(env), own.file(''), Date.now())!;
  expect([...readings.read().keys()].toSorted()).toEqual([PANEL, SMART].toSorted());
  const before = readings.read();
  const { reading, content } = before.get(SMART)!;
  const invented = { ...reading, miniapp: { ...reading.miniapp, release: { sequence: 4711 } } };
  readings.write(new Map(before).set(SMART, { content, reading: invented }), new Map());
  await run('export', '--out', out);
  expect(readFileSync(join(out, 'data.json'), 'utf8')).toContain('4711');
  own.remove(`miniapps/${PANEL}`);
  await run('export', '--out', out);
  expect([...readings.read().keys()]).toEqual([SMART]);
});

test.each([['validate'], ['list'], ['export', '--out', 'out']])(
  'an account that was erased is forgotten by the next %s',
  async (...words) => {
    const store = join(env['XDG_CACHE_HOME']!, 'miniapp-registry');
    const holding = () =>
      readdirSync(store).filter((name) => readFileSync(join(store, name), 'utf8').includes('qa@example.com'));
    await run('export', '--out', join(temporaryFolder('out'), 'export'));
    expect(holding().length).toBeGreaterThan(0);
    own.remove(`miniapps/${SMART}/scenarios.yaml`);
    own.write(`miniapps/${SMART}/whitelist.yaml`, 'whitelist: []\n');
    const last = words.map((word) => (word === 'out' ? join(temporaryFolder('out'), 'export') : word));
    expect((await run(...last)).code).toBe(0);
    expect(holding()).toEqual([]);
  },
);

test('what was kept is taken, and left with --no-cache', async () => {
  await run('validate');
  const place = recordsOf(openStore(env), own.file(''), Date.now())!;
  const records = place.read()!;
  const summary = { ...records.parts.get(SMART)!.summary!, name: { en: 'Invented' } };
  place.write({ ...records, parts: new Map(records.parts).set(SMART, { ...records.parts.get(SMART)!, summary }) });
  expect((await run('list')).out).toContain('Invented');
  for (const words of [
    ['list', '--no-cache'],
    ['list', '--at', 'HEAD'],
  ])
    expect((await run(...words)).out).not.toContain('Invented');
  // What is kept of it no longer is of these files.
  writeFileSync(own.file(`miniapps/${SMART}/README.md`), 'Other files\n');
  expect((await run('list')).out).not.toContain('Invented');
});
