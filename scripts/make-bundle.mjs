/**
 * Makes the bundle that commands start from (`bundle.mjs`), unless it is there and current. Part of setting up: `npm ci` runs it, and
 * `npm start` and `npm test` where sources have changed. Without a bundle commands start from their sources: nothing here may fail a setup.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asFunction, BUNDLE, bundleBytes, isCurrent, NO_VERB, runBundle, SHOW_ONE, fileState } from './bundle.mjs';
import { bundledNode, readsTypeScript, ROOT } from './runtime.mjs';

const ENTRY = 'scripts/cli.ts';
/** Packages that a question about one miniapp needs; the others stay where they are and are loaded when they are needed. */
const INSIDE = new Set(['ajv', 'image-size', 'js-yaml', 'punycode', 'tldts', 'url-template']);
/** First words that need no file of a verb. */
const OVERVIEW = ['', 'help', '--help', '-h'];
/** A question that a program is warmed by before its code is kept: V8 keeps what was compiled by then. */
const HELP = ['--help'];
const RESOLVE = ['resolve', 'tysmart0000000001', '--app', 'smart-life', '--region', 'EU'];
const SHOW = ['show', 'tysmart0000000001'];
const VALIDATE = ['validate'];
/**
 * What one does most often, and waits for, has a program of its own, because reading a program and its code costs by their size: that of
 * these first words, without the files of all other verbs; of `SHOW_ONE` also without what its own file loads when it is needed for a version,
 * and not for a miniapp. The last is for all others, and has them all.
 */
const PROGRAMS = [
  { words: OVERVIEW, warmedBy: [HELP] },
  { words: ['resolve'], warmedBy: [RESOLVE] },
  { words: [SHOW_ONE], warmedBy: [SHOW], withoutLater: 'scripts/commands/show.ts', butLater: ['./bytes-lacks.ts'] },
  { words: ['validate'], warmedBy: [VALIDATE] },
  { words: undefined, warmedBy: [HELP, RESOLVE, SHOW] },
];

/** The number of the program that a first word starts. */
const programOf = (word) => PROGRAMS.findIndex(({ words }) => words === undefined || words.includes(word));

async function make() {
  // Of the very bytes that are kept as copies, whatever happens to the files meanwhile.
  const contents = new Map();
  const states = new Map();
  const take = (path) => {
    if (!contents.has(path)) {
      states.set(path, fileState(join(ROOT, path)));
      contents.set(path, readFileSync(join(ROOT, path)));
    }
    return contents.get(path);
  };
  const ofVerbs = verbFilesIn(String(take(ENTRY)));
  const verbFiles = [...ofVerbs, [SHOW_ONE, ofVerbs.find(([verb]) => verb === 'show')[1]]];
  const built = await Promise.all(
    PROGRAMS.map(({ words, withoutLater, butLater }) =>
      bundle(take, words && verbFiles.filter(([word]) => words.includes(word)).map(([, file]) => file), {
        withoutLater,
        butLater,
      }),
    ),
  );
  for (const path of ['package.json', 'scripts/bundle.mjs', 'scripts/make-bundle.mjs']) take(path);
  const paths = [...contents.keys()].sort();
  const inputs = paths.map((path) => ({ path, bytes: contents.get(path), state: states.get(path) }));
  const numbers = new Map(paths.map((path, i) => [path, i]));
  const always = paths.filter((path) => !(path in built.at(-1).graph));
  const needed = (word, file) =>
    [...always, ...reached(built[programOf(word)].graph, file)].map((path) => numbers.get(path));
  const files = [...OVERVIEW.map((word) => [word, ENTRY]), ...verbFiles];
  const verbs = Object.fromEntries(
    files.map(([word, file]) => [word, { inputs: needed(word, file), program: programOf(word) }]),
  );
  verbs[NO_VERB] = { inputs: paths.keys().toArray(), program: programOf(NO_VERB) };
  const programs = [];
  for (const [i, { program }] of built.entries())
    programs.push({ program, code: await compiled(program, PROGRAMS[i].warmedBy) });
  write(bundleBytes({ programs, inputs, verbs }));
}

/** What a second thread does, which no verb imports by itself. */
const THREADS = {
  'scripts/commands/validate/validate.ts':
    "export const loadWork = () => import('./scripts/commands/validate/work.ts');",
};

/**
 * A program with these files of verbs alone, or with all, without what one file (`withoutLater`) imports when it is needed, but for these (`butLater`, as
 * it names them); and which files import which: paths from ROOT.
 */
async function bundle(take, verbFiles, later) {
  const { build } = await import('esbuild');
  const threads = Object.entries(THREADS).filter(([file]) => verbFiles?.includes(file) ?? true);
  const contents = [`export { main } from './${ENTRY}';`, ...threads.map(([, line]) => line)].join('\n');
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    // Of no tsconfig.json, which then is no source of the bundle.
    tsconfigRaw: '{}',
    minifyWhitespace: true,
    legalComments: 'none',
    // As npm lays packages out; what lies elsewhere is taken as what it is here.
    preserveSymlinks: true,
    // So that packages are loaded by the function that the program is given.
    supported: { 'dynamic-import': false },
    plugins: [{ name: 'sources', setup: (esbuild) => sources(esbuild, take, verbFiles, later) }],
    logLevel: 'silent',
  });
  const graph = Object.fromEntries(
    Object.entries(metafile.inputs).map(([path, { imports }]) => [path, imports.filter(({ external }) => !external)]),
  );
  // What is left beyond ASCII stands in patterns; without it V8 needs one byte a character, not two.
  const ascii = outputFiles[0].text.replace(
    /[^\0-\x7f]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { program: Buffer.from(asFunction(ascii)), graph };
}

