/** What is kept for a user is theirs alone, whole or absent, and no more than may be. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { codeStamp } from './code.ts';
import { openStore, type Store } from './store.ts';

afterAll(removeRepositories);

const isPosix = process.getuid !== undefined;

function place(): { env: { XDG_CACHE_HOME: string }; folder: string; store: Store } {
  const parent = temporaryFolder('kept');
  const env = { XDG_CACHE_HOME: parent };
  return { env, folder: join(parent, 'miniapp-registry'), store: openStore(env)! };
}
const fileOf = (folder: string, name: string): string => join(folder, `${name}.kept`);

test('what was kept is found again, and the newest is', () => {
  const { env, store } = place();
  expect(store.get('a')).toBeUndefined();
  store.put('a', 'one\n');
  store.put('a', 'two\n');
  expect(openStore(env)!.get('a')).toBe('two\n');
});

test('without a folder of the user there is no store', () => {
  expect(openStore({})).toBeUndefined();
  expect(openStore({ XDG_CACHE_HOME: 'relative' })).toBeUndefined();
  expect(openStore({ HOME: '' })).toBeUndefined();
  expect(openStore({ HOME: temporaryFolder('home') })).toBeDefined();
});

test.each(['', 'relative'])('a folder for caches that is none ("%s") counts as not named', (named) => {
  const home = temporaryFolder('home');
  openStore({ XDG_CACHE_HOME: named, HOME: home })!.put('a', 'one');
  expect(openStore({ HOME: home })!.get('a')).toBe('one');
});

describe.runIf(isPosix)('of others nothing is read', () => {
  test.each([
    ['a folder that others may write', (folder: string) => chmodSync(folder, 0o777)],
    ['a folder that a group may write', (folder: string) => chmodSync(folder, 0o770)],
    ['a folder that is a link', moveAndLink],
  ])('%s', (_, spoil) => {
    const { env, folder, store } = place();
    store.put('a', 'one');
    spoil(folder);
    expect(openStore(env)).toBeUndefined();
  });

  test.each([
    ['a file that others may write', (file: string) => chmodSync(file, 0o666)],
    ['a file that is a link', moveAndLink],
  ])('%s', (_, spoil) => {
    const { folder, store } = place();
    store.put('a', 'one');
    spoil(fileOf(folder, 'a'));
    expect(store.get('a')).toBeUndefined();
  });

  // Only the administrator can give a file away.
  test.runIf(process.getuid?.() === 0)('a folder or a file of another user', () => {
    const { env, folder, store } = place();
    store.put('a', 'one');
    lchownSync(fileOf(folder, 'a'), 12345, 12345);
    expect(store.get('a')).toBeUndefined();
    lchownSync(folder, 12345, 12345);
    expect(openStore(env)).toBeUndefined();
  });

  // An administrator who has the HOME of a user, as under sudo: the folder would be closed to the user from then on.
  test.runIf(process.getuid?.() === 0)('in the home of another user none is made', () => {
    const home = temporaryFolder('home');
    lchownSync(home, 12345, 12345);
    openStore({ HOME: home })?.put('a', 'one');
    expect(readdirSync(home)).toEqual([]);
  });

  function moveAndLink(path: string): void {
    execFileSync('mv', [path, `${path}.moved`]);
    symlinkSync(`${path}.moved`, path);
  }
});

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
  ['of another length of zeros', (bytes: Buffer) => Buffer.alloc(bytes.length)],
  ['with one other bit', (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('one', 'onf'), 'latin1')],
  ['empty', () => Buffer.alloc(0)],
])('a text %s counts as absent, and is written anew', (_, damage) => {
  const { folder, store } = place();
  store.put('a', 'this one');
  writeFileSync(fileOf(folder, 'a'), damage(readFileSync(fileOf(folder, 'a'))));
  expect(store.get('a')).toBeUndefined();
  store.put('a', 'this one');
  expect(store.get('a')).toBe('this one');
});

test('what a killed writer left is not read, is in nobody’s way, and goes', () => {
  const { folder, store } = place();
  store.put('a', 'one');
  const left = join(folder, 'a.4711.new');
  const own = join(folder, `b.${process.pid}.new`);
  for (const file of [left, own]) writeFileSync(file, 'half');
  utimesSync(left, new Date(0), new Date(0));
  store.put('b', 'two');
  expect([store.get('a'), store.get('b')]).toEqual(['one', 'two']);
  expect(readdirSync(folder).sort()).toEqual(['a.kept', 'b.kept']);
});

test('together they take no more than they may: what was used longest ago goes', () => {
  const { env, folder } = place();
  const store = openStore(env, 350)!;
  for (const [i, name] of ['a', 'b', 'c'].entries()) {
    store.put(name, name.repeat(30));
    utimesSync(fileOf(folder, name), new Date(1000 * i), new Date(1000 * i));
  }
  expect(store.get('a')).toBeDefined();
  store.put('d', 'd'.repeat(30));
  expect(readdirSync(folder).sort()).toEqual(['a.kept', 'c.kept', 'd.kept']);
  store.put('large', 'x'.repeat(351));
  expect(store.get('large')).toBeUndefined();
});

test('a folder that cannot be looked at, as one of somebody else, is none', () => {
  const parent = temporaryFolder('kept');
  writeFileSync(join(parent, 'file'), '');
  expect(openStore({ XDG_CACHE_HOME: join(parent, 'file') })).toBeUndefined();
});

test('a folder that is gone or cannot be made keeps nothing and stops nobody', () => {
  const { env, folder, store } = place();
  store.put('a', 'one');
  rmSync(folder, { recursive: true });
  expect(store.get('a')).toBeUndefined();
  rmSync(env.XDG_CACHE_HOME, { recursive: true });
  writeFileSync(env.XDG_CACHE_HOME, 'a file');
  store.put('a', 'one');
  expect(store.get('a')).toBeUndefined();
});

test('another code is another stamp, and one that was written just now has none', () => {
  const root = temporaryFolder('code');
  for (const name of ['cache', 'commands', 'core', 'git', 'evaluate', 'read'])
    mkdirSync(join(root, 'scripts', name), { recursive: true });
  mkdirSync(join(root, 'schemas'));
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '{}');
  const file = join(root, 'scripts/core/rule.ts');
  writeFileSync(file, 'one');
  expect(codeStamp(Date.now(), root)).toBeUndefined();
  const later = Date.now() + 60_000;
  const before = codeStamp(later, root);
  expect(before).toMatch(/^v\d/);
  expect(codeStamp(later, root)).toBe(before);
  writeFileSync(file, 'two');
  const after = codeStamp(later, root);
  expect(after).not.toBe(before);
  writeFileSync(join(root, 'schemas/version.schema.json'), '{}');
  const withSchema = codeStamp(later, root);
  expect(withSchema).not.toBe(after);
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '[]');
  expect(codeStamp(later, root)).not.toBe(withSchema);
});
