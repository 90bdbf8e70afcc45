/** Folders made to mislead a reader: links, pipes, repositories within, names and sizes; each is refused, and says where. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foundIn, loadedWith } from '../fixtures/loaded.ts';
import { FIXTURE, SMART, fixtureFiles } from '../fixtures/workspace.ts';
import { diskSource } from './disk.ts';
import { load } from './load.ts';
import { type Source } from './source.ts';

const FOLDER = `miniapps/${SMART}`;
const isWindows = process.platform === 'win32';
const isLinux = process.platform === 'linux';
if (isWindows) console.warn('Left out: Windows has neither executable bits nor pipes.');
if (!isLinux) console.warn('Left out: names that only the file systems of Linux take.');

describe('on disk', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hostile-'));
    cpSync(FIXTURE, root, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const put = (path: string, content: string | Uint8Array = 'a: 1\n') => {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const inFolder = () => foundIn(load(diskSource(root)));
  const what = () => load(diskSource(root)).problems.map(({ args }) => args['what']);

  test('a symbolic link to a file, even to one inside', () => {
    renameSync(join(root, 'platform.yaml'), join(root, '../platform-of-test.yaml'));
    symlinkSync('../platform-of-test.yaml', join(root, 'platform.yaml'));
    symlinkSync('alice.yaml', join(root, 'people/mallory.yaml'));
    expect(inFolder().sort()).toEqual(['file-not-plain people/mallory.yaml:1:1', 'file-not-plain platform.yaml:1:1']);
    expect(what()).toEqual(['symbolic link', 'symbolic link']);
    rmSync(join(root, '../platform-of-test.yaml'));
  });

  test('a symbolic link to a folder, to itself, and to nowhere', () => {
    symlinkSync('/etc', join(root, 'apps/etc'));
    symlinkSync('.', join(root, 'miniapps/loop'));
    symlinkSync('nowhere', join(root, 'nothing.yaml'));
    expect(inFolder().sort()).toEqual([
      'file-not-plain apps/etc:1:1',
      'file-not-plain miniapps/loop:1:1',
      'file-not-plain nothing.yaml:1:1',
    ]);
  });

  test.runIf(!isWindows)('a file with the executable bit', () => {
    chmodSync(join(root, 'policy.yaml'), 0o755);
    expect(inFolder()).toEqual(['file-not-plain policy.yaml:1:1']);
    expect(what()).toEqual(['file with the executable bit']);
    // Of a file system without modes, such as one of Windows, every file comes so.
    chmodSync(join(root, 'platform.yaml'), 0o755);
    expect(inFolder()).toEqual([]);
  });

  test.runIf(!isWindows)('a pipe, which would be read for ever', () => {
    rmSync(join(root, 'policy.yaml'));
    expect(spawnSync('mkfifo', [join(root, 'policy.yaml')]).status).toBe(0);
    expect(inFolder()).toEqual(['file-not-plain policy.yaml:1:1']);
    expect(what()).toEqual(['special file']);
  });

  test('a submodule, whether its .git is a file or a folder', () => {
    put('miniapps/tysubmodule0000001/.git', 'gitdir: ../../.git/modules/x\n');
    put('miniapps/tysubmodule0000001/miniapp.yaml');
    put(`${FOLDER}/versions/nested/.git/HEAD`, 'ref: refs/heads/main\n');
    expect(inFolder().sort()).toEqual([
      `file-not-plain ${FOLDER}/versions/nested:1:1`,
      'file-not-plain miniapps/tysubmodule0000001:1:1',
    ]);
    expect(what()).toEqual(['Git submodule', 'Git submodule']);
  });

  test('not the .git of the configuration itself, which may be a repository or a work tree of one', () => {
    put('.git', 'gitdir: ../x/.git/worktrees/y\n');
    expect(inFolder()).toEqual([]);
    rmSync(join(root, '.git'));
    put('.git/HEAD', 'ref: refs/heads/main\n');
    expect(inFolder()).toEqual([]);
  });

  test('files of Git itself', () => {
    put('.gitmodules', '[submodule "x"]\n');
    put(`${FOLDER}/.gitattributes`, '* -diff\n');
    expect(inFolder().sort()).toEqual(['file-unknown .gitmodules:1:1', `file-unknown ${FOLDER}/.gitattributes:1:1`]);
  });

  test.runIf(isLinux)('names that a file system takes and this platform does not', () => {
    const names = [
      'a\\b.yaml',
      'a\nb.yaml',
      'a"b.yaml',
      "a'b.yaml",
      '`id`.yaml',
      '$(id).yaml',
      'a.yaml ',
      'a.yaml.',
      ' a.yaml',
    ];
    const more = [
      'a.yml',
      'CON.yaml',
      'com1.yaml',
      'nul.yaml',
      'LPT1.yaml',
      '..yaml',
      '.yaml',
      '-rf.yaml',
      'A.yaml',
      'а.yaml',
      'a\u200b.yaml',
    ];
    for (const name of [...names, ...more]) put(`apps/${name}`);
    put(`apps/${'a'.repeat(250)}.yaml`);
    put(`apps/${'deep/'.repeat(60)}a.yaml`);
    const problems = inFolder();
    expect(problems).toHaveLength(names.length + more.length + 2);
    for (const problem of problems) expect(problem).toMatch(/^file-unknown apps\//);
  });

  test.runIf(isLinux)('a name that is no UTF-8 at all', () => {
    const name = Buffer.concat([Buffer.from(join(root, 'apps/')), Buffer.from([0xff, 0xfe]), Buffer.from('.yaml')]);
    writeFileSync(name, 'a: 1\n');
    mkdirSync(Buffer.concat([Buffer.from(join(root, 'miniapps/')), Buffer.from([0xe6, 0x99])]));
    expect(inFolder().map((problem) => problem.split(' ')[0])).toEqual(['file-not-plain', 'file-not-plain']);
  });

  test('a folder where a file belongs', () => {
    rmSync(join(root, 'platform.yaml'));
    put('platform.yaml/a.yaml');
    expect(inFolder().sort()).toEqual(['file-missing platform.yaml:1:1', 'file-unknown platform.yaml/a.yaml:1:1']);
  });

  test('a file of 50 MB, without reading it', () => {
    put('policy.yaml', new Uint8Array(50 * 1024 * 1024).fill(0x61));
    const disk = diskSource(root);
    const read: string[] = [];
    const watched: Source = { list: disk.list, read: (path) => (read.push(path), disk.read(path)) };
    expect(foundIn(load(watched))).toEqual(['file-too-large policy.yaml:1:1']);
    expect(read).toContain('platform.yaml');
    expect(read).not.toContain('policy.yaml');
  });

  test.runIf(isLinux)('folders deeper than a path can be long', () => {
    const name = 'deep'.padEnd(200, '-');
    // A shell goes down one by one, as far as it can: the whole path can be given to nobody.
    const script = `cd "$1"; for i in $(seq 30); do mkdir ${name} && cd ${name} || exit; done`;
    spawnSync('sh', ['-c', script, 'sh', join(root, 'apps')]);
    expect(inFolder().map((line) => line.replaceAll(name, 'd'))).toEqual([
      expect.stringMatching(/^file-not-plain apps\/d(?:\/d)+:1:1$/),
    ]);
    spawnSync('rm', ['-rf', join(root, 'apps')]);
  });

  test('three thousand files where none belongs: a thousand by name, the others by number', () => {
    for (let i = 0; i < 3000; i += 1) put(`apps/junk/${i}.txt`);
    const { problems } = load(diskSource(root));
    const byCode = Map.groupBy(problems, ({ code }) => code);
    expect([...byCode].map(([code, all]) => [code, all.length])).toEqual([
      ['file-unknown', 1000],
      ['files-unknown', 1],
    ]);
    expect(byCode.get('files-unknown')![0]!.args['count']).toBe(2000);
  });

  test('a configuration that is itself reached by a link is read', () => {
    const link = `${root}-link`;
    symlinkSync(root, link);
    expect(foundIn(load(diskSource(link)))).toEqual([]);
    rmSync(link);
  });

  test('nothing but a missing platform, of a folder that is not there', () => {
    expect(foundIn(load(diskSource(join(root, 'nowhere'))))).toEqual(['file-missing platform.yaml:1:1']);
  });
});

describe('names', () => {
  test.each([
    '../outside.yaml',
    'apps/../../outside.yaml',
    'apps/./smart-life.yaml',
    'apps//smart-life.yaml',
    '/etc/passwd',
    'apps\\smart-life.yaml',
    'apps/smart-life.yaml\n',
    'apps/smart-life\0.yaml',
    `apps/${'a'.repeat(300)}.yaml`,
    `${'a/'.repeat(300)}b.yaml`,
    'apps/smart-life.yml',
    'apps/other.YAML',
    'apps/smart-life.yaml~',
    'apps/prn.yaml',
    'people/aux.yaml',
    'people/al--ice.yaml',
    'people/алиса.yaml',
    `miniapps/${SMART}/miniapp.yaml/x`,
    `miniapps/${SMART}/versions/01.0.0.yaml`,
    `miniapps/${SMART}/versions/1.0.0-rc.1.yaml`,
    `miniapps/${SMART}/versions/1.٠.0.yaml`,
    `miniapps/${SMART}/reports/2026-13.yaml`,
    'miniapps/tyѕmart0000000001/miniapp.yaml',
    'miniapps/short/miniapp.yaml',
  ])('%j is no file of a configuration', (name) => {
    expect(foundIn(loadedWith({ [name]: 'a: 1\n' }))).toEqual([`file-unknown ${name}:1:1`]);
  });

  test('that differ only by letter case', () => {
    const problems = foundIn(loadedWith({ 'people/ALICE.yaml': fixtureFiles()['people/alice.yaml']! }));
    expect(problems).toContain('file-case-collision people/ALICE.yaml:1:1');
  });

  test('a second image beside the avatar', () => {
    expect(foundIn(loadedWith({ [`${FOLDER}/other.svg`]: '<svg/>' }))).toEqual([
      `file-unknown ${FOLDER}/other.svg:1:1`,
    ]);
  });
});
