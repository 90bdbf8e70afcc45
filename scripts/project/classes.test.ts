/** Hosts that classes name: of their own, of those that they extend, of those that extend them, and as compilers write them for older engines. */
import { expect, test } from 'vitest';
import { uses } from '../fixtures/projects/uses.ts';

const A = ['request https://a.example.com'];

test.each<[string, string, string[]]>([
  [
    'handed to what makes an object of the class that is extended',
    `class Base { constructor(host) { this.host = host } get(path) { return ty.request({ url: this.host + path }) } }
     class User extends Base { constructor() { super('https://a.example.com') } me() { return this.get('/me') } } new User().me()`,
    A,
  ],
  [
    'a field of the class that extends',
    `class Base { get(path) { return ty.request({ url: this.host + path }) } } class Other { host = 'https://never.example.com' }
     class Middle extends Base {} class User extends Middle { host = 'https://a.example.com' } new User().get('/me'); new Other()`,
    A,
  ],
  [
    'a field that both have',
    `class Base { host = 'https://a.example.com'; get(path) { return ty.request({ url: this.host + path }) } }
     class User extends Base { host = 'https://b.example.com' } new User().get('/me')`,
    [...A, 'request https://b.example.com'],
  ],
  [
    'what a function and a getter give of the class that extends',
    `class Base { get(path) { return ty.request({ url: this.base() + path }) } put(path) { return ty.uploadFile({ url: this.files + path }) } }
     class User extends Base { base() { return 'https://a.example.com' } get files() { return 'https://b.example.com' } } new User().get('/me')`,
    [...A, 'upload https://b.example.com'],
  ],
  [
    'what the class itself has that this is of',
    `class Base { get(path) { return ty.request({ url: this.constructor.host + path }) } }
     class User extends Base { static host = 'https://a.example.com' } new User().get('/me')`,
    A,
  ],
  [
    'by a list of described functions, as Babel writes them',
    `(ty.w = ty.w || []).push([[1], { 5: function (e, t, n) {
       var B = function () { function e() { (0, n.z)(this, e), (0, n.y)(this, 'host', 'https://a.example.com') }
         return (0, n.x)(e, [{ key: 'at', value: function (e) { return ''.concat(this.host).concat(e) } }, { key: 'get', value: function (e) { return ty.request({ url: this.at(e) }) } },
           { key: 'files', get: function () { return 'https://b.example.com' } }, { key: 'put', value: function () { return ty.uploadFile({ url: this.files + '/x' }) } }]) }();
       new B().get('/x'); ty.downloadFile({ url: new B().at('/y') }) } }])`,
    ['download https://a.example.com', ...A, 'upload https://b.example.com'],
  ],
  [
    'by what the class that it extends makes of this',
    `(ty.w = ty.w || []).push([[1], { 5: function (e, t, n) {
       var B = function (e) { function t() { var e; (0, n.z)(this, t); for (var o = [], a = 0; a < 1; a++) o[a] = arguments[a]; return e = (0, n.y)(this, t, [].concat(o)), (0, n.x)(e, 'host', 'https://a.example.com'),
         (0, n.x)(e, 'load', function () { return ty.request({ url: ''.concat(e.host, '/l') }) }), e } return (0, n.w)(t, e), t }(n.Component);
       var C = function (e) { function t() { var t = e.apply(this, arguments) || this; return t.site = 'https://b.example.com', t.load = function () { ty.uploadFile({ url: t.site + '/l' }) }, t } return t }(n.Component) } }])`,
    [...A, 'upload https://b.example.com'],
  ],
  [
    'by its prototype, in modules of a bundle that extend each other',
    `(ty.w = ty.w || []).push([[1], { 5: function (e, t, n) { n.d(t, { a: function () { return B } });
       var B = function () { function e() { this.host = 'https://a.example.com' } var t = e.prototype; return t.get = function (e) { return ty.request({ url: this.host + e }) }, e }() },
     6: function (e, t, n) { var r = n(5), C = function (e) { function t() { return e.call(this) || this } o(t, e);
       return t.prototype.files = function (e) { return ty.uploadFile({ url: this.host + e }) }, t }(r.a); new C().get('/x'); new C().files('/y') } }])`,
    [...A, 'upload https://a.example.com'],
  ],
  [
    'nothing of what two modules call by the same name',
    `(ty.w = ty.w || []).push([[1], { 5: function (e, t, n) { n.d(t, { a: function () { return B } }); function B() { this.at = 'https://never.example.com' } },
     6: function (e, t, n) { function C() { this.at = 'https://a.example.com' } ty.request({ url: new C().at }) } }])`,
    A,
  ],
  [
    'not what stands in for URL says of an address',
    `function Url(at) { this.href = 'https://never.example.com'; this.protocol = at } Url.prototype.toString = function () { return this.href }; ty.request({ url: new Url('https:').href })`,
    [],
  ],
  [
    'elements of lists, in loops as compilers write them',
    `var own = ['https://a.example.com'], other = ['https://b.example.com'], third = ['https://c.example.com'], no = ['https://never.example.com'];
     for (var e, o = iterate(own); !(e = o()).done;) { var a = e.value; ty.request({ url: a + '/x' }) }
     var r, i = (0, n.Z)(other); for (i.s(); !(r = i.n()).done;) { var b = r.value; ty.uploadFile({ url: b + '/x' }) }
     for (var s = __values(third), c = s.next(); !c.done; c = s.next()) { var d = c.value; ty.downloadFile({ url: d + '/x' }) }
     var q = store(no), z = q(); ty.chooseImage({ url: z.value })`,
    ['download https://c.example.com', ...A, 'upload https://b.example.com'],
  ],
  [
    'handed to a class that does not say how it is made, so to the one that it extends',
    `class Base { constructor(host) { this.host = host } get(path) { return ty.request({ url: this.host + path }) } }
     class Middle extends Base {} class User extends Middle {} new User('https://a.example.com').get('/me')`,
    A,
  ],
  [
    'handed by what compilers write for super, in either way',
    `var Base = function () { function Base(h) { _check(this, Base); this.host = h } return _createClass(Base, [{ key: 'get', value: function (x) { return ty.request({ url: this.host + x }) } }]) }();
     var User = function (_B) { function User() { _check(this, User); return _callSuper(this, User, ['https://a.example.com']) } _inherits(User, _B); return _createClass(User) }(Base);
     var Other = function (_B) { _inherits(Other, _B); var _super = _createSuper(Other); function Other() { _check(this, Other); return _super.call(this, 'https://b.example.com') } return _createClass(Other) }(Base);
     var Own = function (_B) { function Own() { return _make(this, _B, ['https://never.example.com']) } return Own }(Base); new User().get('/x')`,
    [...A, 'request https://b.example.com'],
  ],
  [
    'handed on by a class that compilers wrote for one that does not say how it is made',
    `var Base = function () { function Base(h) { _check(this, Base); this.host = h } return _createClass(Base, [{ key: 'get', value: function (x) { return ty.request({ url: this.host + x }) } }]) }();
     var User = function (_B) { function User() { var _this; for (var n = arguments.length, args = new Array(n), i = 0; i < n; i++) args[i] = arguments[i]; return _this = _callSuper(this, User, [].concat(args)), _this.path = '/me', _this }
       _inherits(User, _B); return User }(Base); new User('https://a.example.com').get('/x')`,
    A,
  ],
  [
    'of a class itself, not of its objects',
    `class Api { static host = 'https://a.example.com'; host = 'https://never.example.com'; static get(path) { return ty.request({ url: this.host + path }) }
       static init() { this.files = 'https://b.example.com' } files = 'https://never.example.com'; static put() { return [1].map(() => ty.uploadFile({ url: this.files })) } }
     class Own { static { this.host = 'https://c.example.com' } static at = this.host + '/x'; static get = () => ty.downloadFile({ url: this.at }) }
     Api.init(); Api.get('/x'); Api.put(); Own.get()`,
    ['download https://c.example.com', ...A, 'upload https://b.example.com'],
  ],
  [
    'added to a list by a function, and taken by its place',
    `const chain = { all: [], use(one) { chain.all.push(one) } }; chain.use('https://a.example.com'); ty.request({ url: chain.all[0] })`,
    A,
  ],
  [
    'by its place, which is not what is added after it; what is put before it may be',
    `const l = ['https://a.example.com'], k = ['https://b.example.com']; l.push('https://never.example.com'); k.unshift('https://c.example.com');
     ty.request({ url: l[0] }); ty.uploadFile({ url: k[0] })`,
    [...A, 'upload https://b.example.com', 'upload https://c.example.com'],
  ],
  [
    'not what a class that extends it keeps as a private field of the same name',
    `class Base { #host = 'https://a.example.com'; get() { return ty.request({ url: this.#host }) } } class User extends Base { #host = 'https://never.example.com' } new User().get()`,
    A,
  ],
  [
    'settings that a function gives, merged by one of the bundle; a table of a polyfill',
    `function merge(e) { for (var t = 1; t < arguments.length; t++) { var n = arguments[t] } return e } const all = { own() { return { url: 'https://a.example.com/x' } } };
     ty.request(merge(merge({}, all.own()), {}, { data: 1 })); ty.uploadFile({ url: new (n())([['main', 'https://b.example.com']]).get('main') + '/x' })`,
    [...A, 'upload https://b.example.com'],
  ],
])('%s', (_, script, expected) => {
  // What `this` is of such a class is told by where it stands, so that each call is told as one that may have other addresses too.
  expect(uses(script).filter((use) => !use.endsWith(' ?'))).toEqual(expected);
});

