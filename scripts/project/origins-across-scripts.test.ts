/** Addresses that come from other scripts, from later values, and from bundles. */
import { describe, expect, test } from 'vitest';
import { REQUEST, uses } from '../fixtures/projects/uses.ts';
import { RAY, type ProjectFiles } from '../fixtures/projects/write.ts';

describe('across scripts', () => {
  const call = 'ty.request({ url: BASE + "/v1" });';
  test.each<[string, ProjectFiles]>([
    [
      'a named export',
      {
        'pages/index/index.js': `import { BASE } from '../../config'; ${call}`,
        'config.js': 'export const BASE = "https://api.example.com";',
      },
    ],
    [
      'a default export',
      {
        'pages/index/index.js': `import BASE from '../../config/'; ${call}`,
        'config/index.ts': 'export default "https://api.example.com" as string;',
      },
    ],
    [
      'a renamed export, passed on',
      {
        'pages/index/index.js': `import { BASE } from '../../a'; ${call}`,
        'a.js': "export { X as BASE } from './b';",
        'b.js': 'const X = "https://api.example.com"; export { X };',
      },
    ],
    [
      'everything passed on',
      {
        'pages/index/index.js': `import { BASE } from '../../a'; ${call}`,
        'a.js': "export * from './b';",
        'b.ts': 'export const BASE: string = "https://api.example.com";',
      },
    ],
    [
      'a whole script',
      {
        'pages/index/index.js': "import * as c from '../../c'; ty.request({ url: c.BASE });",
        'c.js': 'export const BASE = "https://api.example.com";',
      },
    ],
    [
      'module.exports',
      {
        'pages/index/index.js': `const { BASE } = require('../../c'); ${call}`,
        'c.js': 'module.exports = { BASE: "https://api.example.com" };',
      },
    ],
    [
      'exports.name',
      {
        'pages/index/index.js': "const c = require('../../c.js'); ty.request({ url: c.BASE });",
        'c.js': 'exports.BASE = "https://api.example.com";',
      },
    ],
    [
      'JSON',
      {
        'pages/index/index.js': "import c from '../../c.json'; ty.request({ url: c.base });",
        'c.json': '{"base": "https://api.example.com"}',
      },
    ],
    [
      'a leading slash',
      {
        'pages/index/index.js': `import { BASE } from '/c'; ${call}`,
        'c.js': 'export const BASE = "https://api.example.com";',
      },
    ],
    [
      'an alias of tsconfig.json',
      {
        'pages/index/index.ts': `import { BASE } from '~/c'; ${call}`,
        'pages/index/index.js': '',
        'lib/c.ts': 'export const BASE = "https://api.example.com";',
        'tsconfig.json': '{ // paths\n "compilerOptions": {"baseUrl": ".", "paths": {"~/*": ["lib/*"]}}}',
      },
    ],
    [
      'an enum',
      {
        'pages/index/index.ts': 'import { Host } from "../../c"; ty.request({ url: Host.Api });',
        'pages/index/index.js': '',
        'c.ts': 'export enum Host { Api = "https://api.example.com" }',
      },
    ],
    [
      'a function of its own around the API',
      {
        'pages/index/index.js': "import { get } from '../../net'; get('/v1');",
        'net.js': 'const B = "https://api.example.com"; export const get = (path) => ty.request({ url: B + path });',
      },
    ],
    [
      'the API itself passed on',
      {
        'pages/index/index.js': "import { req } from '../../net'; req({ url: 'https://api.example.com' });",
        'net.js': 'export const req = ty.request;',
      },
    ],
    [
      'scripts that import each other',
      {
        'pages/index/index.js': `import { BASE } from '../../a'; ${call}`,
        'a.js': "import { x } from './b'; export const BASE = 'https://api.example.com'; export const y = x;",
        'b.js': "import { y } from './a'; export const x = y;",
      },
    ],
  ])('%s', (_, files) => {
    expect(uses(files)).toEqual(REQUEST);
  });

  test('functions that @ray-js/ray gives, in TypeScript with elements', () => {
    const home = `
      import { request, uploadFile, requestCloud as cloud } from '@ray-js/ray';
      import { Image, View } from '@ray-js/ray';
      import lamp from '../../assets/lamp.png';
      const BASE = process.env.NODE_ENV === 'production' ? 'https://prod.example.com' : 'https://dev.example.com';
      export const load = async <T,>(path: string): Promise<T> => request({ url: \`\${BASE}\${path}\` } as any);
      uploadFile({ url: 'https://up.example.com' });
      cloud({ api: 'm.life.log' });
      export default () => (
        <View style={{ backgroundImage: 'url(https://bg.example.com/a.png)' }}>
          <Image src="https://img.example.com/a.png" />
          <Image src={lamp} />
          <a href="https://docs.example.com/guide.png">Help</a>
          <Cell icon="https://icons.example.com/x.svg" title="see https://text.example.com" />
        </View>
      );`;
    expect(uses({ 'src/pages/home/index.tsx': home, 'src/assets/lamp.png': 'x' }, RAY)).toEqual([
      'cloud m.life.log',
      'request https://dev.example.com',
      'request https://prod.example.com',
      'static https://bg.example.com',
      'static https://icons.example.com',
      'static https://img.example.com',
      'upload https://up.example.com',
    ]);
  });
});

