import { describe, expect, test } from 'vitest';
import { NATIVE, projectOf, RAY, RAY_BUILT, type ProjectFiles } from '../fixtures/projects/write.ts';
import { factsOf } from './facts.ts';
import { readPackage, readProject } from './read-project.ts';
import type { Tree } from './tree.ts';

const OPTIONS = { shown: 'app', id: 'typroject0000001' };

/** A project as its folder gives it, and as its package alone does. */
function both(files: ProjectFiles) {
  const { project } = readProject(projectOf(files), OPTIONS);
  const again = readPackage(project!.files, project!.content, OPTIONS);
  return { project: project!, again };
}

describe('a package gives what the folder gave that it came from', () => {
  const calling = 'ty.request({ url: "https://api.example.com/x" });';
  const projects: [what: string, files: ProjectFiles][] = [
    ['native', { ...NATIVE, 'app.js': calling }],
    ['of Ray, built, with sources beside it', { ...RAY, ...RAY_BUILT, 'src/own.ts': calling.replace('api', 'own') }],
    ['of Ray, not built', { ...RAY, 'src/own.ts': calling }],
    ['with a name that is written in parts', { ...NATIVE, 'cafe\u0301.js': calling }],
  ];
  test.each(projects)('%s', (_, files) => {
    const { project, again } = both(files);
    expect(again.findings.problems.filter(({ code }) => code !== 'upload-not-built')).toEqual([]);
    expect(factsOf(again.project!)).toEqual(factsOf(project));
    expect([...again.project!.files.keys()]).toEqual([...project.files.keys()].map((path) => path.normalize('NFC')));
  });

  test('what only the sources beside it call is told, and not recorded', () => {
    const { project } = both({ ...RAY, ...RAY_BUILT, 'src/own.ts': calling });
    expect(project.origins).not.toContain('https://api.example.com');
    expect(project.uses).toMatchObject([{ what: 'https://api.example.com' }]);
  });

  test('with a file that is no part of it, names that file', () => {
    const { project } = both(RAY_BUILT);
    const more: Tree = new Map([...project.files, ['notes.txt', { path: 'notes.txt', bytes: 5 }]]);
    const { project: none, findings } = readPackage(more, project.content, OPTIONS);
    expect(none).toBeUndefined();
    expect(findings.problems).toMatchObject([{ code: 'package-file-foreign', at: { file: 'app/notes.txt' } }]);
  });
});
