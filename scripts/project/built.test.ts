/** What builds of frameworks write, in small: each way by which a real build hid an address, from sources of our own. */
import { expect, test } from 'vitest';
import { NATIVE, projectOf, type ProjectFiles } from '../fixtures/projects/write.ts';
import { readProject } from './read-project.ts';

const PAGE = 'pages/index/index';
const COMPATIBLE: ProjectFiles = {
  ...NATIVE,
  'project.tuya.json': JSON.stringify({ baseversion: '2.14.2', compilerOptions: { compatible: ['wx'] } }),
};

/** The origins that a package with these files calls, and how many calls do not say theirs. */
function found(files: ProjectFiles) {
  const { project } = readProject(projectOf({ ...COMPATIBLE, ...files }), { shown: 'app', id: 'typroject0000001' });
  return project?.origins.map((origin) => origin.replace(/^\w+:\/\/|\.example\.com$/g, ''));
}

const VENDOR =
  'exports.ref = f; exports.index = wx; exports.p = g; exports.f = h; function f() {} function g() {} function h() {}';
const drawn = (script: string, markup: string): ProjectFiles => ({
  'vendor.js': VENDOR,
  [`${PAGE}.js`]: `const e = require('../../vendor.js'); ${script}`,
  [`${PAGE}.tyml`]: markup,
});

