/** What somebody may push instead of a package, read the way the bot reads it: from another repository, refused by name, within seconds. */
import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { describe as describeProblem } from '../core/problems/messages.ts';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { fixtureFiles, SMART } from '../fixtures/workspace.ts';
import { load } from '../read/load.ts';
import { memorySource } from '../read/source.ts';
import { gitStore } from './git-store.ts';
import { evaluatePackages } from './evaluate.ts';

afterAll(removeRepositories);

/** Seconds that a derivation may take on a machine that is busy; the worst takes two on one that is not. */
const BOUND = 30;

const ENV = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
const theirs = temporaryFolder('theirs');
const ours = temporaryFolder('ours');
for (const folder of [theirs, ours]) execFileSync('git', ['init', '-q', '--bare', folder], { env: ENV });
const git = (args: string[], input: string | Uint8Array = '') =>
  execFileSync('git', args, { cwd: theirs, env: ENV, input, encoding: 'utf8' }).trim();

type Entry = readonly [mode: string, name: string | Buffer, id: string];

/** Written as bytes: Git's own tools refuse some of these. */
function tree(entries: readonly Entry[]): string {
  const parts = entries.flatMap(([mode, name, id]) => [
    Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.from([0])]),
    Buffer.from(id, 'hex'),
  ]);
  return git(['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'], Buffer.concat(parts));
}
const blob = git(['hash-object', '-w', '--stdin'], 'x');
const large = git(['hash-object', '-w', '--stdin'], new Uint8Array(16 * 1024 ** 2));
const file = (name: string | Buffer, mode = '100644', id = blob): Entry => [mode, name, id];
/** The top of a commit whose package holds these. */
const packaged = (...entries: readonly Entry[]): Entry[] => [['40000', 'package', tree(entries)]];
const numbered = (count: number, entry: (name: string) => Entry) =>
  Array.from({ length: count }, (_, i) => entry(`f${String(i).padStart(6, '0')}`));
const nested = (levels: number, wide: number): string =>
  levels === 0 ? tree([file('x')]) : tree(numbered(wide, (name) => ['40000', name, nestedOnce(levels - 1, wide)]));
const known = new Map<string, string>();
function nestedOnce(levels: number, wide: number): string {
  const key = `${levels} ${wide}`;
  if (!known.has(key)) known.set(key, nested(levels, wide));
  return known.get(key)!;
}

/** So many folders, each in the one before. */
function deep(levels: number): string {
  const commit = `commit refs/heads/deep\ncommitter x <x@example.com> 0 +0000\ndata 0\nM 100644 ${blob} ${'a/'.repeat(levels)}x\n`;
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: theirs, env: ENV, input: commit });
  return git(['rev-parse', 'refs/heads/deep:']);
}

const files = {
  ...fixtureFiles(),
  'platform.yaml': `${fixtureFiles()['platform.yaml']}packages: { required: true }\n`,
};
const base = load(memorySource(files)).workspace;
const version = `miniapps/${SMART}/versions/1.4.0.yaml`;
const text = fixtureFiles()[`miniapps/${SMART}/versions/1.2.0.yaml`]!.replace('version: 1.2.0', 'version: 1.4.0');
const merged = load(memorySource({ ...files, [version]: text })).workspace;
const transitions = [{ kind: 'upload', miniapp: SMART, version: '1.4.0', at: { file: version } }] as const;

const hostile: [what: string, top: () => Entry[], code: string, said: RegExp][] = [
  [
    'a symbolic link',
    () => packaged(file('app.js', '120000')),
    'package-refused',
    /"package\/app\.js" is a symbolic link/,
  ],
  ['a submodule', () => packaged(file('kit', '160000')), 'package-refused', /"package\/kit" is a submodule/],
  ['a program', () => packaged(file('run.sh', '100755')), 'package-refused', /"package\/run\.sh" is an executable/],
  ['an odd mode', () => packaged(file('app.js', '100600')), 'package-refused', /of the mode 100600/],
  [
    'a workflow beside it',
    () => [['40000', '.github', tree([file('x.yml')])], ...packaged(file('app.js'))],
    'package-refused',
    /"\.github\/x\.yml" stands beside package\//,
  ],
  ['.git', () => packaged(file('.git')), 'package-refused', /"\.git" is read as \.git/],
  ['.git on macOS', () => packaged(file('.g\u200Cit')), 'package-refused', /is read as \.git/],
  ['a way up', () => packaged(['40000', '..', tree([file('x')])]), 'package-refused', /"\.\." is no name/],
  ['a backslash', () => packaged(file('a\\b')), 'package-refused', /control character or a backslash/],
  ['a line end in a name', () => packaged(file('a\nb')), 'package-refused', /control character/],
  ['bytes that are no text', () => packaged(file(Buffer.from([0x61, 0xff]))), 'package-refused', /is not UTF-8/],
  ['a name taken apart', () => packaged(file('e\u0301.js')), 'package-refused', /composed form/],
  ['a name without end', () => packaged(file('x'.repeat(5000))), 'package-refused', /has more than 255 bytes/],
  ['one name twice', () => packaged(file('a.js'), file('a.js', '100644', large)), 'package-refused', /is there twice/],
  ['100,001 files', () => packaged(...numbered(100_001, file)), 'package-refused', /more than the 100000 files/],
  [
    'a thousand million files in three folders',
    () => [['40000', 'package', nestedOnce(3, 1000)]],
    'package-refused',
    /more than the 100000 files/,
  ],
  ['a hundred folders below each other', () => packaged(['40000', 'a', deep(100)]), 'package-refused', /folders below/],
  [
    'more than a gigabyte',
    () => packaged(...numbered(70, (name) => file(name, '100644', large))),
    'package-refused',
    /more than the 1073741824 that are possible/,
  ],
  ['nothing', () => [], 'package-differs', /sha256/],
];

test.each(hostile)('what may be pushed is refused by name: %s', async (_, top, code, said) => {
  const commit = git(['-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit-tree', tree(top()), '-m', 'x']);
  const branch = `upload/bob/${SMART}/1.4.0`;
  git(['update-ref', `refs/heads/${branch}`, commit]);
  const start = performance.now();
  const store = gitStore({
    folder: ours,
    remote: { url: `file://${theirs}` },
    where: 'theirs',
    branches: () => [branch],
  });
  try {
    const { problems, toCopy } = await evaluatePackages({
      transitions,
      base,
      merged,
      head: [store],
      store: [],
      isOlder: () => false,
    });
    expect(toCopy).toEqual([]);
    expect(problems[0]?.code).toBe(code);
    expect(problems[0]?.severity).toBeUndefined();
    const { message } = describeProblem(problems[0]!);
    expect(message).toMatch(said);
    expect(message.length).toBeLessThan(1000);
    expect((performance.now() - start) / 1000).toBeLessThan(BOUND);
  } finally {
    store.close();
  }
});
