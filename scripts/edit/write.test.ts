/** Edits written as one: whatever fails at whatever step, all of it stands afterwards or nothing does. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { armFaults } from '../fixtures/file-faults.ts';
import { diskSource } from '../read/disk.ts';
import { editPlace, pendingEdits, withPendingEdits } from '../read/edit-state.ts';
import type { FileEdit } from './edit.ts';
import { recover } from './journal.ts';
import { writeEdits } from './write.ts';

const home = mkdtempSync(join(tmpdir(), 'miniapp-write-'));
const config = join(home, 'config');
afterAll(() => rmSync(home, { recursive: true, force: true }));

const at = (path: string) => join(config, path);
function put(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

const PLATFORM = 'platform.yaml';
const ALICE = 'people/alice.yaml';
const NEW = 'miniapps/tynew00000000001/versions/1.0.0.yaml';
const OLD = 'miniapps/tyold00000000001/release.yaml';
const EDITS: readonly FileEdit[] = [
  { path: PLATFORM, before: 'name: old\n', after: 'name: new\n' },
  { path: NEW, before: null, after: 'version: 1.0.0\n' },
  { path: OLD, before: 'online: old\n', after: null },
  { path: ALICE, before: 'login: alice\n', after: 'login: alice2\n' },
];
const BEFORE = { [OLD]: 'online: old\n', [ALICE]: 'login: alice\n', [PLATFORM]: 'name: old\n' };
const AFTER = { [NEW]: 'version: 1.0.0\n', [ALICE]: 'login: alice2\n', [PLATFORM]: 'name: new\n' };

/** Every file below the configuration, whatever it is called. */
const filesNow = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(config, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(config.length + 1), readFileSync(path, 'utf8')]),
  );
/** What a reader sees. */
function seen(): Record<string, string> {
  const source = withPendingEdits(config, diskSource(config));
  return Object.fromEntries(source.list('').map(({ path }) => [path, Buffer.from(source.read(path)).toString()]));
}

function begin(isInGit: boolean): void {
  rmSync(home, { recursive: true, force: true });
  for (const [path, text] of Object.entries(BEFORE)) put(path, text);
  if (!isInGit) return;
  mkdirSync(join(home, '.git'));
  writeFileSync(join(home, '.git/HEAD'), 'ref: refs/heads/main\n');
}
beforeEach(() => begin(true));

const leftovers = (): string[] => {
  const { folder } = editPlace(config);
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => name !== 'journals')
    : [];
};

/** The fault at each step in turn; gives the steps. */
function atEachStep(kind: string, isInGit: boolean, edits: readonly FileEdit[], then: (about: string) => void): number {
  for (let step = 1; ; step += 1) {
    begin(isInGit);
    const faults = armFaults(home, step, kind);
    let error: unknown;
    try {
      writeEdits(config, edits);
    } catch (thrown) {
      error = thrown;
    } finally {
      faults.disarm();
    }
    if (!faults.isHit) return step - 1;
    then(
      `${kind} at step ${step}, ${faults.step.replace(home, '')}: ${error instanceof Error ? error.message : 'fine'}`,
    );
  }
}

