/** The arrows of the architecture, read from the import lines themselves, the names of types and the comments of functions; and that the reading finds what it should. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { undocumentedFunctions } from './checks/docstrings.ts';
import { AREAS } from './checks/areas.ts';
import { checkImports } from './checks/import-rules.ts';
import { importLines } from './checks/import-lines.ts';
import { repeatedTypeNames, vagueNames } from './checks/type-names.ts';

const ROOT = join(import.meta.dirname, '..');
const SOURCE = /\.(?:ts|mts|mjs|cjs|cts|astro)$/;

const sources = (): Map<string, string> => {
  const entries = ['scripts', 'site'].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true }),
  );
  const names = entries
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const own = names.filter((name) => !/(?:^|\/)(?:node_modules|\.astro|dist)\//.test(name));
  return new Map(own.map((name) => [name, readFileSync(join(ROOT, name), 'utf8')]));
};

const faults = (files: Record<string, string>): string[] =>
  checkImports(new Map(Object.entries(files))).map(({ file, line, message }) => `${file}:${line} ${message}`);

test('every import follows the arrows, and neither files nor folders of features import each other in a circle', () => {
  const files = sources();
  expect(files.size).toBeGreaterThan(30);
  expect(checkImports(files).map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
});

test('a type has a name that no other file gives to another type', () => {
  expect(repeatedTypeNames(sources())).toEqual([]);
});

test('a name that two files give to a type is found; tests, components and the tests’ GitHub may repeat one', () => {
  const files = {
    'scripts/core/a.ts': 'export interface Step {\n}\ntype Own = string;',
    'scripts/git/b.ts': 'type Step = string;\n  type Own = inside;\n// type Own',
    'scripts/git/b.test.ts': 'type Step = string;',
    'scripts/fixtures/c.ts': 'class Step {}',
    'site/src/a.astro': 'interface Props {}',
    'site/src/b.astro': 'interface Props {}',
  };
  expect(repeatedTypeNames(new Map(Object.entries(files)))).toEqual(['Step: scripts/core/a.ts, scripts/git/b.ts']);
});

test('no name holds a word of a mood, or one for which there is another', () => {
  expect(vagueNames(sources())).toEqual([]);
});

test('a vague word is found in names of files, types, functions and constants, as a word of its own', () => {
  const files = {
    'scripts/core/told.ts': 'export const untold = 1;\n  const told = 2;',
    'scripts/core/a.ts': 'interface PlanVerdict {}\nexport async function isLandingLate() {}\nconst MAX_DEED = 1;',
    'scripts/core/a.test.ts': 'const told = 1;',
  };
  expect(vagueNames(new Map(Object.entries(files)))).toEqual([
    'scripts/core/told.ts: told',
    'scripts/core/a.ts: PlanVerdict',
    'scripts/core/a.ts: isLandingLate',
    'scripts/core/a.ts: MAX_DEED',
  ]);
});

test('an exported function says what it takes and gives', () => {
  expect(undocumentedFunctions(sources())).toEqual([]);
});

test('an exported function without a comment is found; a function of the file alone, a test, a project and an endpoint are not', () => {
  const files = {
    'scripts/core/a.ts': '/** What it is. */\nimport a from "a";\n\nexport function one() {}\nfunction own() {}',
    'scripts/core/b.ts':
      '/** Said. */\nexport const said = () => 1;\nexport const two = () => 1,\n  three = function () {};',
    'scripts/c.mjs': 'export const LIMIT = 1;\nexport async function four() {}\nexport default function () {}',
    'scripts/core/d.test.ts': 'export function helper() {}',
    'scripts/fixtures/e.ts': 'export function helper() {}',
    'scripts/fixtures/builds/e.ts': 'export function built() {}',
    'site/src/pages/f.ts': '/** The document. */\nimport b from "b";\nexport const GET = () => 1;',
    'site/src/pages/g.astro': 'export function inFrontmatter() {}',
  };
  expect(undocumentedFunctions(new Map(Object.entries(files)))).toEqual([
    'scripts/core/a.ts:4 one',
    'scripts/core/b.ts:3 two',
    'scripts/core/b.ts:3 three',
    'scripts/c.mjs:2 four',
    'scripts/c.mjs:3 default',
    'scripts/fixtures/e.ts:1 helper',
  ]);
});

