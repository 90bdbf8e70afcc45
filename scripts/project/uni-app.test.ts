/** What uni-app's builds of Vue 3 write, with the runtime that they bring. */
import { describe, expect, test } from 'vitest';
import { REQUEST, uses } from '../fixtures/projects/uses.ts';

const PAGE = 'pages/index/index';

test('what is asked of the maps of a runtime is no request, whatever is kept in it', () => {
  const runtime = `const kept = new WeakMap(); class Ref { constructor(v) { this.v = v; track(this, v) } }
    const track = (of, key) => { let all = kept.get(of); all || kept.set(of, (all = new Map())); let one = all.get(key);
      one || all.set(key, (one = make(() => all.delete(key)))) };
    exports.ref = (v) => { track(new Ref(v), v); track([v], new Ref(v)); return wrap(new Ref(v)) };`;
  const script = 'const e = require("./runtime.js"); const bg = e.ref("https://a.example.com/bg");';
  expect(uses({ 'runtime.js': runtime, 'a.js': script })).toEqual([]);
});

test('what a wrapper is given is one', () => {
  const script = 'const get = (url) => client.get(url); get("https://api.example.com/v1")';
  expect(uses(script)).toEqual(REQUEST);
});

describe('an enum, as compilers write it, is known whole', () => {
  test.each([
    ['esbuild', 'var e = ((e) => (e.Up = "https://api.example.com", e.Log = "x", e))(e || {});'],
    [
      'esbuild, with names',
      'var e = /* @__PURE__ */ ((f) => { f["Up"] = "https://api.example.com"; return f; })(e || {});',
    ],
    ['tsc', 'var e; (function (e) { e["Up"] = "https://api.example.com"; })(e || (e = {}));'],
  ])('by %s', (_, script) => {
    expect(uses(`${script} ty.request({ url: e.Up + "/v1" })`)).toEqual(REQUEST);
  });
});

test('what a function shows that setup gives is of the properties, as they are at first too', () => {
  const script = `const e = require("../../vendor.js"), o = e.defineComponent({ props: { all: { default: () => ["https://a.example.com/1"] } },
    setup(t) { const n = t; return (t, n) => ({ b: e.f(t.all, (e, t, n) => ({ a: e, b: e })) }) } }); wx.createComponent(o)`;
  const files = {
    'vendor.js': 'exports.f = (a, b) => a.map(b); exports.defineComponent = (a) => a;',
    [`${PAGE}.js`]: script,
    [`${PAGE}.tyml`]: '<image ty:for="{{b}}" ty:for-item="p" src="{{p.a}}"/>',
  };
  expect(uses(files)).toContain('static https://a.example.com');
});

test.each(['acss', 'ttss', 'qss', 'jxss', 'wxss', 'tyss'])('a style sheet may end in .%s', (ending) => {
  expect(uses({ [`app.${ending}`]: '.a { background: url(https://a.example.com/bg) }' })).toEqual([
    'static https://a.example.com',
  ]);
});

test.each(['axml', 'ttml', 'swan', 'qml', 'ksml', 'jxml', 'wxml'])('markup may end in .%s', (ending) => {
  expect(uses({ [`a.${ending}`]: '<image src="https://a.example.com/a"/>' })).toEqual(['static https://a.example.com']);
});
