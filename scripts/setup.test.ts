/** Setting up, in small projects of their own: the same files, the real npm, packages from the same folder instead of a network. */
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { constants, hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { explain } from './setup-errors.mjs';

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'miniapp-setup-'));
  for (const name of ['setup.mjs', 'setup-errors.mjs', 'runtime.mjs']) {
    put(`scripts/${name}`, '');
    copyFileSync(join(import.meta.dirname, name), join(project, 'scripts', name));
  }
  describeProject('1.0.0');
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function put(path: string, content: string | object): void {
  const file = join(project, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

/** A project whose lock file lists one package from the project's own folder, and one for another platform. */
function describeProject(version: string): void {
  const packages = { one: 'file:one' };
  const own = {
    name: 'project',
    version: '1.0.0',
    engines: { node: '>=22.18.0' },
    optionalDependencies: {},
    dependencies: packages,
  };
  put('package.json', own);
  put('one/package.json', { name: 'one', version });
  put('package-lock.json', {
    name: 'project',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': own, 'node_modules/one': { resolved: 'one', link: true }, one: { version } },
  });
}

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

function setup(env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const child = spawn(process.execPath, [join(project, 'scripts/setup.mjs')], {
    env: { ...Object.fromEntries(kept), ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

const record = () => join(project, 'node_modules/.package-lock.json');

test('installs what is missing, and the second time says and does nothing', async () => {
  const first = await setup();
  expect(first.said).toMatch(/Installing the packages[\s\S]*Installed in/);
  expect(first.code).toBe(0);
  expect(existsSync(join(project, 'node_modules/one/package.json'))).toBe(true);
  // A touched file is the same file.
  utimesSync(join(project, 'package-lock.json'), new Date(), new Date(Date.now() + 60_000));
  expect(await setup()).toEqual({ code: 0, said: '' });
});

test('installs again when the lock file lists something else', async () => {
  await setup();
  const installed = JSON.parse(readFileSync(record(), 'utf8'));
  installed.packages['node_modules/one'] = { version: '0.9.0' };
  writeFileSync(record(), JSON.stringify(installed));
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
  expect(lock.packages['node_modules/one'].version).toBeUndefined();
  expect((await setup()).said).toMatch(/Installing/);
  expect(await setup()).toEqual({ code: 0, said: '' });
});

test('three at once: one installs, the others wait for it', async () => {
  const ran = await Promise.all([setup(), setup(), setup()]);
  expect(ran.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(ran.filter(({ said }) => said.includes('Installing'))).toHaveLength(1);
  expect(existsSync(join(project, '.cache/setup.lock'))).toBe(false);
});

// Windows has no groups of processes that a signal ends.
test.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGHUP'] as const)(
  'ended by %s, it ends npm and what npm started',
  async (signal) => {
    const own = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    const pidFile = join(project, 'installing');
    put(
      'wait.mjs',
      `import { writeFileSync } from 'node:fs'; writeFileSync('installing', [process.pid, process.ppid].join(' ')); setTimeout(() => {}, 60_000);`,
    );
    put('package.json', { ...own, scripts: { install: `exec "${process.execPath}" wait.mjs` } });
    const child = spawn(process.execPath, [join(project, 'scripts/setup.mjs')], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    await vi.waitUntil(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '', { timeout: 30_000 });
    const pids = readFileSync(pidFile, 'utf8').split(' ').map(Number);
    child.kill(signal);
    expect(await ended).toBe(128 + constants.signals[signal]);
    await vi.waitUntil(() => !pids.some(isRunning), { timeout: 10_000 });
  },
);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('takes over from a run that is gone', async () => {
  const gone = spawn(process.execPath, ['-e', '0']);
  await new Promise((resolve) => gone.on('close', resolve));
  put('.cache/setup.lock', { pid: gone.pid, host: hostname() });
  const { code, said } = await setup();
  expect(said).toMatch(/Installed in/);
  expect(code).toBe(0);
});

test('says what to do without npm', async () => {
  const { code, said } = await setup({ PATH: join(project, 'nowhere') });
  expect(said).toMatch(/npm was not found.*install Node/);
  expect(code).toBe(2);
});

test('says what to do when the lock file does not fit', async () => {
  const own = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  put('two/package.json', { name: 'two', version: '1.0.0' });
  put('package.json', { ...own, dependencies: { ...own.dependencies, two: 'file:two' } });
  const { code, said } = await setup();
  expect(said).toMatch(/package-lock\.json does not fit package\.json/);
  expect(said).toMatch(/Missing: two/);
  expect(code).toBe(2);
});

test('says what to do without a network', async () => {
  const own = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const described = { ...own, dependencies: { absent: '1.0.0' } };
  put('package.json', described);
  const packages = { '': described, 'node_modules/absent': { version: '1.0.0', integrity: 'sha512-AAAA' } };
  put('package-lock.json', { name: 'project', lockfileVersion: 3, requires: true, packages });
  const nowhere = {
    npm_config_registry: 'http://127.0.0.1:9/',
    npm_config_fetch_retries: '0',
    npm_config_cache: join(project, 'npm'),
  };
  const { code, said } = await setup(nowhere);
  expect(said).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  expect(said).not.toMatch(/\n {4}at /);
  expect(code).toBe(2);
});

test.each([
  ['npm error code EAI_AGAIN\nnpm error syscall getaddrinfo', /cannot be reached \(EAI_AGAIN\)/],
  ['npm error code EINTEGRITY', /not the one that package-lock\.json lists/],
  ['npm error code ENOSPC', /disk is full/],
  ['npm error code EROFS', /cannot be written \(EROFS\)/],
  ['npm error code E403\nnpm error 403 Forbidden', /refuses access \(E403\)/],
  ['npm error code ETARGET', /does not have a package/],
  ['npm error something new', /^npm ci ended with 1\n\nnpm error something new$/],
])('%s is explained', (output, expected) => {
  expect(explain(output, 'npm ci ended with 1')).toMatch(expected);
});

test('the scripts of package.json mean the same to sh and to cmd.exe, which groups && and || otherwise and knows no "true"', () => {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  const lines = Object.values<string>(scripts);
  expect(lines.filter((line) => line.includes('||'))).not.toEqual([]);
  expect(lines.filter((line) => /\|\|.*&&|&&.*\|\||(?:\|\||&&) *(?:true|:)( |$)|;/.test(line))).toEqual([]);
  expect([scripts.prepare, scripts.postprepare]).toEqual([
    expect.stringContaining('husky'),
    expect.stringContaining('make-bundle.mjs'),
  ]);
});
