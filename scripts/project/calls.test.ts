/** Ways of calling that people, compilers and minifiers write: each gives its host, or is told where it says none. */
import { expect, test } from 'vitest';
import { NATIVE, projectOf, type ProjectFiles } from '../fixtures/projects/write.ts';
import { COMMON, LOADING } from './code/known/apis.ts';
import { readProject } from './read-project.ts';

const U = 'https://api.example.com';
const PAGE = 'pages/index/index';
const js = (script: string): ProjectFiles => ({ [`${PAGE}.js`]: script });
const shown = (markup: string, script = 'Page({})'): ProjectFiles => ({ [`${PAGE}.tyml`]: markup, ...js(script) });
const read = (files: ProjectFiles) =>
  readProject(projectOf({ ...NATIVE, ...files }), { shown: 'app', id: 'typroject0000001' });

test.each<[string, ProjectFiles]>([
  [
    'settings of a client that are put together',
    js(`import ax from 'axios'; Object.assign(ax.defaults, { baseURL: '${U}' })`),
  ],
  [
    'the API as a field under a name of its own',
    js(`class A { load = ty.request; go() { this.load({ url: '${U}/x' }) } }`),
  ],
  [
    'a field of the same name as a method elsewhere',
    js(`class B { load() {} } class A { load = ty.request; go() { this.load({ url: '${U}/x' }) } }`),
  ],
  [
    'the API that a getter gives',
    js(`class A { get load() { return ty.request } go() { this.load({ url: '${U}/x' }) } }`),
  ],
  [
    'the API that a method is replaced by',
    js(`const a = { load() {}, go() { this.load({ url: '${U}/x' }) } }; a.load = ty.request`),
  ],
  [
    'an address that may be a list, too',
    js(`import api from 'some-client'; let u = '${U}/x'; function go(ok) { if (ok) u = [u]; api.get(u) } go()`),
  ],
  ["the API under a name of the language's", js(`const api = { map: ty.request }; api.map({ url: '${U}/x' })`)],
  [
    'a style of data that is imported',
    {
      ...shown('<view style="{{s}}"/>', `import d from './d.json'; Page({ data: { s: d.s } })`),
      [`pages/index/d.json`]: JSON.stringify({ s: `background: url(${U}/a.png)` }),
    },
  ],
  [
    'a style that names an address where another file writes the word',
    {
      ...shown('<view style="background: {{s}}"/>', `import { link } from './s'; Page({ data: { s: link } })`),
      [`pages/index/s.js`]: `export const link = 'URL(${U}/a.png)'`,
    },
  ],
  [
    'a field that an async function reads, as esbuild writes it',
    js(
      `var e=(e,t,r)=>new Promise((s,o)=>{var p=e=>e.done?s(e.value):Promise.resolve(e.value).then(p);p((r=r.apply(e,t)).next())});
      class S { constructor() { this.host = '${U}' } load() { return e(this, null, function* () { yield ty.request({ url: this.host + '/w' }) }) } }`,
    ),
  ],
  ['a beacon', js(`navigator.sendBeacon('${U}/x')`)],
  ['an animation', js(`lottie.loadAnimation({ loop: true, path: '${U}/a.json' })`)],
  ['a socket of the globals', js(`new window.WebSocket('${U}/x')`)],
  ['a function that is taken and called with call', js(`var r = t.request; r.call(t, { url: '${U}/x' })`)],
  ['a function that is called with apply', js(`t.downloadFile.apply(t, [{ url: '${U}/x' }])`)],
  [
    'a list that is joined with another',
    js(`let l = []; l = l.concat([{ u: '${U}' }]); l.forEach((x) => ty.request({ url: x.u }))`),
  ],
  [
    'a state that grows',
    js(`const [l, set] = useState([]); set((p) => p.concat('${U}/a.png')); l.map((u) => h(Image, { src: u }))`),
  ],
  [
    'a state that a reducer gives',
    js(`const [s] = useReducer((s, a) => ({ ...s, u: '${U}/a.png' }), {}); h(Image, { src: s.u })`),
  ],
  [
    'rich text as nodes',
    shown(
      '<rich-text nodes="{{n}}"/>',
      `Page({ data: { n: [{ name: 'p', children: [{ name: 'img', attrs: { src: '${U}/a.png' } }] }] } })`,
    ),
  ],
  [
    'a view’s script by its default',
    {
      'u.sjs': `export default { pic: '${U}/a.png' }`,
      ...shown('<import-sjs from="../../u.sjs" name="u"/><image src="{{u.pic}}"/>'),
    },
  ],
  [
    'a view’s function with a name of one letter',
    shown(
      `<wxs module="m">var b='${U}'; module.exports.p = function (n) { return b + n }</wxs><image src="{{m.p('/a')}}"/>`,
    ),
  ],
  ...["['l[' + i + '].u']: v", "['l['.concat(i, '].u')]: v", '[`l[${i}].u`]: v', '[k]: v'].map(
    (entry): [string, ProjectFiles] => [
      `a path of data: ${entry}`,
      shown(
        '<image ty:for="{{l}}" src="{{item.u}}"/>',
        `Page({ data: { l: [] }, go(i) { const v = '${U}/x.png', k = 'l[' + i + '].u'; this.setData({ ${entry} }) } })`,
      ),
    ],
  ),
  [
    'a path of data as compilers write it',
    shown('<image src="{{a.b}}"/>', `Page({ go(i) { this.setData(_defineProperty({}, 'a.b', '${U}/x.png')) } })`),
  ],
])('%s: its host is found', (_, files) => {
  expect(read(files).project?.origins).toEqual([U]);
});

