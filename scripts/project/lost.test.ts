/** Addresses that another one of the same name would hide: each is found, and where one is not known, the call is told. */
import { expect, test } from 'vitest';
import { NATIVE, projectOf, type ProjectFiles } from '../fixtures/projects/write.ts';
import { readProject } from './read-project.ts';

const PAGE = 'pages/index/index';
const js = (script: string): ProjectFiles => ({ [`${PAGE}.js`]: script });
const style = (markup: string, data = '{}'): ProjectFiles => ({
  [`${PAGE}.js`]: `Page({ data: ${data} })`,
  [`${PAGE}.tyml`]: markup,
});
const A = 'https://a.example.org';
const B = 'https://b.example.org';
const MAPPED = `const seen = new WeakMap(); seen.set({}, '${B}');`;
const FIELD = `import { __classPrivateFieldSet, __classPrivateFieldGet } from 'tslib'; import _set2 from '@babel/runtime/helpers/classPrivateFieldSet2';
var _host = new WeakMap(); class Api { constructor() { _host.set(this, '${A}') }`;
const READ = `load() { ty.request({ url: __classPrivateFieldGet(this, _host, 'f') + '/x' }) } } new Api().load()`;

test.each<[string, ProjectFiles, string[], number]>([
  [
    'a function that is given the object and a map',
    js(`${MAPPED} function url(o, m) { return '${A}' } Page({ onLoad() { ty.request({ url: url(this, seen) }) } })`),
    [A],
    0,
  ],
  [
    'settings that such a function gives',
    js(`${MAPPED} function api(o, m) { return { url: '${A}' } } Page({ onLoad() { ty.request(api(this, seen)) } })`),
    [A],
    0,
  ],
  [
    'what such a function gives besides',
    js(
      `${MAPPED} function url(m, o) { return m.get(o) || '${A}' } Page({ onLoad() { ty.request({ url: url(seen, this) }) } })`,
    ),
    [A, B],
    0,
  ],
  [
    'a private field set by an imported helper of TypeScript',
    js(`${FIELD} to() { __classPrivateFieldSet(this, _host, '${B}', 'f') } ${READ}`),
    [A, B],
    0,
  ],
  [
    'a private field set by an imported helper of Babel',
    js(`${FIELD} to() { _set2(_host, this, '${B}') } ${READ}`),
    [A, B],
    0,
  ],
  [
    'a private field set to what is not known',
    js(`${FIELD} to() { __classPrivateFieldSet(this, _host, ty.getStorageSync('h'), 'f') } ${READ}`),
    [A],
    1,
  ],
  [
    'a private field behind thousands of a Map',
    js(`const M = new Map(); ${'M.set(M, 1);'.repeat(300)} ${FIELD} ${READ}`),
    [A],
    0,
  ],
  [
    'a private field behind more places than are looked at',
    js(`${'M.set(M, 1);'.repeat(300)} ${FIELD} ${READ}`),
    [],
    1,
  ],
  [
    'a list that is walked through',
    js(`let n = { url: '${A}', next: { url: '${B}', next: null } }; for (; n; n = n.next) ty.request({ url: n.url })`),
    [A, B],
    1,
  ],
  [
    'a member of what a name had, either',
    js(
      `const c = { dev: { host: '${A}' }, prod: { host: '${B}' } }; let a = c.dev; if (x) a = c.prod; a = a.host; ty.request({ url: a })`,
    ),
    [A, B],
    1,
  ],
  [
    'a member of a parameter, by its own name',
    js(`function f(t) { t = t.host; ty.request({ url: t }) } f({ host: '${A}' })`),
    [A],
    1,
  ],
  [
    'assigned by a name',
    js(`const c = { host: '${A}' }, p = { host: '${B}' }; Object.assign(c, p); ty.request({ url: c.host })`),
    [A, B],
    0,
  ],
  [
    'assigned as what is spread',
    js(`const c = { host: '${A}' }, p = { host: '${B}' }; Object.assign(c, { ...p }); ty.request({ url: c.host })`),
    [A, B],
    0,
  ],
  [
    'assigned as the third',
    js(`const c = { host: '${A}' }; Object.assign(c, {}, { host: '${B}' }); ty.request({ url: c.host })`),
    [A, B],
    0,
  ],
  ['a style behind a comment', style(`<view style="/* head */ background:url(${A}/a.png)"/>`), [A], 0],
  [
    'a style behind a comment with a quote in it',
    style(`<view style="/* it's */ background:url(${A}/a.png)"/>`),
    [A],
    0,
  ],
  [
    'a style with a comment in its property',
    style(`<view style="color:red;background/* ; */:url(${A}/a.png)"/>`),
    [A],
    0,
  ],
  [
    'a declaration that data brings',
    style('<view style="color:{{c}}"/>', `{ c: 'red;background:url(${A}/a.png)' }`),
    [A],
    0,
  ],
  ['a style whose bracket is spelt as HTML may', style(`<view style="background:url&#40;${A}/a.png&#41;"/>`), [A], 0],
  ['a style that an expression puts together', style(`<view style="{{'background:ur' + 'l(${A}/a.png)'}}"/>`), [A], 0],
  [
    'a style that data put together',
    style('<view style="{{b}}"/>', `{ b: 'background:u' + 'rl(${A}/a.png)' }`),
    [A],
    0,
  ],
])('%s', (_, files, hosts, unresolved) => {
  const { project } = readProject(projectOf({ ...NATIVE, ...files }), { shown: 'app', id: 'typroject0000001' });
  expect(project?.origins.toSorted()).toEqual(hosts);
  expect(project?.unresolved).toHaveLength(unresolved);
});
