/**
 * The whole command line in one file of JavaScript with V8's compiled code beside it (`.cache/bundle`, made by `make-bundle.mjs`), so
 * that a command starts without loading a hundred modules. It is used only while every source that the command is made of is the one that
 * the bundle was made from: the same file, unchanged since, or byte for byte the copy that it holds. Plain JavaScript, and Node's own modules by `require`: an
 * `import` of `node:fs` would also load the streams that it has for those who ask.
 *
 *   length of the header in 8 digits | header (JSON): where the sheet of each verb is | programs | compiled code of each | copies of the
 *   sources | sheets (JSON): where program, code and copies of a verb are
 */
import { createRequire } from 'node:module';
import { ROOT } from './runtime.mjs';

const require = createRequire(import.meta.url);
const { closeSync, fstatSync, lstatSync, openSync, readSync, statSync } = require('node:fs');
const { dirname, join } = require('node:path');

export const BUNDLE = join(ROOT, '.cache/bundle');
/** What a reader of today understands; another number is another layout. */
export const FORMAT = 3;
const DIGITS = 8;
/** What stands for first words that name no verb, in a bundle: all that there is may be needed. */
export const NO_VERB = '*';

/** What stands for `show` of one miniapp: it is asked for most, and loads less than `show` of a version. */
export const SHOW_ONE = 'show ID';
const WITH_VALUE = ['--config', '--format', '--at'];

/** What of a bundle a command line starts: its verb, or `SHOW_ONE` where it certainly is one. */
export function startOf([verb = '', word = '-', ...options]) {
  const isOne = options.length % 2 === 0 && options.every((one, i) => i % 2 === 1 || WITH_VALUE.includes(one));
  return verb === 'show' && !word.startsWith('-') && isOne ? SHOW_ONE : verb;
}

/**
 * What a program of the bundle exports: `main` of `cli.ts`, and for `validate` what its second thread does; undefined where there is none
 * that was made from what is there now, or the sources are wanted. Takes what `startOf` says of the command line, of which alone the sources are
 * compared (all of them where no verb is named so), and what to call before the first package is loaded.
 */
export function bundledProgram(verb = '', beforePackages) {
  const parts = isWanted() ? readBundle(verb) : undefined;
  return parts && runBundle(parts, beforePackages).exports;
}

/** A trace names the sources, so with DEBUG they run; and where packages are to be found under other conditions, it is another program. */
function isWanted() {
  const options = [process.env.NODE_OPTIONS, ...process.execArgv].join(' ');
  return !process.env.DEBUG && !/(?:^|\s)(?:-C|--conditions)/.test(options);
}

/** Whether the bundle was made from all the sources that are there now. */
export const isCurrent = () => readBundle(NO_VERB, isUnsettled) !== undefined;

/**
 * A bundle as bytes: what `bundledProgram` reads. Programs have their code; inputs are paths from ROOT with their contents, and what `fileState`
 * said before they were read; each verb names the numbers of its inputs and of its program, and the one without a name is whatever is no verb.
 */
export function bundleBytes({ programs, inputs, verbs }) {
  const ofPrograms = programs.flatMap(({ program, code }) => [program, code]);
  const parts = [...ofPrograms, ...inputs.map(({ bytes }) => bytes)];
  let end = 0;
  const places = parts.map(({ length }) => [(end += length) - length, length]);
  const sheets = Object.values(verbs).map(({ inputs: numbers, program }) =>
    Buffer.from(
      JSON.stringify({
        program: places[2 * program],
        code: places[2 * program + 1],
        inputs: numbers.map((i) => [inputs[i].path, ...places[ofPrograms.length + i], ...inputs[i].state]),
      }),
    ),
  );
  const sheetPlaces = sheets.map(({ length }) => [(end += length) - length, length]);
  const named = Object.fromEntries(Object.keys(verbs).map((verb, i) => [verb, sheetPlaces[i]]));
  const header = Buffer.from(JSON.stringify({ format: FORMAT, size: end, verbs: named }));
  const length = Buffer.from(String(header.length).padStart(DIGITS, '0'));
  return Buffer.concat([length, header, ...parts, ...sheets]);
}

