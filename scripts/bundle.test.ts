/**
 * The bundle that commands start from: it answers as the sources do, and is not used when it was made from others. Longer than most files:
 * all of it runs one bundle, which takes seconds to make.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main, VERBS } from './cli.ts';
import { judgeByBytes } from './fixtures/judging-platform.ts';
import { removeRepositories, repository, type TestRepository } from './fixtures/repository.ts';
import { runCommand } from './fixtures/run-command.ts';
import { PANEL } from './fixtures/workspace.ts';

const ROOT = join(import.meta.dirname, '..');
const ID = 'tysmart0000000001';
/** Ends standard error with whether `cli.ts` was loaded. */
const TELL = `import { registerHooks } from 'node:module';
let sources = false;
registerHooks({ load: (url, context, next) => { sources ||= url.endsWith('/scripts/cli.ts'); return next(url, context); } });
process.on('exit', () => process.stderr.write('\\n' + (sources ? 'sources' : 'bundle')));`;
const PRELOAD = `data:text/javascript,${encodeURIComponent(TELL)}`;

let project: string;
let bundle: string;
let made: Buffer;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'miniapp-bundle-'));
  bundle = join(project, '.cache/bundle');
  const isWanted = (path: string) => !/\.test\.ts$|fixtures\/(?!workspace)[^/]+\//.test(path);
  cpSync(join(ROOT, 'scripts'), join(project, 'scripts'), { recursive: true, filter: isWanted });
  cpSync(join(ROOT, 'schemas'), join(project, 'schemas'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(project, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  // So that their change times are taken.
  await sleep(2_100);
  expect(make()).toEqual({ status: 0, stderr: '' });
  made = readFileSync(bundle);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));
beforeEach(() => writeFileSync(bundle, made, { mode: 0o644 }));

function make(): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [join(project, 'scripts/make-bundle.mjs')], {
    encoding: 'utf8',
  });
  return { status, stderr };
}

interface Ran {
  readonly from: string;
  readonly answer: { readonly status: number | null; readonly stdout: string; readonly stderr: string };
}

function run(words: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const { DEBUG: _, ...rest } = process.env;
  const args = ['--import', PRELOAD, join(project, 'scripts/miniapp.mjs'), ...words];
  const ran = spawnSync(process.execPath, args, {
    cwd: project,
    env: { ...rest, NO_COLOR: '1', ...env },
    encoding: 'utf8',
  });
  const end = ran.stderr.lastIndexOf('\n');
  return {
    from: ran.stderr.slice(end + 1),
    answer: { status: ran.status, stdout: ran.stdout, stderr: ran.stderr.slice(0, end) },
  };
}

/** What the sources answer, run here: a process for each would load all of them again. */
async function ofSources(words: readonly string[]): Promise<Ran['answer']> {
  const { DEBUG: _, ...env } = process.env;
  const { code, out, err } = await runCommand(words, { cwd: project, env: { ...env, NO_COLOR: '1' }, now: Date.now() });
  return { status: code, stdout: out, stderr: err };
}

const config = () => ['--config', join(project, 'scripts/fixtures/workspace')];
const show = (env: NodeJS.ProcessEnv = {}) => run(['show', ID, ...config()], env);

/** Does something to a file of the project for as long as `work` takes. */
function changed(path: string, change: (text: string) => string, work: () => void): void {
  const file = join(project, path);
  const [before, { atime, mtime }] = [readFileSync(file, 'utf8'), statSync(file)];
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  utimesSync(file, atime, mtime);
  try {
    work();
  } finally {
    writeFileSync(file, before);
  }
}

