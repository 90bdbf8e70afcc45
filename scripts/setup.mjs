/**
 * Installs what package-lock.json lists, when it is not there already. `npm start` and `npm test` run this first.
 * Plain JavaScript, Node's own modules only: it runs under the machine's Node (18 or newer), before anything is installed.
 * Compares contents (npm's own record of what it installed with package-lock.json), so that a pull with another
 * lock file installs and a touched file or a plain `npm ci` does not. Speaks on standard error alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import fs, {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { constants, hostname } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { explain } from './setup-errors.mjs';
import { bundledNode, hasBundledNode, INSTALLED, readsTypeScript, requiredNode, ROOT } from './runtime.mjs';

const LOCK = join(ROOT, '.cache/setup.lock');
/** After this a lock of another machine is taken for forgotten; an installation takes minutes at most. */
const FORGOTTEN_MS = 15 * 60 * 1000;

const say = (line) => console.error(line);

class SetupRefusal extends Error {}

/** Installs if needed. Gives false, after saying why, when this machine cannot be set up. */
export async function setup() {
  try {
    if (isInstalled()) {
      linkNode();
      return true;
    }
    if (!readsTypeScript && !hasBundledNode()) throw new SetupRefusal(otherNodeNeeded());
    await withLock(async () => {
      // Another run may have done it while this one waited.
      if (!isInstalled()) await install();
    });
    return true;
  } catch (error) {
    const isOurs = error instanceof SetupRefusal;
    say(`\nSetup failed: ${isOurs ? error.message : explain(String(error.code ?? ''), String(error.message))}`);
    if (!isOurs && process.env.DEBUG) say(error.stack);
    return false;
  }
}

const otherNodeNeeded = () =>
  `this project needs Node ${requiredNode()} or newer, and this is Node ${process.versions.node}. On Linux (x64, arm64) it brings ` +
  `its own; for ${process.platform} ${process.arch} install one from https://nodejs.org, then run the same command again.`;

/** Whether what is installed is what package-lock.json lists; packages for other platforms may be absent. */
function isInstalled() {
  const actual = readPackages(INSTALLED);
  if (!actual) return false;
  const wanted = readPackages(join(ROOT, 'package-lock.json'));
  if (!wanted)
    throw new SetupRefusal('package-lock.json cannot be read: restore it with git checkout package-lock.json');
  const isSame = Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (!path.includes('node_modules/')) return true;
    const found = actual[path];
    if (!found) return Boolean(optional);
    return found.version === version && (!integrity || !found.integrity || found.integrity === integrity);
  });
  return isSame && (readsTypeScript || bundledNode() !== undefined);
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Megabytes that the packages need, npm's own work with them; and below which it is not even tried. */
const [NEEDED_MB, LEAST_MB] = [750, 200];

/** Megabytes that are free where the packages go; undefined where nobody tells, as Node before 18.15. */
function freeSpace() {
  const { blocks = 0, bavail = 0, bsize = 0 } = fs.statfsSync?.(ROOT) ?? {};
  return blocks === 0 ? undefined : Math.floor((bavail * bsize) / 1024 ** 2);
}

/** npm tries a full disk for minutes, takes back what it wrote, and says nothing of it. */
function refuseFullDisk() {
  const free = freeSpace();
  if (free === undefined || free >= LEAST_MB || existsSync(join(ROOT, 'node_modules'))) return;
  throw new SetupRefusal(
    `the disk that holds ${ROOT} has ${free} MB left, and the packages need about ${NEEDED_MB}. Free some of it, or clone somewhere else.`,
  );
}

