/** No folder outlives its process, however that ends; those of others stay. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { clearLeftovers, temporaryFolder } from './temporary.ts';

const root = mkdtempSync(join(tmpdir(), 'miniapp-temporary-'));
let place: string;
beforeEach(() => (place = mkdtempSync(join(root, 'place-'))));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MODULE = join(import.meta.dirname, 'temporary.ts');

/** A process that makes such a folder and waits, ended by a signal; with `heard` it decides itself what a signal does. */
async function ended(
  signal: NodeJS.Signals,
  heard = '',
): Promise<{ made: string; by: NodeJS.Signals | number | null }> {
  const script = `
    import { temporaryFolder } from ${JSON.stringify(MODULE)};
    const own = temporaryFolder(${JSON.stringify(place)}, 'work-');
    ${heard}
    setTimeout(() => {}, 60_000);
    console.log(own.path);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const made = await new Promise<string>((done) => child.stdout.once('data', (chunk) => done(String(chunk).trim())));
  expect(existsSync(made)).toBe(true);
  const by = new Promise<NodeJS.Signals | number | null>((done) => child.on('close', (code, by) => done(by ?? code)));
  child.kill(signal);
  return { made, by: await by };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends the process as ever, and its folder goes',
  async (signal) => {
    expect(await ended(signal)).toMatchObject({ by: signal });
    expect(readdirSync(place)).toEqual([]);
  },
);

test('whoever hears the signal themselves decides when to end', async () => {
  expect(await ended('SIGTERM', `process.on('SIGTERM', () => process.exit(7));`)).toMatchObject({ by: 7 });
  expect(readdirSync(place)).toEqual([]);
});

test('what a killed process left is cleared by the next; what lives, and what is of another kind, stays', async () => {
  const { made } = await ended('SIGKILL');
  expect(existsSync(made)).toBe(true);
  const others = [
    `work-${process.ppid}`,
    'work-of-somebody',
    'works-1',
    `work-${made.split('work-')[1]!.split('.')[0]}.elsewhere-1`,
  ];
  for (const name of others) mkdirSync(join(place, name));
  const old = join(place, 'work-Ab12Cd');
  mkdirSync(old);
  utimesSync(old, 0, 0);
  const own = temporaryFolder(place, 'work-');
  expect(readdirSync(place).sort()).toEqual([...others, own.path.slice(place.length + 1)].sort());
  clearLeftovers(place, 'work-');
  expect(existsSync(own.path)).toBe(true);
  const signals = process.listenerCount('SIGTERM');
  own.remove();
  expect([existsSync(own.path), process.listenerCount('SIGTERM')]).toEqual([false, signals - 1]);
});

test('a folder that is not there, or cannot be read, has none', () => {
  expect(() => clearLeftovers(join(place, 'nowhere'), 'work-')).not.toThrow();
});
