import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NATIVE, projectOf, RAY, type ProjectFiles } from '../fixtures/projects/write.ts';
import { locateAll } from '../read/positions.ts';
import { readProject } from './read-project.ts';

/** What a native miniapp with these files uses: `api what`, or `api ?` where only running shows it; each once. */
function uses(files: ProjectFiles | string, base: ProjectFiles = NATIVE): string[] {
  const own: ProjectFiles = typeof files === 'string' ? { 'pages/index/index.js': files } : files;
  const { project, findings } = readProject(projectOf({ ...base, ...own }), { shown: 'app', id: 'typroject0000001' });
  if (!project)
    throw new Error(
      locateAll(findings.problems, findings.texts)
        .map(({ message }) => message)
        .join('\n'),
    );
  const found = project.uses.map(({ api, what }) => `${api} ${what}`);
  return [...new Set([...found, ...project.unresolved.map(({ api }) => `${api} ?`)])].sort();
}

const REQUEST = ['request https://api.example.com'];

describe('an address that a script calls is found', () => {
  test.each([
    ['a literal', 'ty.request({ url: "https://api.example.com/v1" })'],
    ['a template with a constant base', 'const B = "https://api.example.com"; ty.request({ url: `${B}/v1/${id}` })'],
    ['a template whose host ends at what is unknown', 'ty.request({ url: `https://api.example.com${path}` })'],
    ['a sum', 'const B = "https://api" + ".example.com"; ty.request({ url: B + "/v1/" + id })'],
    ['a long sum', `ty.request({ url: "https://api.example.com" ${'+ "/x"'.repeat(500)} })`],
    ['settings in a name', 'const o = { url: "https://api.example.com" }; ty.request(o)'],
    ['settings that are spread', 'const o = { url: "https://api.example.com" }; ty.request({ ...o, method: "GET" })'],
    ['a short property', 'const url = "https://api.example.com"; ty.request({ url })'],
    ['a member of a map', 'const C = { host: { api: "https://api.example.com" } }; ty.request({ url: C.host.api })'],
    ['a member in brackets', 'const C = { a: "https://api.example.com" }; ty["request"]({ url: C["a"] })'],
    ['a frozen map', 'const C = Object.freeze({ a: "https://api.example.com" }); ty.request({ url: C.a })'],
    [
      'what a name is taken apart into',
      'const { a: { b } } = { a: { b: "https://api.example.com" } }; ty.request({ url: b })',
    ],
    ['a name that is set later', 'let b; b = "https://api.example.com"; ty.request({ url: b + "/v1" })'],
    ['the result of a function', 'const f = () => "https://api.example.com"; ty.request({ url: f() + "/v1" })'],
    ['what callers give', 'function get(path) { ty.request({ url: "https://api.example.com" + path }) } get("/v1")'],
    ['the whole address from callers', 'const get = (url) => ty.request({ url }); get("https://api.example.com/v1")'],
    ['elements of a list', '["https://api.example.com"].forEach((url) => ty.request({ url }))'],
    ['elements of a loop', 'for (const url of ["https://api.example.com/a"]) ty.request({ url })'],
    [
      'a field of the page',
      'Page({ base: "https://api.example.com", onLoad() { ty.request({ url: this.base + "/v1" }) } })',
    ],
    ['data of the page', 'Page({ data: { u: "https://api.example.com" }, f() { ty.request({ url: this.data.u }) } })'],
    [
      'a field of a class',
      'class A { base = "https://api.example.com"; f() { ty.request({ url: `${this.base}/v1` }) } }',
    ],
    [
      'a field set by the constructor',
      'class A { constructor() { this.b = "https://api.example.com" } f() { ty.request({ url: this.b }) } }',
    ],
    ['a static field', 'class A { static B = "https://api.example.com" } ty.request({ url: A.B })'],
    [
      'an inherited field',
      'class A { b = "https://api.example.com" } class B extends A { f() { ty.request({ url: this.b }) } }',
    ],
    ['new URL', 'ty.request({ url: new URL("/v1", "https://api.example.com").toString() })'],
    ['upper case and a default port', 'ty.request({ url: "HTTPS://API.Example.com:443/v1" })'],
    ['a user and password, which are not recorded', 'ty.request({ url: "https://me:secret@api.example.com/v1" })'],
    ['no scheme', 'ty.request({ url: "//api.example.com/v1" })'],
    ['optional calls', 'ty?.request?.({ url: "https://api.example.com" })'],
    ['a taken function', 'const { request } = ty; request({ url: "https://api.example.com" })'],
    ['a renamed function', 'const { request: r } = ty; const s = r; s({ url: "https://api.example.com" })'],
    ['a promise of it', 'const p = promisify(ty.request); p({ url: "https://api.example.com" })'],
    ['a bound function', 'const r = ty.request.bind(ty); r({ url: "https://api.example.com" })'],
    ['globalThis', 'globalThis.ty.request({ url: "https://api.example.com" })'],
    ['a sequence, as bundles call', '(0, ty.request)({ url: "https://api.example.com" })'],
    ['some object of a bundle', 'var r = n(123); (0, r.request)({ url: "https://api.example.com" })'],
    ['fetch', 'fetch("https://api.example.com/v1")'],
    [
      'axios',
      'import axios from "axios"; axios.get("https://api.example.com/v1"); axios({ url: "https://api.example.com" })',
    ],
    ['a client of axios', 'const c = require("axios").create({ baseURL: "https://api.example.com" }); c.post("/v1")'],
    [
      'getApp',
      'const app = getApp(); ty.request({ url: app.globalData.api })',
      'App({ globalData: { api: "https://api.example.com" } })',
    ],
  ])('%s', (_, script, app = 'App({})') => {
    expect(uses({ 'pages/index/index.js': script, 'app.js': app })).toEqual(REQUEST);
  });

  test('by each API', () => {
    const script = `
      ty.uploadFile({ url: "https://up.example.com" });
      ty.downloadFile({ url: "https://down.example.com/a.zip" });
      ty.requestCloud({ api: "m.smart.operate.log", version: "1.0" });
      ty.previewImage({ urls: ["https://img.example.com/a.png"] });
      ty.connectSocket({ url: "wss://live.example.com/x" });
    `;
    expect(uses(script)).toEqual([
      'cloud m.smart.operate.log',
      'download https://down.example.com',
      'request wss://live.example.com',
      'static https://img.example.com',
      'upload https://up.example.com',
    ]);
  });

  test('in each branch', () => {
    const map = 'const C = { dev: { u: "https://dev.example.com" }, prod: { u: "https://prod.example.com" } };';
    const both = ['request https://dev.example.com', 'request https://prod.example.com'];
    expect(uses('ty.request({ url: dev ? "https://dev.example.com" : "https://prod.example.com" })')).toEqual(both);
    expect(uses(`${map} ty.request({ url: C[process.env.NODE_ENV].u + "/v1" })`)).toEqual(both);
    expect(uses('ty.request({ url: `${dev ? "https://dev" : "https://prod"}.example.com/` })')).toEqual(both);
    expect(
      uses('let b = "https://dev.example.com"; if (x) b = "https://prod.example.com"; ty.request({ url: b })'),
    ).toEqual(both);
  });

  test('a default, besides what is not known', () => {
    expect(uses('ty.request({ url: given || "https://api.example.com" })')).toEqual(['request ?', ...REQUEST]);
    const parameter = 'export function f(url = "https://api.example.com") { ty.request({ url }) }';
    expect(uses(parameter)).toEqual(['request ?', ...REQUEST]);
  });
});