test.each<[string, string]>([
  [
    'what stands beside a function may be of another',
    `(ty.w = ty.w || []).push([[1], { 5: function (e, t, n) { function A() { this.at = 'https://a.example.com' } function B() {} ty.request({ url: new B().at }) } }])`,
  ],
  [
    'what another class than a map makes of a list may be something else',
    `ty.request({ url: new Table([['main', 'https://a.example.com']]).get('main') + '/x' })`,
  ],
  [
    'what is next without a loop may be something else',
    `const all = pick(['https://a.example.com']), one = all.next(); ty.request({ url: one.value + '/x' })`,
  ],
  [
    'of classes without end, only some are looked at',
    `class Base { get() { return ty.request({ url: this.host }) } } ${Array.from({ length: 70 }, (_, i) => `class C${i} extends Base { host = 'https://a.example.com' }`).join(';')}`,
  ],
])('%s: that others may be called is said', (_, script) => {
  expect(uses(script)).toEqual(['request ?', ...A]);
});

test('what compilers write for super is handed to the class that is extended, and to nothing else that stands there', () => {
  const script = `function Logger(p) { ty.uploadFile({ url: p + '/log' }) } class Base {}
    var U = function (_B, _log) { function U() { return _callSuper(this, U, ['https://never.example.com']) } _inherits(U, _B);
      U.prototype.log = function () { _log('https://b.example.com') }; return U }(Base, Logger)`;
  expect(uses(script)).toEqual(['upload https://b.example.com']);
});

test('classes that extend one of several, level by level, are each looked at once', () => {
  const level = (at: number) =>
    ['a', 'b', 'c']
      .map((one) => `class ${one}${at} extends (x ? a${at - 1} : y ? b${at - 1} : c${at - 1}) {}`)
      .join('; ');
  const first = ['a', 'b', 'c'].map(
    (one) => `class ${one}0 { constructor(h) { this.h = h } get() { ty.request({ url: this.h }) } }`,
  );
  const levels = Array.from({ length: 14 }, (_, at) => level(at + 1));
  const script = [...first, ...levels, `new a14('https://a.example.com').get()`].join(';');
  const before = process.cpuUsage();
  expect(uses(script)).toContain('request https://a.example.com');
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(5);
});
