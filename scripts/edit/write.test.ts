/** A write that fails half-way leaves whole files, and says which. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { writeEdits, type FileSystem } from './write.ts';

const home = mkdtempSync(join(tmpdir(), 'miniapp-write-'));
const at = (path: string) => join(home, path);
const text = (path: string) => readFileSync(at(path), 'utf8');
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  writeFileSync(at('a.yaml'), 'a: old\n');
  writeFileSync(at('b.yaml'), 'b: old\n');
});

const edits = [
  { path: 'a.yaml', before: 'a: old\n', after: 'a: new\n' },
  { path: 'b.yaml', before: 'b: old\n', after: 'b: new\n' },
  { path: 'deep/er/c.yaml', before: null, after: 'c: new\n' },
];

/** The real file system, but one step of one kind fails. */
function failing(kind: keyof FileSystem, step: number, code: string): FileSystem {
  let count = 0;
  const fail = (own: keyof FileSystem) => {
    if (own === kind && (count += 1) === step) throw Object.assign(new Error(`${code}: simulated`), { code });
  };
  return {
    write(path, content) {
      // A full disk takes a part of a file before it fails.
      writeFileSync(path, String(content).slice(0, 3));
      fail('write');
      writeFileSync(path, content);
    },
    rename(from, to) {
      fail('rename');
      writeFileSync(to, readFileSync(from));
      rmSync(from);
    },
    remove(path) {
      fail('remove');
      rmSync(path);
    },
  };
}

describe('writing several files', () => {
  test('writes all of them, in folders that were not there, and leaves nothing else', () => {
    writeEdits(home, edits);
    expect([text('a.yaml'), text('b.yaml'), text('deep/er/c.yaml')]).toEqual(['a: new\n', 'b: new\n', 'c: new\n']);
    expect(readdirSync(home).sort()).toEqual(['a.yaml', 'b.yaml', 'deep']);
    expect(readdirSync(at('deep/er'))).toEqual(['c.yaml']);
  });

  test('takes a file away', () => {
    writeEdits(home, [{ path: 'a.yaml', before: 'a: old\n', after: null }]);
    expect(readdirSync(home)).toEqual(['b.yaml']);
  });

  test.each([0o600, 0o640, 0o664])('keeps the mode %o', (mode) => {
    chmodSync(at('a.yaml'), mode);
    writeEdits(home, edits.slice(0, 1));
    expect(statSync(at('a.yaml')).mode & 0o777).toBe(mode);
  });

  test.each([1, 2, 3])('a disk that is full at file %i: nothing is written', (step) => {
    expect(() => writeEdits(home, edits, failing('write', step, 'ENOSPC'))).toThrow(
      'ENOSPC: simulated; nothing was written; as before: a.yaml, b.yaml, deep/er/c.yaml',
    );
    expect([text('a.yaml'), text('b.yaml')]).toEqual(['a: old\n', 'b: old\n']);
    expect(readdirSync(home).sort()).toEqual(['a.yaml', 'b.yaml']);
  });

  test('a name that cannot be taken: what is before it is written, what is after is as before', () => {
    expect(() => writeEdits(home, edits, failing('rename', 2, 'EPERM'))).toThrow(
      'EPERM: simulated; written: a.yaml; as before: b.yaml, deep/er/c.yaml',
    );
    expect([text('a.yaml'), text('b.yaml'), existsSync(at('deep/er/c.yaml'))]).toEqual(['a: new\n', 'b: old\n', false]);
    expect(readdirSync(home).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('a file that somebody else changed meanwhile', () => {
    writeFileSync(at('b.yaml'), 'b: theirs\n');
    expect(() => writeEdits(home, edits)).toThrow(
      /b\.yaml was changed meanwhile; nothing was written; as before: a\.yaml/,
    );
    expect([text('a.yaml'), text('b.yaml')]).toEqual(['a: old\n', 'b: theirs\n']);
    expect(readdirSync(home).sort()).toEqual(['a.yaml', 'b.yaml']);
  });

  test('a file where a folder should be', () => {
    writeFileSync(at('deep'), '');
    expect(() => writeEdits(home, edits)).toThrow(
      /nothing was written; as before: a\.yaml, b\.yaml, deep\/er\/c\.yaml$/,
    );
    expect(text('a.yaml')).toBe('a: old\n');
    expect(readdirSync(home).sort()).toEqual(['a.yaml', 'b.yaml', 'deep']);
  });

  const isRoot = process.getuid?.() === 0;
  test.skipIf(isRoot)('a folder that cannot be written (left out for root, whom no mode keeps out)', () => {
    chmodSync(home, 0o555);
    try {
      expect(() => writeEdits(home, edits)).toThrow(/EACCES.*nothing was written/);
    } finally {
      chmodSync(home, 0o755);
    }
    expect(text('a.yaml')).toBe('a: old\n');
  });
});