describe('across scripts', () => {
  const call = 'ty.request({ url: BASE + "/v1" });';
  test.each<[string, ProjectFiles]>([
    [
      'a named export',
      {
        'pages/index/index.js': `import { BASE } from '../../config'; ${call}`,
        'config.js': 'export const BASE = "https://api.example.com";',
      },
    ],
    [
      'a default export',
      {
        'pages/index/index.js': `import BASE from '../../config/'; ${call}`,
        'config/index.ts': 'export default "https://api.example.com" as string;',
      },
    ],
    [
      'a renamed export, passed on',
      {
        'pages/index/index.js': `import { BASE } from '../../a'; ${call}`,
        'a.js': "export { X as BASE } from './b';",
        'b.js': 'const X = "https://api.example.com"; export { X };',
      },
    ],
    [
      'everything passed on',
      {
        'pages/index/index.js': `import { BASE } from '../../a'; ${call}`,
        'a.js': "export * from './b';",
        'b.ts': 'export const BASE: string = "https://api.example.com";',
      },
    ],
    [
      'a whole script',
      {
        'pages/index/index.js': "import * as c from '../../c'; ty.request({ url: c.BASE });",
        'c.js': 'export const BASE = "https://api.example.com";',
      },
    ],
    [
      'module.exports',
      {
        'pages/index/index.js': `const { BASE } = require('../../c'); ${call}`,
        'c.js': 'module.exports = { BASE: "https://api.example.com" };',
      },
    ],
    [
      'exports.name',
      {
        'pages/index/index.js': "const c = require('../../c.js'); ty.request({ url: c.BASE });",
        'c.js': 'exports.BASE = "https://api.example.com";',
      },
    ],
    [
      'JSON',
      {
        'pages/index/index.js': "import c from '../../c.json'; ty.request({ url: c.base });",
        'c.json': '{"base": "https://api.example.com"}',
      },
    ],
    [
      'a leading slash',
      {
        'pages/index/index.js': `import { BASE } from '/c'; ${call}`,
        'c.js': 'export const BASE = "https://api.example.com";',
      },
    ],
    [
      'an alias of tsconfig.json',
      {
        'pages/index/index.ts': `import { BASE } from '~/c'; ${call}`,
        'pages/index/index.js': '',
        'lib/c.ts': 'export const BASE = "https://api.example.com";',
        'tsconfig.json': '{ // paths\n "compilerOptions": {"baseUrl": ".", "paths": {"~/*": ["lib/*"]}}}',
      },
    ],
    [
      'an enum',
      {
        'pages/index/index.ts': 'import { Host } from "../../c"; ty.request({ url: Host.Api });',
        'pages/index/index.js': '',
        'c.ts': 'export enum Host { Api = "https://api.example.com" }',
      },
    ],
    [
      'a function of its own around the API',
      {
        'pages/index/index.js': "import { get } from '../../net'; get('/v1');",
        'net.js': 'const B = "https://api.example.com"; export const get = (path) => ty.request({ url: B + path });',
      },
    ],
    [
      'the API itself passed on',
      {
        'pages/index/index.js': "import { req } from '../../net'; req({ url: 'https://api.example.com' });",
        'net.js': 'export const req = ty.request;',
      },
    ],
    [
      'scripts that import each other',
      {
        'pages/index/index.js': `import { BASE } from '../../a'; ${call}`,
        'a.js': "import { x } from './b'; export const BASE = 'https://api.example.com'; export const y = x;",
        'b.js': "import { y } from './a'; export const x = y;",
      },
    ],
  ])('%s', (_, files) => {
    expect(uses(files)).toEqual(REQUEST);
  });

  test('functions that @ray-js/ray gives, in TypeScript with elements', () => {
    const home = `
      import { request, uploadFile, requestCloud as cloud } from '@ray-js/ray';
      import { Image, View } from '@ray-js/ray';
      import lamp from '../../assets/lamp.png';
      const BASE = process.env.NODE_ENV === 'production' ? 'https://prod.example.com' : 'https://dev.example.com';
      export const load = async <T,>(path: string): Promise<T> => request({ url: \`\${BASE}\${path}\` } as any);
      uploadFile({ url: 'https://up.example.com' });
      cloud({ api: 'm.life.log' });
      export default () => (
        <View style={{ backgroundImage: 'url(https://bg.example.com/a.png)' }}>
          <Image src="https://img.example.com/a.png" />
          <Image src={lamp} />
          <a href="https://docs.example.com/guide.png">Help</a>
          <Cell icon="https://icons.example.com/x.svg" title="see https://text.example.com" />
        </View>
      );`;
    expect(uses({ 'src/pages/home/index.tsx': home, 'src/assets/lamp.png': 'x' }, RAY)).toEqual([
      'cloud m.life.log',
      'request https://dev.example.com',
      'request https://prod.example.com',
      'static https://bg.example.com',
      'static https://icons.example.com',
      'static https://img.example.com',
      'upload https://up.example.com',
    ]);
  });
});

