import { describe, expect, test } from 'vitest';
import { NATIVE, page, RAY, RAY_BUILT, type ProjectFiles } from '../fixtures/projects/write.ts';
import { factsOf } from './facts.ts';
import { PROJECT_ID, readFiles } from '../fixtures/projects/read.ts';

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
    const { project, problems } = readFiles(files);
    expect(project?.origins).toEqual(recorded);
    expect([...new Set(project?.uses.map(({ what }) => what))].sort()).toEqual([...recorded, ...others].sort());
    const told = problems.filter(({ code }) => code === 'upload-not-packaged').map(({ message }) => message);
    expect(told).toEqual(others.map((origin) => expect.stringContaining(origin)));
    const packaged = Object.entries(files).filter(([path]) => /^(?:mini|dist\/tuya|i18n)\/|^project/.test(path));
    const alone = readFiles(Object.fromEntries(packaged)).project!;
    expect(factsOf(alone)).toEqual(factsOf(project!));
  });
});

describe('a project', () => {
  test('native: pages in their order, base library, kits, languages, every file', () => {
    const { project, told } = readFiles(NATIVE);
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
    const { project, told } = readFiles(RAY_BUILT);
    expect(told).toEqual([]);
    expect(project).toMatchObject({ kind: 'ray', pages: ['pages/home/index', 'pages/timer/index'] });
    expect(project?.package.files).toBe(8);
  });

  test('of Ray, not built: routes of the sources, imported ones too, and a warning', () => {
    const { project, told } = readFiles(RAY);
    expect(project).toMatchObject({ kind: 'ray-sources', pages: ['pages/home/index', 'pages/timer/index'] });
    expect(told).toEqual(['app/project.tuya.json:1:42 upload-not-built']);
  });

  test('of Ray with computed routes: those that its build wrote down; else none, with a warning', () => {
    const computed = "export const routes = [{ path: '/pages/home/index' }, ...names.map((n) => ({ path: n }))];";
    const made = "export const thing = { pages: ['pages/home/index', 'pages/timer/index'] };";
    const files = { ...RAY, 'src/routes.config.ts': computed };
    expect(readFiles({ ...files, 'src/app.config.ts': made }).project?.pages).toEqual([
      'pages/home/index',
      'pages/timer/index',
    ]);
    const open = readFiles(files);
    expect(open.project?.pages).toEqual([]);
    expect(open.told).toContain('app/src/routes.config.ts:1:1 upload-routes-open');
  });

  test.each(['subPackages', 'subpackages'])('with %s: pages below the root of each', (key) => {
    const app = { pages: ['pages/index/index'], [key]: [{ root: 'more/', pages: ['a/index', '/b/index'] }] };
    const { project, told } = readFiles({ ...listing(app), ...page('more/a/index'), ...page('more/b/index') });
    expect(told).toEqual([]);
    expect(project?.pages).toEqual(['pages/index/index', 'more/a/index', 'more/b/index']);
  });

  test('with functional pages: under the name by which links open them', () => {
    const { project, told } = readFiles({
      ...NATIVE,
      'project.tuya.json': JSON.stringify({ miniprogramRoot: '', functionalRoot: 'fun/' }),
      'fun/functional.json': '{"pages": ["pages/settings/index"], "publicPages": {}}',
      ...page('fun/pages/settings/index'),
    });
    expect(told).toEqual([]);
    expect(project?.pages).toContain(`__functional__/${PROJECT_ID}/pages/settings/index`);
  });

  test('with plugins and functional pages of others: these are no pages of its own', () => {
    const app = {
      pages: ['pages/index/index'],
      plugins: { chart: { version: '1.0.0', provider: 'tyother' } },
      usingPlugins: ['rjs://echarts'],
      functionalPages: { settings: { appid: 'tycryc71qaug8at6yt' } },
    };
    const { project, told } = readFiles(listing(app));
    expect(told).toEqual([]);
    expect(project?.pages).toEqual(['pages/index/index']);
  });

  test('without project.tuya.json is one, with a warning', () => {
    const { 'project.tuya.json': _, ...files } = NATIVE;
    const { project, told } = readFiles(files);
    expect(told).toEqual(['app/project.tuya.json:1:1 upload-config-missing']);
    expect(project?.baseLibrary).toBeUndefined();
  });

  test('whose versions have another form: they are not recorded, never rounded', () => {
    const config = '{\n  "baseversion": "2.x",\n  "dependencies": {\n    "BaseKit": "3.13.0-showGlobalModel.1"\n  }\n}';
    const { project, told } = readFiles({ ...NATIVE, 'project.tuya.json': config });
    expect(told).toEqual([
      'app/project.tuya.json:2:18 upload-version-form',
      'app/project.tuya.json:4:16 upload-version-form',
    ]);
    expect(project).toMatchObject({ kits: {} });
  });

  test('with a configuration as JavaScript writes data, as the vendor’s own examples have it', () => {
    const { project, told } = readFiles({ ...NATIVE, 'app.json': "{\n  pages: ['pages/index/index'],\n}" });
    expect(told).toEqual([]);
    expect(project?.pages).toEqual(['pages/index/index']);
  });
});