describe('the bundle answers as the sources do', () => {
  test.each<[string, string[]]>([
    ['no word', []],
    ['--help', ['--help']],
    ['a verb that is none', ['shwo', ID]],
    ['show as JSON', ['show', ID, '--format', 'json']],
    ['show of a version', ['show', ID, '1.0.0']],
    ['show of none', ['show', 'nobody']],
    ['show with options first', ['show', '--format', 'json', ID]],
    ['show of nothing', ['show']],
    ['resolve', ['resolve', ID, '--app', 'smart-life', '--region', 'EU', '--account', 'a@example.com']],
    ['resolve without an app', ['resolve', ID]],
    ['an option that is none', ['list', '--apps']],
    ['list', ['list']],
    ['validate', ['validate']],
    ['validate as JSON', ['validate', '--format', 'json']],
    ['reviews', ['reviews']],
    ['qr', ['qr', ID, '--app', 'smart-life']],
    ['check-request', ['check-request', ID, 'https://example.com', '--region', 'EU', '--api', 'request']],
    ['scenario list', ['scenario', 'list', ID]],
    ['history without Git', ['history', ID]],
    ['audit without Git', ['audit']],
    ['plan without Git', ['plan']],
    ['language export', ['language', 'export', ID, '--out', '-']],
    ['whoami', ['whoami']],
  ])('%s', async (_, words) => {
    const all = words.some((word) => !word.startsWith('-')) ? [...words, ...config()] : words;
    const { from, answer } = run(all);
    expect(from).toBe('bundle');
    expect(answer).toEqual(await ofSources(all));
  });

  // What only such a platform loads is in no other test here.
  describe('of a platform that requires bytes', () => {
    let own: TestRepository;
    beforeAll(async () => {
      own = repository();
      await judgeByBytes(own);
    });
    afterAll(removeRepositories);

    test.each<[number, string[]]>([
      [0, ['validate']],
      [0, ['list']],
      [0, ['show', ID]],
      [0, ['show', ID, '--format', 'json']],
      [0, ['show', PANEL]],
      [0, ['show', ID, '1.2.0']],
      [0, ['show', PANEL, '1.0.0', '--format', 'json']],
      [0, ['reviews']],
      [0, ['reviews', '--for', 'rita', '--format', 'json']],
      [0, ['resolve', ID, '--app', 'smart-life', '--region', 'EU']],
      [1, ['resolve', PANEL, '--app', 'smart-life', '--region', 'EU']],
      [0, ['whoami', '--actor', 'rita']],
      [0, ['history', ID]],
      [0, ['plan', '--base', 'HEAD', '--actor', 'alice']],
      [0, ['withdraw', ID, '1.2.0', '--actor', 'bob', '--dry-run']],
      [1, ['approve', PANEL, '1.0.0', '--actor', 'rita', '--dry-run']],
      [1, ['package', 'list']],
      [1, ['package', 'verify', ID]],
      [0, ['package', 'diff', ID, '1.1.0', '1.2.0']],
    ])('%i: %j', async (status, words) => {
      const all = [...words, '--config', own.file('')];
      const { from, answer } = run(all);
      expect(from).toBe('bundle');
      expect(answer).toEqual(await ofSources(all));
      expect(answer.status).toBe(status);
    });
  });

  // --version names the commit of the project that it is of.
  test.each([['--version'], ['show']])('%s, both in processes of their own', (verb) => {
    const words = verb === 'show' ? [verb, ID, ...config()] : [verb];
    const quick = run(words);
    rmSync(bundle);
    const slow = run(words);
    expect([quick.from, slow.from]).toEqual(['bundle', 'sources']);
    expect(quick.answer).toEqual(slow.answer);
  });

  test('--help of every verb', async () => {
    const collect = `import { bundledProgram } from ${JSON.stringify(join(project, 'scripts/bundle.mjs'))};
      for (const verb of ${JSON.stringify(Object.keys(VERBS))})
        await bundledProgram(verb).main([verb, '--help'], { stdout: (text) => process.stdout.write(text), env: {} });`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', collect], {
      encoding: 'utf8',
    });
    let expected = '';
    const io = {
      stdout: (text: string) => (expected += text),
      stderr: () => {},
      env: {},
      cwd: ROOT,
      isColoured: false,
      now: 0,
    };
    for (const verb of Object.keys(VERBS)) await main([verb, '--help'], io);
    expect(stderr).toBe('');
    expect(stdout).toBe(expected);
    expect(expected.length).toBeGreaterThan(20_000);
  });

  test('the second thread of validate', () => {
    const begin = `import { Worker } from 'node:worker_threads';
      const shared = { entries: [], contents: new Map() };
      const next = new Int32Array(new SharedArrayBuffer(4));
      const root = ${JSON.stringify(join(project, 'scripts/fixtures/workspace'))};
      const workerData = { root, parts: [['${ID}']], next, shared, known: new Map(), isKept: false, isWhole: false, now: 0, began: 0 };
      const worker = new Worker(${JSON.stringify(join(project, 'scripts/validate-worker.mjs'))}, { workerData });
      worker.on('message', (found) => process.stdout.write(JSON.stringify(found)));`;
    const tell = `import { registerHooks } from 'node:module';
      import { writeSync } from 'node:fs';
      registerHooks({ load: (url, context, next) => { if (url.endsWith('.ts')) writeSync(2, url + '\\n'); return next(url, context); } });`;
    writeFileSync(join(project, 'begin.mjs'), begin);
    const words = ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, join(project, 'begin.mjs')];
    const quick = spawnSync(process.execPath, words, { encoding: 'utf8' });
    rmSync(bundle);
    const slow = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(quick.stderr).toBe('');
    expect(slow.stderr).toContain('/validate/work.ts');
    expect(JSON.parse(quick.stdout)).toEqual([0, [expect.objectContaining({ id: ID, finding: expect.anything() })]]);
    expect(quick.stdout).toBe(slow.stdout);
  });

  test('an edit, with the packages that are loaded when they are needed', () => {
    const words = ['whitelist', 'add', ID, '--app', 'smart-life', '--account', 'new@example.com', '--no-pr'];
    const edited = () => {
      const copy = mkdtempSync(join(tmpdir(), 'miniapp-edited-'));
      cpSync(join(project, 'scripts/fixtures/workspace'), copy, { recursive: true });
      const { from, answer } = run([...words, '--config', copy, '--actor', 'rita']);
      const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
      rmSync(copy, { recursive: true });
      return { from, said: JSON.stringify(answer).replaceAll(copy, 'COPY'), texts };
    };
    const quick = edited();
    rmSync(bundle);
    expect({ ...edited(), from: 'bundle' }).toEqual(quick);
  });
});