describe('what a value becomes later, and what bundles write, is followed', () => {
  test.each([
    [
      'a wrapper that asks for a base',
      'const B = "https://api.example.com"; const f = (p) => ty.request({ url: /^https?:/.test(p) ? p : B + p }); f("/a"); f("https://api.example.com/b")',
    ],
    [
      'data that is set',
      'Page({ data: { u: "" }, f() { this.setData({ u: "https://api.example.com" }); ty.request({ url: this.data.u }) } })',
    ],
    [
      'a configuration that is changed',
      'const c = {}; if (x) c.base = "https://api.example.com"; ty.request({ url: c.base + "/x" })',
    ],
    [
      'the defaults of a client',
      'import axios from "axios"; axios.defaults.baseURL = "https://api.example.com"; axios.get("/x")',
    ],
    [
      'the settings of a client',
      'import R from "luch-request"; const h = new R({ baseURL: "https://api.example.com" }); h.get("/x")',
    ],
    [
      'what makes another client',
      'import { extend } from "umi-request"; extend({ prefix: "https://api.example.com" })',
    ],
    ['an older request', 'const x = new XMLHttpRequest(); x.open("GET", "https://api.example.com/x")'],
    [
      'a class that is given its base',
      'class A { constructor(b) { this.b = b } get(p) { ty.request({ url: this.b + p }) } } new A("https://api.example.com").get("/x")',
    ],
    ['a list that grows', 'const q = []; q.push({ url: "https://api.example.com" }); ty.request(q.shift())'],
    ['a promise', 'Promise.resolve("https://api.example.com").then((b) => ty.request({ url: b + "/x" }))'],
    [
      'a function that is wrapped',
      'const f = debounce((url) => ty.request({ url }), 300); f("https://api.example.com")',
    ],
    [
      'a function of a name',
      'const make = (n) => function () { return ty[n].apply(this, arguments) }; const r = make("request"); r({ url: "https://api.example.com" })',
    ],
    ['a name taken out of what is not known', 'const { request: q } = a(); q({ url: "https://api.example.com" })'],
    ['JSON in a text', `const j = JSON.parse('{"b":"https://api.example.com"}'); ty.request({ url: j.b })`],
    [
      'modules of webpack',
      '(self.c = self.c || []).push([[1], { 4: (e, t, n) => { n.d(t, { a: () => b }); const b = "https://api.example.com" }, 5: (e, t, n) => { var x = n(4); ty.request({ url: x.a + "/x" }) } }])',
    ],
  ])('%s', (_, script) => {
    expect(uses(script)).toEqual(REQUEST);
  });

  test('what a bundle calls of something unknown is told where it is not followed', () => {
    expect(uses('var a = n(1), o = n(2); a().request({ url: o.host + "/list" })')).toEqual(['request ?']);
  });

  test('a script that many import is parsed once, and circles leave what is written out', () => {
    const circle = Array.from(
      { length: 60 },
      (_, i) =>
        `function f${i}(a) { return a > ${i} ? f${(i + 1) % 60}(a) : a < 0 ? f${(i + 3) % 60}(a) : f${(i + 5) % 60}(a) }`,
    );
    const files = {
      'lib/circle.js': `${circle.join('\n')}\nf0(1)`,
      'pages/index/index.js': 'ty.request({ url: "https://api.example.com" })',
    };
    expect(uses(files)).toEqual(REQUEST);
  });
});