describe('a bad line is found', () => {
  const refused: [string, Record<string, string>, RegExp][] = [
    [
      'Node in the core',
      { 'scripts/core/a.ts': "\nimport { join, relative, sep } from 'node:path';" },
      /^scripts\/core\/a\.ts:2 node:path: core runs in/,
    ],
    ['a package in the core', { 'scripts/core/a.ts': "import 'qrcode';" }, /core uses no package but url-template/],
    [
      'core → read',
      { 'scripts/core/a.ts': "import type { A } from '../read/a.ts';" },
      /core may not import read, only nothing else/,
    ],
    ['core → read by the short form', { 'scripts/core/a.ts': "import '#read/a.ts';" }, /core may not import read/],
    ['read → git', { 'scripts/read/a.ts': "import '../git/a.ts';" }, /read may not import git, only core/],
    [
      'a folder of git → one below it',
      { 'scripts/git/commits/a.ts': "import type { A } from '../history/b.ts';" },
      /git\/commits\/ may not import git\/history\/, only process, stores, objects/,
    ],
    [
      'the lowest folder of git → another',
      { 'scripts/git/process/a.ts': "import '../stores/b.ts';" },
      /git\/process\/ may not import git\/stores\/, only its own files/,
    ],
    [
      'a folder of core → one below it, from a folder of its own',
      { 'scripts/core/problems/messages/a.ts': "import '../../policy/b.ts';" },
      /core\/problems\/ may not import core\/policy\/, only its own files/,
    ],
    [
      'a folder of the bot → one below it',
      { 'scripts/bot/evaluate/a.ts': "import '../feedback/b.ts';" },
      /bot\/evaluate\/ may not import bot\/feedback\/, only manual-transition, approvals/,
    ],
    [
      'an evaluation → what writes',
      { 'scripts/bot/evaluate/a.ts': "import '../actions/action-executors.ts';" },
      /bot\/evaluate\/ may not import bot\/actions\//,
    ],
    [
      'a file beside folders → one of them',
      { 'scripts/core/a.ts': "import './problems/b.ts';" },
      /a\.ts:1 \.\/problems\/b\.ts: what stands beside the folders of core\/ may not import core\/problems\//,
    ],
    [
      'a file beside the folders, where none may be',
      { 'scripts/cli/a.ts': "import '../core/b.ts';" },
      /a\.ts:1 is in no folder of cli\//,
    ],
    [
      'a folder that nobody gave arrows',
      { 'scripts/cli/other/a.ts': "import '../frame/b.ts';" },
      /is in no folder of cli\//,
    ],
    [
      'report → a value of read',
      { 'scripts/report/a.ts': "import { load } from '../read/load.ts';" },
      /report may not import read, only core, read \(types\)/,
    ],
    [
      'report → a type of read that still loads it',
      { 'scripts/report/a.ts': "import { type A } from '../read/a.ts';" },
      /report may not import read/,
    ],
    ['edit → report', { 'scripts/edit/a.ts': "export * from '../report/a.ts';" }, /edit may not import report/],
    [
      'github → commands',
      { 'scripts/github/a.ts': "const a = await import('../commands/a.ts');" },
      /github may not import commands/,
    ],
    [
      'commands → site',
      { 'scripts/commands/a.ts': "import '../../site/src/data.ts';" },
      /commands may not import site-data/,
    ],
    ['cli → read', { 'scripts/cli.ts': "import './read/load.ts';" }, /entry may not import read/],
    [
      'a tool → site',
      { 'scripts/generate.ts': "import '../site/astro.config.ts';" },
      /tooling may not import site-build/,
    ],
    [
      'a page → read',
      { 'site/src/pages/a.astro': "---\nimport { load } from '#read/load.ts';\n---\n<p />" },
      /a\.astro:2 .*site-pages may not import read/,
    ],
    [
      'a script in a page → git',
      { 'site/src/a.astro': "---\n---\n<script>\n\nimport '../../scripts/git/a.ts';\n</script>" },
      /a\.astro:5 .*may not import git/,
    ],
    [
      'a view → data',
      { 'site/src/features/a/view-model.ts': "import '../../data.ts';" },
      /site-views may not import site-data, only core/,
    ],
    [
      'a script → a component',
      { 'site/src/lib/a.client.ts': "import './A.astro';" },
      /site-client may not import site-pages/,
    ],
    ['a view → Node', { 'site/src/features/a/view-model.ts': "import 'node:fs';" }, /runs in the browser too/],
    ['code → a test', { 'scripts/read/a.ts': "import './a.test.ts';" }, /only tests import tests/],
    ['code → a fixture', { 'scripts/commands/a.ts': "import '../fixtures/a.ts';" }, /only tests import tests/],
    [
      'a circle of two',
      { 'scripts/core/a.ts': "import './b.ts';", 'scripts/core/b.ts': "import './a.ts';" },
      /circle: scripts\/core\/a\.ts → scripts\/core\/b\.ts → scripts\/core\/a\.ts/,
    ],
    [
      'a circle of types',
      {
        'scripts/core/a.ts': "import type { B } from './b.ts';",
        'scripts/core/b.ts': "export type A = import('./a.ts').A;",
      },
      /circle/,
    ],
    [
      'features in a circle, although their files are in none',
      {
        'site/src/features/a/one.ts': "import '../b/one.ts';",
        'site/src/features/b/one.ts': '',
        'site/src/features/b/two.ts': "import type { C } from '../a/two.ts';",
        'site/src/features/a/two.ts': '',
      },
      /folders import in a circle: site\/src\/features\/a → site\/src\/features\/b → site\/src\/features\/a/,
    ],
    ['a file that imports itself', { 'scripts/core/a.ts': "import './a.ts';" }, /circle/],
  ];
  test.each(refused)('%s', (_, files, expected) => {
    const found = faults(files);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });
});

