/**
 * The whole command line in one file of JavaScript with V8's compiled code beside it (`.cache/bundle`, made by `make-bundle.mjs`), so
 * that a command starts without loading a hundred modules. It is used only while every source that the command is made of is, byte for
 * byte, the one that the bundle was made from: it holds copies of them. Plain JavaScript, and Node's own modules by `require`: an
 * `import` of `node:fs` would also load the streams that it has for those who ask.
 *
 *   length of the header in 8 digits | header (JSON) | program | compiled code | copies of the sources
 */
import { createRequire } from 'node:module';
import { ROOT } from './runtime.mjs';

const require = createRequire(import.meta.url);
const { closeSync, fstatSync, lstatSync, openSync, readSync } = require('node:fs');
const { dirname, join } = require('node:path');

export const BUNDLE = join(ROOT, '.cache/bundle');
/** What a reader of today understands; another number is another layout. */
export const FORMAT = 1;
const DIGITS = 8;

/**
 * The function `main` of `cli.ts` out of the bundle; undefined where there is none that was made from what is there now. Takes the verb of
 * the command line, of which alone the sources are compared (all of them where no verb is named so), and what to call before the first
 * package is loaded.
 */
export function bundledMain(verb, beforePackages) {
  const parts = readBundle(verb);
  return parts && runBundle(parts, beforePackages).exports.main;
}

/** Whether the bundle was made from all the sources that are there now. */
export const isCurrent = () => readBundle() !== undefined;

/** A bundle as bytes: what `bundledMain` reads. Inputs are paths from ROOT with their contents, verbs the numbers of their inputs. */
export function bundleBytes({ program, code, inputs, verbs }) {
  const sizes = [program, code, ...inputs.map(({ bytes }) => bytes)].map(({ length }) => length);
  const paths = inputs.map(({ path }) => path);
  const header = Buffer.from(JSON.stringify({ format: FORMAT, sizes, paths, verbs }));
  const length = Buffer.from(String(header.length).padStart(DIGITS, '0'));
  return Buffer.concat([length, header, program, code, ...inputs.map(({ bytes }) => bytes)]);
}

/** Runs a program as a module of CommonJS in the folder of the bundle; gives the module and the script. */
export function runBundle({ program, code }, beforePackages = () => {}) {
  const { Script } = require('node:vm');
  const wrapped = `(function (require, module, exports, __dirname) {${program.latin1Slice()}\n})`;
  const script = new Script(wrapped, { filename: BUNDLE, ...(code?.length > 0 ? { cachedData: code } : {}) });
  const own = { exports: {} };
  const load = (name) => {
    if (!name.startsWith('node:')) beforePackages();
    return require(name.startsWith('.') ? join(dirname(BUNDLE), name) : name);
  };
  script.runInThisContext()(load, own, own.exports, dirname(BUNDLE));
  return { exports: own.exports, script };
}

/** Program and compiled code, where the bundle is whole, is whose the sources are, and was made from them as they are now. */
function readBundle(verb) {
  let file;
  try {
    file = openSync(BUNDLE, 'r');
    const stat = fstatSync(file);
    if (!isOurs(stat)) return undefined;
    const length = Number(read(file, 0, DIGITS).latin1Slice());
    const { format, sizes, paths, verbs } = JSON.parse(read(file, DIGITS, length).utf8Slice());
    const start = DIGITS + length;
    if (format !== FORMAT || stat.size !== sizes.reduce((sum, size) => sum + size, start)) return undefined;
    const [ofProgram, ofCode, ...ofInputs] = sizes;
    const copies = read(file, start + ofProgram + ofCode, stat.size - start - ofProgram - ofCode);
    const needed = Object.hasOwn(verbs, verb ?? '') ? verbs[verb] : undefined;
    if (!areUnchanged(paths, ofInputs, copies, needed && new Set(needed))) return undefined;
    return { program: read(file, start, ofProgram), code: read(file, start + ofProgram, ofCode) };
  } catch {
    // There is none, or something else is in its place: the sources are there.
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Whose file it is, and that nobody else may write it: a program of somebody else is not run. */
function isOurs({ uid, mode }) {
  if (process.platform === 'win32') return true;
  const owners = [process.getuid(), lstatSync(join(ROOT, 'scripts')).uid];
  return owners.includes(uid) && (mode & 0o022) === 0;
}

function areUnchanged(paths, sizes, copies, needed) {
  const now = Buffer.allocUnsafe(Math.max(...sizes) + 1);
  let at = 0;
  return paths.every((path, i) => {
    const copy = copies.subarray(at, (at += sizes[i]));
    return (needed !== undefined && !needed.has(i)) || isSame(join(ROOT, path), copy, now);
  });
}

/** One read: what is longer than the copy shows in the byte after it. */
function isSame(path, copy, now) {
  const file = openSync(path, 'r');
  try {
    return readSync(file, now, 0, copy.length + 1, 0) === copy.length && now.subarray(0, copy.length).equals(copy);
  } finally {
    closeSync(file);
  }
}

function read(file, at, length) {
  const bytes = Buffer.allocUnsafe(length);
  if (readSync(file, bytes, 0, length, at) !== length) throw new Error('the bundle is cut off');
  return bytes;
}
