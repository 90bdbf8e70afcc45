/** SECURITY.md is a list of tests: each that it names exists, each threat has one, and no attack that is played is left out. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testTitles } from './test-titles.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');

interface Named {
  readonly threat: string;
  readonly file: string;
  /** Undefined for a story, which is a folder. */
  readonly title: string | undefined;
}

/** Threats are list items that begin with their number; below each stand its tests, a file and a title, or a story's folder. */
function listOf(page: string): { threats: string[]; named: Named[]; others: string[] } {
  const threats: string[] = [];
  const named: Named[] = [];
  const others: string[] = [];
  for (const line of page.split('\n')) {
    const [, threat] = /^- \*\*([A-Z]\d+)\*\* /.exec(line) ?? [];
    const [, file, title] = /^ {2}- `([^`]+)`(?:: (.+))?$/.exec(line) ?? [];
    if (threat !== undefined) threats.push(threat);
    else if (file !== undefined) named.push({ threat: threats.at(-1) ?? '', file, title });
    else if (/^\s+- /.test(line)) others.push(line);
  }
  return { threats, named, others };
}

const { threats, named, others } = listOf(text);
const known = new Map<string, ReturnType<typeof testTitles>>();
function titlesIn(file: string): ReturnType<typeof testTitles> {
  const found = known.get(file) ?? testTitles(readFileSync(join(root, file), 'utf8'));
  known.set(file, found);
  return found;
}

/** What does not exist of what is named. */
const missing = (all: readonly Named[]): string[] =>
  all.flatMap(({ file, title }) => {
    const isThere =
      title === undefined
        ? existsSync(join(root, file, 'why.md'))
        : existsSync(join(root, file)) && titlesIn(file).has(title);
    return isThere ? [] : [title === undefined ? file : `${file}: ${title}`];
  });

test('every test that is named exists, by its file and title', () => {
  expect(missing(named)).toEqual([]);
  expect(others).toEqual([]);
});

test.each([
  ['a title that is not there', 'scripts/checks/security.test.ts', 'no such test'],
  ['a file that is not there', 'scripts/no.test.ts', '%s is found'],
  ['a story that is not there', 'scripts/fixtures/transitions/no/story', undefined],
])('%s is found', (_, file, title) => {
  expect(missing([{ threat: 'X1', file, title }])).toHaveLength(1);
});

/** A story is played on every machine. */
const runsAlways = ({ file, title }: Named): boolean => title === undefined || titlesIn(file).get(title) === 'always';

test('no threat is without a test that runs on every machine, and none has the number of another', () => {
  expect(threats.filter((threat) => !named.some((one) => one.threat === threat && runsAlways(one)))).toEqual([]);
  expect(new Set(threats).size).toBe(threats.length);
  expect(threats.length).toBeGreaterThan(30);
});

test('every attack of adversarial.test.ts is in the list', () => {
  const file = 'scripts/bot/adversarial.test.ts';
  const tests = readFileSync(join(root, file), 'utf8').matchAll(/^ *test\('(.+)', /gm);
  const attacks = [...tests].map(([, title = '']) => title);
  const listed = new Set(named.flatMap((one) => (one.file === file ? [one.title] : [])));
  expect(attacks.length).toBeGreaterThan(10);
  expect(attacks.filter((title) => !listed.has(title))).toEqual([]);
});

test.each([
  ['test("x", f)', 'always'],
  ['test.each([["x", 1]])("%s", f)', 'always'],
  ['describe("a", () => { test("x", (context) => { context.skip("why"); }); })', 'sometimes'],
  ['describe.skipIf(no)("a", () => { test("x", f); })', 'sometimes'],
  ['test.runIf(yes).each(["x"])("%s", f)', 'sometimes'],
  ['describe.skip("a", () => { test("x", f); })', undefined],
  ['it.skip("x", f)', undefined],
  ['test.todo("x")', undefined],
])('%s: x runs %s', (source, run) => {
  expect(testTitles(source).get('x')).toBe(run);
});
