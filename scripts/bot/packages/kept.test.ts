/**
 * What the bot does about bytes where something is in the way: whom it delays, what it reads, and what it may replace. Longer than most
 * files: every test needs the same store, upload and pull request.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EnvironmentError } from '../../core/errors.ts';
import type { Version, Workspace } from '../../core/model.ts';
import { emptyRepository, writeCommits } from '../../fixtures/commits.ts';
import { gitHook } from '../../fixtures/git-hooks.ts';
import { NATIVE, write } from '../../fixtures/projects/write.ts';
import { removeRepositories, temporaryFolder } from '../../fixtures/repository.ts';
import { ACCOUNTS, BOT_ACCOUNT, pullOf, snapshotOf } from '../../fixtures/snapshot.ts';
import { fixtureFiles, fixtureWorkspace, NOW, SMART } from '../../fixtures/workspace.ts';
import type { PullRequestDetails } from '../../github/types.ts';
import { comparison, type PackageComparison } from '../../packages/comparison.ts';
import { copyToGit } from '../../packages/copy.ts';
import { nothingDerived, remembering } from '../../packages/derived.ts';
import { gitStore } from '../../packages/git-store.ts';
import { keepHere } from '../../packages/local-branch.ts';
import { StoreError, type HeldPackage } from '../../packages/store.ts';
import { packageBranch, uploadBranch } from '../../packages/version-id.ts';
import { factsOf } from '../../project/facts.ts';
import { readProject } from '../../project/read-project.ts';
import { byCost, inTime } from '../round/evaluate-once.ts';
import type { EvaluationContext } from '../evaluate/evaluation-context.ts';
import type { ReconcileOptions, ReconcileRun, WritingRun } from '../state/reconcile-context.ts';
import type { EvaluatedPullRequest, Snapshot } from '../types.ts';
import { withBytes } from './bytes.ts';
import { platformStore } from './stores.ts';
import { settleUploads } from '../round/uploads.ts';

afterAll(removeRepositories);

const ID = { miniapp: SMART, version: '1.4.0' };
const [STORED, UPLOADED] = [packageBranch.name(ID), uploadBranch.name('bob', ID)];
const AUTHOR = { name: 'bob', email: 'bob@example.com' };

/** The repository that is the store, where people upload, and of which the bot has a clone: one is enough for all three. */
const home = temporaryFolder('store');
emptyRepository(home);
const git = (args: readonly string[], input = '') =>
  execFileSync('git', args, { cwd: home, input, encoding: 'utf8', stdio: 'pipe' }).trim();
const [before = '', tip = '', queued = ''] = writeCommits(home, [{}, { parents: [0] }, { parents: [1] }]);

/** A package in the repository, and what a version file records of it. */
function packageOf(script: string) {
  const folder = temporaryFolder('project');
  write(folder, { ...NATIVE, 'app.js': script });
  const { project } = readProject(folder, { shown: 'app', id: SMART });
  const { files, content, package: made } = project!;
  const { commit } = keepHere(home, ID, { files, content, sha256: made.sha256 }, { author: AUTHOR, now: NOW });
  return { commit, tree: git(['rev-parse', `${commit}^{tree}`]), facts: factsOf(project!) };
}
const other = packageOf('App({ other: true });');
const own = packageOf('App({});');
/** Each object as a file of its own. */
function unpackAll(): void {
  const packs = join(home, '.git/objects/pack');
  const away = temporaryFolder('packs');
  for (const name of readdirSync(packs)) renameSync(join(packs, name), join(away, name));
  for (const name of readdirSync(away).filter((one) => one.endsWith('.pack')))
    execFileSync('git', ['unpack-objects', '-q'], { cwd: home, input: readFileSync(join(away, name)) });
}
const treeThere = (branch = STORED) => git(['rev-parse', `refs/heads/${branch}^{tree}`]);

const refs = (wanted: Readonly<Record<string, string>>) => {
  const there = git(['for-each-ref', '--format=%(refname)']).split('\n');
  const gone = there.map((ref) => `delete ${ref}\n`);
  const made = Object.entries(wanted).map(([branch, commit]) => `create refs/heads/${branch} ${commit}\n`);
  git(['update-ref', '--stdin'], gone.join(''));
  git(['update-ref', '--stdin'], made.join(''));
};
beforeEach(() => refs({ main: tip, [STORED]: other.commit, [UPLOADED]: own.commit }));

const packages = 'packages: { required: true }\n';
const files = { 'platform.yaml': `${fixtureFiles()['platform.yaml']}${packages}` };
const snapshot = snapshotOf({ files });
const base = snapshot.given.workspace;
const merged: Workspace = structuredClone(base);
const version: Version = {
  version: '1.4.0',
  description: 'New',
  uploadedBy: 'bob',
  uploadedAt: '2026-11-20T08:00:00Z',
  ...own.facts,
};
(merged.miniapps.get(SMART)!.versions as Map<string, Version>).set('1.4.0', version);

