/** Projects made to mislead whoever reads them: nothing outside is read, and nothing keeps anybody waiting. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NATIVE, projectOf, scratch, write } from '../fixtures/projects/write.ts';
import { projectIn, readFiles } from '../fixtures/projects/read.ts';

describe('a hostile project', () => {
  /** What stands outside the project; nothing may come of it. */
  const CANARY = 'https://canary.example.com';

  test('reads nothing outside its folder, whatever leads there', () => {
    const outside = projectOf({
      'secret.js': `export const base = '${CANARY}'; ty.request({ url: base });`,
      'app.json': '{"pages": ["pages/evil/index"]}',
    });
    const root = projectOf({
      ...NATIVE,
      'tsconfig.json': JSON.stringify({
        compilerOptions: { baseUrl: '..', paths: { 'up/*': ['../*'], '@/*': ['/etc/*'] } },
      }),
      'pages/index/index.js': [
        `import { base } from '../../../${outside.split('/').at(-1)}/secret';`,
        `import { base as two } from '${outside}/secret.js';`,
        "import { base as three } from '../../link/secret';",
        "import { base as four } from 'up/secret';",
        'ty.request({ url: base }); ty.request({ url: two }); ty.request({ url: three }); ty.request({ url: four });',
      ].join('\n'),
    });
    symlinkSync(outside, join(root, 'link'));
    symlinkSync(join(outside, 'secret.js'), join(root, 'secret.js'));
    symlinkSync(join(root, 'app.js'), join(root, 'inside.js'));
    symlinkSync(root, join(root, 'loop'));
    const { project, told } = projectIn(root);
    expect(JSON.stringify(project)).not.toContain('canary');
    expect(project?.package).toMatchObject({ files: 11 });
    expect(told).toEqual(['inside.js', 'link', 'loop', 'secret.js'].map((name) => `app/${name}:1:1 upload-left-out`));
    expect(project?.unresolved).toHaveLength(4);
  });

  test('a miniprogramRoot that is a link is not followed', () => {
    const root = projectOf({ 'project.tuya.json': '{"miniprogramRoot": "dist"}' });
    symlinkSync(projectOf(NATIVE), join(root, 'dist'));
    expect(projectIn(root).told).toEqual([
      'app/dist:1:1 upload-left-out',
      'app/project.tuya.json:1:21 project-root-empty',
    ]);
  });

  test('an app.json that is a link is none', () => {
    const root = projectOf({ 'project.tuya.json': '{}' });
    symlinkSync(join(projectOf(NATIVE), 'app.json'), join(root, 'app.json'));
    expect(projectIn(root).told).toEqual(['app:1:1 project-none', 'app/app.json:1:1 upload-left-out']);
  });

  test('a pipe is left out and keeps nobody waiting', () => {
    const root = projectOf(NATIVE);
    execFileSync('mkfifo', [join(root, 'pipe.js')]);
    const { project, told } = projectIn(root);
    expect(told).toEqual(['app/pipe.js:1:1 upload-left-out']);
    expect(project?.package.files).toBe(10);
  });

  test.each([
    ['a newline', Buffer.from('a\nb.js')],
    ['an escape', Buffer.from('a\u001b[31m.js')],
    ['a backslash', Buffer.from('..\\..\\x.js')],
    ['no UTF-8', Buffer.from([0x61, 0xff, 0x2e, 0x6a, 0x73])],
  ])('a name with %s is refused', (_, name) => {
    const root = projectOf(NATIVE);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), name]), '');
    const { project, told } = projectIn(root);
    expect(project).toBeUndefined();
    expect(told).toEqual(['app:1:1 project-name']);
  });

  test('two names that are one in Unicode are refused', () => {
    const { told } = readFiles({ ...NATIVE, 'caf\u00e9.txt': 'x', 'cafe\u0301.txt': 'x' });
    expect(told).toEqual(['app:1:1 project-name']);
  });

  test('folders below each other without end are refused', () => {
    const root = projectOf(NATIVE);
    mkdirSync(join(root, 'd/'.repeat(70)), { recursive: true });
    const { project, problems } = projectIn(root);
    expect(project).toBeUndefined();
    expect(problems.map(({ code }) => code)).toEqual(['project-limit']);
  });

  test('two gigabytes are refused unread', () => {
    const root = projectOf(NATIVE);
    writeFileSync(join(root, 'big.bin'), '');
    truncateSync(join(root, 'big.bin'), 2 * 1024 ** 3);
    const { project, found } = projectIn(root);
    expect(project).toBeUndefined();
    const what = 'bytes in its files (big.bin has 2147483648)';
    const limit = 1024 ** 3;
    expect(found).toMatchObject([{ code: 'project-limit', args: { what, limit } }]);
    expect(statSync(join(root, 'big.bin')).size).toBe(2 * 1024 ** 3);
  });

  test('a huge app.json and a huge script: the one refused, the other not searched', () => {
    const huge = ' '.repeat(9 * 1024 ** 2);
    expect(readFiles({ ...NATIVE, 'app.json': `{"pages": [${huge}]}` }).told).toEqual([
      'app/app.json:1:1 file-unreadable',
    ]);
    const { project, told } = readFiles({ ...NATIVE, 'huge.js': `ty.request(${huge})` });
    expect(told).toEqual(['app/huge.js:1:1 upload-unread']);
    expect(project?.package.files).toBe(11);
  });

  test('names of JavaScript’s own in configuration mean nothing', () => {
    const config =
      '{"__proto__": {"miniprogramRoot": "x"}, "dependencies": {"constructor": "1.0.0", "__proto__": "2.0.0"}}';
    const { project, told } = readFiles({ ...NATIVE, 'project.tuya.json': config });
    expect(told).toEqual(['app/project.tuya.json:1:95 project-field']);
    expect(project).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'miniprogramRoot')).toBe(false);
  });

  test('an empty folder, and one that cannot be read', () => {
    expect(projectIn(scratch()).told).toEqual(['app:1:1 project-none']);
    const root = projectOf({ ...NATIVE, 'closed/x.js': '' });
    chmodSync(join(root, 'closed'), 0);
    const isRoot = process.getuid?.() === 0;
    const { told } = projectIn(root);
    chmodSync(join(root, 'closed'), 0o755);
    expect(told).toEqual(isRoot ? [] : ['app/closed:1:1 file-unreadable']);
    write(root, {});
  });
});
