/** Diffs that Git takes: applying one gives what it says. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { unifiedDiff } from './diff.ts';

const home = mkdtempSync(join(tmpdir(), 'miniapp-diff-'));
const file = join(home, 'config/a.yaml');
afterAll(() => rmSync(home, { recursive: true, force: true }));

function applied(before: string | null, diff: string): string | null {
  rmSync(join(home, 'config'), { recursive: true, force: true });
  mkdirSync(join(home, 'config'));
  if (before !== null) writeFileSync(file, before);
  execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: home, input: diff });
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

const lines = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'c', '', '- x', '+y', '\\ z'), { maxLength: 14 }), fc.boolean())
  .map(([all, hasEnd]) => all.join('\n') + (hasEnd && all.length > 0 ? '\n' : ''));
const content = fc.option(lines, { freq: 8 });

test('git apply makes of the one what the other is', () => {
  fc.assert(
    fc.property(content, content, (before, after) => {
      // An empty file has no lines to show, and Git wants another kind of diff for it.
      fc.pre(before !== after && before !== '' && after !== '');
      const diff = unifiedDiff([{ path: 'a.yaml', before, after }], 'config');
      expect(applied(before, diff)).toBe(after);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('three lines around a change, parts far apart on their own', () => {
  const before = 'abcdefghijklmnop'.split('').join('\n');
  const after = before.replace('b', 'B').replace('p', 'P');
  expect(unifiedDiff([{ path: 'a.yaml', before, after }], 'config/')).toBe(
    [
      'diff --git a/config/a.yaml b/config/a.yaml',
      '--- a/config/a.yaml',
      '+++ b/config/a.yaml',
      '@@ -1,5 +1,5 @@',
      ' a',
      '-b',
      '+B',
      ' c',
      ' d',
      ' e',
      '@@ -13,4 +13,4 @@',
      ' m',
      ' n',
      ' o',
      '-p',
      '\\ No newline at end of file',
      '+P',
      '\\ No newline at end of file',
      '',
    ].join('\n'),
  );
});

test('what is no text is only said to differ', () => {
  const edit = { path: 'a.png', before: null, after: Buffer.from([0x89, 0x50, 0, 1]) };
  expect(unifiedDiff([edit], 'config')).toContain('Binary files /dev/null and b/config/a.png differ\n');
});

test('of thousands of lines that all change, all come and go, at once', () => {
  const text = (mark: string) => Array.from({ length: 6_000 }, (_, i) => `${mark}${i}\n`).join('');
  const diff = unifiedDiff([{ path: 'a.yaml', before: text('a'), after: text('b') }], 'config');
  expect(diff).toContain('@@ -1,6000 +1,6000 @@\n-a0\n');
  expect(applied(text('a'), diff)).toBe(text('b'));
});
