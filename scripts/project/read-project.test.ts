import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  NATIVE,
  page,
  projectOf,
  RAY,
  RAY_BUILT,
  scratch,
  write,
  type ProjectFiles,
} from '../fixtures/projects/write.ts';
import { locateAll } from '../read/positions.ts';
import { factsOf } from './facts.ts';
import { readProject } from './read-project.ts';

const ID = 'typroject0000001';

function reading(root: string) {
  const { project, findings } = readProject(root, { shown: 'app', id: ID });
  const problems = locateAll(findings.problems, findings.texts);
  const told = problems.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`);
  return { project, problems, told };
}
const read = (files: ProjectFiles) => reading(projectOf(files));
const listing = (app: unknown): ProjectFiles => ({ ...NATIVE, 'app.json': JSON.stringify(app) });

describe('what a version file records follows from the bytes of the package', () => {
  const api = "export const API = 'https://aliased.example.com';";
  const calling = (from: string) => `import { API } from '${from}';\nPage({ onLoad() { ty.request({ url: API }); } });`;
  const inFolder: ProjectFiles = {
    'project.tuya.json': '{ "miniprogramRoot": "mini", "baseversion": "2.14.2" }',
    'mini/app.json': '{ "pages": ["pages/index/index"] }',
    ...Object.fromEntries(Object.entries(page('pages/index/index')).map(([path, text]) => [`mini/${path}`, text])),
    'mini/services/api.js': api,
  };
  const tsconfig = '{ "compilerOptions": { "paths": { "servers": ["./mini/services/api"] } } }';

  test.each<[string, ProjectFiles, string[], string[]]>([
    [
      'sources of Ray call more than what was built from them',
      { ...RAY_BUILT, 'src/pages/home/index.tsx': 'fetch("https://api.example.com")' },
      [],
      ['https://api.example.com'],
    ],
    [
      'an alias whose settings stand outside',
      { ...inFolder, 'tsconfig.json': tsconfig, 'mini/pages/index/index.js': calling('servers') },
      [],
      ['https://aliased.example.com'],
    ],
    [
      'an alias that means the folder of app.json',
      { ...inFolder, 'mini/pages/index/index.js': calling('@/services/api') },
      ['https://aliased.example.com'],
      [],
    ],
    [
      'an alias named as its folder',
      { ...inFolder, 'mini/pages/index/index.js': calling('@services/api') },
      ['https://aliased.example.com'],
      [],
    ],
  ])('%s', (_, files, recorded, others) => {
    const { project, problems } = read(files);
    expect(project?.origins).toEqual(recorded);
    expect([...new Set(project?.uses.map(({ what }) => what))].sort()).toEqual([...recorded, ...others].sort());
    const told = problems.filter(({ code }) => code === 'upload-not-packaged').map(({ message }) => message);
    expect(told).toEqual(others.map((origin) => expect.stringContaining(origin)));
    const packaged = Object.entries(files).filter(([path]) => /^(?:mini|dist\/tuya|i18n)\/|^project/.test(path));
    const alone = read(Object.fromEntries(packaged)).project!;
    expect(factsOf(alone)).toEqual(factsOf(project!));
  });
});

describe('a project', () => {
  test('native: pages in their order, base library, kits, languages, every file', () => {
    const { project, told } = read(NATIVE);
    expect(told).toEqual([]);
    expect(project).toMatchObject({
      kind: 'native',
      pages: ['pages/index/index', 'pages/alarm/index'],
      baseLibrary: '2.14.2',
      kits: { BaseKit: '3.10.4', MiniKit: '3.9.8' },
      languages: ['en', 'zh'],
      package: { files: 10, bytes: Object.values(NATIVE).reduce((sum, text) => sum + Buffer.byteLength(text), 0) },
    });
  });

  test('of Ray, built: the package is what was built, under miniprogramRoot', () => {
    const { project, told } = read(RAY_BUILT);
    expect(told).toEqual([]);
    expect(project).toMatchObject({ kind: 'ray', pages: ['pages/home/index', 'pages/timer/index'] });
    expect(project?.package.files).toBe(8);
  });

  test('of Ray, not built: routes of the sources, imported ones too, and a warning', () => {
    const { project, told } = read(RAY);
    expect(project).toMatchObject({ kind: 'ray-sources', pages: ['pages/home/index', 'pages/timer/index'] });
    expect(told).toEqual(['app/project.tuya.json:1:42 upload-not-built']);
  });

  test('of Ray with computed routes: those that its build wrote down; else none, with a warning', () => {
    const computed = "export const routes = [{ path: '/pages/home/index' }, ...names.map((n) => ({ path: n }))];";
    const made = "export const thing = { pages: ['pages/home/index', 'pages/timer/index'] };";
    const files = { ...RAY, 'src/routes.config.ts': computed };
    expect(read({ ...files, 'src/app.config.ts': made }).project?.pages).toEqual([
      'pages/home/index',
      'pages/timer/index',
    ]);
    const open = read(files);
    expect(open.project?.pages).toEqual([]);
    expect(open.told).toContain('app/src/routes.config.ts:1:1 upload-routes-open');
  });

  test.each(['subPackages', 'subpackages'])('with %s: pages below the root of each', (key) => {
    const app = { pages: ['pages/index/index'], [key]: [{ root: 'more/', pages: ['a/index', '/b/index'] }] };
    const { project, told } = read({ ...listing(app), ...page('more/a/index'), ...page('more/b/index') });
    expect(told).toEqual([]);
    expect(project?.pages).toEqual(['pages/index/index', 'more/a/index', 'more/b/index']);
  });

  test('with functional pages: under the name by which links open them', () => {
    const { project, told } = read({
      ...NATIVE,
      'project.tuya.json': JSON.stringify({ miniprogramRoot: '', functionalRoot: 'fun/' }),
      'fun/functional.json': '{"pages": ["pages/settings/index"], "publicPages": {}}',
      ...page('fun/pages/settings/index'),
    });
    expect(told).toEqual([]);
    expect(project?.pages).toContain(`__functional__/${ID}/pages/settings/index`);
  });

  test('with plugins and functional pages of others: these are no pages of its own', () => {
    const app = {
      pages: ['pages/index/index'],
      plugins: { chart: { version: '1.0.0', provider: 'tyother' } },
      usingPlugins: ['rjs://echarts'],
      functionalPages: { settings: { appid: 'tycryc71qaug8at6yt' } },
    };
    const { project, told } = read(listing(app));
    expect(told).toEqual([]);
    expect(project?.pages).toEqual(['pages/index/index']);
  });

  test('without project.tuya.json is one, with a warning', () => {
    const { 'project.tuya.json': _, ...files } = NATIVE;
    const { project, told } = read(files);
    expect(told).toEqual(['app/project.tuya.json:1:1 upload-config-missing']);
    expect(project?.baseLibrary).toBeUndefined();
  });

  test('whose versions have another form: they are not recorded, never rounded', () => {
    const config = '{\n  "baseversion": "2.x",\n  "dependencies": {\n    "BaseKit": "3.13.0-showGlobalModel.1"\n  }\n}';
    const { project, told } = read({ ...NATIVE, 'project.tuya.json': config });
    expect(told).toEqual([
      'app/project.tuya.json:2:18 upload-version-form',
      'app/project.tuya.json:4:16 upload-version-form',
    ]);
    expect(project).toMatchObject({ kits: {} });
  });

  test('with a configuration as JavaScript writes data, as the vendor’s own examples have it', () => {
    const { project, told } = read({ ...NATIVE, 'app.json': "{\n  pages: ['pages/index/index'],\n}" });
    expect(told).toEqual([]);
    expect(project?.pages).toEqual(['pages/index/index']);
  });
});

describe('a folder that is no whole miniapp', () => {
  test.each<[string, ProjectFiles, string[]]>([
    ['nothing', { 'README.md': '# Hi' }, ['app:1:1 project-none']],
    ['only project.tuya.json', { 'project.tuya.json': '{}' }, ['app:1:1 project-none']],
    ['some package', { 'package.json': '{"dependencies": {"react": "18"}}' }, ['app:1:1 project-none']],
    [
      'broken app.json and missing page and broken texts, all at once',
      {
        ...NATIVE,
        'app.json': '{\n  "pages": [\n    "pages/index/index"\n    "pages/x/index"\n  ]\n}',
        'i18n/strings.json': '{',
      },
      ['app/app.json:4:5 project-json', 'app/i18n/strings.json:1:2 project-json'],
    ],
    [
      'a page without files',
      { ...NATIVE, 'app.json': '{"pages": [\n"pages/index/index",\n"pages/gone/index"]}' },
      ['app/app.json:3:1 project-page-missing'],
    ],
    [
      'a page with half its files',
      { ...NATIVE, 'app.json': '{"pages": ["pages/half/index"]}', 'pages/half/index.js': '' },
      ['app/app.json:1:12 upload-page-half'],
    ],
    ['no pages', listing({ pages: [] }), ['app/app.json:1:10 project-pages-none']],
    ['no list of pages', listing({ pages: 'pages/index/index' }), ['app/app.json:1:10 project-field']],
    ['an app.json of something else', listing({ expo: {} }), ['app/app.json:1:1 project-pages-none']],
    [
      'a page that is none',
      listing({ pages: ['pages/index/index', 'pages/a b', 7] }),
      ['app/app.json:1:31 project-page-form', 'app/app.json:1:43 project-field'],
    ],
    [
      'a page twice',
      listing({ pages: ['pages/index/index', '/pages/index/index'] }),
      ['app/app.json:1:31 upload-page-twice'],
    ],
    ['a list as app.json', { ...NATIVE, 'app.json': '[]' }, ['app/app.json:1:1 project-field']],
    [
      'bytes that are no text',
      { ...NATIVE, 'app.json': Buffer.from([0xff, 0xfe, 0x00]) },
      ['app/app.json:1:1 utf8-invalid'],
    ],
    ['nesting without end', { ...NATIVE, 'app.json': '['.repeat(200_000) }, ['app/app.json:1:1 project-json']],
    [
      'a root outside',
      { ...NATIVE, 'project.tuya.json': '{"miniprogramRoot": "../other"}' },
      ['app/project.tuya.json:1:21 project-root-outside'],
    ],
    [
      'a root that is not there',
      { 'project.tuya.json': '{"miniprogramRoot": "dist"}' },
      ['app/project.tuya.json:1:21 project-root-empty'],
    ],
    [
      'a root without app.json',
      { 'project.tuya.json': '{"miniprogramRoot": "dist"}', 'dist/a.js': '' },
      ['app/project.tuya.json:1:21 project-root-empty'],
    ],
    [
      'a subpackage without root',
      listing({ pages: ['pages/index/index'], subPackages: [{ pages: ['a'] }] }),
      ['app/app.json:1:47 project-field'],
    ],
    [
      'routes that cannot be read',
      { ...RAY, 'src/routes.config.ts': 'export const routes = [' },
      ['app/project.tuya.json:1:42 upload-not-built', 'app/src/routes.config.ts:1:24 project-script'],
    ],
    [
      'a route without component',
      { ...RAY, 'src/more.ts': "export const MORE = [{ path: '/pages/gone' }]" },
      ['app/project.tuya.json:1:42 upload-not-built', 'app/src/routes.config.ts:1:1 project-page-missing'],
    ],
  ])('%s', (_, files, expected) => {
    const { project, told } = read(files);
    expect(told).toEqual(expected);
    const isSound = expected.every((line) => line.includes(' upload-'));
    expect(project !== undefined).toBe(isSound);
  });

  test('a subpackage without root is said to lack it', () => {
    const { problems } = read(listing({ pages: ['pages/index/index'], subPackages: [{ pages: ['a'] }] }));
    expect(problems[0]?.message).toBe(
      'subPackages[0] is a map; it must be a map with its folder as root: {"root": …, "pages": […]}',
    );
  });

  test('a page whose folder differs by case is named', () => {
    const { problems } = read({ ...listing({ pages: ['pages/Index/index'] }) });
    expect(problems[0]?.message).toContain('pages/index/index.tyml differs by letter case');
  });

  test('more pages than a version may have', () => {
    const { project, problems } = read(listing({ pages: Array.from({ length: 2001 }, (_, i) => `pages/p${i}`) }));
    expect(project).toBeUndefined();
    expect(problems.map(({ message }) => message)).toContain('2001 pages; at most 2000 are possible');
  });

  test('thousands of mistakes are counted, not listed', () => {
    const { problems } = read(listing({ pages: Array.from({ length: 1500 }, (_, i) => `gone/p${i}`) }));
    expect(problems).toHaveLength(201);
    expect(problems.map(({ message }) => message)).toContain('app has 1300 problems more');
  });
});

describe('the digest', () => {
  test('is what sha256sum gives over the same files', () => {
    const root = projectOf(NATIVE);
    const lines = Object.entries(NATIVE)
      .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}\n`);
    const expected = createHash('sha256').update(lines.join('')).digest('hex');
    expect(reading(root).project?.package.sha256).toBe(expected);
  });

  test('depends on paths and contents alone: not on the order, times or modes', () => {
    const name = fc.stringMatching(/^[a-z\u00e9\u4e2d][a-z0-9_.é中-]{0,8}$/);
    const extra = fc.dictionary(
      name.map((text) => `assets/${text}.txt`),
      fc.string({ maxLength: 20 }),
      { maxKeys: 6 },
    );
    fc.assert(
      fc.property(extra, fc.infiniteStream(fc.integer({ min: 0, max: 2 ** 30 })), (files, numbers) => {
        const all = Object.entries({ ...NATIVE, ...files });
        const shuffled = all
          .map((entry) => ({ entry, key: numbers.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ entry }) => entry);
        const [one, two] = [projectOf(Object.fromEntries(all)), projectOf(Object.fromEntries(shuffled))];
        for (const entry of readdirSync(two, { recursive: true, withFileTypes: true })) {
          if (!entry.isFile()) continue;
          const file = join(entry.parentPath, entry.name);
          utimesSync(file, 1, 1);
          chmodSync(file, 0o755);
        }
        expect(reading(two).project?.package).toEqual(reading(one).project?.package);
      }),
      { numRuns: 15 },
    );
  });

  test('differs when a byte or a name does', () => {
    const digest = (files: ProjectFiles) => read(files).project?.package.sha256;
    const { 'app.js': app, ...rest } = NATIVE;
    const all = [
      digest(NATIVE),
      digest({ ...NATIVE, 'app.js': `${app as string} ` }),
      digest({ ...rest, 'App.js': app! }),
      digest(rest),
    ];
    expect(new Set(all).size).toBe(4);
  });

  test('is the same with what is no part of a package', () => {
    const litter = {
      'node_modules/x/index.js': 'ty.request({ url: "https://dependency.example.com" })',
      '.git/config': '[core]',
      '.DS_Store': 'x',
      'pages/.DS_Store': 'x',
      '.env': 'SECRET=1',
      'npm-debug.log': 'x',
      '.idea/workspace.xml': 'x',
      'app.js.swp': 'x',
    };
    const { project } = read({ ...NATIVE, ...litter });
    expect(project?.package).toEqual(read(NATIVE).project?.package);
    expect(project?.origins).toEqual([]);
  });

  test('is that of a name composed and decomposed', () => {
    const composed = read({ ...NATIVE, 'assets/caf\u00e9.txt': 'x' }).project?.package;
    expect(read({ ...NATIVE, 'assets/cafe\u0301.txt': 'x' }).project?.package).toEqual(composed);
  });
});

