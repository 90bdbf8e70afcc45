/** Components that are not there, or whose settings cannot be read, wherever they are used. */
import { expect, test } from 'vitest';
import { NATIVE, page, projectOf, type ProjectFiles } from '../fixtures/projects/write.ts';
import { readProject } from './read-project.ts';

const uses = (component: string): string => JSON.stringify({ usingComponents: { one: component } });
const app = (component: string): string =>
  JSON.stringify({ pages: ['pages/index/index'], usingComponents: { one: component } });

test.each<[string, ProjectFiles, [code: string, file: string][]]>([
  ['a page', { 'pages/index/index.json': uses('/nope') }, [['project-component-missing', 'pages/index/index.json']]],
  ['app.json', { 'app.json': app('/nope') }, [['project-component-missing', 'app.json']]],
  [
    'a component',
    { 'app.json': app('/one/index'), ...page('one/index'), 'one/index.json': uses('../two') },
    [['project-component-missing', 'one/index.json']],
  ],
  [
    'broken settings of a component',
    { 'app.json': app('/one/index'), ...page('one/index'), 'one/index.json': '{"component": tru}' },
    [
      ['project-json', 'one/index.json'],
      ['project-json', 'one/index.json'],
    ],
  ],
  [
    'components that use each other, packages and plugins',
    {
      'app.json': app('/one'),
      ...page('one/index'),
      'one/index.json': uses('/two'),
      ...page('two'),
      'two.json': JSON.stringify({ usingComponents: { one: '/one/index', a: '@ray/a', b: 'plugin://b/c' } }),
    },
    [],
  ],
])('%s', (_, files, problems) => {
  const { findings } = readProject(projectOf({ ...NATIVE, ...files }), { shown: '.', id: 'typroject0000001' });
  expect(findings.problems.map(({ code, at }) => [code, at.file])).toEqual(problems);
});