test.each([
  ['a request of another module with settings from elsewhere', 'module.exports = (e) => (0, n.request)(e)'],
  ['… of a default', 'module.exports = (e) => n.default.request(e)'],
  ['an older request', 'module.exports = (u) => { const x = new XMLHttpRequest(); x.open(m(), u) }'],
  ['a socket of the globals', 'module.exports = (u) => new self.WebSocket(u)'],
  ['a client whose base is not known', "import a from 'axios'; const c = a.create({ baseURL: x.y }); c.get('/x')"],
  ['… that is set later', "import a from 'axios'; a.defaults.baseURL = x.y; a.get('/x')"],
])('%s: it is told that the address is unknown', (_, script) => {
  const { project } = read(js(script));
  expect(project?.origins).toEqual([]);
  expect(project?.unresolved).toMatchObject([{ api: 'request', isShown: false, line: 1 }]);
});

test.each<[string, ProjectFiles]>([
  [
    'a class of 5,000 members',
    js(`class A { ${Array.from({ length: 5000 }, (_, i) => `m${i}() { return this.x${i}.y() }`).join(' ')} }`),
  ],
  [
    'any of a table of thousands, asked thousands of times',
    js(`const t = { ${Array.from({ length: 3000 }, (_, i) => `k${i}: f`).join(', ')} }; ${'t[x](); '.repeat(3000)}`),
  ],
  ['elements 200,000 deep', shown('<view>'.repeat(200_000))],
])('%s: reading takes time in proportion', (_, files) => {
  const before = process.cpuUsage();
  expect(read(files).project?.origins).toEqual([]);
  // Looked up anew each time, the members alone take eleven seconds.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
});

/** Each way in which a function of the API is called: what stands before the call, and what is called. */
const FORMS: readonly (readonly [before: string, callee: (name: string) => string, after?: string])[] = [
  ['', (name) => `ty.${name}(`],
  ['', (name) => `ty?.${name}?.(`],
  ['', (name) => `ty['${name}'](`],
  ['', (name) => `globalThis.ty.${name}(`],
  ['', (name) => `(0, ty.${name})(`],
  ['', (name) => `(0, m.${name})(`],
  ['', (name) => `Object(m.${name})(`],
  ['', (name) => `m().${name}(`],
  ['', (name) => `m.default.${name}(`],
  ['', (name) => `ty.${name}.call(ty, `],
  ['', (name) => `ty.${name}.bind(ty)(`],
  ['const { NAME: f } = ty;', () => 'f('],
  ['const f = ty.NAME;', () => 'f('],
  ["import { NAME as f } from '@ray-js/ray';", () => 'f('],
  ["import T from '@tarojs/taro';", (name) => `T.${name}(`],
  ["const T = require('@tarojs/taro');", (name) => `T.${name}(`],
];
const GIVEN = [
  '{ KEY: x.y }',
  'x',
  '{ ...x }',
  '{ ...x, KEY: x.y + "/a" }',
  'make(x)',
  '{ KEY: `${x}/a` }',
  '{ get KEY() { return x } }',
];

test.each(
  [...LOADING].flatMap(([name, { keys }]) => (COMMON.has(name) && name !== 'request' ? [] : [{ name, key: keys[0]! }])),
)('no call of $name is silent, however it is written', ({ name, key }) => {
  // One script for each form, since it declares names of its own; one call a line.
  const scripts = FORMS.map(([before, callee]) =>
    [before.replace('NAME', name), ...GIVEN.map((given) => `${callee(name)}${given.replace('KEY', key)});`)].join('\n'),
  );
  const files = Object.fromEntries(scripts.map((script, i) => [`lib/f${i}.js`, `export default (x) => 0;\n${script}`]));
  const { project } = read(files);
  const told = new Set(project?.unresolved.map(({ file, line }) => `${file}:${line}`));
  const all = FORMS.flatMap((_, i) => GIVEN.map((__, j) => `lib/f${i}.js:${j + 3}`));
  expect(all.filter((place) => !told.has(place))).toEqual([]);
});

test('places of a list to which thousands are added, each asked for: reading takes time in proportion', () => {
  const before = process.cpuUsage();
  const added = Array.from(
    { length: 3000 },
    (_, i) => `l.push('https://a.example.com'); ty.request({ url: l[${i}] });`,
  );
  expect(read(js(`const l = []; ${added.join(' ')}`)).project?.origins).toEqual(['https://a.example.com']);
  // Looked up anew for each place, it takes twenty seconds.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
});

test.each(['axios.create', 'n(9).createAlova', 'made'])('the base of a client is told at one place: %s', (made) => {
  const { project } = read(js(`${made}({ baseURL: 'https://a.example.com/api', timeout: 5 })`));
  expect(project!.uses.map(({ what }) => what)).toEqual(['https://a.example.com']);
});
