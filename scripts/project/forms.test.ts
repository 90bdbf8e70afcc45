/** Whole small projects, each with addresses written in forms of its own: every one is found, and no other. */
import { expect, test } from 'vitest';
import { NATIVE, projectOf } from '../fixtures/projects/write.ts';
import { readProject } from './read-project.ts';

const cases: Record<string, [Record<string, string>, string[]]> = {
  'enum ts + optional chaining': [
    {
      'pages/index/index.ts':
        'enum Host { Main = "https://enum.example.org", Up = "https://up.example.org" }\nconst C = { a: { host: Host.Main } };\nPage({ onLoad() { ty?.request?.({ url: `${C?.a?.host}/v1` }); ty.uploadFile({ url: Host["Up"] + "/u", filePath: "x" }); } })',
    },
    ['request https://enum.example.org', 'upload https://up.example.org'],
  ],
  'const enum via other module': [
    {
      'hosts.ts': 'export const enum H { A = "https://ce.example.org" }',
      'pages/index/index.ts': 'import { H } from "../../hosts"; Page({ onLoad() { ty.downloadFile({ url: H.A }) } })',
    },
    ['download https://ce.example.org'],
  ],
  'class private fields + getter': [
    {
      'pages/index/index.js':
        'class Api { #host = "https://priv.example.org"; static root = "https://static.example.org"; get base() { return this.#host + "/v2" } load(p) { return ty.request({ url: this.base + p }) } sock() { ty.connectSocket({ url: Api.root.replace("https", "wss") }) } } new Api().load("/x")',
    },
    ['request https://priv.example.org', 'request wss://static.example.org'],
  ],
  'template consts of other module, default + named': [
    {
      'cfg/index.js':
        'const zone = "eu"; export const HOST = `https://${zone}.tpl.example.org`; export default { port: 8443, host: "dl.example.org" }',
      'pages/index/index.js':
        'import cfg, { HOST } from "../../cfg"; Page({ a() { ty.request({ url: `${HOST}/a` }); ty.downloadFile({ url: `https://${cfg.host}:${cfg.port}/f` }) } })',
    },
    ['request https://eu.tpl.example.org', 'download https://dl.example.org:8443'],
  ],
  'wxs require chain': [
    {
      'util/a.wxs': 'var b = require("./b.wxs"); module.exports = { url: function (n) { return b.host + "/" + n } }',
      'util/b.wxs': 'module.exports = { host: "https://wxs.example.org" }',
      'pages/index/index.tyml': '<wxs src="../../util/a.wxs" module="m"/><image src="{{m.url(name)}}"/>',
    },
    ['static https://wxs.example.org'],
  ],
  'inline sjs': [
    {
      'pages/index/index.tyml':
        '<sjs module="f">var base = "https://sjs.example.org/"; function pic(n) { return base + n + ".png" } module.exports = { pic: pic }</sjs><view style="background-image:url({{f.pic(i)}})"/>',
    },
    ['static https://sjs.example.org'],
  ],
  'config JSON': [
    {
      'config/env.json': '{"prod":{"api":"https://json.example.org","ws":"wss://ws.example.org/x"}}',
      'pages/index/index.js':
        'const env = require("../../config/env.json"); const { prod } = env; Page({ a() { ty.request({ url: prod.api + "/x" }); ty.connectSocket({ url: prod["ws"] }) } })',
    },
    ['request https://json.example.org', 'request wss://ws.example.org'],
  ],
  subpackage: [
    {
      'app.json': '{"pages":["pages/index/index"],"subPackages":[{"root":"sub","pages":["p/p"]}]}',
      'sub/p/p.js': 'import { req } from "/common/req"; Page({ onLoad: () => req("/x") })',
      'sub/p/p.json': '{}',
      'sub/p/p.tyml': '<cover-image src="https://cover.example.org/a.webp"/>',
      'common/req.js':
        'let host = "https://dev.example.org"; if (ty.getAccountInfo().env === "release") host = "https://prod.example.org"; export const req = (path, o = {}) => new Promise((resolve) => ty.request({ ...o, url: host.concat(path), success: resolve }))',
    },
    ['request https://dev.example.org', 'request https://prod.example.org', 'static https://cover.example.org'],
  ],
  'plugin + functional css vars': [
    {
      'app.css': '',
      'app.tyss':
        '@font-face{font-family:a;src:url(https://font.example.org/a.woff2)} page{--bg:url("https://var.example.org/b.png")}',
      'pages/index/index.js':
        'const plugin = requirePlugin("hello"); const K = new Map([["cn","https://map-cn.example.org"],["eu","https://map-eu.example.org"]]); Page({ a(r) { ty.request({ url: K.get(r) + "/v" }) } })',
    },
    [
      'static https://font.example.org',
      'static https://var.example.org',
      'request https://map-cn.example.org',
      'request https://map-eu.example.org',
    ],
  ],
  'switch return + async + array.join': [
    {
      'pages/index/index.js':
        'function hostOf(r) { switch (r) { case "a": return "https://sw-a.example.org"; default: return "https://sw-b.example.org" } } async function base() { return await Promise.resolve(hostOf(1)) } Page({ async a() { const b = await base(); ty.request({ url: [b, "v1", "x"].join("/") }); } })',
    },
    ['request https://sw-a.example.org', 'request https://sw-b.example.org'],
  ],
  'audio / lottie / map markers': [
    {
      'pages/index/index.js':
        'const bg = ty.getBackgroundAudioManager(); bg.src = "https://aud.example.org/a.mp3"; const inner = ty.createInnerAudioContext(); Object.assign(inner, { src: "https://inn.example.org/b.mp3" }); Page({ data: { markers: [{ id: 1, iconPath: "https://mk.example.org/m.png" }] }, onShareAppMessage() { return { title: "x", imageUrl: "https://share.example.org/s.png" } }, p() { ty.previewImage({ urls: ["https://pv.example.org/1.png"].concat(this.more) }) } })',
      'pages/index/index.tyml': '<map markers="{{markers}}"/>',
    },
    [
      'static https://aud.example.org',
      'static https://inn.example.org',
      'static https://mk.example.org',
      'static https://share.example.org',
      'static https://pv.example.org',
    ],
  ],
  'nullish assign, satisfies, namespace': [
    {
      'pages/index/index.ts':
        'namespace Cfg { export const host = "https://ns.example.org" }\nconst opts = { url: "https://sat.example.org/x" } satisfies object; let h: string | undefined; h ??= "https://nul.example.org"; Page({ a() { ty.request({ url: Cfg.host + "/x" }); ty.request(opts); ty.request({ url: h!  + "/y" }) } })',
    },
    ['request https://ns.example.org', 'request https://sat.example.org', 'request https://nul.example.org'],
  ],
};
test.each(Object.entries(cases))('%s', (_, [files, expected]) => {
  const { project } = readProject(projectOf({ ...NATIVE, ...files }), { shown: 'app', id: 'typroject0000001' });
  const found = new Set(project?.uses.map(({ api, what }) => `${api} ${what}`));
  expect([...found].sort()).toEqual(expected.toSorted());
});
