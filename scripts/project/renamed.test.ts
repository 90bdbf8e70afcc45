/** Frameworks in bundles that rename what they are called: told by what their code has. In small, what real builds write. */
import { expect, test } from 'vitest';
import type { ProjectFiles } from '../fixtures/projects/write.ts';
import { uses } from '../fixtures/projects/uses.ts';

/** Vue 3 as webpack leaves it: names that nobody knows, and members that no minifier renames. */
const VUE = `function Pe(e) { return Re(e, !1) } function Re(e, t) { return Me(e) ? e : new Fe(e, t) } function Me(e) { return !!e && !0 === e.__v_isRef }
  class Fe { constructor(e, t) { this.__v_isRef = !0; this._rawValue = t ? e : Ce(e); this._value = e } get value() { return this._value } set value(e) { this._value = e } }
  function Ce(e) { const t = e && e.__v_raw; return t ? Ce(t) : e }
  class We { constructor(e, t) { this.fn = e; this.setter = t; this._value = void 0; this.__v_isRef = !0; this.__v_isReadonly = !t } get value() { return this._value } }
  function Ne(e, t) { let r, o; return 'function' == typeof e ? r = e : (r = e.get, o = e.set), new We(r, o) } const zn = (e, t) => { const n = Ne(e, t); return n };
  function be(e) { return e && e.__v_isReadonly ? e : Se(e, !1) } function Se(e, t) { if (e.__v_skip) return e; const l = new Proxy(e, {}); return l }
  class Be { constructor(e, t) { this._object = e; this.__v_isRef = !0; this._key = t } get value() { return this._object[this._key] } } function Ve(e, t) { return new Be(e, t) }
  function Ue(e) { const t = Array.isArray(e) ? new Array(e.length) : {}; for (const n in e) t[n] = Ve(e, n); return t }
  function Fl(e, t, n) { let i; if (Array.isArray(e)) { i = new Array(e.length); for (let n = 0; n < e.length; n++) i[n] = t(e[n], n, void 0) } return i }
  function P(e, t) { if (Pn) { let n = Pn.provides; const r = Pn.parent && Pn.parent.provides; r === n && (n = Pn.provides = Object.create(r)), n[e] = t } } var Pn;
  function R(e, t, n = !1) { let i = Pn ? Pn.vnode.appContext.provides : void 0; if (i && e in i) return i[e]; if (arguments.length > 1) return n ? t.call(Pn) : t }
  function Ee(e, t) { return 'components' + e } function vn(e, t) { return { type: e, props: t, __v_isVNode: !0 } }
  n.d(t, { KR: () => Pe, EW: () => zn, Kh: () => be, lW: () => Ve, QW: () => Ue, pI: () => Fl, g2: () => Ee, bF: () => vn, Gt: () => P, WQ: () => R })`;

/** A page in a bundle with it; in `script`, \`v\` is Vue. */
const bundle = (script: string): ProjectFiles => ({
  'pages/index/index.js': `(ty.chunks = ty.chunks || []).push([[1], { 641: (e, t, n) => { ${VUE} }, 968: (e, t, n) => { var v = n(641); ${script} } }])`,
});
const page = (setup: string): ProjectFiles => bundle(`Page(made({ setup() { ${setup} } }))`);