async function install() {
  refuseFullDisk();
  say('Installing the packages that package-lock.json lists (once; a minute or a few) …');
  const started = Date.now();
  await npm(process.env.npm_node_execpath ?? process.execPath, ['ci']);
  // npm leaves out optional packages that ask for a newer Node than the one that npm runs under, native parts among them.
  const node = bundledNode();
  if (!readsTypeScript && node && lacksNativeParts()) await npm(node, ['install', '--no-save']);
  checkNode();
  linkNode();
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Whether an optional package for this very platform is missing. */
function lacksNativeParts() {
  const { packages: wanted } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const actual = readPackages(INSTALLED) ?? {};
  const libc = process.report?.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  const isFor = (list, value) => list === undefined || [list].flat().includes(value);
  return Object.entries(wanted).some(
    ([path, { optional, os, cpu, libc: libcs }]) =>
      optional &&
      os !== undefined &&
      isFor(os, process.platform) &&
      isFor(cpu, process.arch) &&
      isFor(libcs, libc) &&
      actual[path] === undefined,
  );
}

/** By which a process is told to end. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Development and optional packages are asked for, because NODE_ENV or npm's settings may leave them out. */
const NPM_OPTIONS = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Runs npm by this Node, the one that npm itself runs under where there is a choice: `node` on the PATH may be the one among
 * the packages, which `npm ci` removes.
 */
async function npm(node, words) {
  const cli = npmCli();
  const isGroup = process.platform !== 'win32';
  // A group of its own, so that what npm started ends with it.
  const options = { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], detached: isGroup };
  const child = cli
    ? spawn(node, [cli, ...words, ...NPM_OPTIONS], options)
    : spawn('npm', [...words, ...NPM_OPTIONS], { ...options, shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  // Or it would go on without the lock.
  const stop = () => {
    try {
      if (isGroup) process.kill(-child.pid);
      else child.kill();
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', stop);
  const started = Date.now();
  const ticking = setInterval(() => say(`  … ${Math.round((Date.now() - started) / 1000)} s`), 20_000);
  const code = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(error.code === 'ENOENT' ? new SetupRefusal(NPM_MISSING) : error));
    child.on('close', (exit, signal) => resolve(exit ?? signal));
  }).finally(() => {
    clearInterval(ticking);
    process.off('exit', stop);
  });
  if (code === 0) return;
  const free = freeSpace();
  const space = free === undefined || free >= NEEDED_MB ? '' : `; the disk that holds ${ROOT} has ${free} MB left`;
  throw new SetupRefusal(explain(output, `npm ${words[0]} ended with ${code}${space}`));
}

/** npm's own JavaScript: the one that runs this, else the one on the PATH; undefined where that is a script of another kind. */
function npmCli() {
  const { npm_execpath: running = '', PATH = '' } = process.env;
  if (running.endsWith('npm-cli.js')) return running;
  const found = PATH.split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .find((file) => existsSync(file));
  const real = found && realpathSync(found);
  return real?.endsWith('npm-cli.js') ? real : undefined;
}

const NPM_MISSING =
  'npm was not found. It comes with Node.js: install Node from https://nodejs.org (or your package manager), then try again.';

/** The Node among the packages is built for glibc 2.28 and newer; where it does not run, the machine's own has to do. */
function checkNode() {
  const node = bundledNode();
  const runs = node !== undefined && spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0;
  if (runs) return;
  if (!readsTypeScript) {
    const what = node
      ? 'the Node that it brings does not run here (it needs glibc 2.28 or newer)'
      : 'its own Node was not installed';
    throw new SetupRefusal(
      `${what}. Install Node ${requiredNode()} or newer from https://nodejs.org, then run the same command again.`,
    );
  }
  // Or the scripts of package.json would find it before the machine's own.
  if (node) rmSync(join(ROOT, 'node_modules/.bin/node'), { force: true });
}

/**
 * npm before 11 links `node` for the first of the platform packages, which need not be this machine's. Without the link the
 * scripts of package.json would run under the machine's Node; where that one is new enough, it may.
 */
function linkNode() {
  const link = join(ROOT, 'node_modules/.bin/node');
  const node = bundledNode();
  if (readsTypeScript || node === undefined || existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), node), link);
}

/** Runs alone among all runs in this folder; a lock whose holder is gone is taken over. */
async function withLock(work) {
  mkdirSync(dirname(LOCK), { recursive: true });
  let isTold = false;
  while (!tryLock()) {
    const holder = readHolder();
    if (holder && !isAlive(holder)) takeOver(holder);
    else {
      if (!isTold && holder) say(`Waiting for another setup of this folder (process ${holder.pid}) …`);
      isTold = true;
      await sleep(200);
    }
  }
  const release = () => rmSync(LOCK, { force: true });
  const interrupted = (signal) => {
    release();
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of ENDING) process.once(signal, interrupted);
  try {
    await work();
  } finally {
    for (const signal of ENDING) process.off(signal, interrupted);
    release();
  }
}

function tryLock() {
  try {
    writeFileSync(LOCK, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/** Who has the lock; undefined when it was just given back. A half-written one has no pid yet. */
function readHolder() {
  try {
    const since = statSync(LOCK).mtimeMs;
    const text = readFileSync(LOCK, 'utf8');
    return text.endsWith('}') ? { ...JSON.parse(text), since } : { since };
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}

function isAlive({ pid, host, since }) {
  if (pid === undefined || host !== hostname()) return Date.now() - since < FORGOTTEN_MS;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** By renaming, which only one of several runs can do to one file. */
function takeOver(gone) {
  const aside = `${LOCK}.${process.pid}`;
  try {
    renameSync(LOCK, aside);
    const text = readFileSync(aside, 'utf8');
    rmSync(aside);
    // Somebody was quicker and holds a new lock: it goes back.
    const isAnother = text.endsWith('}') && JSON.parse(text).pid !== gone.pid;
    if (isAnother) writeFileSync(LOCK, text, { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
}

const isMain = process.argv[1] !== undefined && /[\\/]setup\.mjs$/.test(process.argv[1]);
if (isMain && !(await setup())) process.exitCode = 2;