test('the folders inside an area name only those before them, and stand on disk', () => {
  for (const { name, rooms = [] } of AREAS) {
    const names = rooms.map((room) => room.name);
    for (const [at, room] of rooms.entries()) {
      expect(
        room.imports.filter((one) => !names.slice(0, at).includes(one)),
        `${name}/${room.name}`,
      ).toEqual([]);
      expect(readdirSync(join(ROOT, 'scripts', name, room.name)), `${name}/${room.name}`).not.toEqual([]);
      expect(room.name === '' ? [at, room.imports.length] : [0, 0]).toEqual([0, 0]);
    }
  }
});

test('what is allowed is let through', () => {
  const files = {
    'scripts/core/a.ts': "import { parseTemplate } from 'url-template';\nimport './b.ts';",
    'scripts/core/b.ts': '',
    'scripts/read/a.ts': "import { readFileSync } from 'node:fs';\nimport '../core/a.ts';\nimport 'js-yaml';",
    'scripts/core/policy/a.ts': "import '../b.ts';\nimport '../problems/messages/c.ts';",
    'scripts/git/process/a.ts': "import type { Source } from '../../read/source.ts';",
    'scripts/git/stores/a.ts': "import '../process/a.ts';\nimport './b.ts';",
    'scripts/commands/a.ts': "import '../git/process/a.ts';\nconst x = await import('../portal/build.ts');",
    'site/src/data.ts': "import { load } from '../../scripts/read/load.ts';",
    'site/src/pages/a.astro':
      '---\nimport { a } from \'../lib/a.ts\';\n---\n<script src="../lib/a.client.ts"></script>',
    'scripts/read/a.test.ts': "import '../commands/a.ts';",
  };
  expect(faults(files)).toEqual([]);
});

test('import lines are read in every form, and not in text or comments', () => {
  const text = [
    "import a from 'one';",
    "import type { B } from 'two';",
    "export { c } from 'three';",
    "export type * from 'four';",
    "const d = () => import('five');",
    "type E = import('six').E;",
    "const f = require('seven');",
    "// import g from 'eight';",
    'const h = "import i from \'nine\'";',
  ].join('\n');
  expect(
    importLines('a.ts', text).map(({ specifier, line, isTypeOnly }) => `${line} ${specifier} ${isTypeOnly}`),
  ).toEqual([
    '1 one false',
    '2 two true',
    '3 three false',
    '4 four true',
    '5 five false',
    '6 six true',
    '7 seven false',
  ]);
});
