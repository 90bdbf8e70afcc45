/** Files made to break, mislead or stall a reader: each is refused, and says where. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FIXTURE, SMART, fixtureFiles } from '../fixtures/workspace.ts';
import { diskSource } from './disk.ts';
import { load, type Loaded } from './load.ts';
import { locateProblem } from './positions.ts';
import { memorySource, type Source } from './source.ts';
import { PROBLEM_LIMIT } from './yaml.ts';

const FOLDER = `miniapps/${SMART}`;
const VERSION = `${FOLDER}/versions/1.1.0.yaml`;
const isWindows = process.platform === 'win32';
const isLinux = process.platform === 'linux';
if (isWindows) console.warn('Left out: Windows has neither executable bits nor pipes.');
if (!isLinux) console.warn('Left out: names that only the file systems of Linux take.');

/** What loading finds, as `code file:line:column`. */
const found = ({ problems, texts }: Loaded): string[] =>
  problems.map((problem) => {
    const { code, file, line, column } = locateProblem(problem, texts);
    return `${code} ${file}:${line}:${column}`;
  });

const withFiles = (files: Readonly<Record<string, string | Uint8Array>>): Loaded =>
  load(memorySource({ ...fixtureFiles(), ...files }));

test('the configuration that the tests change has no fault', () => {
  expect(found(load(diskSource(FIXTURE)))).toEqual([]);
});

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
  const inFolder = () => found(load(diskSource(root)));
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
    expect(found(load(watched))).toEqual(['file-too-large policy.yaml:1:1']);
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
    expect(found(load(diskSource(link)))).toEqual([]);
    rmSync(link);
  });

  test('nothing but a missing platform, of a folder that is not there', () => {
    expect(found(load(diskSource(join(root, 'nowhere'))))).toEqual(['file-missing platform.yaml:1:1']);
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
    expect(found(withFiles({ [name]: 'a: 1\n' }))).toEqual([`file-unknown ${name}:1:1`]);
  });

  test('that differ only by letter case', () => {
    const problems = found(withFiles({ 'people/ALICE.yaml': fixtureFiles()['people/alice.yaml']! }));
    expect(problems).toContain('file-case-collision people/ALICE.yaml:1:1');
  });

  test('a second image beside the avatar', () => {
    expect(found(withFiles({ [`${FOLDER}/other.svg`]: '<svg/>' }))).toEqual([`file-unknown ${FOLDER}/other.svg:1:1`]);
  });
});

