/** One at a time, over processes; the lock ends with whoever holds it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { editPlace } from '../read/edit-state.ts';
import { withLock } from './lock.ts';

const home = mkdtempSync(join(tmpdir(), 'miniapp-lock-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A process that runs this with the lock. */
const holder = (script: string): ChildProcess =>
  spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { withLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
       import { editPlace } from ${JSON.stringify(join(import.meta.dirname, '../read/edit-state.ts'))};
       import { readFileSync, writeFileSync } from 'node:fs';
       const place = editPlace(${JSON.stringify(home)});
       ${script}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
const HOLD = `await withLock(place, () => { console.log('held'); return new Promise((done) => setTimeout(done, 60000)); });`;

describe.each([
  ['in the folder of Git', true],
  ['in the configuration', false],
])('a lock %s', (_where, isInGit) => {
  beforeEach(() => {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home);
    if (!isInGit) return;
    mkdirSync(join(home, '.git'));
    writeFileSync(join(home, '.git/HEAD'), 'ref: refs/heads/main\n');
  });

  test('is told by the process that holds it, and free as soon as that is killed', async () => {
    const place = editPlace(home);
    const child = holder(HOLD);
    await once(child.stdout!, 'data');
    await expect(withLock(place, () => 0, { patience: 50 })).rejects.toThrow(
      new RegExp(
        `^process ${child.pid} of .* edits this configuration; nothing was written\\. Run the same command again$`,
      ),
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await withLock(place, () => 'mine', { patience: 1000 })).toBe('mine');
  });

  test('is waited for while its holders change, but not longer than altogether', async () => {
    const place = editPlace(home);
    const child = holder(HOLD);
    await once(child.stdout!, 'data');
    let pid = 1_000_000;
    const changing = setInterval(() => {
      const next = { pid: (pid += 1), user: 'somebody', host: 'here' };
      writeFileSync(join(place.folder, 'holder.json'), JSON.stringify(next));
    }, 20);
    await expect(withLock(place, () => 0, { patience: 300, longest: 600 })).rejects.toThrow(/^process \d+ of somebody/);
    const waiting = withLock(place, () => 'mine', { patience: 300 });
    setTimeout(() => child.kill('SIGKILL'), 900);
    expect(await waiting).toBe('mine');
    clearInterval(changing);
  });

  test('lets one after the other change a number', async () => {
    const file = join(home, isInGit ? '.git/number' : 'number');
    writeFileSync(file, '0');
    const count = `
      for (let i = 0; i < 25; i += 1) await withLock(place, async () => {
        const before = Number(readFileSync(${JSON.stringify(file)}, 'utf8'));
        await new Promise((done) => setTimeout(done, 1));
        writeFileSync(${JSON.stringify(file)}, String(before + 1));
      });`;
    const children = [1, 2, 3, 4].map(() => holder(count));
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as number));
    expect([...codes, readFileSync(file, 'utf8')]).toEqual([0, 0, 0, 0, '100']);
  });

  test('leaves nothing in the configuration', async () => {
    await withLock(editPlace(home), () => expect(existsSync(editPlace(home).folder)).toBe(true));
    expect(readdirSync(home)).toEqual(isInGit ? ['.git'] : []);
  });
});
