/** What frameworks make of the options that a page, a component or a store is written as, and their functions that hold a value. */

/** Maps in options whose functions have the same `this` as the options themselves. */
export const GROUPS: ReadonlySet<string> = new Set([
  'methods',
  'computed',
  'actions',
  'getters',
  'mutations',
  'watch',
  'watchers',
  'lifetimes',
  'pageLifetimes',
  'observers',
]);
/** Groups, and functions of options, whose first parameter is what is made of the options too, or the data of it. */
export const VIEWING: ReadonlySet<string> = new Set([
  ...['computed', 'getters', 'mutations', 'actions', 'setup', 'data', 'state'],
]);
/** Where options say what `this` has: as data, or as a function that gives it. */
export const DATA: readonly string[] = ['data', 'state', 'setup', 'globalData'];
/** As functions that give it. */
export const COMPUTED: readonly string[] = ['computed', 'getters'];
/** As functions that it has. */
export const METHODS_OF: readonly string[] = ['methods', 'actions', 'mutations'];
/** As properties, each with what it is when nobody gives it. */
export const PROPERTIES: readonly string[] = ['props', 'properties'];
/** Under which `this` has the properties that it is given. */
export const HANDED: ReadonlySet<string> = new Set(['data', 'properties', 'props', '$props']);
/** As other options. */
export const MIXED: readonly string[] = ['mixins', 'behaviors', 'extends'];
/** What tells options from other maps. */
export const OPTIONS: ReadonlySet<string> = new Set([
  ...GROUPS,
  ...PROPERTIES,
  ...MIXED,
  'setup',
  'state',
  'globalData',
]);

/** What tells what a page or component is made of: where its data stands, and what is called while it lives. */
export const HOLDING: ReadonlySet<string> = new Set(['data', 'setup', 'properties', 'props', 'computed']);
export const LIVING: ReadonlySet<string> = new Set([
  ...['onLoad', 'onShow', 'onReady', 'onInit', 'created', 'attached', 'mounted', 'ready', 'didMount', 'beforeCreate'],
  ...['methods', 'properties', 'lifetimes', 'pageLifetimes', 'setup', 'onLaunch'],
  ...['onHide', 'onUnload', 'onPullDownRefresh', 'onReachBottom', 'onPageScroll', 'onShareAppMessage', 'onTabItemTap'],
  ...['detached', 'didUpdate', 'didUnmount', 'beforeMount', 'beforeUnmount', 'beforeDestroy', 'destroyed', 'unmounted'],
]);

/** Functions that make what is registered. */
export const REGISTERING: ReadonlySet<string> = new Set(['App', 'Page', 'Component', 'createPage', 'createComponent']);
/** Functions of Vue and React that give something whose `value` or `current` is what they are given. */
export const HELD: ReadonlySet<string> = new Set(['ref', 'shallowRef', 'useRef', 'createContext']);
/** Functions of Vue that give something whose `value` is what a function gives that they are given. */
export const COMPUTING: ReadonlySet<string> = new Set(['computed']);
/** Functions that give what a function gives that they are given. */
export const MEMO_HOOKS: ReadonlySet<string> = new Set(['useMemo', 'useCreation', 'useComputed']);
/** Functions that give what they are given. */
export const PASSING: ReadonlySet<string> = new Set([
  ...[
    'reactive',
    'shallowReactive',
    'readonly',
    'toRaw',
    'markRaw',
    'unref',
    'toRefs',
    'storeToRefs',
    'defineComponent',
  ],
  ...['forwardRef', 'memo', 'stringifyStyle', 'normalizeStyle', 'renderProps'],
  '__get_orig',
]);
/** The same of uni-app's, by the short names that its compiler gives them: `e.p({icon})`, `e.s(style)`, `e.t(text)`. */
export const SHORT_PASSING: ReadonlySet<string> = new Set(['p', 's', 't', 'n', 'o', 'e']);
/** Functions that are called with a list and a function, which gets its elements. */
export const RENDERING_LISTS: ReadonlySet<string> = new Set([
  'f',
  'renderList',
  '_l',
  'vFor',
  '__map',
  'map',
  'forEach',
  'each',
]);
/** Objects whose members everything made by the framework has as `this`. */
export const SHARED: ReadonlySet<string> = new Set(['prototype', 'globalProperties']);