/** A program as V8 gets it: a function of what a module of CommonJS knows. */
export const asFunction = (program) => `(function (require, module, exports, __dirname) {${program}\n})`;

/** Runs what `asFunction` made as a module of CommonJS in the folder of the bundle; gives the module and the script. */
export function runBundle({ program, code }, beforePackages = () => {}) {
  const { Script } = require('node:vm');
  const script = new Script(program.latin1Slice(), { filename: BUNDLE, ...(code && { cachedData: code }) });
  const own = { exports: {} };
  const load = (name) => {
    if (!name.startsWith('node:')) beforePackages();
    return require(name.startsWith('.') ? join(dirname(BUNDLE), name) : name);
  };
  script.runInThisContext()(load, own, own.exports, dirname(BUNDLE));
  return { exports: own.exports, script };
}

/**
 * Program and compiled code, where the bundle is whole, is whose the sources are, and was made from them as they are now. `mayCompare`: whether a
 * source that somebody has touched is compared, or makes the bundle an old one.
 */
function readBundle(verb, mayCompare = () => true) {
  let file;
  try {
    file = openSync(BUNDLE, 'r');
    const stat = fstatSync(file);
    if (!isOurs(stat)) return undefined;
    const length = Number(read(file, 0, DIGITS).latin1Slice());
    const { format, size, verbs } = JSON.parse(read(file, DIGITS, length).latin1Slice());
    const start = DIGITS + length;
    if (format !== FORMAT || stat.size !== start + size) return undefined;
    const part = ([at, bytes]) => read(file, start + at, bytes);
    const { program, code, inputs } = JSON.parse(part(verbs[Object.hasOwn(verbs, verb) ? verb : NO_VERB]).utf8Slice());
    const largest = Math.max(...inputs.map(([, , bytes]) => bytes));
    const [copy, now] = [Buffer.allocUnsafe(largest), Buffer.allocUnsafe(largest + 1)];
    const isSame = ([path, at, bytes, ...state]) =>
      isUntouched(`${ROOT}/${path}`, bytes, state) ||
      (mayCompare(`${ROOT}/${path}`) &&
        readSync(file, copy, 0, bytes, start + at) === bytes &&
        holds(`${ROOT}/${path}`, copy, bytes, now));
    if (!inputs.every(isSame)) return undefined;
    return { program: part(program), code: part(code) };
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

/** How long ago a file must have changed for its next change to have another time, on file systems that count two seconds, in milliseconds. */
const SETTLED_MS = 2_000;

/**
 * Number and change time of a file, which is none that a program may set: whoever writes to it, or puts another in its place, changes one of
 * them. Nothing of a file that has changed just now: the next change may have the same time. To be asked before the file is read.
 */
export function fileState(path) {
  const { ino, ctimeMs } = statSync(path);
  return ctimeMs < Date.now() - SETTLED_MS ? [ino, ctimeMs] : [];
}

/** Whether a file has changed just now, so that a bundle of today would compare it as well. */
const isUnsettled = (path) => fileState(path).length === 0;

/** Whether nobody has touched a file since `fileState`: a fifth of the time that it takes to read and compare it. */
function isUntouched(path, bytes, [ino, ctimeMs]) {
  const now = ino === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  return now !== undefined && now.ino === ino && now.ctimeMs === ctimeMs && now.size === bytes;
}

/** Whether a file is the first bytes of a copy. One read: what is longer shows in the byte after it. */
function holds(path, copy, bytes, now) {
  const file = openSync(path, 'r');
  try {
    return readSync(file, now, 0, bytes + 1, 0) === bytes && now.compare(copy, 0, bytes, 0, bytes) === 0;
  } finally {
    closeSync(file);
  }
}

function read(file, at, length) {
  const bytes = Buffer.allocUnsafe(length);
  if (readSync(file, bytes, 0, length, at) !== length) throw new Error('the bundle is cut off');
  return bytes;
}
