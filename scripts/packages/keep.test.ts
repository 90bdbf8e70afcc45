/** An upload keeps the bytes of a version in the repository, or refuses and keeps nothing. */
import { cpSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { gitHook } from '../fixtures/git-hooks.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { NATIVE, projectOf, type ProjectFiles } from '../fixtures/projects/write.ts';
import { FIXTURE, SMART } from '../fixtures/workspace.ts';
import { readProject } from '../project/read-project.ts';
import { contentDigests, proofOf } from './proof.ts';
import { storedTrees } from './stored-tree.ts';
import { refuseUnfit } from './unfit.ts';

afterAll(removeRepositories);

const words = (folder: string, version = '1.4.0', ...more: string[]) => [
  ...['upload', SMART, folder, '--version', version, '--description', 'New', '--actor', 'bob', '--no-pr', ...more],
];
const branch = (version = '1.4.0') => `packages/${SMART}/${version}`;

/** What a branch holds, proven from its bytes, beside what the version file records. */
function stored(own: TestRepository, version = '1.4.0') {
  const commit = own.git('rev-parse', `refs/heads/${branch(version)}`);
  const found = storedTrees({ folder: own.home }, [commit]).get(commit)!;
  if (!('files' in found)) throw new Error(JSON.stringify(found));
  const proof = proofOf(found.files, contentDigests({ folder: own.home }, found.files.values()));
  const { package: recorded } = parse(readFileSync(own.file(`miniapps/${SMART}/versions/${version}.yaml`), 'utf8'));
  return { proof, recorded: { sha256: recorded.sha256, bytes: recorded.bytes, files: recorded.files } };
}

/** Bytes that settings of Git, attributes and filters would change. */
const DELICATE: ProjectFiles = {
  ...NATIVE,
  '.gitattributes': '* text=auto eol=crlf ident filter=other working-tree-encoding=UTF-16 export-ignore -diff\n',
  'crlf.js': 'one\r\ntwo\nthree\r\n',
  'ident.js': '// $Id$\n',
  'data.bin': new Uint8Array([0, 1, 2, 255, 13, 10, 0]),
  'empty.txt': '',
  'naïve "quoted" name.txt': 'x',
};

describe('an upload keeps the bytes', () => {
  test('in a branch of its own, below one folder, as plain files', async () => {
    const own = repository();
    const first = await own.runJson(...words(projectOf(NATIVE)));
    expect([first.code, first.value.stored]).toEqual([0, { store: 'git', ref: branch() }]);
    expect(own.git('ls-tree', '--name-only', branch())).toBe('package');
    expect(
      own
        .git('ls-tree', '-r', branch())
        .split('\n')
        .every((line) => line.startsWith('100644 blob ')),
    ).toBe(true);
    const [kept] = [stored(own)];
    expect(kept.proof).toEqual(kept.recorded);
    own.git('commit', '-q', '--allow-empty', '-m', 'x');
    const second = await own.runJson(...words(projectOf({ ...NATIVE, 'app.js': '' }), '1.5.0'));
    expect([second.code, second.value.problems]).toMatchObject([0, []]);
    expect(own.git('diff', '--name-only', branch(), branch('1.5.0'))).toBe('package/app.js');
    expect(first.value.notes.join()).toContain('whoever can read the repository');
    expect(second.value.notes.join()).not.toContain('whoever can read the repository');
  });

  test('saying who can read them once in a clone, whatever was fetched before; by package push too', async () => {
    const own = repository();
    own.git('update-ref', `refs/remotes/origin/${branch('1.3.9')}`, 'HEAD');
    const folder = projectOf(NATIVE);
    const upload = await own.runJson(...words(folder));
    expect(upload.value.notes.join()).toContain('whoever can read the repository');
    const push = async () => (await own.runJson('package', 'push', SMART, '1.4.0', folder, '--no-push')).value.notes;
    expect(await push()).toBeUndefined();
    own.git('update-ref', '-d', `refs/heads/${branch()}`);
    expect(await push()).toEqual([expect.stringContaining('whoever can read the repository')]);
  });

  test('as what follows the store’s next lower version; what nobody proposed never leaves with it', async () => {
    const own = repository();
    own.git('remote', 'add', 'origin', 'https://example.com/registry.git');
    own.git('remote', 'add', 'bob', 'https://example.com/fork.git');
    expect((await own.runJson(...words(projectOf({ ...NATIVE, 'customers.csv': 'x' })))).code).toBe(0);
    rmSync(own.file(`miniapps/${SMART}/versions/1.4.0.yaml`));
    own.git('update-ref', `refs/remotes/bob/${branch()}`, branch());
    const upload = async () => {
      expect((await own.runJson(...words(projectOf(NATIVE), '1.5.0'))).code).toBe(0);
      return own.git('rev-list', '--parents', branch('1.5.0')).split('\n');
    };
    expect(await upload()).toEqual([own.git('rev-parse', branch('1.5.0'))]);
    const stored = own.git('commit-tree', `${branch()}^{tree}`, '-m', 'stored');
    own.git('update-ref', `refs/remotes/origin/${branch('1.3.9')}`, stored);
    rmSync(own.file(`miniapps/${SMART}/versions/1.5.0.yaml`));
    expect(await upload()).toEqual([`${own.git('rev-parse', branch('1.5.0'))} ${stored}`, stored]);
  });

  test('as what follows the highest lower version that is recorded with these bytes, where no remote is the store', async () => {
    const own = repository();
    const upload = async (version: string, files: ProjectFiles) => {
      expect((await own.runJson(...words(projectOf(files), version))).code).toBe(0);
      return own.git('rev-list', '--parents', '--max-count=1', branch(version)).split(' ');
    };
    const [first] = await upload('1.4.0', NATIVE);
    expect(await upload('1.10.0', { ...NATIVE, 'app.js': '' })).toEqual([
      own.git('rev-parse', branch('1.10.0')),
      first,
    ]);
    const [other] = await upload('1.11.0', { ...NATIVE, 'customers.csv': 'x' });
    rmSync(own.file(`miniapps/${SMART}/versions/1.11.0.yaml`));
    own.git('update-ref', `refs/heads/${branch('1.10.0')}`, other!);
    // Nobody recorded what 1.11.0 holds, and 1.10.0 holds something else now.
    expect(await upload('2.0.0', NATIVE)).toEqual([own.git('rev-parse', branch('2.0.0')), first]);
    rmSync(own.file(`miniapps/${SMART}/versions/2.0.0.yaml`));
    const pushed = await own.runJson(
      'package',
      'push',
      SMART,
      '1.10.0',
      projectOf({ ...NATIVE, 'app.js': '' }),
      '--no-push',
    );
    expect(pushed.code).toBe(0);
    expect(own.git('rev-parse', `${branch('1.10.0')}^`)).toBe(first);
  });

  test.each([
    ['sha1', []],
    ['sha256', ['--object-format=sha256']],
  ])('whatever settings, attributes, filters and hooks there are (%s)', async (_, format) => {
    const home = temporaryFolder('delicate');
    const own = repository(home, false);
    own.git('init', '-q', '-b', 'main', ...format);
    cpSync(FIXTURE, join(home, 'config'), { recursive: true });
    own.commit();
    for (const [key, value] of [
      ['core.autocrlf', 'true'],
      ['core.safecrlf', 'true'],
      ['core.ignoreCase', 'true'],
      ['filter.other.clean', 'tr a-z A-Z'],
      ['filter.other.required', 'true'],
      ['commit.gpgSign', 'true'],
    ])
      own.git('config', key!, value!);
    writeFileSync(join(home, '.git/info/attributes'), '* filter=other text eol=crlf\n');
    gitHook(home, 'reference-transaction', 'exit 1');
    // The filter makes Git take files for changed, if it looks at them; what matters is that nothing is added.
    const others = () =>
      own
        .git('status', '--porcelain')
        .split('\n')
        .filter((line) => line !== '' && !line.endsWith('1.4.0.yaml'));
    const before = others();
    const { code, value } = await own.runJson(...words(projectOf(DELICATE)));
    expect([code, value.error]).toEqual([0, undefined]);
    const { proof, recorded } = stored(own);
    expect(proof).toEqual(recorded);
    expect(proof.files).toBe(Object.keys(DELICATE).length);
    expect(others()).toEqual(before);
  });

  test('again: the same bytes are the same commit, others move the branch as long as nobody has the version', async () => {
    const own = repository();
    const folder = projectOf(NATIVE);
    await own.runJson(...words(folder));
    const before = own.git('rev-parse', branch());
    const again = await own.runJson(...words(folder));
    expect([again.code, again.value.stored]).toEqual([0, { store: 'git', ref: branch() }]);
    expect(own.git('rev-parse', branch())).toBe(before);
    rmSync(own.file(`miniapps/${SMART}/versions/1.4.0.yaml`));
    const other = await own.runJson(...words(projectOf({ ...NATIVE, 'app.js': '' })));
    expect(other.code).toBe(0);
    expect(own.git('rev-parse', branch())).not.toBe(before);
    expect(stored(own).proof).toEqual(stored(own).recorded);
  });

  const nothing: [why: string, more: string[], said: RegExp][] = [
    ['--no-store', ['--no-store'], /nothing was stored.*package push/],
    ['a dry run', ['--dry-run'], /^(?!.*stored)/],
  ];
  test.each(nothing)('not with %s', async (_, more, said) => {
    const own = repository();
    const { code, value } = await own.runJson(...words(projectOf(NATIVE), '1.4.0', ...more));
    expect([code, value.stored ?? null]).toEqual([0, null]);
    expect(value.notes.join(' ')).toMatch(said);
    expect(own.git('for-each-ref', 'refs/heads/packages')).toBe('');
  });

  test('not outside Git, and says so', async () => {
    const home = temporaryFolder('no-git');
    const own = repository(home, false);
    cpSync(FIXTURE, join(home, 'config'), { recursive: true });
    const { code, value } = await own.runJson(...words(projectOf(NATIVE)));
    expect([code, value.stored]).toEqual([0, null]);
    expect(value.notes.join(' ')).toMatch(/nothing was stored, because there is no Git repository/);
  });
});

describe('an upload refuses, and keeps nothing of', () => {
  const PEM = `-----BEGIN ${'PRIVATE'} KEY-----\nMIIB\n-----END PRIVATE KEY-----\n`;
  const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
  const refused: [what: string, files: ProjectFiles, code: string, file: string][] = [
    ['a private key', { 'keys/own.pem': PEM }, 'package-secret', 'keys/own.pem'],
    ['a token in code', { 'app.js': `const t = "${token}";` }, 'package-secret', 'app.js'],
    [
      'a token of any registry',
      { '.npmrc': `//npm.example.com/:_authToken=${'a1B2c3D4e5F6'.repeat(3)}` },
      'package-secret',
      '.npmrc',
    ],
    ['a file of passwords', { '.netrc': 'x' }, 'package-secret', '.netrc'],
    ['a key store', { 'own.p12': 'x' }, 'package-secret', 'own.p12'],
    ['a token far into a file', { 'big.txt': `${'x '.repeat(700_000)}${token}` }, 'package-secret', 'big.txt'],
    ['.git by its name on Windows', { 'git~1/config': 'x' }, 'package-name', 'git~1/config'],
    ['.GIT', { '.GIT/config': 'x' }, 'package-name', '.GIT/config'],
    ['.git with a character that nobody sees', { '.g\u200Cit/x': 'x' }, 'package-name', '.g\u200Cit/x'],
    ['.git and a dot', { '.git./x': 'x' }, 'package-name', '.git./x'],
    [
      'modules that run a command',
      { '.gitmodules': '[submodule "a"]\n\tpath = a\n\turl = --x\n' },
      'package-name',
      '.gitmodules',
    ],
    [
      'attributes of one long line',
      { '.gitattributes': `*.a ${'x'.repeat(3000)}\n` },
      'package-name',
      '.gitattributes',
    ],
  ];
  const refusedOf = (files: ProjectFiles, ...allowed: string[]) => {
    const read = readProject(projectOf({ ...NATIVE, ...files }), { shown: 'app', id: SMART });
    return refuseUnfit(read, new Set(allowed)).findings.problems.map((found) => [found.code, found.at.file]);
  };
  test.each(refused)('%s', (_, files, code, file) => {
    expect(refusedOf(files)).toContainEqual([code, `app/${file}`]);
  });

  test('nothing that --allow names, or that is an example', () => {
    expect(refusedOf({ 'readme.txt': `use ghp_${'x'.repeat(36)}`, 'own.pem': PEM }, './own.pem')).toEqual([]);
  });

  test('the whole, and says where and what would let it through', async () => {
    const own = repository();
    const { code, value } = await own.runJson(...words(projectOf({ ...NATIVE, 'keys/own.pem': PEM })));
    expect(code).toBe(1);
    expect(value.problems).toMatchObject([{ code: 'package-secret', message: expect.stringContaining('line 1') }]);
    expect(value.problems[0].hint).toContain('--allow keys/own.pem');
    expect(own.git('status', '--porcelain') + own.git('for-each-ref', 'refs/heads/packages')).toBe('');
  });
});