describe('what cannot be told is said to be unknown, never guessed', () => {
  test.each([
    ['a name that nobody sets', 'ty.request({ url: somewhere })'],
    ['the middle of a host', 'ty.request({ url: `https://api.${zone}.example.com/` })'],
    ['the end of a host', 'ty.request({ url: "https://api." + zone })'],
    ['a host that may go on', 'ty.request({ url: "https://api.tuya" + zone + ".com" })'],
    ['the scheme', 'ty.request({ url: scheme + "://api.example.com" })'],
    ['half a scheme', 'ty.request({ url: "http" + rest })'],
    ['settings from elsewhere', 'export const f = (options) => ty.request(options)'],
    ['no settings', 'ty.request()'],
    ['what is replaced', 'ty.request({ url: "https://a.example.com".replace("a", b) })'],
    ['a name that is counted', 'let u = "https://x"; u += y; ty.request({ url: u + "" })'],
    ['a circle', 'let a = b; var b = a; ty.request({ url: a })'],
    ['a function that calls itself', 'const f = () => f(); ty.request({ url: f() })'],
  ])('%s', (_, script) => {
    expect(uses(script)).toEqual(['request ?']);
  });

  test('the name of a cloud API', () => {
    expect(uses('ty.requestCloud({ api: name })')).toEqual(['cloud ?']);
  });
});

