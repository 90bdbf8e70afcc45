/** A script that many others import is parsed once, whatever its size, and what it gives is followed for each of them. */
import { expect, test, vi } from 'vitest';
import { NATIVE, projectOf, type ProjectFiles } from '../fixtures/projects/write.ts';
import { readProject } from './read-project.ts';

const parsed = vi.hoisted((): string[] => []);
vi.mock('./code/syntax.ts', async (importActual) => {
  const actual = await importActual<typeof import('./code/syntax.ts')>();
  const parseScript: typeof actual.parseScript = (path, text) => {
    parsed.push(path);
    return actual.parseScript(path, text);
  };
  return { ...actual, parseScript };
});

const IMPORTERS = 60;
const NAMES = Array.from({ length: 8 }, (_, i) => `api${i}`);
const PADDING = 'var unused = (e, t) => t && t.x === 1 ? t.y : void 0;\n';

/** As Ray writes it: the functions of the vendor's API by their names, in a chunk that nearly all files import. */
const chunk = (bytes: number): string =>
  [
    'function factory(n) { return function () { return ty[n].apply(this, arguments) } }',
    ...[...NAMES, 'request'].map((name) => `var ${name} = factory("${name}");`),
    PADDING.repeat(Math.ceil(bytes / PADDING.length)),
    `export { ${[...NAMES, 'request'].join(', ')} };`,
  ].join('\n');

test('a chunk of more than 512 KB, with sixty importers', () => {
  const importers = Array.from({ length: IMPORTERS }, (_, i): [string, string] => [
    `chunk-${i}.js`,
    `import { ${NAMES.join(', ')}, request } from '/shared.js';\n${NAMES.map((name) => `${name}({ a: ${name} });`).join('\n')}\nrequest({ url: 'https://h${i}.example.com/x' });`,
  ]);
  const files: ProjectFiles = { ...NATIVE, 'shared.js': chunk(530_000), ...Object.fromEntries(importers) };
  const { project } = readProject(projectOf(files), { shown: 'app', id: 'typroject0000001' });
  const hosts = importers.map((_, i) => `https://h${i}.example.com`);
  expect(hosts.filter((host) => !project!.origins.includes(host))).toEqual([]);
  expect(parsed).toContain('shared.js');
  expect(parsed.toSorted()).toEqual([...new Set(parsed)].toSorted());
});