describe('a hostile project', () => {
  /** What stands outside the project; nothing may come of it. */
  const CANARY = 'https://canary.example.com';

  test('reads nothing outside its folder, whatever leads there', () => {
    const outside = projectOf({
      'secret.js': `export const base = '${CANARY}'; ty.request({ url: base });`,
      'app.json': '{"pages": ["pages/evil/index"]}',
    });
    const root = projectOf({
      ...NATIVE,
      'tsconfig.json': JSON.stringify({
        compilerOptions: { baseUrl: '..', paths: { 'up/*': ['../*'], '@/*': ['/etc/*'] } },
      }),
      'pages/index/index.js': [
        `import { base } from '../../../${outside.split('/').at(-1)}/secret';`,
        `import { base as two } from '${outside}/secret.js';`,
        "import { base as three } from '../../link/secret';",
        "import { base as four } from 'up/secret';",
        'ty.request({ url: base }); ty.request({ url: two }); ty.request({ url: three }); ty.request({ url: four });',
      ].join('\n'),
    });
    symlinkSync(outside, join(root, 'link'));
    symlinkSync(join(outside, 'secret.js'), join(root, 'secret.js'));
    symlinkSync(join(root, 'app.js'), join(root, 'inside.js'));
    symlinkSync(root, join(root, 'loop'));
    const { project, told } = reading(root);
    expect(JSON.stringify(project)).not.toContain('canary');
    expect(project?.package).toMatchObject({ files: 11 });
    expect(told).toEqual(['inside.js', 'link', 'loop', 'secret.js'].map((name) => `app/${name}:1:1 upload-left-out`));
    expect(project?.unresolved).toHaveLength(4);
  });

  test('a miniprogramRoot that is a link is not followed', () => {
    const root = projectOf({ 'project.tuya.json': '{"miniprogramRoot": "dist"}' });
    symlinkSync(projectOf(NATIVE), join(root, 'dist'));
    expect(reading(root).told).toEqual([
      'app/dist:1:1 upload-left-out',
      'app/project.tuya.json:1:21 project-root-empty',
    ]);
  });

  test('an app.json that is a link is none', () => {
    const root = projectOf({ 'project.tuya.json': '{}' });
    symlinkSync(join(projectOf(NATIVE), 'app.json'), join(root, 'app.json'));
    expect(reading(root).told).toEqual(['app:1:1 project-none', 'app/app.json:1:1 upload-left-out']);
  });

  test('a pipe is left out and keeps nobody waiting', () => {
    const root = projectOf(NATIVE);
    execFileSync('mkfifo', [join(root, 'pipe.js')]);
    const { project, told } = reading(root);
    expect(told).toEqual(['app/pipe.js:1:1 upload-left-out']);
    expect(project?.package.files).toBe(10);
  });

  test.each([
    ['a newline', Buffer.from('a\nb.js')],
    ['an escape', Buffer.from('a\u001b[31m.js')],
    ['a backslash', Buffer.from('..\\..\\x.js')],
    ['no UTF-8', Buffer.from([0x61, 0xff, 0x2e, 0x6a, 0x73])],
  ])('a name with %s is refused', (_, name) => {
    const root = projectOf(NATIVE);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), name]), '');
    const { project, told } = reading(root);
    expect(project).toBeUndefined();
    expect(told).toEqual(['app:1:1 project-name']);
  });

  test('two names that are one in Unicode are refused', () => {
    const { told } = read({ ...NATIVE, 'caf\u00e9.txt': 'x', 'cafe\u0301.txt': 'x' });
    expect(told).toEqual(['app:1:1 project-name']);
  });

  test('folders below each other without end are refused', () => {
    const root = projectOf(NATIVE);
    mkdirSync(join(root, 'd/'.repeat(70)), { recursive: true });
    const { project, problems } = reading(root);
    expect(project).toBeUndefined();
    expect(problems.map(({ code }) => code)).toEqual(['project-limit']);
  });

  test('two gigabytes are refused unread', () => {
    const root = projectOf(NATIVE);
    writeFileSync(join(root, 'big.bin'), '');
    truncateSync(join(root, 'big.bin'), 2 * 1024 ** 3);
    const { project, problems } = reading(root);
    expect(project).toBeUndefined();
    expect(problems[0]?.message).toContain('big.bin has 2147483648');
    expect(statSync(join(root, 'big.bin')).size).toBe(2 * 1024 ** 3);
  });

  test('a huge app.json and a huge script: the one refused, the other not searched', () => {
    const huge = ' '.repeat(9 * 1024 ** 2);
    expect(read({ ...NATIVE, 'app.json': `{"pages": [${huge}]}` }).told).toEqual(['app/app.json:1:1 file-unreadable']);
    const { project, told } = read({ ...NATIVE, 'huge.js': `ty.request(${huge})` });
    expect(told).toEqual(['app/huge.js:1:1 upload-unread']);
    expect(project?.package.files).toBe(11);
  });

  test('names of JavaScript’s own in configuration mean nothing', () => {
    const config =
      '{"__proto__": {"miniprogramRoot": "x"}, "dependencies": {"constructor": "1.0.0", "__proto__": "2.0.0"}}';
    const { project, told } = read({ ...NATIVE, 'project.tuya.json': config });
    expect(told).toEqual(['app/project.tuya.json:1:95 project-field']);
    expect(project).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'miniprogramRoot')).toBe(false);
  });

  test('an empty folder, and one that cannot be read', () => {
    expect(reading(scratch()).told).toEqual(['app:1:1 project-none']);
    const root = projectOf({ ...NATIVE, 'closed/x.js': '' });
    chmodSync(join(root, 'closed'), 0);
    const isRoot = process.getuid?.() === 0;
    const { told } = reading(root);
    chmodSync(join(root, 'closed'), 0o755);
    expect(told).toEqual(isRoot ? [] : ['app/closed:1:1 file-unreadable']);
    write(root, {});
  });
});