describe('what a value becomes later, and what bundles write, is followed', () => {
  test.each([
    [
      'a wrapper that asks for a base',
      'const B = "https://api.example.com"; const f = (p) => ty.request({ url: /^https?:/.test(p) ? p : B + p }); f("/a"); f("https://api.example.com/b")',
    ],
    [
      'data that is set',
      'Page({ data: { u: "" }, f() { this.setData({ u: "https://api.example.com" }); ty.request({ url: this.data.u }) } })',
    ],
    [
      'a configuration that is changed',
      'const c = {}; if (x) c.base = "https://api.example.com"; ty.request({ url: c.base + "/x" })',
    ],
    [
      'the defaults of a client',
      'import axios from "axios"; axios.defaults.baseURL = "https://api.example.com"; axios.get("/x")',
    ],
    [
      'the settings of a client',
      'import R from "luch-request"; const h = new R({ baseURL: "https://api.example.com" }); h.get("/x")',
    ],
    [
      'what makes another client',
      'import { extend } from "umi-request"; extend({ prefix: "https://api.example.com" })',
    ],
    ['an older request', 'const x = new XMLHttpRequest(); x.open("GET", "https://api.example.com/x")'],
    [
      'a class that is given its base',
      'class A { constructor(b) { this.b = b } get(p) { ty.request({ url: this.b + p }) } } new A("https://api.example.com").get("/x")',
    ],
    ['a list that grows', 'const q = []; q.push({ url: "https://api.example.com" }); ty.request(q.shift())'],
    ['a promise', 'Promise.resolve("https://api.example.com").then((b) => ty.request({ url: b + "/x" }))'],
    [
      'a function that is wrapped',
      'const f = debounce((url) => ty.request({ url }), 300); f("https://api.example.com")',
    ],
    [
      'a function of a name',
      'const make = (n) => function () { return ty[n].apply(this, arguments) }; const r = make("request"); r({ url: "https://api.example.com" })',
    ],
    ['a name taken out of what is not known', 'const { request: q } = a(); q({ url: "https://api.example.com" })'],
    ['JSON in a text', `const j = JSON.parse('{"b":"https://api.example.com"}'); ty.request({ url: j.b })`],
    [
      'modules of webpack',
      '(self.c = self.c || []).push([[1], { 4: (e, t, n) => { n.d(t, { a: () => b }); const b = "https://api.example.com" }, 5: (e, t, n) => { var x = n(4); ty.request({ url: x.a + "/x" }) } }])',
    ],
  ])('%s', (_, script) => {
    expect(uses(script)).toEqual(REQUEST);
  });

  test('what a bundle calls of something unknown is told where it is not followed', () => {
    expect(uses('var a = n(1), o = n(2); a().request({ url: o.host + "/list" })')).toEqual(['request ?']);
  });

  test('a script that many import is parsed once, and circles leave what is written out', () => {
    const circle = Array.from(
      { length: 60 },
      (_, i) =>
        `function f${i}(a) { return a > ${i} ? f${(i + 1) % 60}(a) : a < 0 ? f${(i + 3) % 60}(a) : f${(i + 5) % 60}(a) }`,
    );
    const files = {
      'lib/circle.js': `${circle.join('\n')}\nf0(1)`,
      'pages/index/index.js': 'ty.request({ url: "https://api.example.com" })',
    };
    expect(uses(files)).toEqual(REQUEST);
  });
});