describe('a folder that is no whole miniapp', () => {
  test.each<[string, ProjectFiles, string]>([
    ['of sources', { 'package.json': '{}', 'dist/build/mp-weixin/app.json': '{}' }, 'dist/build/mp-weixin has'],
    [
      'that holds builds',
      { 'build/mp-weixin/app.json': '{}', 'build/mp-alipay/app.json': '{}', 'x/app.json': '{}' },
      'build/mp-alipay, build/mp-weixin have',
    ],
  ])('names where an app.json is below one %s', (_, files, named) => {
    const [told] = readFiles(files).problems;
    expect(told?.message).toBe(
      `this folder is no miniapp project: it has neither app.json nor project.tuya.json; below it ${named} an app.json`,
    );
  });

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
    const { project, told } = readFiles(files);
    expect(told).toEqual(expected);
    const isSound = expected.every((line) => line.includes(' upload-'));
    expect(project !== undefined).toBe(isSound);
  });

  test('a subpackage without root is said to lack it', () => {
    const { found } = readFiles(listing({ pages: ['pages/index/index'], subPackages: [{ pages: ['a'] }] }));
    const args = {
      field: 'subPackages[0]',
      actual: 'a map',
      expected: 'a map with its folder as root: {"root": …, "pages": […]}',
    };
    expect(found).toEqual([{ code: 'project-field', args }]);
  });

  test('a page whose folder differs by case is named', () => {
    const { found } = readFiles({ ...listing({ pages: ['pages/Index/index'] }) });
    const page = 'pages/Index/index';
    const args = { page, file: `app/${page} (pages/index/index.tyml differs by letter case)` };
    expect(found).toEqual([{ code: 'project-page-missing', args }]);
  });

  test('more pages than a version may have', () => {
    const { project, found } = readFiles(listing({ pages: Array.from({ length: 2001 }, (_, i) => `pages/p${i}`) }));
    expect(project).toBeUndefined();
    expect(found).toContainEqual({ code: 'project-limit', args: { what: 'pages', actual: 2001, limit: 2000 } });
  });

  test('thousands of mistakes are counted, not listed', () => {
    const { problems, found } = readFiles(listing({ pages: Array.from({ length: 1500 }, (_, i) => `gone/p${i}`) }));
    expect(problems).toHaveLength(201);
    expect(found).toContainEqual({ code: 'problems-more', args: { file: 'app', count: 1300 } });
  });
});

describe('what real builds hold', () => {
  const page = (settings: string, more: ProjectFiles = {}) =>
    readFiles({ ...NATIVE, 'pages/index/index.json': settings, ...more });

  test('a page that Ray renders has no markup, and its build is known by itself', () => {
    const app = '{"pages":["pages/home/index"],"__ray_version__":"1.5.45"}';
    const files = {
      ...NATIVE,
      'app.json': app,
      'pages/home/index.js': '',
      'pages/home/index.json': '{"render":"ray"}',
    };
    const { project, told } = readFiles(files);
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
