/** What a question about one miniapp loads before it answers: each module of Node's own that it does not need costs milliseconds. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const CONFIG = join(import.meta.dirname, 'fixtures/workspace');
const ID = 'tysmart0000000001';
/** Writes what Node loaded of itself, as the last line of standard error. */
const TELL = `process.on('exit', () => {
  const loaded = JSON.stringify(process.moduleLoadList);
  process.stderr.write('\\n' + loaded);
});`;

function loadedBy(words: readonly string[]): { status: number | null; loaded: string[] } {
  const preload = `data:text/javascript,${encodeURIComponent(TELL)}`;
  const args = ['--import', preload, join(import.meta.dirname, 'miniapp.mjs'), ...words, '--config', CONFIG];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, loaded: JSON.parse(stderr.split('\n').at(-1)!) as string[] };
}

describe('a question about one miniapp', () => {
  test.each([
    ['show', ['show', ID]],
    ['resolve', ['resolve', ID, '--app', 'smart-life', '--region', 'EU']],
  ])('%s loads neither cryptography, nor what starts processes, nor streams for what goes into a pipe', (_, words) => {
    const { status, loaded } = loadedBy(words);
    expect(status).toBe(0);
    expect(loaded).toContain('NativeModule fs');
    expect(loaded.filter((name) => /^NativeModule (?:crypto|child_process|stream|net|tty)$/.test(name))).toEqual([]);
  });
});