describe('a Git LFS pointer', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1234\n`;
  test.each(['policy.yaml', `${FOLDER}/avatar.svg`, VERSION, 'README.md'])('in place of %s', (file) => {
    expect(found(withFiles({ [file]: pointer }))).toEqual([`lfs-pointer ${file}:1:1`]);
  });
});

const READ_ONE = join(import.meta.dirname, '../fixtures/read-one.ts');
interface Reading {
  readonly problems: readonly string[];
  readonly seconds: number;
  /** By which the process that reads nothing else grew at most. */
  readonly megabytes: number;
}

describe('a bomb is refused, soon and in little memory', () => {
  const lines = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n');
  const aliases = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${lines(40, (i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`)}\n`;
  const properties = `${lines(20_000, (i) => `&a k${i}: !t x`)}\n`;
  const bombs: [string, string, RegExp][] = [
    ['aliases of aliases', aliases, /^yaml-anchor/],
    ['10,000 levels of flow lists', '['.repeat(10_000), /^yaml-nesting/],
    ['10,000 levels of flow maps', '{a: '.repeat(10_000), /^yaml-nesting/],
    ['10,000 levels of block lists', '- '.repeat(10_000), /^yaml-nesting/],
    ['1,000 levels of block maps', lines(1000, (i) => `${' '.repeat(i)}a:`), /^yaml-nesting/],
    ['10,000 levels of explicit keys', '? '.repeat(10_000), /^yaml-nesting/],
    ['anchors and tags at every key', properties, /^yaml-(?:anchor|tag|entries)/],
    ['a million keys', lines(1_000_000, (i) => `k${i}:`), /^file-too-large/],
    ['as many keys as fit', lines(110_000, (i) => `k${i}:`), /^yaml-entries/],
    ['as many keys as fit, in one line', `{${lines(110_000, (i) => `k${i},`).replaceAll('\n', '')}}`, /^yaml-entries/],
    ['as many equal keys as fit', 'a:\n'.repeat(340_000), /^yaml-entries/],
    ['many small maps of equal keys', lines(30, () => `- {${'a: 1, '.repeat(2000)}}`), /^yaml-duplicate-key/],
    ['flow pairs in lists', `[${'a: b, '.repeat(100_000)}]`, /^yaml-entries/],
    ['a text of a megabyte without end', `a: "${'\\n'.repeat(500_000)}`, /^yaml-syntax/],
    ['blank lines in a text', `a: x${'\n'.repeat(1_000_000)}  y`, /^field-/],
    ['comment signs', `a: ${' #'.repeat(500_000)}`, /^field-/],
    ['tabs', '\t'.repeat(1_000_000), /^tab-found/],
    ['invalid bytes', '\uFFFD'.repeat(300_000), /^field-type/],
    ['anchors everywhere', lines(12, () => `- [${'&a x,'.repeat(9900)}]`), /^yaml-anchor/],
    ['wrong rows', `transitions:\n${lines(9000, (i) => `  t${i}: {by: 1}`)}`, /^field-/],
  ];

  test.each(bombs)('%s', (_, text, expected) => {
    const answer = execFileSync(process.execPath, [READ_ONE], { input: text, encoding: 'utf8' });
    const { problems, seconds, megabytes } = JSON.parse(answer) as Reading;
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(PROBLEM_LIMIT);
    const named = problems.filter((problem) => !problem.startsWith('problems-more'));
    for (const problem of named) expect(problem).toMatch(expected);
    // Many times what they take here, as machines are busy.
    expect(seconds).toBeLessThan(8);
    expect(megabytes).toBeLessThan(200);
  });
});

