/** What a reviewer reads of bytes: true, bounded, and markup of nobody's. */
import { describe, expect, test } from 'vitest';
import type { PackageComparison } from '../../packages/comparison.ts';
import type { PackageDiff } from '../../packages/diff.ts';
import { SMART } from '../../fixtures/workspace.ts';
import { comparisonMarkdown } from './comparison-text.ts';

const NONE = { added: [], removed: [] };
const DIFF: PackageDiff = {
  files: {
    added: [{ path: 'pages/alarm/index.js', bytes: 1200 }],
    removed: [{ path: 'old.js', bytes: 7 }],
    changed: [{ path: 'app.js', before: 50, after: 20 }],
  },
  bytes: { before: 3000, after: 4163 },
  pages: { added: ['pages/alarm/index'], removed: [] },
  origins: { added: ['https://api.example.com'], removed: [] },
  kits: { ...NONE, changed: [{ kit: 'BaseKit', before: '3.0.0', after: '3.1.0' }] },
  baseLibrary: { before: '2.0.0' },
  permissions: { added: ['ty.getLocation'], removed: ['ty.request'] },
  attributes: [],
};
const found = (diff: Partial<PackageDiff> = {}, more: Partial<PackageComparison> = {}): PackageComparison => ({
  id: { miniapp: SMART, version: '1.4.0' },
  unkept: [],
  compared: { with: '1.1.0', diff: { ...DIFF, ...diff }, objects: { before: 'a'.repeat(40), after: 'b'.repeat(40) } },
  ...more,
});
const page = 'https://github.com/example/registry';
const text = (comparison: PackageComparison, redact = (one: string) => one) =>
  comparisonMarkdown(comparison, { page, redact });

test('a comparison, whole', () => {
  expect(text(found())).toMatchInlineSnapshot(`
    "Compared with \`1.1.0\`, byte by byte: 1 file added, 1 removed, 1 changed; 4,163 bytes (+1,163).

    | file | bytes before | after |
    | --- | ---: | ---: |
    | \`pages/alarm/index.js\` | - | 1,200 |
    | \`old.js\` | 7 | - |
    | \`app.js\` | 50 | 20 |

    - pages that come: \`pages/alarm/index\`
    - origins that come: \`https://api.example.com\`
    - kit \`BaseKit\`: \`3.0.0\` → \`3.1.0\`
    - base library: \`2.0.0\` → none
    - APIs that come: \`ty.getLocation\`
    - APIs that go: \`ty.request\`

    [Compare on GitHub](https://github.com/example/registry/compare/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb), which shows 300 files at most and no large ones; every line, of any size: \`npx miniapp package diff tysmart0000000001 1.1.0 1.4.0 --patch\`."
  `);
});

describe('says', () => {
  test.each<[what: string, comparison: PackageComparison, said: RegExp]>([
    [
      'that GitHub may hide lines',
      found({ attributes: ['a/.gitattributes'] }),
      /\[!WARNING\]\n> It holds `a\/\.gitattributes`/,
    ],
    [
      'whose bytes it would rather be compared with',
      found({}, { unkept: ['1.2.0'] }),
      /bytes of `1\.2\.0` are not kept/,
    ],
    ['that nothing changed', found({ files: { added: [], removed: [], changed: [] } }), /^The same bytes as `1\.1\.0`/],
    ['that there is nothing earlier', { id: found().id, unkept: [] }, /nothing to compare/],
  ])('%s', (_, comparison, said) => {
    expect(text(comparison)).toMatch(said);
  });

  test('why there is none', () => {
    const none = { id: found().id, why: 'its bytes are not in <b>packages/</b>' };
    expect(comparisonMarkdown(none, { redact: String })).toBe(
      String.raw`Nothing can be compared: its bytes are not in &lt;b&gt;packages/&lt;/b&gt;.`,
    );
  });
});

test('names of files are nobody’s markup, no account, and not too many', () => {
  const paths = ['](https://evil.example) | `x` @octocat', 'notes/bob@example.com.txt', 'x/'.repeat(400)];
  const many = Array.from({ length: 5000 }, (_, i) => ({ path: `${paths[i] ?? `f${i}`}`, bytes: i }));
  const origins = { added: many.map(({ path }) => path), removed: [] };
  const body = text(found({ files: { added: many, removed: [], changed: [] }, origins }), (one) =>
    one.replaceAll('bob@example.com', '…'),
  );
  expect(body).not.toContain('bob@example.com');
  expect(body).toContain(
    '| `` ](https://evil.example) ¦ `x` @octocat `` |'.replaceAll('`` ]', '``]').replaceAll('t `` |', 't`` |'),
  );
  expect(body).toContain('… and 4,980 more');
  expect(body.length).toBeLessThan(8000);
});

test('links to GitHub only where the store is there', () => {
  expect(comparisonMarkdown(found(), { redact: String })).not.toContain('](');
});
