/** Which functions of the vendor's API a project uses, by whatever way it names them; a name that only shows when it runs is told. */
import { expect, test } from 'vitest';
import { NATIVE, projectOf } from '../fixtures/projects/write.ts';
import { readProject } from './read-project.ts';

function used(script: string) {
  const config = JSON.stringify({ baseversion: '2.14.2', compilerOptions: { compatible: ['wx'] } });
  const files = { ...NATIVE, 'app.js': 'App({})', 'project.tuya.json': config, 'pages/index/index.js': script };
  const { project } = readProject(projectOf(files), { shown: 'app', id: 'typroject0000001' });
  const { apis = [], unnamed = [] } = project ?? {};
  return { apis: apis.map((api) => api.replace('getLocation', 'L')).join(' '), told: unnamed.map(({ line }) => line) };
}

test.each([
  'const k = "getLocation"; ty[k]()',
  'ty["get" + "Location"]()',
  'const { getLocation: g } = ty; g()',
  'const { scanCode, ...rest } = ty; rest.getLocation()',
  'ty?.getLocation?.()',
  'wx.getLocation()',
  'const t = { ...ty }; t.getLocation()',
  'Reflect.get(ty, "getLocation")()',
  'Reflect.apply(ty.getLocation, ty, [])',
  'setTimeout(ty.getLocation, 0)',
  'const t = ty; Page({ onTap: t.getLocation })',
  'function f(n) { return function () { return ty[n].apply(ty, arguments) } } f("getLocation")()',
  '["getLocation"].forEach((n) => ty[n]())',
])('a name that can be followed: %s', (script) => {
  expect(used(script)).toEqual({ apis: 'ty.L', told: [] });
});

test.each([
  ['ty[name]()', 'ty.*'],
  ['ty?.[name]?.()', 'ty.*'],
  ['const { [name]: g } = ty; g()', 'ty.*'],
  ['Reflect.get(ty, name)()', 'ty.*'],
  ['for (const k in ty) ty[k]()', 'ty.*'],
  ['Object.values(ty).forEach((f) => f())', 'ty.*'],
  ['promisifyAll(ty)', 'ty.*'],
  ['ty.device[name]({})', 'ty.device.*'],
])('a name that only shows when it runs: %s', (script, apis) => {
  expect(used(`\n${script}`)).toEqual({ apis, told: [2] });
});

test.each([
  ['ty.link({})', 'ty.link'],
  ['ty.home.search({})', 'ty.home.search'],
  ['const { home } = ty; home.add({})', 'ty.home.add'],
  ["import { home } from '@ray-js/ray'; home.find({})", 'ty.home.find'],
])('a function of the vendor’s that is called like one of the language: %s', (script, apis) => {
  expect(used(script)).toEqual({ apis, told: [] });
});

test('what is asked for, and not called or given to anything, is no use of it', () => {
  expect(used('if (ty.getLocation && typeof wx.scanCode === "function") run()')).toEqual({ apis: '', told: [] });
});