describe('a file that is not what it should be says where', () => {
  const cases: [string, string, string, string[]][] = [
    ['a duplicate key', VERSION, 'version: 1.1.0\ndescription: a\nversion: 1.1.0\n', ['yaml-duplicate-key 3:1']],
    ['a merge key', VERSION, 'version: 1.1.0\n<<: {a: b}\n', ['yaml-merge-key 2:1']],
    ['a tag', VERSION, 'version: !!str 1.1.0\n', ['yaml-tag 1:10']],
    ['two documents', 'policy.yaml', 'transitions: {}\n---\ntransitions: {}\n', ['yaml-documents 2:1']],
    ['a byte order mark', 'policy.yaml', '\uFEFFtransitions: {}\n', ['bom-found 1:1']],
    ['Windows line ends', 'policy.yaml', 'transitions:\r\n  publish:\r\n', ['carriage-return-found 1:13']],
    ['a tab', 'policy.yaml', 'transitions:\n\tpublish: {by: [admin]}\n', ['tab-found 2:1']],
    ['an empty file', 'policy.yaml', '', ['file-empty 1:1']],
    ['a list where a map belongs', 'policy.yaml', '# rights\n- publish\n', ['field-type 2:1']],
    ['a list where a map belongs, inside', 'policy.yaml', 'transitions:\n  - publish\n', ['field-type 2:3']],
    ['a map where a list belongs', `${FOLDER}/members.yaml`, 'members: {alice: admin}\n', ['field-type 1:10']],
    ['a text where a map belongs', 'policy.yaml', 'transitions: all\n', ['field-type 1:14']],
    ['nothing where a map belongs', 'policy.yaml', 'blastRadius: {}\ntransitions:\n', ['field-type 2:1']],
    ['a version that is a number', `${FOLDER}/release.yaml`, 'experience:\n  version: 1.10\n', ['field-type 2:12']],
    [
      'no where false belongs',
      `${FOLDER}/release.yaml`,
      'online: {version: 1.1.0, enabled: no}\n',
      ['field-type 1:35'],
    ],
    [
      'a number with a leading 0o',
      'people/alice.yaml',
      'login: alice\ngithubId: "0o17"\nname: A\n',
      ['field-type 2:11'],
    ],
    ['a login that is a number', 'people/alice.yaml', 'login: 0o17\ngithubId: 1\nname: A\n', ['field-type 1:8']],
    [
      'a sexagesimal where a number belongs',
      'people/alice.yaml',
      'login: alice\ngithubId: 190:20:30\nname: A\n',
      ['field-type 2:11'],
    ],
    [
      'a date with a leading space',
      'people/alice.yaml',
      'login: alice\ngithubId: 1\nname: A\nleft: " 2026-01-01"\n',
      ['field-pattern 4:7'],
    ],
    [
      'a version with leading zeros',
      `${FOLDER}/release.yaml`,
      'previous:\n  - 1.0.0\n  - 01.0.0\n',
      ['field-pattern 3:5'],
    ],
    ['__proto__', 'policy.yaml', 'transitions: {}\n__proto__: {polluted: true}\n', ['yaml-key-reserved 2:1']],
    [
      'constructor',
      'policy.yaml',
      'transitions: {}\nconstructor: {prototype: {polluted: true}}\n',
      ['field-unknown 2:1'],
    ],
    [
      'constructor as a transition',
      'policy.yaml',
      'transitions:\n  constructor: {by: [admin]}\n',
      ['field-unknown 2:3'],
    ],
  ];
  test.each(cases)('%s', (_, file, text, expected) => {
    const problems = found(withFiles({ [file]: text }));
    expect(problems).toEqual(expected.map((one) => one.replace(' ', ` ${file}:`)));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('bytes that are not UTF-8', () => {
    const text = Buffer.concat([Buffer.from('transitions: {}\n# caf'), Buffer.from([0xe9, 0x0a])]);
    expect(found(withFiles({ 'policy.yaml': text }))).toEqual(['utf8-invalid policy.yaml:2:6']);
  });

  test('dates, times and words that only YAML 1.1 changes stay text', () => {
    const text = fixtureFiles()[VERSION]!.replace(/^description: .*$/m, 'description: 12:30:45');
    const { workspace, problems } = withFiles({ [VERSION]: text });
    expect(problems).toEqual([]);
    const version = workspace.miniapps.get(SMART)!.versions.get('1.1.0')!;
    expect(version.description).toBe('12:30:45');
    expect(typeof version.uploadedAt).toBe('string');
  });

  const long = 'x'.repeat(200_000);
  test.each([
    ['key', `transitions: {}\n${long}: 1\n`],
    ['key that is twice there', `${long}: 1\n${long}: 2\n`],
    ['key of a transition', `transitions:\n  ${long}: {by: [admin]}\n`],
    [
      'key in a list',
      `transitions:\n  publish:\n    by: [${Array(50)
        .fill(`{${long.slice(0, 9000)}: 1}`)
        .join(', ')}]\n`,
    ],
    ['value', `transitions:\n  publish: {by: [${long}]}\n`],
    ['tag', `transitions: !${long} {}\n`],
    ['tag that is wrong', `transitions: !<${long}{}> {}\n`],
    ['anchor', `transitions: &${long} {}\n`],
    ['number', `transitions: {publish: {by: [admin], approvals: {count: ${'9'.repeat(300)}, by: [owner]}}}\n`],
  ])('and says it shortly of a very long %s', (_, text) => {
    const { problems, texts } = withFiles({ 'policy.yaml': text });
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) {
      const { message, hint } = locateProblem(problem, texts);
      expect(message.length).toBeLessThan(500);
      expect(hint.length).toBeLessThan(1000);
    }
  });

  test('every file is judged, not only the first that is wrong', () => {
    const problems = found(withFiles({ 'policy.yaml': '', 'platform.yaml': '[', 'people/alice.yaml': 'a: &a 1\n' }));
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'file-empty',
      'yaml-anchor',
      'yaml-syntax',
    ]);
  });
});

