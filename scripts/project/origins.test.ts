/** Addresses that one script calls, in each style of calling; and what is no call. */
import { describe, expect, test } from 'vitest';
import { REQUEST, uses } from '../fixtures/projects/uses.ts';

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
    ['a password without a user, which is not recorded', 'ty.request({ url: "https://:secret@api.example.com/v1" })'],
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

describe('what cannot be told is said to be unknown, never guessed', () => {
  test.each([
    ['a name that nobody sets', 'ty.request({ url: somewhere })'],
    ['the middle of a host', 'ty.request({ url: `https://api.${zone}.example.com/` })'],
    ['the end of a host', 'ty.request({ url: "https://api." + zone })'],
    ['a host that may go on', 'ty.request({ url: "https://api.tuya" + zone + ".com" })'],
    ['the scheme', 'ty.request({ url: scheme + "://api.example.com" })'],
    [
      'a part of a host that is empty until it is set',
      'const s = { zone: "" }; ty.request({ url: `https://api.${s.zone}.example.com/` })',
    ],
    ['the beginning of such a host', 'const s = { zone: "" }; ty.request({ url: `https://${s.zone}.example.com/` })'],
    [
      'a whole host that is empty, before its port',
      'const s = { host: "", port: "" }; ty.request({ url: `https://${s.host}:${s.port}/` })',
    ],
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
