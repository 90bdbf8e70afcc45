/** Libraries that call servers: by what they are imported as, how they are made, and by which methods they call. */
import type { Api } from './apis.ts';

const NAMES = [
  'axios',
  'ky',
  'got',
  'node-fetch',
  'cross-fetch',
  'isomorphic-fetch',
  'whatwg-fetch',
  'ofetch',
  'superagent',
  'flyio',
  'luch-request',
  'umi-request',
  'alova',
  'wefetch',
  'uni-ajax',
  'axios-miniprogram',
  'taro-axios',
  'wx-promise-request',
  '@escook/request-miniprogram',
  '@mpxjs/fetch',
];
/** The package itself, a file of it, or a copy of it in the project. */
const PACKAGE = new RegExp(
  `(?:^|/)(?:${NAMES.map((name) => name.replaceAll('/', '\\/')).join('|')})(?:[./-](?:min|umd|esm|cjs|common|wx|dist|lib)[\\w./-]*)?(?:\\.[cm]?js)?$`,
);

/** Whether what an import names is a client. */
export const isClient = (specifier: string): boolean => PACKAGE.test(specifier);

/** Methods that take an address first; `request` takes settings. */
export const METHODS: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'delete',
  'patch',
  'head',
  'options',
  'del',
]);
/** Methods that take settings with an address. */
export const CALLS: ReadonlySet<string> = new Set(['request', 'fetch', 'upload', 'download', 'ajax']);
/** Methods that make another client of settings. */
export const CLIENT_FACTORIES: ReadonlySet<string> = new Set([
  'create',
  'extend',
  'instance',
  'defaults',
  'setConfig',
  'setDefaults',
]);
/** Settings that say where what is relative leads. */
export const BASES: readonly string[] = ['baseURL', 'baseUrl', 'prefixUrl', 'prefix', 'baseurl', 'BaseURL'];
/** Names that clients alone use: whoever sets one says where a client leads. */
export const BASE_NAMES: ReadonlySet<string> = new Set(['baseURL', 'baseUrl']);
/** Members of clients that hold their settings. */
export const SETTINGS: ReadonlySet<string> = new Set(['defaults', 'config']);
/** Methods of other libraries that load what their settings name: lottie's animations. */
export const LOADERS: ReadonlyMap<string, { readonly api: Api; readonly key: string }> = new Map([
  ['loadAnimation', { api: 'request', key: 'path' }],
]);
