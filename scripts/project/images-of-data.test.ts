/** Images and sounds that data names, whoever shows them, and those that the vendor's map of a network names. */
import { describe, expect, test } from 'vitest';
import { uses } from '../fixtures/projects/uses.ts';

const IMAGE = ['static https://a.example.com'];

describe('an image that data names is one that is loaded', () => {
  test.each([
    ['in a list of a component', "Page({ data: { all: [{ id: 1, url: 'https://a.example.com/a.jpg' }] } })"],
    ['among settings of a hook', "export const params = () => ({ pileIcon: 'https://a.example.com/pile.png' })"],
    ['in a list of texts', "configure({ corners: ['https://a.example.com/a.png', 'https://a.example.com/b.png'] })"],
    ['as a template', 'const CDN = "https://a.example.com"; export const items = [{ icon: `${CDN}/i.svg?v=2` }]'],
    ['as a sum', 'const CDN = "https://a.example.com"; export const items = { icon: CDN + "/i.svg" }'],
    [
      'as compilers write a template',
      'var c = "https://a.example.com"; exports.items = { icon: "".concat(c, "/i.gif") }',
    ],
    ['in a branch', "map.add({ src: given || 'https://a.example.com/a.png', id: 1 })"],
    [
      'in the map of a network that is built in',
      "const map = { EU: { '/cdn/a.png': 'https://a.example.com/1.png' } }; g(map)",
    ],
    ['without a scheme', "export default { logo: '//a.example.com/a.webp' }"],
  ])('%s', (_, script) => {
    expect(uses(script)).toEqual(IMAGE);
  });

  test('the files of the markup show it by a component, which nothing else tells', () => {
    const files = {
      'pages/index/index.tyml': '<swiper-view items="{{all}}"/>',
      'pages/index/index.js': "Page({ data: { all: [{ id: 1, url: 'https://a.example.com/a.jpg' }] } })",
    };
    expect(uses(files)).toEqual(IMAGE);
  });

  test('an attribute with a path to a file of sounds loads it', () => {
    expect(uses({ 'pages/index/index.tyml': '<animation-video path="https://a.example.com/a.mp4"/>' })).toEqual(IMAGE);
  });
});

describe('what data says is none', () => {
  test.each([
    [
      'a page that a person may open',
      "const items = [{ link: 'https://a.example.com/a.png', href: 'https://a.example.com/b.png' }]",
    ],
    [
      'what is only loaded ahead, as uni-app does with a picture of its own',
      "setTimeout(() => wx.preloadAssets({ data: [{ type: 'image', src: 'https://' + host + '/shadow.png' }] })); const host = 'a.example.com'",
    ],
    [
      'an address of no image',
      "const items = [{ icon: 'https://a.example.com/a', page: 'https://a.example.com/a.html' }]",
    ],
    ['one whose host is not known', 'export const icon = (zone) => ({ icon: `https://${zone}.example.com/a.png` })'],
    ['a file of the project', "const items = [{ icon: '/images/a.png' }, './b.png']"],
    ['what is compared', "if (given === 'https://a.example.com/a.png') go()"],
  ])('%s', (_, script) => {
    expect(uses(script)).toEqual([]);
  });

  test('what is downloaded is no resource besides, nor counted twice where code shows it', () => {
    expect(uses("ty.downloadFile({ url: 'https://a.example.com/a.mp4' })")).toEqual(['download https://a.example.com']);
  });
});

describe('a socket that data names is one that is opened', () => {
  test.each([
    [
      'by a key that is computed',
      "const HOSTS = { CN: { MAIN: 'wss://a.example.com', BACKUP: 'wss://a.example.com:9443' } }; open(HOSTS[zone()][kind()])",
      ['request wss://a.example.com', 'request wss://a.example.com:9443'],
    ],
    [
      'in a list',
      "exports.pick = (n) => ['wss://a.example.com/ws', 'ws://b.example.com'][n]",
      ['request ws://b.example.com', 'request wss://a.example.com'],
    ],
    ['once', "const S = { url: 'wss://a.example.com' }; ty.connectSocket(S)", ['request wss://a.example.com']],
  ])('%s', (_, script, found) => {
    expect(uses(script)).toEqual(found);
  });

  test.each([
    ['what people read', "const field = { placeholder: 'wss://a.example.com', help: 'such as wss://a.example.com' }"],
    ['what is no address yet', "const parts = { scheme: 'wss://', rest: ['wss://{host}/v1'] }"],
    ['what is compared', "if (given === 'wss://a.example.com') go()"],
  ])('%s is none', (_, script) => {
    expect(uses(script)).toEqual([]);
  });
});

describe("the vendor's map of a network says where images are", () => {
  const map = JSON.stringify({
    EU: { '/cdn/a.png': 'https://a.example.com/1.png' },
    US: { '/cdn/a.png': 'https://b.example.com/1.png' },
  });

  test('in the folder that the project names for it', () => {
    const project = JSON.stringify({ publicRoot: 'cdn/', baseversion: '2.26.0', dependencies: { BaseKit: '3.0.3' } });
    const files = {
      'project.tuya.json': project,
      'cdn/cdnImage.json': map,
      'cdn/other.json': '["https://c.example.com/a.png"]',
    };
    expect(uses(files)).toEqual(['static https://a.example.com', 'static https://b.example.com']);
  });

  test("of the vendor's own network it names no server", () => {
    expect(uses({ 'cdn/cdnImage.json': '{"a.png":"smart/miniapp/static/a/1.png"}' })).toEqual([]);
  });
});

test('a page is known by what is called while it lives, whatever makes it', () => {
  const page = "make({ data: { user: { face: 'https://a.example.com/u?s=4' } }, onShareAppMessage() {} })";
  expect(uses({ 'pages/index/index.js': page, 'pages/index/index.tyml': '<image src="{{user.face}}"/>' })).toEqual(
    IMAGE,
  );
});