describe.each([
  ['prepared in the folder of Git', true],
  ['prepared in the configuration', false],
])('%s', (_where, isInGit) => {
  test.each(['kill', 'half'])(
    'ended at any step (%s): readers see all or nothing, and recovering makes it so',
    (kind) => {
      const steps = atEachStep(kind, isInGit, EDITS, (about) => {
        const read = seen();
        expect({
          about,
          isWhole: [BEFORE, AFTER].some((one) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(read))),
        }).toEqual({ about, isWhole: true });
        recover(config);
        expect({ about, files: sorted(filesNow()) }).toEqual({ about, files: sorted(read) });
        expect({ about, left: leftovers() }).toEqual({ about, left: [] });
      });
      expect(steps).toBeGreaterThan(20);
    },
  );

  test.each(isInGit ? ['kill', 'EACCES…'] : ['ENOSPC', 'EACCES'])(
    'recovering, itself ended or failing at any step (%s), is made up for by the next',
    (kind) => {
      let points = 0;
      atEachStep('kill', isInGit, EDITS, (about) => {
        const read = seen();
        if (pendingEdits(config).length === 0) return;
        const kept = readState();
        for (let step = 1; ; step += 1) {
          restore(kept);
          const faults = armFaults(home, step, kind);
          try {
            recover(config);
          } catch {
            // Ended.
          } finally {
            faults.disarm();
          }
          if (!faults.isHit) break;
          points += 1;
          recover(config);
          const isWhole = [BEFORE, read].some(
            (one) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(filesNow())),
          );
          expect({ about, during: faults.step, isWhole, left: leftovers() }).toEqual({
            about,
            during: faults.step,
            isWhole: true,
            left: [],
          });
        }
      });
      expect(points).toBeGreaterThan(20);
    },
  );

  test.each(['ENOSPC', 'EACCES', 'EIO', 'ENOSPC…', 'EACCES…'])('%s at any step: all or nothing', (kind) => {
    atEachStep(kind, isInGit, EDITS, (about) => {
      recover(config);
      const isWhole = [BEFORE, AFTER].some((one) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(filesNow())));
      expect({ about, isWhole }).toEqual({ about, isWhole: true });
      if (about.includes('nothing was written'))
        expect({ about, files: sorted(filesNow()) }).toEqual({ about, files: sorted(BEFORE) });
    });
  });

  test('files beside a configuration that cannot all be written are taken back too', () => {
    const [readme, tool] = ['README.md', 'tool.json'].map((name) => join(home, name)) as [string, string];
    const edits: FileEdit[] = [
      { path: 'README.md', before: 'old\n', after: 'new\n' },
      { path: 'tool.json', before: null, after: '{}\n' },
    ];
    const whole = ['old\n', 'new\n{}\n'];
    const failed: string[] = [];
    for (let step = 1; ; step += 1) {
      writeFileSync(readme, 'old\n');
      rmSync(tool, { force: true });
      const faults = armFaults(home, step, 'EACCES');
      try {
        writeEdits(home, edits);
      } catch (error) {
        failed.push(String(error));
      } finally {
        faults.disarm();
      }
      const now = readFileSync(readme, 'utf8') + (existsSync(tool) ? readFileSync(tool, 'utf8') : '');
      expect({ step, isWhole: whole.includes(now) }).toEqual({ step, isWhole: true });
      if (!faults.isHit) break;
    }
    expect(failed.filter((error) => error.includes('nothing was written')).length).toBeGreaterThan(5);
  });

  test.each(EDITS.map((edit) => [edit.path, edit] as const))(
    '%s alone, ended at any step, is as before or after',
    (path, edit) => {
      for (const kind of ['kill', 'half', 'ENOSPC', 'EACCES…']) {
        atEachStep(kind, isInGit, [edit], (about) => {
          const content = existsSync(at(path)) ? readFileSync(at(path), 'utf8') : null;
          expect({ about, isWhole: content === edit.before || content === edit.after }).toEqual({
            about,
            isWhole: true,
          });
          recover(config);
          expect({ about, left: leftovers() }).toEqual({ about, left: [] });
        });
      }
    },
  );

  test('nothing of it stays where it was prepared', () => {
    writeEdits(config, EDITS);
    expect(sorted(filesNow())).toEqual(sorted(AFTER));
    expect(leftovers()).toEqual([]);
  });
});

const sorted = (files: Record<string, string>) => Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));

/** Everything below the home, to begin from it again. */
function readState(): Map<string, string> {
  const entries = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => join(entry.parentPath, entry.name)).map((path) => [path, readFileSync(path, 'utf8')]),
  );
}
function restore(state: ReadonlyMap<string, string>): void {
  rmSync(home, { recursive: true, force: true });
  for (const [path, text] of state) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

test('an interrupted edit of which a file was changed by hand since is left as it is', () => {
  const faults = armFaults(home, 26, 'kill');
  expect(() => writeEdits(config, EDITS)).toThrow('killed');
  faults.disarm();
  expect(pendingEdits(config)).toHaveLength(1);
  put(ALICE, 'login: by-hand\n');
  const [found] = recover(config);
  expect(found).toMatchObject({ outcome: 'left', why: `${ALICE} was changed since` });
  expect(readFileSync(at(ALICE), 'utf8')).toBe('login: by-hand\n');
  expect(leftovers()).toEqual([]);
});

test.each([0o600, 0o640, 0o664])('keeps the mode %o', (mode) => {
  chmodSync(at(PLATFORM), mode);
  chmodSync(at(ALICE), mode);
  writeEdits(config, EDITS.slice(0, 1));
  writeEdits(config, EDITS.slice(1));
  expect([PLATFORM, ALICE].map((path) => statSync(at(path)).mode & 0o777)).toEqual([mode, mode]);
});

describe('what was not so when the edit was made is not written over', () => {
  test.each<[string, () => void]>([
    ['changed', () => put(ALICE, 'login: theirs\n')],
    ['gone', () => rmSync(at(ALICE))],
    ['new', () => put(NEW, 'version: theirs\n')],
  ])('%s', (_what, change) => {
    change();
    const there = filesNow();
    expect(() => writeEdits(config, EDITS)).toThrow(
      /was changed meanwhile; nothing was written\. Run the same command again/,
    );
    expect(filesNow()).toEqual(there);
  });
});

test.each(['miniapps', 'people', 'miniapps/tynew00000000001'])('nothing is written through a link: %s', (folder) => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'miniapp-elsewhere-'));
  rmSync(at(folder), { recursive: true, force: true });
  symlinkSync(elsewhere, at(folder));
  const [, fresh] = EDITS;
  const edit = folder === 'people' ? { path: ALICE, before: null, after: 'login: alice\n' } : fresh!;
  expect(() => writeEdits(config, [edit])).toThrow(`${folder} is a symbolic link`);
  expect(readdirSync(elsewhere)).toEqual([]);
  rmSync(elsewhere, { recursive: true });
});
