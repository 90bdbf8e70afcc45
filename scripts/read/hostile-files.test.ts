/**
 * Files made to break, mislead or stall a reader: each is refused, and says where. Longer than most files, because it is tables: a row a
 * file that is refused.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { foundIn, loadedWith } from '../fixtures/loaded.ts';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { FIXTURE, SMART, fixtureFiles } from '../fixtures/workspace.ts';
import { diskSource } from './disk.ts';
import { load } from './load.ts';
import { locateProblem } from './positions.ts';
import { PROBLEM_LIMIT } from './yaml.ts';

const FOLDER = `miniapps/${SMART}`;
const VERSION = `${FOLDER}/versions/1.1.0.yaml`;

test('the configuration that the tests change has no fault', () => {
  expect(foundIn(load(diskSource(FIXTURE)))).toEqual([]);
});

describe('a Git LFS pointer', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1234\n`;
  test.each(['policy.yaml', `${FOLDER}/avatar.svg`, VERSION, 'README.md'])('in place of %s', (file) => {
    expect(foundIn(loadedWith({ [file]: pointer }))).toEqual([`lfs-pointer ${file}:1:1`]);
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

  // Each in a process of its own, of which the first compiles the code for all.
  const env = { ...process.env, NODE_COMPILE_CACHE: temporaryFolder('compiled') };
  afterAll(removeRepositories);

  test.each(bombs)('%s', (_, text, expected) => {
    const answer = execFileSync(process.execPath, [READ_ONE], { input: text, encoding: 'utf8', env });
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
    const problems = foundIn(loadedWith({ [file]: text }));
    expect(problems).toEqual(expected.map((one) => one.replace(' ', ` ${file}:`)));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('bytes that are not UTF-8', () => {
    const text = Buffer.concat([Buffer.from('transitions: {}\n# caf'), Buffer.from([0xe9, 0x0a])]);
    expect(foundIn(loadedWith({ 'policy.yaml': text }))).toEqual(['utf8-invalid policy.yaml:2:6']);
  });

  test('dates, times and words that only YAML 1.1 changes stay text', () => {
    const text = fixtureFiles()[VERSION]!.replace(/^description: .*$/m, 'description: 12:30:45');
    const { workspace, problems } = loadedWith({ [VERSION]: text });
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
    const { problems, texts } = loadedWith({ 'policy.yaml': text });
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) {
      const { message, hint } = locateProblem(problem, texts);
      expect(message.length).toBeLessThan(500);
      expect(hint.length).toBeLessThan(1000);
    }
  });

  test('every file is judged, not only the first that is wrong', () => {
    const problems = foundIn(loadedWith({ 'policy.yaml': '', 'platform.yaml': '[', 'people/alice.yaml': 'a: &a 1\n' }));
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
      expect(foundIn(loadedWith({ [file]: text(name) }))).toEqual([`field-pattern ${file}:${place}`]);
    });

    test('an override of the reading direction, or an isolate', () => {
      for (const character of ['\u202e', '\u202a', '\u2066', '\u2069']) {
        const [problem, ...others] = foundIn(loadedWith({ [file]: text(`al${character}ice`) }));
        expect(problem).toMatch(`control-character-found ${file}:`);
        expect(others).toEqual([]);
      }
    });

    test('and plain letters are accepted', () => {
      const problems = foundIn(loadedWith({ [file]: text('alice') }));
      expect(problems.filter((problem) => problem.includes(` ${file}:`))).toEqual([]);
    });
  });
});

describe('never throws', () => {
  const names = Object.keys(fixtureFiles()).filter((name) => name.endsWith('.yaml') || name.endsWith('.svg'));

  test('on any bytes in any file', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.uint8Array({ maxLength: 300 }), (name, bytes) => {
        const loaded = loadedWith({ [name]: bytes });
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
        const loaded = loadedWith({ [name]: text });
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
        const loaded = loadedWith({ [parts.join('/')]: 'a: 1\n' });
        expect(loaded.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
