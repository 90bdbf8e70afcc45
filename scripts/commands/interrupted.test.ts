/** Commands that edit, ended at every single step that changes something on the disk: nothing is half, lost or in the way. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { armFaults } from '../fixtures/file-faults.ts';
import { cliHarness } from '../fixtures/cli-harness.ts';
import { SMART } from '../fixtures/workspace.ts';
import { pendingEdits } from '../read/edit-state.ts';

const own = cliHarness('interrupted');
const config = join(own.home, 'config');
afterAll(() => own.remove());

const CREATE = ['create', '--name', 'New one', '--type', 'smart', '--actor', 'bob', '--no-pr'];
const REVOKE = ['revoke', SMART, '1.0.0', '--reason', 'Leaks', '--actor', 'rita', '--no-pr'];
const STOP = ['disable', SMART, '--actor', 'alice', '--no-pr'];
const RELEASE = `miniapps/${SMART}/release.yaml`;

/** Every file below the configuration, whatever it is. */
const filesNow = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(config, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(config.length + 1), readFileSync(path, 'base64')]),
  );

/** `isInGit`: whether Git's folder is there to prepare edits in; Git itself is not needed. */
function begin(isInGit: boolean): void {
  own.reset();
  if (!isInGit) return;
  mkdirSync(join(own.home, '.git'), { recursive: true });
  writeFileSync(join(own.home, '.git/HEAD'), 'ref: refs/heads/main\n');
}

async function filesAfter(words: readonly string[]): Promise<Record<string, string>> {
  own.reset();
  await own.run(words);
  return filesNow();
}

/** Runs it, ended at each step in turn; gives how many there were. */
async function atEachStep(
  words: readonly string[],
  isInGit: boolean,
  then: (about: string) => Promise<void>,
): Promise<number> {
  // In a configuration itself the steps are the same; every third one will do there.
  for (let at = 1; ; at += isInGit ? 1 : 3) {
    begin(isInGit);
    const faults = armFaults(own.home, at, at % 2 === 0 ? 'half' : 'kill');
    await own.run(words).finally(() => faults.disarm());
    if (!faults.isHit) return at - 1;
    await then(`ended at step ${at}, ${faults.step}`);
  }
}

async function isSound(about: string): Promise<void> {
  const { code, value } = await own.runJson('validate');
  const errors = value.problems.filter(({ severity }: { severity: string }) => severity === 'error');
  expect({ about, code, errors }).toEqual({ about, code: 0, errors: [] });
}

describe.each([
  ['prepared in the folder of Git', true],
  ['prepared in the configuration', false],
])('an edit of several files, %s, ended at any step', (_where, isInGit) => {
  test('is read as before or after, and finished by the same command', async () => {
    const after = await filesAfter(REVOKE);
    const steps = await atEachStep(REVOKE, isInGit, async (about) => {
      await isSound(about);
      const { code } = await own.run(REVOKE);
      expect({ about, code, files: filesNow() }).toEqual({ about, code: 0, files: after });
      await isSound(about);
    });
    expect(steps).toBeGreaterThan(15);
  });
});

test('a new miniapp, ended at any step: the same command finishes it, with the id that it has got', async () => {
  await atEachStep(CREATE, true, async (about) => {
    await isSound(about);
    const folders = () => readdirSync(join(config, 'miniapps')).filter((name) => !/^ty(?:smart|panel)/.test(name));
    const isWaiting = pendingEdits(config).length > 0;
    const { code, out } = await own.run(CREATE);
    // What was done but for saying so is done twice.
    const expected = isWaiting ? [out.trim()] : expect.arrayContaining([out.trim()]);
    expect({ about, code, folders: folders() }).toEqual({ about, code: 0, folders: expected });
    await isSound(about);
  });
});

test('an edit of several files, ended at any step: the emergency stop works at once, and leaves all of the edit or none', async () => {
  begin(true);
  const before = filesNow();
  const after = await filesAfter(REVOKE);
  const others = (files: Record<string, string>) => Object.entries(files).filter(([path]) => path !== RELEASE);
  await atEachStep(REVOKE, true, async (about) => {
    const { code } = await own.run(STOP);
    expect({ about, code }).toEqual({ about, code: 0 });
    await isSound(about);
    expect([others(before), others(after)]).toContainEqual(others(filesNow()));
    expect(own.text(RELEASE)).toContain('enabled: false');
  });
});