describe('the sources run', () => {
  test('when one of them was edited, its size and date as before', () => {
    changed(
      'scripts/commands/show.ts',
      (text) => text.replace('`online      ${', '`ONLINE      ${'),
      () => {
        const { from, answer } = show();
        expect(from).toBe('sources');
        expect(answer.stdout).toContain('ONLINE');
        // What another verb is made of is as it was.
        expect(run(['list', ...config()]).from).toBe('bundle');
      },
    );
    expect(show().from).toBe('bundle');
  });

  test('when one that is loaded later alone was edited', () => {
    changed(
      'scripts/commands/version/version-page.ts',
      (text) => `${text}\n`,
      () => {
        expect(run(['show', ID, '1.0.0', ...config()]).from).toBe('sources');
        // It cannot come to load that.
        expect(show().from).toBe('bundle');
      },
    );
  });

  test('when a file is gone', () => {
    const [from, to] = [join(project, 'package.json'), join(project, 'package.json.aside')];
    cpSync(from, to);
    rmSync(from);
    try {
      expect(run(['--help']).from).toBe('sources');
    } finally {
      cpSync(to, from);
    }
  });

  test.each<[string, () => void]>([
    ['is empty', () => truncateSync(bundle)],
    ['is cut off in its header', () => truncateSync(bundle, 100)],
    ['is cut off in its code', () => truncateSync(bundle, made.length - 1)],
    ['has something behind it', () => writeFileSync(bundle, Buffer.concat([made, Buffer.from(' ')]))],
    ['is something else', () => writeFileSync(bundle, 'process.exit(3)')],
    [
      'is of another layout',
      () => writeFileSync(bundle, made.toString('latin1').replace('"format":3', '"format":0'), 'latin1'),
    ],
    ['may be written by others', () => chmodSync(bundle, 0o666)],
    [
      'is a folder',
      () => {
        rmSync(bundle);
        mkdirSync(bundle);
      },
    ],
  ])('when the bundle %s', (_, damage) => {
    damage();
    const { from, answer } = show();
    rmSync(bundle, { recursive: true, force: true });
    expect(from).toBe('sources');
    expect(answer.status).toBe(0);
    expect(answer.stderr).toBe('');
  });

  test.skipIf(process.getuid?.() !== 0)('when the bundle is of somebody else', async () => {
    const { chownSync } = await import('node:fs');
    chownSync(bundle, 12_345, 12_345);
    expect(show().from).toBe('sources');
    rmSync(bundle);
  });

  test('with DEBUG, so that a trace names them', () => {
    const { from, answer } = run(['show', 'nobody', ...config()], { DEBUG: '1' });
    expect(from).toBe('sources');
    expect(answer.stderr).toMatch(/scripts\/commands\/show\.ts:\d+/);
  });

  test('where packages are to be found under other conditions', () => {
    expect(show({ NODE_OPTIONS: '--conditions=browser' }).from).toBe('sources');
  });
});

describe('a source', () => {
  const SOURCE = 'scripts/report/terminal.ts';
  /** The bundle with another copy of a source, as long as before. */
  const withOtherCopy = () => {
    const text = readFileSync(join(project, SOURCE), 'latin1');
    expect(made.includes(text, 'latin1')).toBe(true);
    writeFileSync(bundle, made.toString('latin1').replace(text, text.toUpperCase()), 'latin1');
  };

  test('that nobody has touched is not compared, and one with another change time is', () => {
    withOtherCopy();
    expect(show().from).toBe('bundle');
    utimesSync(join(project, SOURCE), new Date(), new Date());
    expect(show().from).toBe('sources');
    writeFileSync(bundle, made);
    expect(show().from).toBe('bundle');
  });

  test('that was written just before is always compared, as its next change may have the same time', async () => {
    const { fileState } = (await import('./bundle.mjs' as string)) as { fileState(path: string): readonly number[] };
    const file = join(project, SOURCE);
    expect(fileState(join(ROOT, 'package.json'))).toHaveLength(2);
    writeFileSync(file, readFileSync(file));
    expect(fileState(file)).toEqual([]);
  });
});

