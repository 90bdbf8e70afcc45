/** What a workflow and a person start, on a machine that lacks something: a sentence and exit code 2, and no trace without DEBUG. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const SCRIPTS = import.meta.dirname;
const home = mkdtempSync(join(tmpdir(), 'miniapp-last-resort-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What a run says of itself, as far as these go. */
const RUN = { GITHUB_EVENT_NAME: 'schedule', GITHUB_REPOSITORY: 'o/r', GITHUB_TOKEN: 't' };
const TRACE = /^\s+at .*:\d+:\d+|^Node\.js v|node:internal/m;

const start = (entry: string, words: readonly string[], options: { out?: number; debug?: boolean } = {}) => {
  const { DEBUG: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...words], {
    cwd: home,
    encoding: 'utf8',
    env: { ...env, ...(options.debug === true ? { DEBUG: '1' } : {}), ...RUN },
    stdio: ['ignore', options.out ?? 'pipe', 'pipe'],
  });
  return { status, said: `${stdout ?? ''}${stderr}` };
};

const ENTRIES: readonly [string, string, readonly string[]][] = [
  ['the command line', 'miniapp.mjs', ['validate', '--config', join(SCRIPTS, 'fixtures/workspace')]],
  ['a workflow', 'ci.ts', ['no-verb']],
];

// A device of Linux; elsewhere nothing stands for a full disk.
describe.skipIf(!existsSync('/dev/full'))('an output that takes nothing', () => {
  test.each(ENTRIES)('of %s', (_, entry, words) => {
    const { status, said } = start(join(SCRIPTS, entry), words, { out: openSync('/dev/full', 'w') });
    expect({ status, said }).toEqual({
      status: 2,
      said: expect.stringContaining('the answer cannot be written: ENOSPC'),
    });
    expect(said).not.toMatch(TRACE);
  });
});

describe('without its packages', () => {
  // The same files at another place, where Node looks for packages and finds an empty folder.
  const elsewhere = join(home, 'tool');
  mkdirSync(join(elsewhere, 'node_modules'), { recursive: true });
  writeFileSync(join(elsewhere, 'node_modules/.package-lock.json'), '{}');
  for (const own of ['scripts', 'schemas', 'package.json']) symlinkSync(join(SCRIPTS, '..', own), join(elsewhere, own));

  test.each(ENTRIES.map(([what, entry, words]) => [what, entry, entry === 'ci.ts' ? ['check'] : words] as const))(
    'of %s: what installs them is said',
    (_, entry, words) => {
      const run = (debug: boolean) =>
        start('--preserve-symlinks', ['--preserve-symlinks-main', join(elsewhere, 'scripts', entry), ...words], {
          debug,
        });
      const { status, said } = run(false);
      expect({ status, said }).toEqual({ status: 2, said: expect.stringContaining('npm ci installs what is missing') });
      expect(said).not.toMatch(TRACE);
      expect(run(true).said).toMatch(TRACE);
    },
  );
});