const log: string[] = [];
const options = (url = home): ReconcileOptions =>
  ({
    path: home,
    remote: { url },
    serverUrl: 'https://github.com',
    now: NOW,
    writer: {},
    env: {},
    repository: snapshot.repository,
    log: (line: string) => log.push(line),
  }) as unknown as ReconcileOptions;

const contextAt = (past: readonly string[]): EvaluationContext =>
  ({
    path: home,
    folder: 'config',
    prefix: 'config',
    branch: 'main',
    tip: past[0]!,
    base,
    bot: BOT_ACCOUNT,
    now: NOW,
    redact: snapshot.redact,
    past: past.map((commit) => ({ commit, time: NOW })),
  }) as unknown as EvaluationContext;

const pull = (number = 7): PullRequestDetails => ({
  ...pullOf(number, 'upload', { author: ACCOUNTS.bob }),
  comments: [],
  statuses: [],
  reviews: [],
  mayBePushed: false,
});

/** A pull request that uploads the version, evaluated by everything but its bytes. */
const alone = (problems: readonly object[] = [], number = 7): EvaluatedPullRequest =>
  ({
    pull: pull(number),
    actor: 'bob',
    reviews: [],
    changesRequestedBy: [],
    isUpToDate: true,
    evaluation: {
      decision: { ok: true, transitions: [{ kind: 'upload', ...ID, at: { file: 'x' } }], problems: [] },
      problems,
      texts: new Map(),
      before: base,
      workspace: merged,
      merge: { differences: [] },
    },
  }) as unknown as EvaluatedPullRequest;

describe('bytes of an upload', () => {
  test.each([
    ['the tip', [tip, before], tip],
    ['what a queue puts on it', [queued, tip, before], tip],
  ])('take the place of others under a number that is not on %s', async (_, past, seen) => {
    const found = await withBytes(options(), contextAt(past), alone(), seen);
    expect([found.refusal, found.evaluation?.problems, typeof found.keepBytes]).toEqual([undefined, [], 'function']);
    expect(treeThere()).toBe(own.tree);
  });

  test.each([
    ['the branch moved since', [before], before],
    ['a queue began before the branch moved', [queued, before], tip],
  ])('replace nothing where %s: the number may be on it by now', async (_, past, seen) => {
    const found = await withBytes(options(), contextAt(past), alone(), seen);
    expect([found.evaluation, found.isOutside, found.refusal]).toEqual([
      undefined,
      true,
      expect.stringMatching(/could not be kept: main moved/),
    ]);
    expect(treeThere()).toBe(other.tree);
  });

  test('that the store does not take are the fault of nobody who proposes', async () => {
    const hook = gitHook(home, 'update', 'case "$1" in refs/heads/packages/*) exit 1;; esac');
    try {
      const found = await withBytes(options(), contextAt([tip]), alone(), tip);
      expect([found.isOutside, found.refusal]).toEqual([true, expect.stringContaining('could not be kept')]);
    } finally {
      hook.remove();
    }
  });

  test('that were read in a run are not read again when the branch moves, and others in their place are', async () => {
    const derived = nothingDerived();
    const told = async (past: string[], more: object) =>
      (await withBytes({ ...options(), ...more }, contextAt(past), alone(), past[0]!)).evaluation?.problems.map(
        ({ code }) => code,
      );
    expect(await told([tip, before], { derived })).toEqual([]);
    // The contents of its files are gone: whoever reads them finds that out.
    const script = git(['rev-parse', `${own.commit}:package/app.js`]);
    const object = join(home, '.git/objects', script.slice(0, 2), script.slice(2));
    unpackAll();
    renameSync(object, `${object}.away`);
    try {
      refs({ main: queued, [STORED]: git(['rev-parse', STORED]), [UPLOADED]: own.commit });
      expect(await told([queued, tip, before], { derived })).toEqual([]);
      expect(await told([queued, tip, before], {})).toEqual(['package-missing']);
    } finally {
      renameSync(`${object}.away`, object);
    }
    refs({ main: queued, [STORED]: other.commit, [UPLOADED]: other.commit });
    expect(new Set(await told([queued, tip, before], { derived }))).toEqual(new Set(['package-differs']));
  });

  test('that a closed proposal left under its number are nobody’s who proposes it without any', async () => {
    refs({ main: tip, [STORED]: other.commit });
    const found = await withBytes(options(), contextAt([tip]), alone(), tip);
    expect(found.evaluation?.problems.map(({ code }) => code)).toEqual(['package-missing']);
  });

  test('that are other than a version on the base records are replaced by its own, which whoever submits it brings', async () => {
    const submitted = alone();
    const decision = { ...submitted.evaluation!.decision, transitions: [{ kind: 'submit', ...ID, at: { file: 'x' } }] };
    const evaluation = {
      ...submitted.evaluation!,
      decision,
      before: merged,
    } as EvaluatedPullRequest['evaluation'];
    const here = { ...contextAt([tip]), base: merged };
    const found = await withBytes(options(), here, { ...submitted, evaluation: evaluation! }, tip);
    expect([found.refusal, found.evaluation?.problems, treeThere()]).toEqual([undefined, [], own.tree]);
  });

  test('of a stranger are not read', async () => {
    const evaluated = alone([{ code: 'actor-unknown', severity: 'error' }]);
    expect(await withBytes(options(`${home}/none`), contextAt([tip]), evaluated, tip)).toBe(evaluated);
  });

  test('come after all that rests on none', async () => {
    const light = { ...alone([], 9), evaluation: { ...alone().evaluation!, decision: { transitions: [] } } };
    // The version is on the base, and its bytes are compared for whoever reads of its rejection.
    const rejected = alone([], 8);
    const rejection = { ...rejected.evaluation!.decision, transitions: [{ kind: 'reject', ...ID, at: { file: 'x' } }] };
    const compared = { ...rejected, evaluation: { ...rejected.evaluation!, decision: rejection } };
    const evaluationWithoutBytesCache = new Map(
      ([alone(), compared, light] as EvaluatedPullRequest[]).map((evaluated) => [
        evaluated.pull.number,
        { tip, evaluated },
      ]),
    );
    const pulls = [...evaluationWithoutBytesCache.values()].map(({ evaluated }) => evaluated.pull);
    const found = await byCost({ evaluationWithoutBytesCache } as ReconcileRun, contextAt([tip]), snapshot, pulls);
    expect([found.atOnce, found.byBytes].map((list) => list.map(({ number }) => number))).toEqual([[9], [7, 8]]);
  });
});

