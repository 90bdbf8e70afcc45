/** What the documents name is there: every file and folder in backticks, and every link to a file; and decisions have their form. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { decisionOf } from './decisions.ts';
import { ROOT } from './shell.ts';

/** Folders of fixtures hold the documents of miniapps and of other projects. */
const DOCUMENTS = globSync(['SECURITY.md', '.github/*.md', 'scripts/**/*.md'], { cwd: ROOT }).filter(
  (name) => !/^scripts\/fixtures\/(?!(?:actions|forge)\/README\.md$)/.test(name),
);
/** Where a name may begin, besides the folder of its document. */
const BEGINNINGS = ['', 'scripts', 'config', 'site', 'site/src', '.github/workflows'];
/** Names that stand for something outside this repository, each with what it is. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['strings.ts', 'src/i18n/strings.ts', 'src/routes.config.ts', 'build/'], // files of a miniapp's project
  ...['package/', 'upload/', 'packages/'], // branches of packages, and the folder in them
  ...['.git/miniapp', 'config/.miniapp-edit', '.cache/', 'zh/', 'dist/', 'site/dist/', 'node_modules/'], // made while something runs
  'miniapps/<id>/', // of a platform's own, which begins with none
  'resolve.mjs', // what `miniapp export` writes
  ...['head/', 'view-model.ts'], // in a folder of each story, of each feature
]);

/** Files of code and of workflows, and folders, in backticks; what is in angle brackets or `…` may be anything. */
function named(text: string): string[] {
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!);
  return spans.filter((span) => /^[\w.@#<>[\]…*{},/-]+(?:\.(?:ts|mts|mjs|cjs|astro|yml)|\/)$/.test(span));
}

const isThere = (document: string, name: string): boolean => {
  const pattern = name
    .replaceAll(/<[^>]*>|…/g, '*')
    .replaceAll(/[[\]]/g, '?')
    .replace(/\/$/, '');
  return [dirname(document), ...BEGINNINGS].some((from) =>
    /[*?{]/.test(pattern)
      ? globSync(join(from, pattern), { cwd: ROOT }).length > 0
      : existsSync(join(ROOT, from, pattern)),
  );
};

const missing = (document: string, text: string): string[] =>
  named(text).filter((name) => !ELSEWHERE.has(name) && !isThere(document, name));

const deadLinks = (document: string, text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(ROOT, dirname(document), target)));

test.each(DOCUMENTS)('%s names files and folders that are there', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  expect({ missing: missing(document, text), links: deadLinks(document, text) }).toEqual({ missing: [], links: [] });
});

test('what is not there is found', () => {
  expect(DOCUMENTS.length).toBeGreaterThan(70);
  expect(
    missing('scripts/README.md', '`gone.ts`, `cli.ts`, `core/nowhere/`, `core/`, `site/src/features/*/gone.ts`'),
  ).toEqual(['gone.ts', 'core/nowhere/', 'site/src/features/*/gone.ts']);
  expect(deadLinks('scripts/README.md', '[a](gone.md) [b](../README.md#x) [c](https://example.com)')).toEqual([
    'gone.md',
  ]);
});

const decision = (changes: readonly [from: string, to: string][] = []): string =>
  changes.reduce(
    (text, [from, to]) => text.replace(from, to),
    '# 0007. A title\n\n2026-11-28 · accepted · bot\n\n**Context.** a\n\n**Decision.** b\n\n**Consequences.** c\n\n**What would change it.** d\n',
  );

test('a decision is read by its form', () => {
  const read = { number: '0007', title: 'A title', date: '2026-11-28', status: 'accepted', area: 'bot' };
  expect(decisionOf('0007-a-title.md', decision())).toEqual({ file: '0007-a-title.md', ...read });
});

test.each([
  ['another number', '0008-a-title.md', decision(), 'it does not begin with'],
  ['no number', 'a-title.md', decision(), 'its name is not'],
  ['no date', '0007-a-title.md', decision([['2026-11-28 · ', '']]), 'its third line is not'],
  ['no consequences', '0007-a-title.md', decision([['**Consequences.** c\n\n', '']]), 'its sections are not'],
])('a decision with %s is refused', (_, file, text, fault) => {
  expect(() => decisionOf(file, text)).toThrow(fault);
});
