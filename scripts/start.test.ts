/** What is loaded before anything is answered or judged: each module that is not needed costs milliseconds. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

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

// What a setup leaves behind; a run of this file alone has had none.
beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'make-bundle.mjs')], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
});

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

/** Writes the addresses of the files that were loaded, as the last line of standard output. */
const TELL_FILES = `import { registerHooks } from 'node:module';
const files = [];
registerHooks({ load: (url, context, next) => (files.push(url), next(url, context)) });
process.on('exit', () => process.stdout.write('\\n' + JSON.stringify(files)));`;

test('the bot loads what reads projects only where bytes are read', () => {
  const parts = ['ci.ts', 'bot/round/reconcile.ts', 'bot/feedback/job-summary.ts', 'github/client.ts'];
  const code = parts.map((part) => `await import(${JSON.stringify(join(import.meta.dirname, part))});`).join('\n');
  const preload = `data:text/javascript,${encodeURIComponent(TELL_FILES)}`;
  const args = ['--import', preload, '--input-type=module', '--eval', code];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status).toBe(0);
  const files = JSON.parse(stdout.split('\n').at(-1)!) as string[];
  for (const part of parts) expect(files.some((file) => file.endsWith(`/scripts/${part}`))).toBe(true);
  const readers = /\/(?:@babel\/parser|css-tree|htmlparser2)\/|\/scripts\/project\/(?:code\/|read-project)/;
  expect(files.filter((file) => readers.test(file))).toEqual([]);
});
