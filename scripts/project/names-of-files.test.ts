/** What names of files and pages say: a machine's folder or a page of the project, and names that differ by case alone. */
import { expect, test } from 'vitest';
import { readFiles } from '../fixtures/projects/read.ts';
import { NATIVE, RAY, type ProjectFiles } from '../fixtures/projects/write.ts';

// In two parts, so that this file names no folder of a machine itself.
const HOME = `/${'home'}`;

const builtIn = (script: string, more: ProjectFiles = {}): (string | undefined)[] =>
  readFiles({ ...NATIVE, 'a.js': script, ...more }).problems.flatMap(({ code, message }) =>
    code === 'upload-build-path' ? [new RegExp(`${HOME}/\\S+`).exec(message)?.[0]] : [],
  );

test.each([
  ['below pages', "open('/pages/home/detail/index')"],
  ['of a route that is put together', 'open(`${top}/home/detail/index`)'],
  ['of a site', "const address = 'https://a.example.com/home/detail/index'"],
])('a page that is called home is no folder of a machine, %s', (_, script) => {
  expect(builtIn(script)).toEqual([]);
});

test('a folder that the project has is its own, and the next one may be a machine’s', () => {
  const own = { 'home/detail/index.js': '' };
  expect(builtIn(`open('${HOME}/detail/index')`, own)).toEqual([]);
  expect(builtIn(`open('${HOME}/detail/index')`)).toEqual([`${HOME}/detail/index,`]);
  expect(builtIn(`open('${HOME}/detail/index'); at('${HOME}/ada/app/x.js')`, own)).toEqual([`${HOME}/ada/app/x.js,`]);
});

test('a page of Ray’s sources whose folder differs by case is named', () => {
  const routes = "export const routes = [{ path: '/pages/Home/index' }];";
  const [missing] = readFiles({ ...RAY, 'src/routes.config.ts': routes }).problems.filter(
    ({ code }) => code === 'project-page-missing',
  );
  expect(missing?.message).toContain('(src/pages/home/index.tsx differs by letter case)');
});