function sources({ onLoad, onResolve, resolve }, take, verbFiles, { withoutLater, butLater = [] }) {
  const here = (path) => relative(ROOT, path).split(sep).join('/');
  // What never is called: nothing looks whether it is there.
  onResolve({ filter: /^\./ }, ({ path, kind, importer }) =>
    kind === 'dynamic-import' && here(importer) === withoutLater && !butLater.includes(path)
      ? { path, external: true }
      : undefined,
  );
  if (verbFiles)
    onResolve({ filter: /^\.\/commands\// }, ({ path, importer }) =>
      here(importer) === ENTRY && !verbFiles.includes(posix.join(dirname(ENTRY), path))
        ? { path, external: true }
        : undefined,
    );
  onResolve({ filter: /^[^./#]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
    if (kind === 'entry-point' || path.startsWith('node:') || pluginData === 'resolving') return undefined;
    const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
    if (!here(importer).startsWith('node_modules/')) take(`node_modules/${name}/package.json`);
    if (INSIDE.has(name) || here(importer).startsWith('node_modules/')) return undefined;
    // The file that an import finds, also where `require` would find another.
    const found = await resolve(path, { kind: 'import-statement', importer, resolveDir, pluginData: 'resolving' });
    return found.errors.length > 0
      ? { errors: found.errors }
      : { path: `./${posix.join('..', here(found.path))}`, external: true };
  });
  onLoad({ filter: /\.(?:[cm]?[jt]s|json)$/ }, ({ path }) => {
    const file = here(path);
    const bytes = take(file);
    if (!file.endsWith('.ts')) return { contents: bytes, loader: file.endsWith('.json') ? 'json' : 'js' };
    return { contents: inPlace(String(bytes), file), loader: 'ts' };
  });
}

/** What a module knows of its own place is what it knows where it lies: the bundle lies in `.cache`. */
function inPlace(text, file) {
  const path = (of) => `(__dirname + ${JSON.stringify(`/../${of}`)})`;
  return text
    .replaceAll('import.meta.dirname', path(dirname(file)))
    .replaceAll('import.meta.url', `process.getBuiltinModule('node:url').pathToFileURL(${path(file)}).href`)
    .replaceAll('import.meta.main', 'false');
}

/** Each verb with its file, as `cli.ts` lists them. */
function verbFilesIn(text) {
  const found = [...text.matchAll(/^ {2}'?([a-z-]+)'?: \{[^}]*?import\('\.\/([^']+)'\)/gm)];
  if (found.length !== text.split("import('./commands/").length - 1)
    throw new Error(`the verbs of ${ENTRY} read otherwise now`);
  return found.map(([, verb, file]) => [verb, posix.join(dirname(ENTRY), file)]);
}

/** The files that a verb may come to load: its own with all that it imports, now or later, and what `cli.ts` does for every verb. */
function reached(graph, file) {
  const isCommon = ({ path, kind }) =>
    file === ENTRY ? kind === 'import-statement' : !path.startsWith('scripts/commands/');
  const found = new Set([ENTRY]);
  const open = [file, ...graph[ENTRY].filter(isCommon).map(({ path }) => path)].filter((path) => path !== ENTRY);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    open.push(...graph[path].map((one) => one.path));
  }
  return found;
}

/** V8's code of a program after some questions. */
async function compiled(program, questions) {
  const { exports, script } = runBundle({ program });
  const io = { stdout: () => {}, stderr: () => {}, env: {}, cwd: ROOT, project: ROOT, now: Date.now() };
  for (const words of questions) {
    const where = words === HELP ? [] : ['--config', join(ROOT, 'scripts/fixtures/workspace')];
    await exports.main([...words, ...where], io);
  }
  return script.createCachedData();
}

/** Whole or not at all: readers have the old one until the new one is on the disk. */
function write(bytes) {
  const folder = dirname(BUNDLE);
  mkdirSync(folder, { recursive: true });
  clearUp(folder);
  const aside = `${BUNDLE}.${process.pid}`;
  try {
    const file = openSync(aside, 'wx', 0o644);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, BUNDLE);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}

/** What a run that was killed left behind. */
function clearUp(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const isLeft = name.startsWith(`${basename(BUNDLE)}.`) && Date.now() - statSync(path).mtimeMs > 60_000;
    if (isLeft) rmSync(path, { force: true });
  }
}

/** Makes it under the Node that commands run under: compiled code is of one Node alone. */
export async function makeBundle() {
  const node = bundledNode();
  if (!readsTypeScript) {
    if (node) spawnSync(node, [fileURLToPath(import.meta.url)], { stdio: 'inherit' });
    return;
  }
  try {
    if (!isCurrent()) await make();
  } catch (error) {
    console.error(
      `Commands start from their sources, which takes a little longer: no bundle was made (${error.message}).`,
    );
    if (process.env.DEBUG) console.error(error.stack);
  }
}

if (process.argv[1] !== undefined && basename(process.argv[1]) === basename(import.meta.url)) await makeBundle();
