/** The vendor's functions that load something or use something of the phone or the person, and the names under which they are called. */

/** By which setting what an API loads is allowed. */
export type Api = 'request' | 'upload' | 'download' | 'static' | 'cloud';

interface Loads {
  readonly api: Api;
  /** Where its settings name what it loads. */
  readonly keys: readonly string[];
}

const URL_KEY = ['url'];

/** Functions that load what their settings name. */
export const LOADING: ReadonlyMap<string, Loads> = new Map<string, Loads>([
  ['request', { api: 'request', keys: URL_KEY }],
  ['createRequestTask', { api: 'request', keys: URL_KEY }],
  ['connectSocket', { api: 'request', keys: URL_KEY }],
  ['uploadFile', { api: 'upload', keys: URL_KEY }],
  ['createUploadTask', { api: 'upload', keys: URL_KEY }],
  ['downloadFile', { api: 'download', keys: URL_KEY }],
  ['createDownloadTask', { api: 'download', keys: URL_KEY }],
  ['requestCloud', { api: 'cloud', keys: ['api'] }],
  ['getImageInfo', { api: 'static', keys: ['src'] }],
  ['previewImage', { api: 'static', keys: ['urls', 'current'] }],
  ['previewMedia', { api: 'static', keys: ['sources', 'url', 'poster'] }],
  ['compressImage', { api: 'static', keys: ['src'] }],
  ['saveImageToPhotosAlbum', { api: 'static', keys: ['filePath'] }],
  ['loadFontFace', { api: 'static', keys: ['source'] }],
  ['playBackgroundAudio', { api: 'static', keys: ['dataUrl', 'src'] }],
  ['playVoice', { api: 'static', keys: ['filePath'] }],
  ['setTabBarItem', { api: 'static', keys: ['iconPath', 'selectedIconPath'] }],
]);

/** Names whose settings may just as well belong to something else: what is unknown there is told only where the vendor's object is known. */
export const COMMON: ReadonlySet<string> = new Set(['request', 'compressImage', 'playVoice', 'setTabBarItem']);

/** Global names of the API: the vendor's own, and those of frameworks. */
export const HOSTS: ReadonlySet<string> = new Set(['ty', 'uni', 'Taro', 'mpx']);
/** Global names of other vendors' APIs, which a project may say that it uses. */
export const FOREIGN: ReadonlySet<string> = new Set(['wx', 'my', 'tt', 'swan', 'qq', 'jd', 'ks', 'dd', 'xhs']);
export const GLOBALS: ReadonlySet<string> = new Set(['globalThis', 'window', 'self', 'global']);

/** Packages that give the API under its own names. */
export const HOST_PACKAGES =
  /^(?:@ray-(?:js|core)\/(?:ray|api|framework|macro)|@tarojs\/taro|remax(?:\/(?:wechat|ali|toutiao|one))?|@mpxjs\/(?:core|api-proxy)|@dcloudio\/uni-app|@tuya-miniapp\/[\w-]+-api)(?:\/|$)/;

/** Properties of whatever settings that name a picture: of a share, a marker, a tab. */
export const PICTURES: ReadonlySet<string> = new Set([
  'imageUrl',
  'iconPath',
  'selectedIconPath',
  'coverImgUrl',
  'thumbUrl',
  'backgroundImage',
]);

/** Members of the API's object, or of a package that gives it, that are no function of it: hooks, and what frameworks add. */
const NO_API =
  /^(?:use[A-Z].*|default|env|call|apply|bind|constructor|create(?:App|Page|Component|Store)|t|router|I18n)$/;

/** The name of a function of the API that only shows when the code runs: of any. */
export const ANY_API = '*';
/** Names by which the API's object itself is called. */
export const OBJECTS: ReadonlySet<string> = new Set([...HOSTS, ...FOREIGN]);

/** What an API's functions are called. */
export const isApiName = (name: string): boolean => /^[a-z][A-Za-z0-9]{1,63}$/.test(name) && !NO_API.test(name);
