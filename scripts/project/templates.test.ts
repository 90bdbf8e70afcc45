/** What templates and included markup show, by what those hand to it who use it; and other ways by which addresses are reached. */
import { expect, test } from 'vitest';
import type { ProjectFiles } from '../fixtures/projects/write.ts';
import { uses } from '../fixtures/projects/uses.ts';

const PAGE = 'pages/index/index';
const FACE = '<template name="face"><image src="{{pic}}"/></template>';
const HERO = `Page({ data: { k: 'face', hero: { pic: 'https://a.example.com/x' }, pic: 'https://never.example.com' } })`;
const markup = (text: string, script = HERO, more: ProjectFiles = {}): ProjectFiles => ({
  [`${PAGE}.js`]: script,
  [`${PAGE}.tyml`]: text,
  ...more,
});
const APP = `App({ globalData: { host: 'https://a.example.com' } })`;
const app = (script: string): ProjectFiles => ({ 'app.js': APP, [`${PAGE}.js`]: script });
const many = '<face-view picture="https://a.example.com/x"/>'.repeat(300);

test.each<[string, ProjectFiles, string[]]>([
  ['a map that is spread', markup(`${FACE}<template is="face" data="{{...hero}}"/>`), ['static https://a.example.com']],
  [
    'the element of a list, and a name of its own',
    markup(
      `${FACE}<template ty:for="{{list}}" is="face" data="{{...item}}"/><template is="face" data="{{pic: u}}"/>`,
      `Page({ data: { list: [{ pic: 'https://b.example.com/y' }], u: 'https://c.example.com/z' } })`,
    ),
    ['static https://b.example.com', 'static https://c.example.com'],
  ],
  [
    'one of another file, and one that uses another',
    markup('<import src="../../tpl/face.tyml"/><template is="card" data="{{own: hero}}"/>', HERO, {
      'tpl/face.tyml': `${FACE}<template name="card"><template is="face" data="{{...own}}"/></template>`,
    }),
    ['static https://a.example.com'],
  ],
  [
    'whichever is meant when it runs',
    markup(`${FACE}<template is="{{k}}" data="{{...hero}}"/>`),
    ['static https://a.example.com'],
  ],
  [
    'modules of the view in it',
    markup(
      `<wxs module="m">module.exports = { at: function (p) { return 'https://b.example.com/' + p } }</wxs><template name="f"><image src="{{m.at(n)}}"/></template><template is="f" data="{{n: 1}}"/>`,
    ),
    ['static https://b.example.com'],
  ],
  [
    'markup that is included, where it is repeated too',
    markup(
      '<include src="../../tpl/one"/><view ty:for="{{list}}"><include src="/tpl/two.tyml"/></view>',
      `Page({ data: { pic: 'https://a.example.com/x', list: [{ u: 'https://b.example.com/x' }] } })`,
      { 'tpl/one.tyml': '<image src="{{pic}}"/>', 'tpl/two.tyml': '<image src="{{item.u}}"/>' },
    ),
    ['static https://a.example.com', 'static https://b.example.com'],
  ],
  [
    'one that nobody is seen to use shows what the page has',
    markup('<template name="face"><image src="{{hero.pic}}"/></template>'),
    ['static https://a.example.com'],
  ],
  ...[
    'const g = getApp; const app = g()',
    'const app = globalThis.getApp()',
    "import { getApp } from '@ray-js/ray'; const app = getApp()",
    "import Taro from '@tarojs/taro'; const app = Taro.getApp()",
  ].map((script): [string, ProjectFiles, string[]] => [
    script,
    app(`${script}; ty.request({ url: app.globalData.host + '/x' })`),
    ['request https://a.example.com'],
  ]),
  [
    'what data says to be an image or a sound, whatever its address ends with',
    {
      [`${PAGE}.js`]: `engine.load([{ type: 'png', url: 'https://a.example.com/r/1' }, { src: HOST + '/s', ext: '.mp3' }, { type: 'image/png', path: '/r/1', src: '', url: 'https://c.example.com/r/1' }, { type: 'page', url: 'https://never.example.com' }, { type: 'json', url: 'https://never.example.com' }]); var HOST = 'https://b.example.com'`,
    },
    ['static https://a.example.com', 'static https://b.example.com', 'static https://c.example.com'],
  ],
])('%s', (_, files, expected) => {
  expect(uses(files)).toEqual(expected);
});

test('the last of hundreds of elements of one component hands something, too', () => {
  const files: ProjectFiles = {
    'components/face.js': 'Component({ properties: { picture: String } })',
    'components/face.json': '{"component":true}',
    'components/face.tyml': '<image src="{{picture}}"/>',
    [`${PAGE}.json`]: '{"usingComponents":{"face-view":"/components/face"}}',
    [`${PAGE}.js`]: 'Page({})',
    [`${PAGE}.tyml`]: `${many}<face-view picture="https://b.example.com/x"/>`,
  };
  expect(uses(files)).toEqual(expect.arrayContaining(['static https://a.example.com', 'static https://b.example.com']));
});