test.each([
  ['all while there is time', 0, [1, 2, 3], []],
  ['one where the run has taken long, which it says', 16, [1], [expect.stringMatching(/judges #2, #3$/)]],
])('bytes are read of %s', (_, minutes, read, failures) => {
  const run = { began: performance.now() - minutes * 60_000, failures: new Set<string>() };
  const pulls = [1, 2, 3].map((number) => pull(number));
  expect([...inTime(run, pulls)].map(({ number }) => number)).toEqual(read);
  expect([...run.failures]).toEqual(failures);
});

test('two packages that stand where they stood are compared once in a run', async () => {
  const miniapp = structuredClone(merged.miniapps.get(SMART)!);
  const earlier = { ...miniapp.versions.get('1.2.0')!, ...other.facts };
  (miniapp.versions as Map<string, Version>).set('1.2.0', earlier);
  const before = packageBranch.name({ ...ID, version: '1.2.0' });
  refs({ main: tip, [before]: other.commit, [STORED]: own.commit });
  const store = gitStore({ folder: home, where: 'here' });
  const opened: string[] = [];
  const watched = { ...store, open: (held: HeldPackage) => (opened.push(held.id.version), store.open(held)) };
  const made = new Map<string, PackageComparison>();
  const compare = () => comparison(watched, miniapp, version, made);
  const first = await compare();
  expect([await compare(), opened]).toEqual([first, ['1.4.0', '1.2.0']]);
  expect(first).toMatchObject({ compared: { with: '1.2.0', diff: { files: { changed: [{ path: 'app.js' }] } } } });
  // Of others in the place of one nothing is known.
  refs({ main: tip, [before]: own.commit, [STORED]: own.commit });
  expect(await compare()).toMatchObject({ unkept: expect.arrayContaining(['1.2.0']) });
  store.close();
});

test('a version whose bytes could not be read for a moment is compared with once they can be', async () => {
  const miniapp = structuredClone(merged.miniapps.get(SMART)!);
  const numbers = ['1.1.0', '1.3.0'];
  for (const number of numbers) {
    const earlier = { ...miniapp.versions.get(number)!, ...other.facts };
    (miniapp.versions as Map<string, Version>).set(number, earlier);
  }
  const branches = numbers.map((number) => [packageBranch.name({ ...ID, version: number }), other.commit]);
  refs({ main: tip, ...Object.fromEntries(branches), [STORED]: own.commit });
  const store = gitStore({ folder: home, where: 'here' });
  const absent: string[] = [];
  const open: typeof store.open = async (held) =>
    absent.includes(held.id.version) ? { isAbsent: true } : store.open(held);
  const made = new Map<string, PackageComparison>();
  const compare = () => comparison({ ...store, open }, miniapp, version, made);
  // What people have now is compared with first.
  absent.push('1.1.0');
  expect(await compare()).toMatchObject({ unkept: ['1.1.0'], compared: { with: '1.3.0' } });
  absent.pop();
  expect(await compare()).toMatchObject({ unkept: [], compared: { with: '1.1.0' } });
  store.close();
});

test('two runs that keep the same bytes at the same time agree', async () => {
  refs({ main: tip, [UPLOADED]: own.commit });
  const from = gitStore({ folder: home, where: 'upload/', branches: () => [UPLOADED] });
  const held = { id: ID, ref: UPLOADED, object: own.commit };
  const copy = (author: string, first?: () => Promise<unknown>) =>
    copyToGit(
      {
        held,
        sha256: own.facts.package!.sha256,
        mayReplace: () => Promise.reject(new EnvironmentError('no')),
        from: { ...from, open: async (one) => (await first?.(), from.open(one)) },
      },
      {
        folder: home,
        remote: { url: home },
        where: 'the store',
        now: NOW,
        author: { name: author, email: `${author}@example.com` },
      },
    );
  // The other is done while this one reads.
  expect(await copy('late', () => copy('early'))).toBe(false);
  expect([git(['log', '-1', '--format=%an', STORED]), treeThere()]).toEqual(['early', own.tree]);
  from.close();
});

test.each([
  ['that gives no answer is waited for once in a run', 6_000, 1],
  ['that says no at once is asked again', 1, 2],
])('a store %s', async (_, milliseconds, times) => {
  const clock = vi.spyOn(performance, 'now');
  const store = gitStore({ folder: home, where: 'a store' });
  let asked = 0;
  const find = () => {
    asked += 1;
    clock.mockReturnValue(asked * milliseconds);
    return Promise.reject(new StoreError('nothing answers there'));
  };
  clock.mockReturnValue(0);
  const derived = nothingDerived();
  try {
    for (let i = 0; i < 2; i += 1) {
      // Each evaluation opens the store anew.
      const opened = remembering({ ...store, find }, derived);
      await expect(opened.find([ID])).rejects.toThrow('nothing answers there');
    }
  } finally {
    clock.mockRestore();
  }
  expect(asked).toBe(times);
});

test('a branch of an upload that cannot be settled keeps no other waiting', async () => {
  const [stuck, fine] = [packageBranch.name({ ...ID, version: '1.0.0' }), STORED];
  const hook = gitHook(home, 'update', `[ "$1" != refs/heads/${stuck} ]`);
  const workspace: Workspace = structuredClone(merged);
  (workspace.miniapps.get(SMART)!.versions as Map<string, Version>).set('1.0.0', { ...version, version: '1.0.0' });
  const [first, second] = ['1.0.0', '1.4.0'].map((number) => uploadBranch.name('bob', { ...ID, version: number }));
  refs({ main: tip, [first!]: own.commit, [second!]: own.commit });
  const deleting = { getRef: async () => ({ data: { object: { sha: own.commit } } }), deleteRef: async () => ({}) };
  const run = {
    options: options(),
    seen: { open: new Map() },
    reconciled: new Map(),
    notes: new Set(),
    done: [],
    last: { given: { workspace }, bot: BOT_ACCOUNT } as Snapshot,
    execution: { client: { rest: { git: deleting } }, repository: snapshot.repository },
  } as unknown as WritingRun;
  // A run that has taken long leaves them all.
  await settleUploads({ ...run, began: performance.now() - 16 * 60_000 });
  expect([[...run.notes], run.done]).toEqual([['more branches of uploads are left to the next run'], []]);
  run.notes.clear();
  try {
    await settleUploads(run);
  } finally {
    hook.remove();
  }
  expect([...run.notes]).toEqual([expect.stringContaining(`${first} is left to the next run`)]);
  expect([treeThere(fine), run.done]).toEqual([
    own.tree,
    [{ kind: 'delete-branch', branch: second, head: own.commit }],
  ]);
});

test('a name and password in the address of the store are in no message', async () => {
  const address = 'http://bob:hidden@127.0.0.1:1/acme/packages.git';
  const packages = { git: { remote: address } };
  const { platform } = fixtureWorkspace();
  const store = platformStore({ remote: { url: 'https://example.com/x.git' }, path: home }, { ...platform, packages });
  expect(store.where).toBe('http://127.0.0.1:1/acme/packages.git');
  const why = await store.find([ID]).catch((error: unknown) => String(error));
  store.close();
  expect(why).toMatch(/cannot be asked/);
  expect(why).not.toMatch(/hidden|bob/);
});