test.each<[string, ProjectFiles, string[]]>([
  [
    'what is kept, and nothing of what else is kept',
    page(
      `const a = (0, v.KR)('https://a.example.com'), b = (0, v.KR)('https://never.example.com'); ty.request({ url: a.value })`,
    ),
    ['request https://a.example.com'],
  ],
  [
    'what is set later',
    page(`const a = (0, v.KR)(''); a.value = 'https://a.example.com'; ty.downloadFile({ url: a.value })`),
    ['download https://a.example.com'],
  ],
  [
    'what is computed, and nothing else that is computed',
    page(
      `const b = (0, v.KR)('https://a.example.com'), a = (0, v.EW)(() => b.value + '/x'), c = (0, v.EW)({ get: () => 'https://never.example.com', set() {} }); ty.request({ url: a.value })`,
    ),
    ['request https://a.example.com'],
  ],
  [
    'what is watched, its members one by one and one of them',
    page(
      `const s = (0, v.Kh)({ a: 'https://a.example.com', b: 'https://b.example.com', c: 'https://never.example.com' }), { a } = (0, v.QW)(s), b = (0, v.lW)(s, 'b'), o = (0, v.Kh)({ a: 'https://never.example.com' }); ty.request({ url: a.value }); ty.request({ url: b.value })`,
    ),
    ['request https://a.example.com', 'request https://b.example.com'],
  ],
  [
    'lists that are drawn, each with its own elements',
    page(
      `const l = (0, v.KR)([{ a: 'https://a.example.com/1' }]), m = (0, v.KR)([{ a: 'https://b.example.com/1' }]);
       return (e) => [(0, v.pI)(l.value, (x) => (0, v.bF)('image', { src: x.a })), (0, v.pI)(m.value, (x) => (0, v.bF)('text', { onTap: () => ty.uploadFile({ url: x.a }) }))]`,
    ),
    ['static https://a.example.com', 'upload https://b.example.com'],
  ],
  [
    'components that are found by their names',
    bundle(
      `var card = { props: { at: String, host: String }, setup(e) { return () => (0, v.bF)('image', { src: e.at, onTap: () => ty.request({ url: e.host }) }) } };
       function draw(t, c, p, s, d, o) { const u = (0, v.g2)('user-card'); return [(0, v.bF)(u, { at: d.at, host: 'https://b.example.com' }), (0, v.bF)(u, bound(d.all), null, 16)] }
       var bound = (e) => e; var options = { components: { UserCard: card }, data: () => ({ at: 'https://a.example.com/1', all: { host: 'https://c.example.com' } }), onLoad() {} }; Page(made((0, n(7).A)(options, [['render', draw]])))`,
    ),
    ['request https://b.example.com', 'request https://c.example.com', 'static https://a.example.com'],
  ],
  [
    'what is provided by name, and what stands in where nobody provides it',
    page(
      `(0, v.Gt)('a', 'https://a.example.com'); app.provide('b', 'https://b.example.com'); (0, v.Gt)('z', 'https://never.example.com');
       ty.request({ url: (0, v.WQ)('a') }); ty.uploadFile({ url: (0, v.WQ)('b') + '/x' }); ty.downloadFile({ url: (0, v.WQ)('c', 'https://c.example.com') })`,
    ),
    ['download https://c.example.com', 'request https://a.example.com', 'upload https://b.example.com'],
  ],
  [
    'components of everybody',
    bundle(
      `app.component('Card', { props: { at: String }, setup(e) { return () => (0, v.bF)('image', { src: e.at }) } });
       Page(made({ setup() { return () => { const u = (0, v.g2)('Card'); return (0, v.bF)(u, { at: 'https://a.example.com/1' }) } } }))`,
    ),
    ['static https://a.example.com'],
  ],
  [
    'elements of Vue 2, and what they hand to components',
    {
      'pages/index/index.js': `(ty.chunks = ty.chunks || []).push([[1], { 5: function (e, t, n) {
        var c = { props: { pic: String, api: String, host: { default: 'https://a.example.com' } }, computed: { full: function () { return this.host + '/f' } }, methods: { send: function () { ty.request({ url: this.api }) } } },
          d = function () { var t = this._self._c; return t('div', [t('img', { attrs: { src: this.pic } }), t('img', { attrs: { src: this.full } }), t('div', { domProps: { innerHTML: '<img src="https://e.example.com/x">' } })]) }, k = Object(n(9).a)(c, d, [], !1, null, null, null).exports,
          o = { components: { Card: k }, data: function () { return { list: [{ p: 'https://b.example.com/1' }], api: 'https://c.example.com' } }, methods: { go: function (e) { ty.downloadFile({ url: e }) } } },
          r = function () { var t = this, e = t._self._c; return e('div', [t._l(t.list, function (t) { return e('card', { attrs: { pic: t.p } }) }), e('card', { attrs: { api: t.api } }), e('button', { on: { click: function () { return t.go('https://d.example.com') } } })]) };
        Object(n(9).a)(o, r, [], !1, null, null, null).exports } }])`,
    },
    [
      'download https://d.example.com',
      'request https://c.example.com',
      'static https://a.example.com',
      'static https://b.example.com',
      'static https://e.example.com',
    ],
  ],
  [
    'a function of the project that is called with as many words as what makes components of Vue 2',
    {
      'pages/index/index.js': `const base = { method: 'GET' }; function ok() {} function settings(given, done, head, isPlain, failed, after) { return { url: 'https://a.example.com/x', method: given.method } }
        ty.request(settings(base, ok, [], false, null, null))`,
    },
    ['request https://a.example.com'],
  ],
  [
    'what is injected and called with two words, and a function of the project that is called so',
    {
      'pages/index/index.js': `import { inject, provide } from 'vue'; provide('host', 'https://a.example.com'); const tell = inject('tell'); tell('saved', 'success'); ty.request({ url: inject('host') })`,
      'pages/index/own.js': `function inject(options) { return { url: 'https://b.example.com/x', ...options } } ty.uploadFile(inject({ name: 'f' }))`,
    },
    ['request https://a.example.com', 'upload https://b.example.com'],
  ],
  [
    'an address that is sent something with attributes is no element',
    {
      'pages/index/index.js': `import http from 'anyhttp'; http.post('https://a.example.com/x', { attrs: { colour: 'red' } })`,
    },
    ['request https://a.example.com'],
  ],
  [
    'what is laid over a copy, under it, or put into it by Object.assign',
    {
      'pages/index/index.js': `function over(e, u) { var o = {}; for (var k in e) o[k] = e[k]; o.url = u; return o } ty.request(over({ method: 'GET' }, 'https://a.example.com/x'));
        function under(e) { var o = { url: 'https://b.example.com/x' }; for (var k in e) o[k] = e[k]; return o } ty.uploadFile(under({ name: 'f' }));
        function by(e) { var o = {}; for (var k in e) o[k] = e[k]; Object.assign(o, { url: 'https://c.example.com/x' }); return o } ty.downloadFile(by({ name: 'f' }))`,
    },
    ['download https://c.example.com', 'request https://a.example.com', 'upload https://b.example.com'],
  ],
  [
    'a function that may give what it is given, where it is called',
    {
      'pages/index/index.js': `const to = (u) => (u.startsWith('https') ? u : 'https://a.example.com' + u); ty.request({ url: to('https://b.example.com/x') }); ty.uploadFile({ url: to('/y') })`,
    },
    ['request https://a.example.com', 'request https://b.example.com', 'upload https://a.example.com'],
  ],
  [
    'mpx: what is kept, computed and a member, as what reads and writes it',
    {
      'pages/index/index.js': `(ty.chunks = ty.chunks || []).push([[1], { 5: (e, t, n) => { n.d(t, { K: () => g, E: () => m, Q: () => w });
        function h(e, t) { var r = new v(e); return t && (r.effect = t, t.computed = r), Object.seal(r) } function g(e) { if (d(e)) return e; var t = k((0, n(9).A)({}, l.tm, e)); return h({ get: function () { return t[l.tm] }, set: function (e) { t[l.tm] = e } }) }
        function w(e, t) { u(e) || s('no'); var r = e[t]; return d(r) ? r : h({ get: function () { return e[t] }, set: function (n) { e[t] = n } }) }
        function m(e) { var t, n; p(e) ? (t = e, n = q) : (t = e.get, n = e.set); var r, o = !0, i = new c(t, function () { o = !0 }); return h({ get: function () { return o && (r = i.run(), o = !1), r }, set: function (e) { n(e) } }, i) } },
        6: (e, t, n) => { var v = n(5), a = (0, v.K)('https://a.example.com'), b = (0, v.E)(function () { return 'https://b.example.com/f' }), c = (0, v.Q)({ x: 'https://c.example.com', y: 'https://never.example.com' }, 'x');
          a.value = 'https://d.example.com'; ty.request({ url: a.value + '/x' }); ty.uploadFile({ url: b.value }); ty.downloadFile({ url: c.value }) } }])`,
    },
    [
      'download https://c.example.com',
      'request https://a.example.com',
      'request https://d.example.com',
      'upload https://b.example.com',
    ],
  ],
  [
    'elements of Preact, made by a function of another name',
    {
      'pages/index/index.js': `(ty.chunks = ty.chunks || []).push([[1], { 5: (e, t, n) => { n.d(t, { Y: () => u });
        function u(e, t, n, o) { t || (t = {}); var a, c, p = t; if ('ref' in p) for (c in p = {}, t) 'ref' == c ? a = t[c] : p[c] = t[c]; var l = { type: e, props: p, key: n, ref: a, __k: null, __v: --f }; return l } },
        6: (e, t, n) => { var v = n(5), i = n(9), s = useState('https://a.example.com/1'); function D(e) { var t = e.icon, n = void 0 === t ? 'https://b.example.com/2' : t; return (0, v.Y)(i._V, { src: n }) }
          (0, v.Y)(i._V, { src: s[0] }); (0, v.Y)(i.Ss, { style: { backgroundImage: 'url(https://c.example.com/3)' } }); (0, v.Y)(D, {}); track(i.page, { src: 'https://never.example.com/4' }) } }])`,
    },
    ['static https://a.example.com', 'static https://b.example.com', 'static https://c.example.com'],
  ],
  [
    'contexts of React, of those who provide them too, and what a reducer gives',
    {
      'pages/index/index.js': `const Hosts = createContext({ api: 'https://a.example.com' }), useHosts = () => (0, r.useContext)(Hosts);
        function Page() { const hosts = useHosts(), [state] = useReducer((old, { type }) => ({ ...old, host: 'https://c.example.com' }), { host: 'https://d.example.com' });
          ty.request({ url: hosts.api + '/x' }); ty.downloadFile({ url: state.host + '/x' }); return (0, j.jsx)(Hosts.Provider, { value: { api: 'https://b.example.com' } }) }`,
    },
    [
      'download https://c.example.com',
      'download https://d.example.com',
      'request https://a.example.com',
      'request https://b.example.com',
    ],
  ],
  [
    'contexts of React that are a text or a function',
    {
      'pages/index/index.js': `const Host = createContext('https://a.example.com'), At = createContext(() => 'https://b.example.com');
        function Page() { const host = useContext(Host), at = useContext(At); ty.request({ url: host + '/x' }); ty.uploadFile({ url: at() + '/x' }) }`,
    },
    ['request https://a.example.com', 'upload https://b.example.com'],
  ],
  [
    'contexts of React that elements provide, by a property, a map of properties, or something that nobody knows',
    {
      'pages/index/index.js': `const Host = createContext('https://a.example.com'), Files = createContext('https://c.example.com'), Other = createContext('https://e.example.com');
        function Page() { const host = useContext(Host), files = useContext(Files), other = useContext(Other); ty.request({ url: host + '/x' }); ty.uploadFile({ url: files + '/x' }); ty.downloadFile({ url: other + '/x' }) }
        const all = { value: 'https://d.example.com' }, show = (props) => <Host.Provider value="https://b.example.com"><Files.Provider {...all}><Other.Provider value={props.host}><Page /></Other.Provider></Files.Provider></Host.Provider>;`,
    },
    [
      'download ?',
      'download https://e.example.com',
      'request https://a.example.com',
      'request https://b.example.com',
      'upload https://c.example.com',
      'upload https://d.example.com',
    ],
  ],
  [
    'contexts of React that are their own providers, and nothing that else is handed a context with a value',
    {
      'pages/index/index.js': `const Host = createContext('https://a.example.com'), Files = (0, r.createContext)(), Other = createContext('https://c.example.com'), Slider = forwardRef(() => 1);
        function Page() { const host = useContext(Host), files = useContext(Files), other = useContext(Other); ty.request({ url: host + '/x' }); ty.uploadFile({ url: files.api + '/x' }); ty.downloadFile({ url: other + '/x' }) }
        const show = () => <Host value="https://b.example.com">{(0, j.jsx)(Files, { value: { api: 'https://d.example.com' }, children: <Slider value="https://never.example.com" /> })}</Host>;
        useContext(Other), track(Other), log(Other, 'https://never.example.com'), put(Other, { name: 'https://never.example.com' });`,
    },
    [
      'download https://c.example.com',
      'request https://a.example.com',
      'request https://b.example.com',
      'upload https://d.example.com',
    ],
  ],
  [
    'no element is what a function makes of which only a comment or a text says so',
    {
      'pages/index/index.js': `function log(a, b) { return 1 /* type: props: key: ref: */ } log(p, { src: 'https://never.example.com/4' })`,
    },
    [],
  ],
  [
    'what a function gives that looks as if a framework kept something',
    {
      'pages/index/index.js': `function wrap(access) { return { access, host: 'https://a.example.com' } }
        function keep(first) { var kept = make({}, KEY, first); return wrap({ get: () => kept[KEY], set: (next) => { kept[KEY] = next } }) } ty.request({ url: keep('x').host + '/x' })`,
    },
    ['request https://a.example.com'],
  ],
  [
    'contexts of React without anything to begin with, and what is put into a reference that begins empty',
    {
      'pages/index/index.js': `const Host = createContext(), Files = createContext();
        function Page() { const host = useContext(Host), files = useContext(Files), at = useRef(); at.current = 'https://c.example.com';
          ty.request({ url: host + '/x' }); ty.uploadFile({ url: files.api + '/x' }); ty.downloadFile({ url: at.current + '/x' }) }
        const show = () => <Host.Provider value="https://a.example.com">{React.createElement(Files.Provider, { value: { api: 'https://b.example.com' } }, <Page />)}</Host.Provider>;
        function ref() { return { host: 'https://d.example.com' } } ty.downloadFile({ url: ref().host + '/x' })`,
    },
    [
      'download https://c.example.com',
      'download https://d.example.com',
      'request https://a.example.com',
      'upload https://b.example.com',
    ],
  ],
  [
    'the app that app.js registers, whatever it is called at',
    {
      'app.js': `App({ globalData: { host: 'https://a.example.com' }, onShow() {} })`,
      'pages/index/index.js': `Vue.component('x', { globalData: { host: 'https://never.example.com' }, created() {} }); ty.request({ url: getApp().globalData.host + '/x' })`,
    },
    ['request https://a.example.com'],
  ],
  [
    'what may be an app, all of it',
    {
      'app.js': `require('./main')`,
      'main.js': `Vue.component('x', { globalData: { host: 'https://b.example.com' }, created() {} }); start({ globalData: { host: 'https://a.example.com' }, onLaunch() {} })`,
      'pages/index/index.js': `ty.request({ url: getApp().globalData.host + '/x' })`,
    },
    ['request ?', 'request https://a.example.com', 'request https://b.example.com'],
  ],
  [
    'what may be an app or a component',
    {
      'app.js': `require('./main')`,
      'main.js': `Vue.component('x', { globalData: { host: 'https://a.example.com' }, created() {} })`,
      'pages/index/index.js': `ty.request({ url: getApp().globalData.host + '/x' })`,
    },
    ['request ?', 'request https://a.example.com'],
  ],
  [
    'what an app is made of that a framework registers',
    {
      'app.js': `require('./main')`,
      'main.js': `(ty.chunks = ty.chunks || []).push([['main'], { a1: function (e, t, n) { t.default = { globalData: { host: 'https://a.example.com' }, onLaunch() {} } } }])`,
      'pages/index/index.js': `ty.request({ url: getApp().globalData.host + '/x' })`,
    },
    ['request https://a.example.com'],
  ],
  [
    'a function that is handed to one that calls it',
    {
      'pages/index/index.js': `function each(all, take) { for (var i = 0; i < all.length; i++) take(all[i], i) } function at(host, take) { take(host) }
       each(['https://a.example.com/x'], (u) => ty.request({ url: u })); at('https://b.example.com', (u) => ty.uploadFile({ url: u + '/y' })); at('https://c.example.com', function (u) { ty.downloadFile({ url: u }) })`,
    },
    ['download https://c.example.com', 'request https://a.example.com', 'upload https://b.example.com'],
  ],
])('%s', (_, files, expected) => {
  expect(uses(files)).toEqual(expected);
});
