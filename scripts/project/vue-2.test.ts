/** Pages as uni-app builds them of Vue 2: options that a module of the page's chunk gives, registered by something else. */
import { describe, expect, test } from 'vitest';
import { uses } from '../fixtures/projects/uses.ts';

/** A chunk whose module gives these options. */
const chunk = (options: string): string =>
  `(global.webpackJsonp=global.webpackJsonp||[]).push([["pages/index/index"],{
    aa11:function(e,t,n){(function(e){e(n("bb22").default)}).call(this,n("543d").createPage)},
    bb22:function(e,t,n){"use strict";n.r(t);var u=n("cc33"),a=n.n(u);t["default"]=a.a},
    cc33:function(e,t,n){Object.defineProperty(t,"__esModule",{value:!0}),t.default=void 0;var o=${options};t.default=o}
  },[["aa11","common/runtime","common/vendor"]]]);`;

test('what the options of a page have as data is shown by its markup, and what methods set', () => {
  const options = `{data:function(){return{url:"https://a.example.com/page",face:"",list:[{src:"https://b.example.com/u/0"}]}},
    onLoad:function(o){this.face="https://c.example.com/u/1"},methods:{}}`;
  const files = {
    'pages/index/index.js': chunk(options),
    'pages/index/index.tyml':
      '<web-view src="{{url}}"/><image src="{{face}}"/><image ty:for="{{list}}" src="{{item.src}}"/>',
  };
  expect(uses(files)).toEqual([
    'static https://a.example.com',
    'static https://b.example.com',
    'static https://c.example.com',
  ]);
});

test.each([
  ['a function in a method', 'onLoad:function(){var t=this;load({ok:function(){t.face="https://a.example.com/u/1"}})}'],
  [
    'a generator that a compiler made',
    'onLoad:function(){var _this=this;return g(r().mark(function e(){return r().wrap(function(e){_this.face="https://a.example.com/u/1"},e)}))()}',
  ],
])('what %s sets is shown too', (_, method) => {
  const files = {
    'pages/index/index.js': chunk(`{data:function(){return{face:""}},${method},methods:{}}`),
    'pages/index/index.tyml': '<image src="{{face}}"/>',
  };
  expect(uses(files)).toEqual(['static https://a.example.com']);
});

/** A chunk whose template calls functions, which its own module does for it. */
const drawn = (render: string, options: string): string =>
  chunk(options).replace(
    'cc33:function',
    `dd44:function(e,t,n){n.d(t,"b",(function(){return r}));var r=function(){var e=this,t=(e.$createElement,e._self._c,${render})},a=[]},
    cc33:function`,
  );

describe('what a template calls for the elements of a list', () => {
  const options = `{data:function(){return{list:[{img:"https://a.example.com/u/1",own:["https://b.example.com/u/2"]}]}},
    onLoad:function(){},methods:{fmt:function(e){return e+"?w=2"}}}`;
  test.each([
    ['what a function makes of one', '{$orig:e.__get_orig(t),m0:e.fmt(t.img)}', '{{item.m0}}', ['a']],
    ['one itself', '{$orig:e.__get_orig(t)}', '{{item.$orig.img}}', ['a']],
    [
      'a list in it',
      '{$orig:e.__get_orig(t),l0:e.__map(t.own,(function(t,n){return{m1:e.fmt(t)}}))}',
      '{{item.l0[0].m1}}',
      ['b'],
    ],
  ])('%s', (_, made, src, hosts) => {
    const render = `e.__map(e.list,(function(t,n){return ${made}})));e.$mp.data=Object.assign({},{$root:{l0:t}}`;
    const files = {
      'pages/index/index.js': drawn(render, options),
      'pages/index/index.tyml': `<block ty:for="{{$root.l0}}" ty:for-item="item"><image src="${src}"/></block>`,
    };
    expect(uses(files)).toEqual(hosts.map((host) => `static https://${host}.example.com`));
  });

  test('what it calls outside a list, and styles', () => {
    const render = `e.fmt(e.list[0].img)),n=e.__get_style([{backgroundImage:"url(https://c.example.com/bg)"}]);e.$mp.data=Object.assign({},{$root:{m0:t,s0:n}}`;
    const files = {
      'pages/index/index.js': drawn(render, options),
      'pages/index/index.tyml': '<image src="{{$root.m0}}"/><view style="{{$root.s0}}"/>',
    };
    expect(uses(files)).toEqual(['static https://a.example.com', 'static https://c.example.com']);
  });
});

test.each([
  ['action', 'u-upload'],
  ['serverUrl', 'tui-upload'],
  ['action', 'van-uploader'],
])('%s of %s is where files are sent', (attribute, element) => {
  const options = '{data:function(){return{to:"https://up.example.com/v1"}},onLoad:function(){}}';
  const files = {
    'pages/index/index.js': chunk(options),
    'pages/index/index.tyml': `<${element} ${attribute}="{{to}}"/><form action="https://none.example.com/x"/>`,
  };
  expect(uses(files)).toEqual(['upload https://up.example.com']);
});

test('the same of an element that code draws', () => {
  const script = 'export default () => <Upload action="https://up.example.com/v1" />';
  expect(uses({ 'a.jsx': script })).toEqual(['upload https://up.example.com']);
});