describe('making it', () => {
  const leftovers = () => readdirSync(join(project, '.cache')).filter((name) => name.startsWith('bundle.'));

  test('does nothing where it is current, and makes it again where it is not', async () => {
    await sleep(2_100);
    expect(make()).toEqual({ status: 0, stderr: '' });
    const { mtimeMs } = statSync(bundle);
    expect(make()).toEqual({ status: 0, stderr: '' });
    expect(statSync(bundle).mtimeMs).toBe(mtimeMs);
    changed(
      'scripts/commands/show.ts',
      (text) => `${text}\n`,
      () => {
        expect(make().status).toBe(0);
        expect(show().from).toBe('bundle');
      },
    );
  });

  test('is done anew where sources were only touched, as copies and branches do, so that they are not compared for ever', async () => {
    await sleep(2_100);
    expect(make()).toEqual({ status: 0, stderr: '' });
    const { mtimeMs } = statSync(bundle);
    utimesSync(join(project, 'scripts/report/terminal.ts'), new Date(), new Date());
    await sleep(2_100);
    expect(show().from).toBe('bundle');
    expect(make()).toEqual({ status: 0, stderr: '' });
    expect(statSync(bundle).mtimeMs).not.toBe(mtimeMs);
    expect(show().from).toBe('bundle');
  });

  test('may be killed at any moment', async () => {
    rmSync(bundle);
    for (const delay of [60, 150, 250, 350, 500]) {
      const child = spawn(process.execPath, [join(project, 'scripts/make-bundle.mjs')], { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.on('close', resolve));
      await sleep(delay);
      child.kill('SIGKILL');
      await ended;
      const { from, answer } = show();
      expect(answer.status).toBe(0);
      expect(from).toBe(existsSync(bundle) ? 'bundle' : 'sources');
    }
    const left = `${bundle}.1`;
    writeFileSync(left, 'half');
    utimesSync(left, new Date(0), new Date(0));
    rmSync(bundle, { force: true });
    expect(make().status).toBe(0);
    expect(existsSync(left)).toBe(false);
    expect(show().from).toBe('bundle');
  });

  test('may be done by several at once, while commands run', async () => {
    rmSync(bundle);
    const start = () => spawn(process.execPath, [join(project, 'scripts/make-bundle.mjs')], { stdio: 'ignore' });
    const makers = [start(), start(), start()].map((child) => new Promise((resolve) => child.on('close', resolve)));
    for (let i = 0; i < 4; i += 1) expect(show().answer.status).toBe(0);
    expect(await Promise.all(makers)).toEqual([0, 0, 0]);
    expect(show().from).toBe('bundle');
    expect(leftovers()).toEqual([]);
  });

  test('is done by git pull, for the sources that come in', () => {
    cpSync(join(ROOT, '.husky'), join(project, '.husky'), { recursive: true });
    writeFileSync(join(project, '.gitignore'), 'node_modules\n.cache\n');
    const git = (...args: string[]) => {
      const own = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
      const { status, stderr } = spawnSync('git', [...own, ...args], { cwd: project, encoding: 'utf8' });
      expect({ args, status, stderr: status === 0 ? '' : stderr }).toEqual({ args, status: 0, stderr: '' });
    };
    git('init', '-q');
    spawnSync(process.execPath, [join(ROOT, 'node_modules/husky/bin.js')], { cwd: project });
    const file = join(project, 'scripts/commands/show.ts');
    const text = readFileSync(file, 'utf8');
    git('add', '-A');
    git('commit', '-qm', 'one', '--no-verify');
    git('checkout', '-qb', 'upstream');
    writeFileSync(file, `${text}\n`);
    git('commit', '-qam', 'two', '--no-verify');
    git('checkout', '-q', 'main');
    expect(show().from).toBe('bundle');
    git('pull', '-q', '--ff-only', '.', 'upstream');
    expect(readFileSync(file, 'utf8')).not.toBe(text);
    expect(show().from).toBe('bundle');
    writeFileSync(file, text);
  });

  test('says where it cannot, and fails no setup', () => {
    rmSync(join(project, '.cache'), { recursive: true });
    writeFileSync(join(project, '.cache'), '');
    try {
      const { status, stderr } = make();
      expect(status).toBe(0);
      expect(stderr).toMatch(/^Commands start from their sources/);
      expect(show()).toMatchObject({ from: 'sources', answer: { status: 0, stderr: '' } });
    } finally {
      rmSync(join(project, '.cache'));
      mkdirSync(join(project, '.cache'));
    }
  });
});
