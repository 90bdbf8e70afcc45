/** Scripts that are hard to read: each ends, and is told or read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REQUEST, uses } from '../fixtures/projects/uses.ts';
import { NATIVE, projectOf } from '../fixtures/projects/write.ts';
import { locateAll } from '../read/positions.ts';
import { readProject } from './read-project.ts';

describe('files that are hard to read', () => {
  test('one that is no script is a warning with its line; the others are searched', () => {
    const root = projectOf({
      ...NATIVE,
      'bad.js': 'const a = ;\nconst = {',
      'good.js': 'ty.request({ url: "https://api.example.com" })',
    });
    const { project, findings } = readProject(root, { shown: 'app', id: 'typroject0000001' });
    expect(project?.origins).toEqual(['https://api.example.com']);
    expect(locateAll(findings.problems, findings.texts)).toMatchObject([
      { code: 'upload-unread', severity: 'warning', file: 'app/bad.js', line: 1, column: 11 },
    ]);
  });

  test('types in a script without a sign in its name, decorators, a hashbang, a mark at the beginning', () => {
    const script =
      '\uFEFF#!/usr/bin/env node\n@d class A { x: string = "https://api.example.com"; f() { ty.request({ url: this.x }) } }';
    expect(uses(script)).toEqual(REQUEST);
  });

  test('nesting without end', () => {
    const deep = `${'['.repeat(50_000)}1${']'.repeat(50_000)}`;
    const markup = '<view>'.repeat(50_000);
    const braces = `<image src="${'{{'.repeat(200_000)}"/>`;
    const spread =
      'const a = { ...b, u: 1 }; const b = { ...a }; const l = [...l, l]; ty.request(a); ty.request({ url: l[0] }); ty.previewImage({ urls: l });';
    const files = { 'deep.js': `x = ${deep}`, 'pages/index/index.tyml': markup + braces, 'spread.js': spread };
    expect(uses(files)).toEqual(['request ?', 'static ?']);
  });

  test('many meanings of one name end in unknown, not in hours', () => {
    const names = Array.from({ length: 60 }, (_, i) => `const a${i + 1} = x ? a${i} + "1" : a${i} + "2";`).join('\n');
    expect(uses(`const a0 = ""; ${names} ty.request({ url: a60 })`)).toEqual(['request ?']);
  });

  test('whatever stands in them, reading ends without a fault', () => {
    const piece = fc.constantFrom(
      'ty',
      '.request',
      '({',
      'url',
      ':',
      '"https://a.example.com"',
      '`',
      '${',
      '}',
      ')',
      '=>',
      'x',
      ',',
      '...',
      '[',
      ']',
      'import',
      'export',
      ' from ',
      '"./b"',
      '=',
      'class ',
      'this',
      ';',
      '\n',
      '<',
      '/>',
      '{{',
      '}}',
      'src=',
      '@',
      '//',
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, text, (script, markup, style) => {
        const files = { 'pages/index/index.js': script, 'pages/index/index.tyml': markup, 'app.less': style };
        expect(Array.isArray(uses(files))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