describe('an address is found in each style of calling', () => {
  const API = 'https://api.example.com';
  test.each([
    [
      'settings of a client, in small letters',
      `const http = new Request(); http.setConfig({ baseUrl: '${API}' }); http.get('/x')`,
    ],
    [
      'settings that a function changes',
      `const http = new Request(); http.setConfig((c) => { c.baseUrl = '${API}'; return c })`,
    ],
    ['settings put together later', `let o = { method: 'GET' }; Object.assign(o, { url: '${API}/x' }); ty.request(o)`],
    [
      'a method of the class that is extended',
      `class B { h() { return '${API}' } } class C extends B { go() { ty.request({ url: super.h() + '/x' }) } }`,
    ],
    [
      'optional members, as compilers write them',
      `const c = { api: { v2: '${API}' } }; var t; ty.request({ url: null === (t = c.api) || void 0 === t || null === (t = t.v2) || void 0 === t ? void 0 : t.concat(path) })`,
    ],
    [
      'a private field, as compilers write it',
      `var h = new WeakMap(); function A() { init(this, h, '${API}') } A.prototype.go = function () { ty.request({ url: of(h, this) + '/x' }) }`,
    ],
    [
      'a private field, as TypeScript writes it',
      `var _h; class A { constructor() { _h.set(this, '${API}') } go() { ty.request({ url: get(this, _h, 'f') + '/x' }) } } _h = new WeakMap();`,
    ],
    [
      'a private field whose helpers a minifier wrote out',
      `var p = new WeakMap(); class A { constructor() { var e, t, r; r = '${API}', (e = this, t = p), t.set(e, r) } go() { var t, r; ty.request({ url: (t = p, r = this, t.get(has(t, r))) + '/x' }) } }`,
    ],
    [
      'what a weak map keeps',
      `const own = new WeakMap(); class A { constructor() { own.set(this, { h: '${API}' }) } go() { ty.request({ url: own.get(this).h }) } }`,
    ],
    ['a request that is made first', `fetch(new Request('${API}/x'))`],
    ['a call through Reflect', `Reflect.apply(ty.request, ty, [{ url: '${API}/x' }])`],
    ['the beginning of a text', `const u = '${API}/x/'; ty.request({ url: u.slice(0, -1) })`],
    ['entries of a map', `for (const [n, h] of Object.entries({ a: '${API}' })) ty.request({ url: h + n })`],
    [
      'what React keeps',
      `const r = useRef('${API}'); const m = useMemo(() => r.current + '/x', []); ty.request({ url: m })`,
    ],
    [
      'a function of the API by its name alone, made a promise',
      `const p = (f) => (o) => new Promise((s) => f({ ...o, success: s })); p(kit.uploadFile)({ url: '${API}/x' })`,
    ],
  ])('%s', (_, script) => {
    expect(uses(script).filter((use) => !use.endsWith('?'))).toEqual([
      expect.stringMatching(/^(?:request|upload) https:\/\/api\.example\.com$/),
    ]);
  });

  test('a text that grows from nothing may begin with what is added', () => {
    expect(uses(`let s = ''; s += '${API}'; s += '/x'; ty.request({ url: s })`)).toContain(
      'request https://api.example.com',
    );
  });

  test('sockets, whatever opens them', () => {
    expect(
      uses(
        "const io = require('weapp.socket.io'); io('wss://ws.example.com/x'); mqtt.connect(`wss://mq.example.com/${id}`)",
      ),
    ).toEqual(['request wss://mq.example.com', 'request wss://ws.example.com']);
  });

  test('pictures of tabs', () => {
    const app = {
      pages: ['pages/index/index', 'pages/alarm/index'],
      tabBar: {
        list: [
          {
            pagePath: 'pages/index/index',
            iconPath: 'https://cdn.example.com/a.png',
            selectedIconPath: 'assets/b.png',
          },
        ],
      },
    };
    expect(uses({ 'app.json': JSON.stringify(app) })).toEqual(['static https://cdn.example.com']);
  });
});