test.each<[string, ProjectFiles, string[]]>([
  [
    'uni-app: what setup keeps is drawn under short names',
    drawn(
      `const o = { __name: 'i', setup(q) { const u = e.ref('https://a.example.com/a.png'), l = e.reactive([{ url: 'https://b.example.com/b.png' }]);
       return (c, d) => ({ a: u.value, b: e.f(l, (g, i) => ({ a: g.url })) }) } }; wx.createPage(o);`,
      '<image src="{{a}}"/><image wx:for="{{b}}" wx:for-item="b" src="{{b.a}}"/>',
    ),
    ['a', 'b'],
  ],
  [
    'uni-app: options, and the function that draws them',
    drawn(
      `const o = { data() { return { host: 'https://a.example.com', pic: '' } }, computed: { url() { return this.host + '/d' } },
       onLoad() { this.pic = 'https://b.example.com/p.png'; e.index.request({ url: this.url }) } };
       function c(n, s, u, a, r, h) { return { a: r.pic, b: r.host + '/x.png' } } const n = e._export_sfc(o, [['render', c]]); wx.createPage(n);`,
      '<image src="{{a}}"/><image src="{{b}}"/>',
    ),
    ['a', 'b'],
  ],
  [
    'uni-app: properties that are not given, and those that are',
    drawn(
      `const o = { props: { icon: { type: String, default: 'https://a.example.com/i.png' } }, setup(q) { return (n, r) => ({ a: q.icon, b: \`url(\${q.icon})\`, c: e.p({ icon: 'https://b.example.com/i.png' }) }) } }; wx.createComponent(o);`,
      '<image src="{{a}}"/><card u-p="{{c}}"/>',
    ),
    ['a', 'b'],
  ],
  [
    'esbuild: a static field, its helper written into its place by a minifier',
    drawn(
      `const d = Object.defineProperty; var n; const a = class t { static post(p) { return wx.request({ url: \`\${t.other}\${p}\` }) } };
       ((e, r, o) => { r in e ? d(e, r, { enumerable: !0, value: o }) : e[r] = o })(a, 'symbol' != typeof (n = 'other') ? n + '' : n, 'https://a.example.com');
       let l = a; exports.Http = l;`,
      '<view/>',
    ),
    ['a'],
  ],
  [
    'Babel: private fields of classes that need not be strict',
    drawn(
      `function h(e, t) { if (!{}.hasOwnProperty.call(e, t)) throw new TypeError('x'); return e } var g = 0; function x(e) { return '__private_' + g++ + '_' + e }
       var b = x('base'), c = x('other');
       class A { constructor() { Object.defineProperty(this, b, { writable: !0, value: 'https://a.example.com' }) } get(e) { return wx.request({ url: h(this, b)[b] + e }) } }
       class B { constructor() { Object.defineProperty(this, c, { writable: !0, value: 'https://b.example.com' }) } get(e) { return wx.uploadFile({ url: h(this, c)[c] + e }) } }
       new A().get('/x'); new B().get('/y');`,
      '<view/>',
    ),
    ['a', 'b'],
  ],
  ...[
    "e(this, null, function* () { yield wx.request({ url: this.host + '/w' }) })",
    "e(this, void 0, void 0, function* () { yield wx.request({ url: this.host + '/w' }) })",
    "e(function* () { yield wx.request({ url: this.host + '/w' }) }).call(this)",
    "[1].forEach(function () { wx.request({ url: this.host + '/w' }) }, this)",
    "(function () { wx.request({ url: this.host + '/w' }) }).bind(this)()",
  ].map((load): [string, ProjectFiles, string[]] => [
    `the this of a method, lent to a function: ${load}`,
    drawn(
      `var e = (s, a, f) => new Promise((r) => r(f.apply(s, a))); class S { constructor() { this.host = 'https://a.example.com' } load() { return ${load} } } new S().load();`,
      '<view/>',
    ),
    ['a'],
  ]),
  [
    'Babel: a class without methods, whose functions have a name for this',
    drawn(
      `var o = c((function (e) { var t = this; d(this, 'go', (function () { return wx.request({ url: t.base + '/n' }) })); this.base = e }));
       new o('https://a.example.com').go(); function q() { var t = this; t.other = 'https://b.example.com'; setTimeout(function () { wx.uploadFile({ url: t.other }) }) }`,
      '<view/>',
    ),
    ['a', 'b'],
  ],
  [
    'Pinia: stores of options and of a function',
    drawn(
      `const s = e.defineStore('a', { state: () => ({ g: 'https://a.example.com' }), actions: { go() { e.index.request({ url: this.g + '/x' }) } } }),
       t = e.defineStore('b', () => { const h = e.ref('https://b.example.com'), u = e.computed(() => h.value + '/x'); return { load: () => e.index.request({ url: u.value }) } });`,
      '<view/>',
    ),
    ['a', 'b'],
  ],
  [
    'Vue: what everything made by it has',
    drawn(
      `app.config.globalProperties.$host = 'https://a.example.com'; const o = { onLoad() { wx.request({ url: this.$host + '/x' }) }, methods: {} }; wx.createPage(o);`,
      '<view/>',
    ),
    ['a'],
  ],
  [
    'Vue: the same, asked for by what draws a page',
    drawn(
      `app.config.globalProperties.$host = 'https://a.example.com'; app.config.globalProperties.other = 'https://never.example.com'; const o = e.defineComponent({ __name: 'p', setup(t) { return (o, t) => ({ a: o.$host + '/x.png', b: o.other }) } }); wx.createPage(o);`,
      '<image src="{{a}}"/><image src="{{b}}"/>',
    ),
    ['a'],
  ],
  [
    'a client that is made by a function of any name, and settings of something else',
    drawn(
      `const t = e.createAlova({ baseURL: 'https://a.example.com', ...e.Adapter(), timeout: 5e3 }); e.draw({ base: 'https://never.example.com', href: 'https://never.example.com' });`,
      '<view/>',
    ),
    ['a'],
  ],
  [
    'mpx: what a page is made of, under whatever name',
    {
      [`${PAGE}.js`]: `(self.w = self.w || []).push([[1], { 5: (e, t, n) => { (0, n(9).Z)({ data: { pic: 'https://a.example.com/a.png' }, computed: { hero() { return 'https://b.example.com/' + this.n } , st: () => ({ background: 'url(https://c.example.com/x.png)' }) }, onLoad() {} }) } }])`,
      [`${PAGE}.tyml`]: `<image src="{{pic}}"/><image src="{{hero}}"/><view style='{{_s.s("", (st))}}'/>`,
    },
    ['a', 'b', 'c'],
  ],
  [
    'mpx: a store whose actions are given its state',
    {
      [`${PAGE}.js`]: `(0, n.MT)({ state: { g: 'https://a.example.com' }, getters: { u: (e) => e.g + '/v2' }, actions: { load(e) { let t = e.state; return wx.request({ url: t.g + '/load' }) } } })`,
    },
    ['a'],
  ],
  [
    'a function that sees each request puts the host before its path',
    {
      [`${PAGE}.js`]: `x.interceptors.use(function (e) { return e.url = 'https://a.example.com' + e.url, e }); x.other((e) => { e.url = 'https://b.example.com/' + e.id })`,
    },
    ['a'],
  ],
  [
    'remax: classes as older compilers write them',
    {
      [`${PAGE}.js`]: `var D = function (S) { function D() { var _this; _this = _callSuper(this, D, [].concat(args)); _defineProperty(_this, "host", 'https://a.example.com');
        _defineProperty(_this, "state", { logo: 'https://b.example.com/l.png' }); _this.setState({ pic: 'https://c.example.com/p.png' }); return _this }
        return _createClass(D, [{ key: "onLoad", value: function onLoad() { wx.request({ url: "".concat(this.host, "/x") }) } },
        { key: "render", value: function render() { return R.createElement(I, { src: this.state.logo }, R.createElement(I, { src: this.state.pic })) } }]) }(R.Component)`,
    },
    ['a', 'b', 'c'],
  ],
  [
    'remax, minified: what a class is assigned to is written to at once',
    {
      [`${PAGE}.js`]: `var D = function (S) { function e() { var t; return d(t = b(this, e, []), "state", { logo: 'https://a.example.com/l.png' }), (t = t).host = 'https://b.example.com', t }
        return k(e, [{ key: "onLoad", value: function () { wx.request({ url: this.host + "/x" }) } }, { key: "render", value: function () { return R.createElement(I, { src: this.state.logo }) } }]) }(R.Component)`,
    },
    ['a', 'b'],
  ],
  [
    'a socket that something is asked for under a short name',
    {
      [`${PAGE}.js`]: `Object(a.f)({ url: 'wss://a.example.com/ws' }); Object(a.f)({ url: 'https://never.example.com' })`,
    },
    ['a'],
  ],
  [
    'settings that are merged by a function of the bundle',
    {
      [`${PAGE}.js`]: `function _spread(e) { for (var r = 1; r < arguments.length; r++) { var t = arguments[r] } return e }
        var go = function (o) { return wx.request(_spread(_spread({}, o), {}, { url: 'https://a.example.com' + o.url })) }; go({ url: '/x' }); _spread({}, { url: 'https://never.example.com' })`,
    },
    ['a'],
  ],
])('%s', (_, files, expected) => {
  expect(found({ 'app.js': 'App({})', ...files })).toEqual(expected);
});

test('a map of one method is no bundle, though its name has four letters', () => {
  expect(
    found({
      'app.js': 'App({})',
      [`${PAGE}.js`]: `const m = { load(e) { wx.request({ url: e.host }) } }; m.load({ host: 'https://a.example.com' })`,
    }),
  ).toEqual(['a']);
});
