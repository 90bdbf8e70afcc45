/** What an upgrade says is new, and what a migration may do. */
import { describe, expect, test } from 'vitest';
import { pathOf } from '../core/paths.ts';
import { rewrite } from '../edit/yaml.ts';
import { fixtureFiles, SMART } from '../fixtures/workspace.ts';
import { load } from '../read/load.ts';
import { memorySource } from '../read/source.ts';
import { migrate, type MigrationInput, type Migration } from './migrations/index.ts';
import { newsBetween } from './news.ts';

describe('what is new', () => {
  const earlier = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- One.\n\n## [0.1.0]\n\n- First.\n';
  test.each([
    ['nothing', earlier, earlier, []],
    [
      'everything, for a version without a change log',
      '',
      earlier,
      ['Unreleased, Added', '- One.', '0.1.0', '- First.'],
    ],
    [
      'entries that came, below the version that holds them now',
      earlier,
      earlier.replace('- One.\n', '- One.\n- Two,\n  on three\n--lines.\n').replace('[Unreleased]', '[0.2.0]'),
      ['0.2.0, Added', '- Two, on three --lines.'],
    ],
  ])('%s', (_, before, after, lines) => expect(newsBetween(before, after)).toEqual(lines));
});

describe('a migration', () => {
  const files = fixtureFiles();
  const given = (changed: ReadonlyMap<string, string>): MigrationInput => {
    const all: Record<string, string> = { ...files, ...Object.fromEntries(changed) };
    return { ...load(memorySource(all)), text: (path) => all[path] };
  };
  const whitelist = pathOf.file(SMART, 'whitelist');
  const renames = (id: string, from: string, to: string): Migration => ({
    id,
    why: `${from} is ${to}`,
    edits: ({ workspace, texts }) =>
      new Map(
        [...workspace.miniapps].flatMap(([miniapp, { whitelist: rows }]) => {
          const path = pathOf.file(miniapp, 'whitelist');
          const wanted = rows.map((row) => (row.note === from ? { ...row, note: to } : row));
          return texts.has(path) ? [[path, rewrite(texts.get(path)!, { whitelist: wanted })] as const] : [];
        }),
      ),
  });

  test('sees what those before it made, and keeps comments', () => {
    const commented = files[whitelist]!.replace('whitelist:', '# Who may try\nwhitelist:');
    files[whitelist] = commented;
    const { applied, files: made } = migrate(given, [renames('a', 'QA phone 3', 'two'), renames('b', 'two', 'three')]);
    expect(applied.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(made.get(whitelist)).toBe(commented.replace('QA phone 3', 'three'));
  });

  test('that finds the newer form does nothing', () => {
    expect(migrate(given, [renames('a', 'nobody has this', 'x')])).toEqual({ applied: [], files: new Map() });
  });

  test.each([
    ['a version file', pathOf.version(SMART, '1.0.0')],
    ['a file that belongs nowhere', 'notes.txt'],
  ])('never touches %s', (_, path) => {
    const wrong: Migration = { id: 'wrong', why: 'x', edits: () => new Map([[path, 'x: 1\n']]) };
    expect(() => migrate(given, [wrong])).toThrow(path);
  });
});