describe('what real builds hold', () => {
  const page = (settings: string, more: ProjectFiles = {}) =>
    read({ ...NATIVE, 'pages/index/index.json': settings, ...more });

  test('a page that Ray renders has no markup, and its build is known by itself', () => {
    const app = '{"pages":["pages/home/index"],"__ray_version__":"1.5.45"}';
    const files = {
      ...NATIVE,
      'app.json': app,
      'pages/home/index.js': '',
      'pages/home/index.json': '{"render":"ray"}',
    };
    const { project, told } = read(files);
    expect(project?.kind).toBe('ray');
    expect(told.filter((line) => line.includes('upload-page-half'))).toEqual([]);
  });

  test.each([
    ['broken settings of a page', '{"a":', {}, 'project-json'],
    ['a component that is not there', '{"usingComponents":{"x":"../../none/x"}}', {}, 'project-component-missing'],
    ['a pointer of Git LFS', '{}', { 'a.png': 'version https://git-lfs.github.com/spec/v1\noid' }, 'upload-lfs'],
    ['a mark of the build', '{}', { '.buildHash': '1' }, 'upload-build-mark'],
    ['a source map inside', '{}', { 'a.js': 'a\n//# sourceMappingURL=data:x' }, 'upload-inline-map'],
    ['a path of a machine', '{}', { 'a.js': `a("/${'home'}/somebody/app/x.js")` }, 'upload-build-path'],
  ])('%s', (_, settings, more: ProjectFiles, code) => {
    const { told } = page(settings, more);
    expect(told.some((line) => line.endsWith(code))).toBe(true);
  });

  test.each([
    ['a component that is there', '{"usingComponents":{"x":"/lib/x"}}'],
    ['a component of a package', '{"usingComponents":{"x":"@vendor/kit/x"}}'],
  ])('nothing is said of %s', (_, settings) => {
    const { told } = page(settings, { 'lib/x.json': '{}', 'lib/x.js': '' });
    expect(told.filter((line) => line.includes('component'))).toEqual([]);
  });
});
