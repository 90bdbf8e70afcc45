/** A folder as its people work on it: what they did not make, or do not want in Git, stops nothing; what is in Git is judged. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';
import { FIXTURE, SMART } from '../../fixtures/workspace.ts';
import { pathOf } from '../../core/paths.ts';
import { diskSource } from '../../read/disk.ts';
import { isLitter } from '../../read/litter.ts';
import { loadWorkingTree, workingTree } from './working-tree.ts';

afterAll(removeRepositories);

const IN = `miniapps/${SMART}`;
const found = (own: TestRepository) =>
  loadWorkingTree(own.file('.')).problems.map(({ code, at }) => `${code} ${at.file}`);
function put(own: TestRepository, path: string, text = 'litter'): void {
  mkdirSync(dirname(own.file(path)), { recursive: true });
  writeFileSync(own.file(path), text);
}

const LITTER = [
  ...['.DS_Store', 'Thumbs.db', 'desktop.ini', '.directory', '._whitelist.yaml', 'whitelist.yaml~', '#whitelist.yaml#'],
  ...['.whitelist.yaml.swp', '.whitelist.yaml.swo', '.whitelist.yaml.un~', 'whitelist.yaml.orig', 'whitelist.yaml.rej'],
  ...['whitelist.yaml.bak', '.#whitelist.yaml', '4913', '.nfs00000001', '.goutputstream-ABCDEF', '~$notes.docx'],
  ...['.~lock.table.csv#', 'whitelist.yaml___jb_tmp___', 'whitelist.yaml.save', '.4f2a.tmp', 'a.svg:Zone.Identifier'],
  ...['.idea/workspace.xml', '.vscode/settings.json', '.history/x/y.yaml', '__MACOSX/._a', '.Trash-1000/files/a'],
];

test.each(LITTER)('%s is not read, in a repository or without one, wherever it is', (name) => {
  const own = repository();
  const plain = temporaryFolder('plain');
  cpSync(FIXTURE, plain, { recursive: true });
  for (const folder of ['', 'people/', `${IN}/`, `${IN}/versions/`]) {
    put(own, folder + name);
    mkdirSync(dirname(join(plain, folder + name)), { recursive: true });
    writeFileSync(join(plain, folder + name), 'litter');
  }
  expect(found(own)).toEqual([]);
  expect(loadWorkingTree(plain).problems).toEqual([]);
});

test.each(['.DS_Store', '.vscode/settings.json', 'whitelist.yaml~', '.miniapp-edit/journals/1/journal.json'])(
  '%s that is in the index is judged like any other file',
  (name) => {
    const own = repository();
    put(own, `${IN}/${name}`);
    own.git('add', '-f', '.');
    expect(found(own)).toEqual([`file-unknown ${IN}/${name}`]);
  },
);

test('what Git ignores is not read, by whatever file or setting; what it does not ignore is told', () => {
  const own = repository();
  writeFileSync(join(own.home, '.gitignore'), 'by-file.txt\n/config/node_modules/\n');
  writeFileSync(join(own.home, '.git/info/exclude'), 'by-info.txt\n');
  const global = join(own.home, '.git/global-excludes');
  writeFileSync(global, 'by-setting.txt\n');
  own.git('config', 'core.excludesFile', global);
  for (const name of ['by-file.txt', 'by-info.txt', 'by-setting.txt', 'by-nobody.txt', 'deep/er/by-info.txt']) {
    put(own, `${IN}/${name}`);
  }
  put(own, 'node_modules/a/b.js');
  put(own, 'elsewhere/by-nobody.yaml');
  expect(found(own).sort()).toEqual(['file-unknown elsewhere/by-nobody.yaml', `file-unknown ${IN}/by-nobody.txt`]);
});

test('a file of the configuration is read although Git ignores it', () => {
  const own = repository();
  writeFileSync(join(own.home, '.gitignore'), '*.svg\nwhitelist.yaml\n');
  put(own, `${IN}/whitelist.yaml`, 'nonsense: true\n');
  expect(found(own).join()).toContain(`${IN}/whitelist.yaml`);
});

test('the executable bit means nothing where core.fileMode is false', () => {
  const own = repository();
  chmodSync(own.file(`${IN}/release.yaml`), 0o777);
  expect(found(own)).toEqual([`file-not-plain ${IN}/release.yaml`]);
  own.git('config', 'core.fileMode', 'false');
  expect(found(own)).toEqual([]);
});

test('without a repository it means nothing: a stop works in a copy on a file system where every file has it', async () => {
  const own = repository();
  rmSync(join(own.home, '.git'), { recursive: true });
  execFileSync('chmod', ['-R', '0777', own.home]);
  expect(found(own)).toEqual([]);
  expect((await own.run('disable', SMART, '--actor', 'alice', '--no-pr')).code).toBe(0);
});

describe('a folder that is a link', () => {
  test.each(['miniapps', 'people', IN])('%s is told and not followed, in whatever part is read', (folder) => {
    const own = repository();
    const elsewhere = temporaryFolder('elsewhere');
    execFileSync('mv', [own.file(folder), join(elsewhere, 'there')]);
    symlinkSync(join(elsewhere, 'there'), own.file(folder));
    const source = workingTree(own.file('.'));
    expect(source.list('').filter(({ kind }) => kind === 'symlink')).toMatchObject([{ path: folder }]);
    expect(source.list(folder)).toMatchObject([{ path: folder, kind: 'symlink' }]);
    if (folder !== 'people') expect(source.list(`${IN}/versions`)).toMatchObject([{ path: folder, kind: 'symlink' }]);
  });
});

test('plan leaves litter out too', async () => {
  const own = repository();
  put(own, `${IN}/.DS_Store`);
  own.edit(`${IN}/miniapp.yaml`, 'Wakes you up', 'Wakes you');
  const { code, value } = await own.runJson('plan', '--base', 'HEAD', '--actor', 'alice');
  expect({ code, problems: value.problems }).toEqual({ code: 0, problems: [] });
});

test.each(['release.yaml', 'miniapp.yaml', 'avatar.svg', '1.0.0.yaml', '2026-10.yaml', 'README.md', 'policy.yaml'])(
  'no file of a configuration is litter: %s',
  (name) => expect(isLitter(name, false)).toBe(false),
);

test('Git is asked about what it does not hold alone, as for each path it goes through its whole index', () => {
  const own = repository();
  const asked: string[][] = [];
  // A level above the configuration, all that Git holds of it is strange.
  const tracked = [`config/${pathOf.platform}`, 'config/policy.yaml', 'config/apps/smart-life.yaml'];
  const root = temporaryFolder('above');
  cpSync(own.file('.'), join(root, 'config'), { recursive: true, filter: (path) => !path.endsWith('.git') });
  const source = diskSource(root, {
    tracked: () => tracked,
    hasModes: () => true,
    ignored: (paths) => (asked.push([...paths]), new Set()),
  });
  const files = source.list('').map(({ path }) => path);
  expect(files).toEqual(expect.arrayContaining(tracked));
  const all = asked.flat();
  expect(all).toContain(`config/miniapps/${SMART}/members.yaml`);
  expect(tracked.filter((path) => all.includes(path))).toEqual([]);
});
