/** The digest of a package: of paths and contents alone, as others can compute it. */
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NATIVE, projectOf, type ProjectFiles } from '../fixtures/projects/write.ts';
import { projectIn, readFiles } from '../fixtures/projects/read.ts';

describe('the digest', () => {
  test('is what sha256sum gives over the same files', () => {
    const root = projectOf(NATIVE);
    const lines = Object.entries(NATIVE)
      .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}\n`);
    const expected = createHash('sha256').update(lines.join('')).digest('hex');
    expect(projectIn(root).project?.package.sha256).toBe(expected);
  });

  test('depends on paths and contents alone: not on the order, times or modes', () => {
    const name = fc.stringMatching(/^[a-z\u00e9\u4e2d][a-z0-9_.é中-]{0,8}$/);
    const extra = fc.dictionary(
      name.map((text) => `assets/${text}.txt`),
      fc.string({ maxLength: 20 }),
      { maxKeys: 6 },
    );
    fc.assert(
      fc.property(extra, fc.infiniteStream(fc.integer({ min: 0, max: 2 ** 30 })), (files, numbers) => {
        const all = Object.entries({ ...NATIVE, ...files });
        const shuffled = all
          .map((entry) => ({ entry, key: numbers.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ entry }) => entry);
        const [one, two] = [projectOf(Object.fromEntries(all)), projectOf(Object.fromEntries(shuffled))];
        for (const entry of readdirSync(two, { recursive: true, withFileTypes: true })) {
          if (!entry.isFile()) continue;
          const file = join(entry.parentPath, entry.name);
          utimesSync(file, 1, 1);
          chmodSync(file, 0o755);
        }
        expect(projectIn(two).project?.package).toEqual(projectIn(one).project?.package);
      }),
      { numRuns: 15 },
    );
  });

  test('differs when a byte or a name does', () => {
    const digest = (files: ProjectFiles) => readFiles(files).project?.package.sha256;
    const { 'app.js': app, ...rest } = NATIVE;
    const all = [
      digest(NATIVE),
      digest({ ...NATIVE, 'app.js': `${app as string} ` }),
      digest({ ...rest, 'App.js': app! }),
      digest(rest),
    ];
    expect(new Set(all).size).toBe(4);
  });

  test('is the same with what is no part of a package', () => {
    const litter = {
      'node_modules/x/index.js': 'ty.request({ url: "https://dependency.example.com" })',
      '.git/config': '[core]',
      '.DS_Store': 'x',
      'pages/.DS_Store': 'x',
      '.env': 'SECRET=1',
      'npm-debug.log': 'x',
      '.idea/workspace.xml': 'x',
      'app.js.swp': 'x',
    };
    const { project } = readFiles({ ...NATIVE, ...litter });
    expect(project?.package).toEqual(readFiles(NATIVE).project?.package);
    expect(project?.origins).toEqual([]);
  });

  test('is that of a name composed and decomposed', () => {
    const composed = readFiles({ ...NATIVE, 'assets/caf\u00e9.txt': 'x' }).project?.package;
    expect(readFiles({ ...NATIVE, 'assets/cafe\u0301.txt': 'x' }).project?.package).toEqual(composed);
  });
});
