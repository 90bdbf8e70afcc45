import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describe as sentences, messages, severityOf, type ProblemCode } from '../core/problems/messages.ts';
import { at, problem } from '../core/problems/problem.ts';
import { count, locateAll, positionOf } from '../read/positions.ts';
import { code, plain as plainMarkdown } from './markdown.ts';
import { oneLine } from '../github/one-line.ts';
import { painter, problemReport, safe, table, width } from './terminal.ts';

const plain = painter(false);

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

describe('positions', () => {
  const text = 'a: 1\nlist:\n  - x\n  - { y: "z" }\n';
  test.each([
    [{ path: [] }, '1:1'],
    [{ path: ['a'] }, '1:4'],
    [{ path: ['list'], part: 'key' }, '2:1'],
    [{ path: ['list', 1, 'y'] }, '4:10'],
    [{ path: ['list', 1, 'y'], part: 'key' }, '4:7'],
    [{ offset: 5 }, '2:1'],
    [{ offset: text.length }, '5:1'],
  ] as const)('%j', (place, expected) => {
    const { line, column } = positionOf({ file: 'f', ...place }, text);
    expect(`${line}:${column}`).toBe(expected);
  });

  test('a file without a text', () =>
    expect(positionOf({ file: 'f', path: ['a'] }, undefined)).toEqual({ line: 1, column: 1 }));

  test('sorted by file, line and column, the same finding once', () => {
    const texts = new Map([
      ['b.yaml', text],
      ['a.yaml', text],
    ]);
    const missing = (file: string, ...path: (string | number)[]) =>
      problem('date-invalid', at(file, ...path), { value: 'x' });
    const located = locateAll(
      [missing('b.yaml', 'a'), missing('a.yaml', 'list', 0), missing('a.yaml', 'a'), missing('b.yaml', 'a')],
      texts,
      'config/',
    );
    expect(located.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      'config/a.yaml:1:4',
      'config/a.yaml:3:5',
      'config/b.yaml:1:4',
    ]);
    expect(count(located)).toEqual({ errors: 3, warnings: 0, files: 2 });
  });
});