describe('what is no call is not found', () => {
  test.each([
    ['comments', '// ty.request({ url: "https://x.example.com" })\n/* https://y.example.com */'],
    ['texts and links', 'const help = "see https://docs.example.com"; console.log("https://log.example.com")'],
    ['another object’s function of that name', 'const ty = { request() {} }; ty.request("https://x.example.com")'],
    ['navigation', 'ty.navigateTo({ url: "https://x.example.com" }); ty.setStorage({ data: "https://x.example.com" })'],
    ['relative addresses', 'ty.request({ url: "/v1/list" }); ty.request({ url: `/v1/${id}` })'],
    [
      'data and local schemes',
      'ty.downloadFile({ url: "data:text/plain,hi" }); ty.getImageInfo({ src: "ttfile://a.png" })',
    ],
    ['other vendors’ names, unless it says that it is compatible', 'wx.request({ url: x }); my.request({ url: x })'],
  ])('%s', (_, script) => {
    expect(uses(script)).toEqual([]);
  });

  test('unless the project says that it is compatible', () => {
    const config = JSON.stringify({ compilerOptions: { compatible: ['wx'] } });
    const script = 'wx.request({ url: "https://api.example.com" }); my.request({ url: x })';
    expect(uses({ 'project.tuya.json': config, 'pages/index/index.js': script })).toEqual(REQUEST);
  });
});

describe('markup and styles', () => {
  test('a namespace of TypeScript stands for what it exports, and nothing else of the script', () => {
    const hosts = 'export namespace C { const zone = "a"; export const host = `https://${zone}.example.com` }';
    const script =
      'import { C, host } from "./hosts"; ty.request({ url: C.host + "/v1" }); ty.uploadFile({ url: host })';
    expect(uses({ 'hosts.ts': hosts, 'call.ts': script })).toEqual(['request https://a.example.com', 'upload ?']);
  });

  test('what a method assigns to data of the page is shown too', () => {
    const script = `createPage({ data: { pic: '' }, onLoad() { this.pic = 'https://a.example.com/a.png'; this.own = 'https://no.example.com/b.png' } })`;
    const files = {
      'pages/index/index.js': script,
      'pages/index/index.tyml': '<image src="{{pic}}"/><image src="{{own.x}}"/>',
    };
    expect(uses(files).filter((use) => !use.endsWith('?'))).toEqual(['static https://a.example.com']);
  });

  test('a source that is assigned together with others is found, one in a map of data is not', () => {
    const script = (into: string) =>
      `const a = ty.createInnerAudioContext(); Object.assign(${into}, { src: 'https://a.example.com/a' })`;
    expect(uses(script('a'))).toEqual(['static https://a.example.com']);
    expect(uses(script('{}'))).toEqual([]);
  });

  test.each([
    ['after what is unknown', 'width: {{w}}px; background: url(https://a.example.com/a.png)'],
    ['between expressions', "height:{{h}};background-image:url('{{base}}/a.png');color:{{c}}"],
    [
      'in a declaration that an expression makes',
      "{{on ? 'background:url(https://a.example.com/a.png)' : ''}};width:{{w}}",
    ],
    ['with a semicolon in it', 'color: {{c}}; background: url("https://a.example.com/a;b.png")'],
    ['among several that one expression makes', "width:{{'1px;background:url(https://a.example.com/a.png)'}}"],
    ['of a property of its own', '--w: {{w}}px; --bg: url({{base}}/a.png)'],
  ])('an address in a style is found %s', (_, style) => {
    const files = {
      'pages/index/index.tyml': `<view style='${style.replaceAll("'", '&apos;')}'/>`,
      'pages/index/index.js': 'Page({ data: { base: "https://a.example.com" } })',
    };
    expect(uses(files)).toContain('static https://a.example.com');
  });

  test('sources, with the data that the page has at first and sets later', () => {
    const tyml = `
      <!-- <image src="https://comment.example.com/a.png"/> -->
      <image src="https://a.example.com/a.png" />
      <image src="{{base}}/b.png"/>
      <image src='{{ok ? "https://c.example.com/c.png" : icons.no}}'/>
      <image ty:for="{{list}}" src="{{item.src}}"/>
      <view ty:for="{{names}}" ty:for-item="one"><image src="{{one}}"/></view>
      <video poster="https://poster.example.com/p.jpg" src="{{later}}"></video>
      <view style="background: url('https://style.example.com/s.png')">https://text.example.com</view>
      <gallery images="{{all}}"/>
      <navigator url="https://link.example.com/x.png">x</navigator>
      <a href="https://href.example.com/x.png">x</a>
      <import src="https://template.example.com/x.tyml"/>`;
    const script = `Page({
      data: { base: 'https://b.example.com', icons: { no: '/local.png' }, all: ['https://all.example.com/1.png'],
        list: [{ src: 'https://l.example.com/1.png' }], names: ['https://n.example.com/1.png'] },
      onLoad() { this.setData({ later: 'https://later.example.com/v.mp4' }); } });`;
    expect(uses({ 'pages/index/index.tyml': tyml, 'pages/index/index.js': script })).toEqual(
      ['a', 'all', 'b', 'c', 'l', 'later', 'n', 'poster', 'style'].map((name) => `static https://${name}.example.com`),
    );
  });

  test('expressions that nothing tells', () => {
    expect(uses({ 'pages/index/index.tyml': '<image src="{{photo}}"/><image src="https://{{host}}/a.png"/>' })).toEqual(
      ['static ?'],
    );
  });

  test('url() and @import, of CSS and what becomes it', () => {
    const css = `/* url(https://comment.example.com) */
      @import "https://import.example.com/a.css";
      @font-face { src: url('https://font.example.com/f.woff2') format('woff2') }
      .a { background: URL(https://plain.example.com/a.png); content: "https://text.example.com" }`;
    expect(uses({ 'app.tyss': css })).toEqual(
      ['font', 'import', 'plain'].map((name) => `static https://${name}.example.com`),
    );
    const less = `// url(https://comment.example.com/'
      @cdn: 'https://cdn.example.com';
      .a { .b { background: url("@{cdn}/x.png") } background: url("@{other}/y.png"); }`;
    expect(uses({ 'app.less': less })).toEqual(['static ?', 'static https://cdn.example.com']);
  });
});