describe('characters that deceive', () => {
  const disguises: [string, string][] = [
    ['a Cyrillic letter that looks Latin', 'аlice'],
    ['a Greek letter that looks Latin', 'alicε'],
    ['full-width letters', 'ａlice'],
    ['a zero-width space', 'al\u200bice'],
    ['a zero-width joiner', 'al\u200dice'],
    ['a soft hyphen', 'al\u00adice'],
    ['a variation selector', 'alice\ufe0f'],
    ['a combining accent', 'alice\u0301'],
    ['a mark that reads from right to left', 'al\u200fice'],
    ['Arabic digits', 'alice١'],
    ['a dotless i', 'alıce'],
  ];
  const places: [string, string, (name: string) => string, string][] = [
    ['a login', 'people/alice.yaml', (name) => `githubId: 1\nname: A\nlogin: ${name}\n`, '3:8'],
    ['an app id', 'apps/smart-life.yaml', (name) => `name: {en: A}\nregions: [EU]\nscheme: a\nid: ${name}\n`, '4:5'],
    ['a member', `${FOLDER}/members.yaml`, (name) => `members:\n  - login: ${name}\n    role: admin\n`, '2:12'],
    [
      'an account',
      `${FOLDER}/whitelist.yaml`,
      (name) => `whitelist:\n  - app: smart-life\n    account: ${name}@example.com\n`,
      '3:14',
    ],
    [
      'a host of an account',
      `${FOLDER}/whitelist.yaml`,
      (name) => `whitelist:\n  - app: smart-life\n    account: a@${name}.com\n`,
      '3:14',
    ],
    [
      'a miniapp id',
      `${FOLDER}/miniapp.yaml`,
      (name) => `type: smart\nname: {en: A}\navatar: avatar.svg\nid: ty${name}00\n`,
      '4:5',
    ],
    [
      'a former login',
      'people/alice.yaml',
      (name) => `githubId: 1\nname: A\nlogin: alice\nformerLogins: [${name}]\n`,
      '4:16',
    ],
  ];
  describe.each(places)('in %s', (_, file, text, place) => {
    test.each(disguises)('%s', (__, name) => {
      expect(found(withFiles({ [file]: text(name) }))).toEqual([`field-pattern ${file}:${place}`]);
    });

    test('an override of the reading direction, or an isolate', () => {
      for (const character of ['\u202e', '\u202a', '\u2066', '\u2069']) {
        const [problem, ...others] = found(withFiles({ [file]: text(`al${character}ice`) }));
        expect(problem).toMatch(`control-character-found ${file}:`);
        expect(others).toEqual([]);
      }
    });

    test('and plain letters are accepted', () => {
      const problems = found(withFiles({ [file]: text('alice') }));
      expect(problems.filter((problem) => problem.includes(` ${file}:`))).toEqual([]);
    });
  });
});

describe('never throws', () => {
  const names = Object.keys(fixtureFiles()).filter((name) => name.endsWith('.yaml') || name.endsWith('.svg'));

  test('on any bytes in any file', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.uint8Array({ maxLength: 300 }), (name, bytes) => {
        const loaded = withFiles({ [name]: bytes });
        for (const problem of loaded.problems) locateProblem(problem, loaded.texts);
      }),
      { numRuns: 300 },
    );
  });

  test('on a valid file with pieces changed, and what it accepts is what its schema allows', () => {
    const piece = fc.constantFrom(
      '',
      ' ',
      '\n',
      '\n  ',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '#',
      '&a ',
      '*a',
      '!t ',
      '0',
      '\0',
      '\u202e',
      'é',
    );
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 4 }), piece), { minLength: 1, maxLength: 4 });
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...names), edits, (name, changes) => {
        const text = changes.reduce((current, [position, cut, insert]) => {
          const start = position % (current.length + 1);
          return current.slice(0, start) + insert + current.slice(start + cut);
        }, fixtureFiles()[name]!);
        const loaded = withFiles({ [name]: text });
        for (const problem of loaded.problems) {
          const { line, column, message } = locateProblem(problem, loaded.texts);
          expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
          expect(message).not.toBe('');
        }
        refused += loaded.problems.length > 0 ? 1 : 0;
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  test('on any name', () => {
    const part = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('apps', 'people', 'miniapps', SMART, '..', '.', 'versions'),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const loaded = withFiles({ [parts.join('/')]: 'a: 1\n' });
        expect(loaded.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
