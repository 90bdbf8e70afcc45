/** Addresses that markup and styles show. */
import { describe, expect, test } from 'vitest';
import { uses } from '../fixtures/projects/uses.ts';

describe('markup and styles', () => {
  test('a namespace of TypeScript stands for what it exports, and nothing else of the script', () => {
    const hosts = 'export namespace C { const zone = "a"; export const host = `https://${zone}.example.com` }';
    const script =
      'import { C, host } from "./hosts"; ty.request({ url: C.host + "/v1" }); ty.uploadFile({ url: host })';
    expect(uses({ 'hosts.ts': hosts, 'call.ts': script })).toEqual(['request https://a.example.com', 'upload ?']);
  });

  test('what a method assigns to data of the page is shown too', () => {
    const script = `createPage({ data: { pic: '' }, onLoad() { this.pic = 'https://a.example.com/a.png'; this.own = 'https://no.example.com/b.png' } })`;
    const files = {
      'pages/index/index.js': script,
      'pages/index/index.tyml': '<image src="{{pic}}"/><image src="{{own.x}}"/>',
    };
    expect(uses(files).filter((use) => !use.endsWith('?'))).toEqual(['static https://a.example.com']);
  });

  test.each([
    ['one in all', 'one'],
    ['one, i in all', 'one'],
    ['one in all trackBy one.id', 'one'],
    ['all', 'item'],
    ['{{all}}', 'item'],
  ])('a loop of Baidu goes through a list as s-for="%s"', (loop, name) => {
    const files = {
      'pages/index/index.js': 'Page({ data: { all: [{ src: "https://a.example.com/u/1" }] } })',
      'pages/index/index.swan': `<image s-for="${loop}" src="{{${name}.src}}"/>`,
    };
    expect(uses(files)).toEqual(['static https://a.example.com']);
  });

  test('a source that is assigned together with others is found, one in a map of data is not', () => {
    const script = (into: string) =>
      `const a = ty.createInnerAudioContext(); Object.assign(${into}, { src: 'https://a.example.com/a' })`;
    expect(uses(script('a'))).toEqual(['static https://a.example.com']);
    expect(uses(script('{}'))).toEqual([]);
  });

  test.each([
    ['after what is unknown', 'width: {{w}}px; background: url(https://a.example.com/a.png)'],
    ['between expressions', "height:{{h}};background-image:url('{{base}}/a.png');color:{{c}}"],
    [
      'in a declaration that an expression makes',
      "{{on ? 'background:url(https://a.example.com/a.png)' : ''}};width:{{w}}",
    ],
    ['with a semicolon in it', 'color: {{c}}; background: url("https://a.example.com/a;b.png")'],
    ['among several that one expression makes', "width:{{'1px;background:url(https://a.example.com/a.png)'}}"],
    ['of a property of its own', '--w: {{w}}px; --bg: url({{base}}/a.png)'],
  ])('an address in a style is found %s', (_, style) => {
    const files = {
      'pages/index/index.tyml': `<view style='${style.replaceAll("'", '&apos;')}'/>`,
      'pages/index/index.js': 'Page({ data: { base: "https://a.example.com" } })',
    };
    expect(uses(files)).toContain('static https://a.example.com');
  });

  test('sources, with the data that the page has at first and sets later', () => {
    const tyml = `
      <!-- <image src="https://comment.example.com/a.png"/> -->
      <image src="https://a.example.com/a.png" />
      <image src="{{base}}/b.png"/>
      <image src='{{ok ? "https://c.example.com/c.png" : icons.no}}'/>
      <image ty:for="{{list}}" src="{{item.src}}"/>
      <view ty:for="{{names}}" ty:for-item="one"><image src="{{one}}"/></view>
      <video poster="https://poster.example.com/p.jpg" src="{{later}}"></video>
      <view style="background: url('https://style.example.com/s.png')">https://text.example.com</view>
      <gallery images="{{all}}"/>
      <navigator url="https://link.example.com/x.png">x</navigator>
      <a href="https://href.example.com/x.png">x</a>
      <import src="https://template.example.com/x.tyml"/>`;
    const script = `Page({
      data: { base: 'https://b.example.com', icons: { no: '/local.png' }, all: ['https://all.example.com/1.png'],
        list: [{ src: 'https://l.example.com/1.png' }], names: ['https://n.example.com/1.png'] },
      onLoad() { this.setData({ later: 'https://later.example.com/v.mp4' }); } });`;
    expect(uses({ 'pages/index/index.tyml': tyml, 'pages/index/index.js': script })).toEqual(
      ['a', 'all', 'b', 'c', 'l', 'later', 'n', 'poster', 'style'].map((name) => `static https://${name}.example.com`),
    );
  });

  test('expressions that nothing tells', () => {
    expect(uses({ 'pages/index/index.tyml': '<image src="{{photo}}"/><image src="https://{{host}}/a.png"/>' })).toEqual(
      ['static ?'],
    );
  });

  test('url() and @import, of CSS and what becomes it', () => {
    const css = `/* url(https://comment.example.com) */
      @import "https://import.example.com/a.css";
      @font-face { src: url('https://font.example.com/f.woff2') format('woff2') }
      .a { background: URL(https://plain.example.com/a.png); content: "https://text.example.com" }`;
    expect(uses({ 'app.tyss': css })).toEqual(
      ['font', 'import', 'plain'].map((name) => `static https://${name}.example.com`),
    );
    const less = `// url(https://comment.example.com/'
      @cdn: 'https://cdn.example.com';
      .a { .b { background: url("@{cdn}/x.png") } background: url("@{other}/y.png"); }`;
    expect(uses({ 'app.less': less })).toEqual(['static ?', 'static https://cdn.example.com']);
  });
});
