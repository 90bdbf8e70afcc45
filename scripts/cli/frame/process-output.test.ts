/** What a process prints arrives whole, at whatever takes it, and an end of the reader is no failure. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';

const MODULE = join(import.meta.dirname, 'process-output.ts');
const LENGTH = 1_000_000;
/** Prints a million characters of two bytes each, in pieces that end anywhere. */
const PRINT = `import { writeOut } from ${JSON.stringify(MODULE)};
for (const size of [1, 99_999, 900_000]) writeOut('stdout', 'é'.repeat(size));
process.exitCode = 1;`;
const ARGS = ['--input-type=module', '-e', PRINT];

const home = mkdtempSync(join(tmpdir(), 'miniapp-output-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('by a pipe', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ARGS, { encoding: 'utf8', maxBuffer: 2 ** 24 });
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toBe('é'.repeat(LENGTH));
});

test('into a file', () => {
  const file = join(home, 'file');
  const handle = openSync(file, 'w');
  const { status } = spawnSync(process.execPath, ARGS, { stdio: ['ignore', handle, 'inherit'] });
  closeSync(handle);
  expect(status).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe('é'.repeat(LENGTH));
});

test.skipIf(process.platform === 'win32')('by a pipe that does not wait, and whose reader is slow', async () => {
  const pipe = join(home, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
  const child = spawn(process.execPath, ARGS, { stdio: ['ignore', writer, 'inherit'] });
  closeSync(writer);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(1 << 16);
  for (let read = -1; read !== 0; await sleep(5)) {
    try {
      read = readSync(reader, chunk);
      chunks.push(Buffer.from(chunk.subarray(0, read)));
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('EAGAIN');
    }
  }
  closeSync(reader);
  expect(await ended).toBe(1);
  expect(Buffer.concat(chunks).toString('utf8')).toBe('é'.repeat(LENGTH));
});

test.skipIf(process.platform === 'win32')('a reader that has seen enough', () => {
  const words = [process.execPath, ...ARGS].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  const { stdout, stderr } = spawnSync('sh', ['-c', `(${words}; echo "ended with $?" >&2) | head -c 2`], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('é');
  expect(stderr).toMatch(/^ended with [01]\n$/);
});

test.each(['EPIPE', 'EOF'])('… which this system may call %s', (code) => {
  const gone = `import fs, { fstatSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
fs.fstatSync = (handle) => Object.assign(fstatSync(handle), { isFIFO: () => true });
fs.writeSync = () => { throw Object.assign(new Error('${code}: write'), { code: '${code}' }); };
syncBuiltinESMExports();
const { writeOut } = await import(${JSON.stringify(MODULE)});
writeOut('stdout', 'x');`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', gone], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
