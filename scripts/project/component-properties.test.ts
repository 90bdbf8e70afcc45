/** What a page hands to the properties of its components is what their markup shows and their scripts call. */
import { describe, expect, test } from 'vitest';
import { uses } from '../fixtures/projects/uses.ts';
import type { ProjectFiles } from '../fixtures/projects/write.ts';

const USING = JSON.stringify({ usingComponents: { 'one-view': '/one/index' } });
const DATA = 'Page({ data: { pic: "https://a.example.com/u/1", all: [{ src: "https://a.example.com/u/1" }] } })';
const TAKES = "Component({ properties: { pic: { type: String, value: '' }, dataArr: Array } })";
const SHOWS = '<image src="{{pic}}"/>';

/** A page that shows a component in this way, which is so written. */
const project = (element: string, script: string, markup: string): ProjectFiles => ({
  'pages/index/index.json': USING,
  'pages/index/index.js': DATA,
  'pages/index/index.tyml': element,
  'one/index.json': '{"component": true}',
  'one/index.js': script,
  'one/index.tyml': markup,
});

/** What uni-app's compiler calls of its own. */
const VENDOR = 'exports.p = (a) => a; exports.sfc = (a, b) => a; exports.defineComponent = (a) => a;';

const found = (files: ProjectFiles) => uses(files).filter((use) => !use.endsWith('?'));

describe('the markup of a component shows', () => {
  test.each([
    ['what the page has as data', '<one-view pic="{{pic}}"/>', TAKES, SHOWS],
    ['what an element says', '<one-view pic="https://a.example.com/u/1"/>', TAKES, SHOWS],
    ['what is put together at the element', '<one-view pic="{{pic}}?size=2"/>', TAKES, SHOWS],
    [
      'the elements of a list',
      '<one-view data-arr="{{1}}" dataArr="{{all}}"/>',
      TAKES,
      '<image ty:for="{{dataArr}}" src="{{item.src}}"/>',
    ],
    ['each element of a loop', '<one-view ty:for="{{all}}" pic="{{item.src}}"/>', TAKES, SHOWS],
    [
      'a property whose name is written with hyphens',
      '<one-view data-arr="" the-pic="{{pic}}"/>',
      'Component({ properties: { thePic: String } })',
      '<image src="{{thePic}}"/>',
    ],
    ['a property without anything that it is at first', '<one-view pic="{{pic}}"/>', 'Component({ props: {} })', SHOWS],
    [
      'what its script makes of a property',
      '<one-view pic="{{pic}}"/>',
      "Component({ properties: { pic: String }, data: { big: '' }, ready() { this.setData({ big: this.data.pic + '/2' }) } })",
      '<image src="{{big}}"/>',
    ],
    [
      'what it hands on itself',
      '<one-view pic="{{pic}}"/>',
      TAKES,
      '<one-view pic="{{pic}}"/><view><image src="{{pic}}"/></view>',
    ],
  ])('%s', (_, element, script, markup) => {
    expect(found(project(element, script, markup))).toEqual(['static https://a.example.com']);
  });

  test('all properties that a compiler hands on as one map', () => {
    const page = `const e = require("../../vendor.js"), o = { data: () => ({ face: "https://a.example.com/u/1" }) };
      const m = e.sfc(o, [["render", function (n, t, i, o, d, r) { return { a: e.p({ pic: d.face }) } }]]); wx.createPage(m)`;
    const view = `const e = require("../vendor.js"), o = e.defineComponent({ __name: "One", props: { pic: {} },
      setup: (t) => (n, i) => ({ a: n.pic }) }); wx.createComponent(o)`;
    const files = project('<one-view u-i="1-0" u-p="{{a}}"/>', view, '<image src="{{a}}"/>');
    expect(found({ ...files, 'vendor.js': VENDOR, 'pages/index/index.js': page })).toEqual([
      'static https://a.example.com',
    ]);
  });

  test('what a component hands to another one', () => {
    const files = project('<one-view pic="{{pic}}"/>', TAKES, '<two-view img="{{pic}}"/>');
    expect(
      found({
        ...files,
        'one/index.json': JSON.stringify({ component: true, usingComponents: { 'two-view': '../two' } }),
        'two.json': '{"component": true}',
        'two.js': 'Component({ properties: { img: String } })',
        'two.tyml': '<image src="{{img}}"/>',
      }),
    ).toEqual(['static https://a.example.com']);
  });

  test('what is handed to a component of a package, where a build puts it, named for all pages', () => {
    const app = { pages: ['pages/index/index'], usingComponents: { 'one-view': 'views/one' } };
    const files = {
      'app.json': JSON.stringify(app),
      'pages/index/index.js': DATA,
      'pages/index/index.tyml': '<one-view pic="{{pic}}"/>',
      'miniprogram_npm/views/one/index.json': '{"component": true}',
      'miniprogram_npm/views/one/index.js': TAKES,
      'miniprogram_npm/views/one/index.tyml': SHOWS,
    };
    expect(found(files)).toEqual(['static https://a.example.com']);
  });
});

test.each(['this.data.pic', 'this.properties.pic', 'this.props.pic', 'this.pic'])(
  'the script of a component calls what it is handed, as %s',
  (name) => {
    const script = `Component({ properties: { pic: String }, methods: { get() { ty.request({ url: ${name} }) } } })`;
    expect(found(project('<one-view pic="{{pic}}"/>', script, ''))).toEqual(['request https://a.example.com']);
  },
);

test.each([
  ['an element of that name that is no component', '<two-view pic="{{pic}}"/>', TAKES, SHOWS],
  ['what another property is', '<one-view face="{{pic}}" bind:pic="{{pic}}" data-pic="{{pic}}"/>', TAKES, SHOWS],
  ['what it is given and does not show', '<one-view pic="{{pic}}"/>', TAKES, '<text>{{pic}}</text>'],
])('%s is none', (_, element, script, markup) => {
  expect(found(project(element, script, markup))).toEqual([]);
});

test('what nobody knows that is handed on is told', () => {
  expect(uses(project('<one-view pic="{{unknown}}"/>', TAKES, SHOWS))).toEqual(['static ?']);
});
