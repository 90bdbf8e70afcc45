/** The data files of public projects, where they are kept beside the repository. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectOf } from '../fixtures/projects/write.ts';
import { readProject } from './read-project.ts';

const REAL = join(import.meta.dirname, '../../../shared/real-projects');
const read = (name: string, file: string) => readFileSync(join(REAL, name, file), 'utf8');

/** A project of that data, with an empty file for each page it lists. */
function whole(name: string) {
  const files = readdirSync(join(REAL, name), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const texts = files.map((entry) => join(entry.parentPath, entry.name).slice(join(REAL, name).length + 1));
  const pages: string[] = texts.includes('app.json') ? JSON.parse(read(name, 'app.json')).pages : [];
  const root = projectOf({
    ...Object.fromEntries(texts.map((file) => [file, read(name, file)])),
    ...Object.fromEntries(
      pages.flatMap((page) => [
        [`${page}.js`, ''],
        [`${page}.tyml`, ''],
      ]),
    ),
  });
  return { pages, ...readProject(root, { shown: name, id: 'typroject0000001' }) };
}

describe.skipIf(!existsSync(REAL))(
  `real projects${existsSync(REAL) ? '' : ' (skipped: ../shared/real-projects is not there)'}`,
  () => {
    test.each(['explorer', 'map', 'api-share', 'canvas'])('%s: every page and kit is recorded', (name) => {
      const { project, findings, pages } = whole(name);
      expect(findings.problems).toEqual([]);
      const { baseversion, dependencies } = JSON.parse(read(name, 'project.tuya.json'));
      expect(project).toMatchObject({ kind: 'native', pages, baseLibrary: baseversion });
      expect(project?.kits).toEqual(dependencies);
      expect(pages.length).toBeGreaterThan(0);
    });

    test('explorer has texts in two languages', () => {
      expect(whole('explorer').project?.languages).toEqual(['en', 'zh']);
    });

    test.each(['panel-lamp', 'ray-app'])('%s: of Ray, and neither built nor with its sources', (name) => {
      const { project, findings } = whole(name);
      expect(project).toBeUndefined();
      expect(findings.problems.map(({ code }) => code)).toEqual(['project-root-empty']);
    });
  },
);