describe('the terminal', () => {
  const report = (line: string, column: number) => {
    const problems = [
      {
        code: 'date-invalid' as const,
        severity: 'error' as const,
        file: 'f.yaml',
        line: 7,
        column,
        message: 'm',
        hint: 'h',
      },
    ];
    return problemReport(problems, count(problems), () => line, plain).split('\n');
  };

  test('the caret stands under the column, also after wide characters', () => {
    const [, excerpt = '', caret = ''] = report('名字: 家 x', 6);
    expect(excerpt).toBe('  7 | 名字: 家 x');
    expect(caret).toBe(`${' '.repeat(6 + width('名字: 家'))}^`);
  });

  test('of a long line the part around the column is shown', () => {
    const [, excerpt = '', caret = ''] = report(`${'a'.repeat(300)}HERE${'b'.repeat(300)}`, 301);
    expect(excerpt.length).toBeLessThan(115);
    expect(excerpt.slice(caret.indexOf('^'))).toMatch(/^HERE/);
    expect(excerpt).toMatch(/\| ….*…$/);
  });

  test('the line of several problems at one place is shown once', () => {
    const one = {
      code: 'date-invalid' as const,
      severity: 'error' as const,
      file: 'f.yaml',
      line: 7,
      column: 1,
      hint: '',
    };
    const problems = [
      { ...one, message: 'a' },
      { ...one, message: 'b' },
      { ...one, message: 'c', column: 2 },
    ];
    const shown = problemReport(problems, count(problems), () => 'x: 1', plain);
    expect(shown.split('\n').slice(0, 8)).toEqual([
      'f.yaml:7:1 error a date-invalid',
      '  7 | x: 1',
      '      ^',
      'f.yaml:7:1 error b date-invalid',
      '',
      'f.yaml:7:2 error c date-invalid',
      '  7 | x: 1',
      '       ^',
    ]);
  });

  test('a password or token in an address is not shown, and the caret stays where it is', () => {
    const line = 'packages: { git: { remote: "https://bob:hidden@example.com/x.git" } } # x';
    const [, excerpt = '', caret = ''] = report(line, line.indexOf('# x') + 1);
    expect(excerpt).not.toMatch(/bob|hidden/);
    expect(excerpt.slice(caret.indexOf('^'))).toBe('# x');
  });

  test('what cannot be seen is shown as its code', () => {
    expect(safe('a\u001B[2Jb\u202Ec\u200Bd\r')).toBe('a\\u001B[2Jb\\u202Ec\\u200Bd\\u000D');
    expect(safe('闹钟 é 👋')).toBe('闹钟 é 👋');
    expect(safe('❤\uFE0F é ไทย עברית العربية')).toBe('❤\uFE0F é ไทย עברית العربية');
  });

  test.each([
    ['\u061C', '\\u061C'],
    ['\u{E0041}', '\\u{E0041}'],
    ['\u{E0001}', '\\u{E0001}'],
    ...[...'\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069'].map((one) => [one, escaped(one)]),
    ...[...'\u00AD\u034F\u115F\u180E\u2060\u206F\u3164\uFFA0\uFFF9\uFEFF\u2028'].map((one) => [one, escaped(one)]),
    ['\uD800', '\\uD800'],
  ])('hides nothing behind %j', (character, shown) => {
    expect(safe(`a${character}b`)).toBe(`a${shown}b`);
    expect(oneLine(`a${character}b`)).toMatch(/^a[ \uFFFD]b$/);
  });

  test('as many rows as there may be miniapps', () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => [`id${i}`, '名字']);
    const lines = table([['id', 'name'], ...rows], painter(false)).split('\n');
    expect([lines.length, lines[1]]).toEqual([200_001, 'id0       名字']);
  });

  test('columns are aligned by width', () => {
    expect(
      table(
        [
          ['id', 'name', 'x'],
          ['闹钟', 'b', ''],
          ['c', 'long name', '1'],
        ],
        plain,
      ),
    ).toBe('id    name       x\n闹钟  b\nc     long name  1');
  });

  test('colours only when asked for', () => {
    expect(painter(true)('red', 'x')).toBe('\u001B[31mx\u001B[39m');
    expect(plain('red', 'x')).toBe('x');
  });
});

describe('the catalogue', () => {
  const source = (folder: string): string =>
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter(
        (entry) =>
          entry.isFile() && /(?<!\.test|\.generated)\.ts$/.test(entry.name) && !entry.parentPath.includes('messages'),
      )
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('\n');
  const core = ['core', 'read', 'edit', 'evaluate', 'project', 'tables', 'commands', 'packages', 'bot']
    .map((folder) => source(join(import.meta.dirname, '..', folder)))
    .join('\n');

  test.each(Object.keys(messages.en.problems) as ProblemCode[])('%s is a code that something finds', (code) => {
    expect(core).toContain(`'${code}'`);
    expect(['error', 'warning']).toContain(severityOf(code));
  });

  test('sentences are filled, and what looks like a placeholder in a value stays a value', () => {
    const found = problem('reference-unknown', at('f'), { kind: 'app', name: '{near}', near: 'Known: x' });
    expect(sentences(found)).toEqual({ message: 'there is no app "{near}"', hint: 'Known: x' });
  });
});

describe('Markdown', () => {
  test.each([
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert\\(1\\)&gt;'],
    ['[click](https://evil.example)', '\\[click\\]\\(https:<!-- -->//evil.example\\)'],
    ['@alice #12 a@b.example', '@<!-- -->alice \\#<!-- -->12 a@<!-- -->b.example'],
    ['1.2.0 is online', '1\\.2.0 is online'],
    ['&lt; 5 $', '&amp;lt; 5 <span>$</span>'],
    ['闹钟 is 5 > 4', '闹钟 is 5 &gt; 4'],
  ])('%j shows as it is', (text, written) => expect(plainMarkdown(text)).toBe(written));

  test('a code span holds any backticks', () => {
    expect(code('a`b``c')).toBe('```a`b``c```');
    expect(code('`')).toBe('`` ` ``');
    expect(code('x')).toBe('`x`');
  });
});
