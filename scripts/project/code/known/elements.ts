/** Markup: which attributes of which elements load something. */

/** Attributes that load what they name, whatever the element. */
export const SOURCES: ReadonlySet<string> = new Set(['src', 'poster']);
/** Elements whose source is a file of the project, which is no address of a resource: templates and scripts of the view. */
export const OWN: ReadonlySet<string> = new Set(['import', 'include', 'sjs', 'wxs', 'import-sjs', 'qs', 'filter']);
/** Elements that hold functions for the expressions of the markup. */
export const VIEW_SCRIPTS: ReadonlySet<string> = new Set(['sjs', 'wxs', 'import-sjs', 'qs', 'filter']);
/** Functions that make an element of its name and its properties. */
export const ELEMENT_FACTORIES: ReadonlySet<string> = new Set([
  'createElement',
  'createElementVNode',
  'createBaseVNode',
  'createElementBlock',
  'createBlock',
  'createVNode',
  'h',
  'jsx',
  'jsxs',
  'jsxDEV',
  'cloneElement',
]);
/** Elements of hosts that show what they load: who makes one under its name, with properties, shows it, whatever a minifier calls the function. */
export const SHOWING: ReadonlySet<string> = new Set([
  ...['image', 'img', 'cover-image', 'video', 'audio', 'web-view', 'webview', 'live-player', 'iframe', 'rich-text'],
]);
/** Under which elements of Vue 2 have their attributes, and the properties of components: `h("img", { attrs: { src } })`. */
export const HANDING: ReadonlySet<string> = new Set(['attrs', 'props', 'domProps']);
/** Attributes whose text is markup itself. */
export const RICH: ReadonlySet<string> = new Set([
  ...['nodes', 'dangerouslySetInnerHTML', '__html', 'v-html', 'innerHTML'],
]);
/** The attributes by which an element is repeated, without the vendor's prefix. */
export const LOOP = /^(?:(?:ty|wx|a|s|tt|swan|qq|ks|jd|xhs):|s-)(for|for-items|for-item|for-index)$/;
/** Attributes that name a function or data of the person's own, or say whether an element is there, and load nothing. */
export const LOADS_NOTHING =
  /^(?:bind|catch|on|data-|mut-bind|capture-|(?:(?:ty|wx|a|s|tt|swan|qq|ks|jd|xhs):|s-)(?:if|elif|else|key)$)/;
/** Elements that send files, by the name that libraries give them, and the attributes that say where to. */
export const UPLOADERS = /(?:^|[-_])upload(?:er)?(?:$|[-_])|Upload(?:er)?$/i;
export const UPLOAD_TO: ReadonlySet<string> = new Set(['action', 'serverurl', 'server-url', 'upload-url', 'uploadurl']);