describe('files that are hard to read', () => {
  test('one that is no script is a warning with its line; the others are searched', () => {
    const root = projectOf({
      ...NATIVE,
      'bad.js': 'const a = ;\nconst = {',
      'good.js': 'ty.request({ url: "https://api.example.com" })',
    });
    const { project, findings } = readProject(root, { shown: 'app', id: 'typroject0000001' });
    expect(project?.origins).toEqual(['https://api.example.com']);
    expect(locateAll(findings.problems, findings.texts)).toMatchObject([
      { code: 'upload-unread', severity: 'warning', file: 'app/bad.js', line: 1, column: 11 },
    ]);
  });

  test('types in a script without a sign in its name, decorators, a hashbang, a mark at the beginning', () => {
    const script =
      '\uFEFF#!/usr/bin/env node\n@d class A { x: string = "https://api.example.com"; f() { ty.request({ url: this.x }) } }';
    expect(uses(script)).toEqual(REQUEST);
  });

  test('nesting without end', () => {
    const deep = `${'['.repeat(50_000)}1${']'.repeat(50_000)}`;
    const markup = '<view>'.repeat(50_000);
    const braces = `<image src="${'{{'.repeat(200_000)}"/>`;
    const spread =
      'const a = { ...b, u: 1 }; const b = { ...a }; const l = [...l, l]; ty.request(a); ty.request({ url: l[0] }); ty.previewImage({ urls: l });';
    const files = { 'deep.js': `x = ${deep}`, 'pages/index/index.tyml': markup + braces, 'spread.js': spread };
    expect(uses(files)).toEqual(['request ?', 'static ?']);
  });

  test('many meanings of one name end in unknown, not in hours', () => {
    const names = Array.from({ length: 60 }, (_, i) => `const a${i + 1} = x ? a${i} + "1" : a${i} + "2";`).join('\n');
    expect(uses(`const a0 = ""; ${names} ty.request({ url: a60 })`)).toEqual(['request ?']);
  });

  test('whatever stands in them, reading ends without a fault', () => {
    const piece = fc.constantFrom(
      'ty',
      '.request',
      '({',
      'url',
      ':',
      '"https://a.example.com"',
      '`',
      '${',
      '}',
      ')',
      '=>',
      'x',
      ',',
      '...',
      '[',
      ']',
      'import',
      'export',
      ' from ',
      '"./b"',
      '=',
      'class ',
      'this',
      ';',
      '\n',
      '<',
      '/>',
      '{{',
      '}}',
      'src=',
      '@',
      '//',
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, text, (script, markup, style) => {
        const files = { 'pages/index/index.js': script, 'pages/index/index.tyml': markup, 'app.less': style };
        expect(Array.isArray(uses(files))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
