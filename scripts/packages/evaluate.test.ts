/**
 * Changes judged by the bytes of their versions, by the bot, by commands and by the audit. Longer than most files: the three are asked about
 * the same repository and store.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { load } from '../read/load.ts';
import { commitSource } from '../git/objects/commit-source.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';
import type { Version } from '../core/model.ts';
import type { Transition } from '../core/transitions/index.ts';
import { describe as describeProblem } from '../core/problems/messages.ts';
import type { Problem } from '../core/problems/problem.ts';
import { factsOf } from '../project/facts.ts';
import { readProject } from '../project/read-project.ts';
import { gitStore } from './git-store.ts';
import { evaluatePackages, type PackageCase } from './evaluate.ts';
import type { PackageStore } from './store.ts';
import { keyOf } from './version-id.ts';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { NATIVE, write } from '../fixtures/projects/write.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';

afterAll(removeRepositories);

const file = (version: string) => `miniapps/${SMART}/versions/${version}.yaml`;
const branch = (version = '1.4.0') => `packages/${SMART}/${version}`;
const project = temporaryFolder('project');
write(project, { ...NATIVE, 'app.js': 'ty.request({ url: "https://api.example.com/x" });' });

const none = temporaryFolder('none');
write(none, { ...NATIVE, 'app.js': 'App({});' });

/** One history for all: a platform that judges by bytes, and a version that was uploaded on a branch. A test gets a copy. */
const origin = repository();
origin.edit('platform.yaml', 'languages:', 'packages: { required: true }\nlanguages:');
origin.commit();
origin.git('checkout', '-q', '-b', 'uploaded');
await origin.run(
  ...['upload', SMART, project, '--version', '1.4.0', '--description', 'New', '--actor', 'bob', '--no-pr'],
);
origin.commit({ by: 'bob' });

let own: TestRepository;
beforeEach(() => {
  const home = temporaryFolder('copy');
  execFileSync('cp', ['-a', `${origin.home}/.`, home]);
  own = repository(home, false);
});

const plan = async (base = 'main', actor = 'bob', ...more: string[]) => {
  const { code, value } = await own.runJson('plan', '--base', base, '--actor', actor, ...more);
  const about = value.problems.filter((one: any) => one.code.startsWith('package-') && one.code !== 'package-unproven');
  return [code, ...about.map((one: any) => `${one.severity} ${one.code}`)];
};

const uploaded = loadWorkingTree(join(origin.home, 'config')).workspace.miniapps.get(SMART)!.versions.get('1.4.0')!;
const before = load(commitSource(origin.home, origin.git('rev-parse', 'main'), 'config')).workspace;

interface Asked {
  readonly changes?: object;
  readonly isNew?: boolean;
  /** What is done with a version that is there. */
  readonly step?: Transition['kind'];
}

/** What the bytes here say of the version, recorded otherwise, as if it came with the change or was there before. */
async function judged({ changes = {}, isNew = true, step = 'publish' }: Asked = {}): Promise<readonly Problem[]> {
  const after = structuredClone(before);
  const version = { ...uploaded, ...changes } as Version;
  (after.miniapps.get(SMART)!.versions as Map<string, Version>).set('1.4.0', version);
  const here = gitStore({ folder: own.home, where: 'here' });
  const kind = isNew ? 'upload' : step;
  const transitions = [{ kind, miniapp: SMART, version: '1.4.0', at: { file: file('1.4.0') } }] as const;
  try {
    const sides = { transitions, base: isNew ? before : after, merged: after };
    return (await evaluatePackages({ ...sides, head: [here], store: [here], isOlder: () => false })).problems;
  } finally {
    here.close();
  }
}

/** The package's commit, with another tree. */
function exchange(entries: (mode: string, path: string) => string | undefined, more = '', version = '1.4.0') {
  const lines = own.git('ls-tree', '-r', branch(version)).split('\n');
  const kept = lines.flatMap((line) => {
    const [, mode = '', id = '', path = ''] = /^(\d+) blob (\w+)\t(.*)$/.exec(line) ?? [];
    const as = entries(mode, path);
    return as === undefined ? [] : [`${as.split(' ')[0]} ${id}\t${as.slice(7)}\n`];
  });
  const env = { ...process.env, GIT_INDEX_FILE: join(own.home, '.git/other-index') };
  const git = (args: string[], input = '') =>
    execFileSync('git', args, { cwd: own.home, env, input, encoding: 'utf8' }).trim();
  git(['read-tree', '--empty']);
  git(['update-index', '--index-info'], kept.join('') + more);
  const commit = own.git('commit-tree', git(['write-tree']), '-m', 'x');
  own.git('update-ref', `refs/heads/${branch(version)}`, commit);
}
const blob = (text: string) =>
  execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: own.home, input: text, encoding: 'utf8' }).trim();
const asIs = (mode: string, path: string) => `${mode} ${path}`;

describe('a version that is new in the change', () => {
  test('with its bytes, as they are recorded, may be merged', async () => {
    expect(await plan()).toEqual([0]);
  });

  test('without them is refused where they are required, else warned of', async () => {
    own.git('update-ref', '-d', `refs/heads/${branch()}`);
    expect(await plan()).toEqual([1, 'error package-missing']);
    own.git('checkout', '-q', 'main');
    own.edit('platform.yaml', 'packages: { required: true }', 'packages: {}');
    own.commit();
    own.git('checkout', '-q', 'uploaded');
    own.git('rebase', '-q', 'main');
    expect(await plan()).toEqual([0, 'warning package-missing']);
  });

  test('is judged by no bytes where base has no packages', async () => {
    own.git('update-ref', '-d', `refs/heads/${branch()}`);
    expect(await plan('main~1')).toEqual([1]);
    own.git('checkout', '-q', '-B', 'alone', 'main~1');
    own.git('checkout', '-q', 'uploaded', '--', `config/${file('1.4.0')}`);
    own.commit({ by: 'bob' });
    expect(await plan('main~1')).toEqual([0]);
  });

  const lies: [field: string, changes: object][] = [
    ['package.sha256', { package: { ...uploaded.package, sha256: '0'.repeat(64) } }],
    ['package.bytes', { package: { ...uploaded.package, bytes: 7 } }],
    ['package.files', { package: { ...uploaded.package, files: 7 } }],
    ['package.sha256', { package: undefined }],
    ['package.reader', { package: { ...uploaded.package, reader: 999 } }],
    ['package.reader', { package: { ...uploaded.package, reader: undefined } }],
    ['pages', { pages: ['pages/index/index'] }],
    ['pages', { pages: uploaded.pages!.toReversed() }],
    ['baseLibrary', { baseLibrary: '2.0.0' }],
    ['baseLibrary', { baseLibrary: undefined }],
    ['kits', { kits: { ...uploaded.kits, BaseKit: '1.0.0' } }],
    ['origins', { origins: ['https://api.example.org'] }],
    ['origins', { origins: undefined }],
    ['apis', { apis: ['ty.getLocation'] }],
    ['apis', { apis: undefined }],
    ['analysis', { analysis: { ...uploaded.analysis!, unknown: 7 } }],
    ['analysis', { analysis: { ...uploaded.analysis!, shownUnknown: 7 } }],
    ['analysis', { analysis: { ...uploaded.analysis!, found: {} } }],
  ];
  test.each(lies)('whose %s is not what the bytes give is refused', async (field, changes) => {
    const [first] = await judged({ changes });
    expect(first).toMatchObject({ code: 'package-differs', args: { field } });
    expect(first!.severity).toBeUndefined();
  });

  test('that names no APIs counts as using all, also where its code uses none', async () => {
    exchange(
      (mode, path) => (path.endsWith('app.js') ? undefined : `${mode} ${path}`),
      `100644 ${blob('App({});')}\tpackage/app.js\n`,
    );
    const facts = factsOf(readProject(none, { shown: 'none', id: SMART }).project!);
    expect(facts.apis).toEqual([]);
    expect(await judged({ changes: facts })).toEqual([]);
    expect(await judged({ changes: { ...facts, apis: undefined } })).toMatchObject([{ args: { field: 'apis' } }]);
  });

  test('whose file records nothing of the reading of its code claims nothing of it', async () => {
    expect(await judged({ changes: { analysis: undefined } })).toEqual([]);
  });

  test.each([
    ['another reader', { package: { ...uploaded.package, reader: 999 } }],
    ['no package', { package: undefined }],
  ])('that names %s is refused without its bytes too: its facts would never be compared again', async (_, changes) => {
    own.git('update-ref', '-d', `refs/heads/${branch()}`);
    const found = await judged({ changes });
    expect(found.map(({ code }) => code)).toEqual(['package-missing', 'package-differs']);
    expect(found[1]).toMatchObject({ args: { field: 'package.reader' } });
  });

  const hostile: [what: string, make: () => void, code: string, said: RegExp][] = [
    [
      'a file that is left out of packages',
      () => exchange(asIs, `100644 ${blob('x')}\tpackage/node_modules/x.js\n`),
      'package-differs',
      /files of 1\.4\.0|sha256 of 1\.4\.0/,
    ],
    [
      'other bytes',
      () =>
        exchange(
          (mode, path) => (path.endsWith('app.js') ? undefined : `${mode} ${path}`),
          `100644 ${blob('// other')}\tpackage/app.js\n`,
        ),
      'package-differs',
      /sha256/,
    ],
  ];
  test.each(hostile)('whose branch holds %s is refused by name', async (_, make, code, said) => {
    make();
    const [first] = await judged();
    expect(first?.code).toBe(code);
    expect(describeProblem(first!).message).toMatch(said);
  });
});

describe('a fork that cannot be read', () => {
  const after = structuredClone(before);
  (after.miniapps.get(SMART)!.versions as Map<string, Version>).set('1.4.0', uploaded);
  const transitions = [{ kind: 'upload', miniapp: SMART, version: '1.4.0', at: { file: file('1.4.0') } }] as const;
  const command = 'git push REMOTE packages/x:upload/bob/x';
  const told = async (isRequired: boolean, isThereToo: boolean) => {
    const { packages: _, ...platform } = before.platform;
    const base = { ...before, platform: { ...platform, packages: { required: isRequired } } };
    const fork = gitStore({ folder: own.home, remote: { url: `file://${own.home}/none` }, where: 'bob/registry' });
    const here = gitStore({ folder: own.home, where: 'upload/ of this repository' });
    const head = isThereToo ? [fork, here] : [fork];
    const sides = { transitions, base, merged: after, head, store: [] };
    try {
      return await evaluatePackages({ ...sides, isOlder: () => false, pushCommand: () => command });
    } finally {
      for (const one of head) one.close();
    }
  };

  test.each([
    [true, undefined],
    [false, 'warning'],
  ] as const)('is named, with where to push instead (required: %s)', async (isRequired, severity) => {
    const { problems } = await told(isRequired, false);
    expect(problems).toMatchObject([
      { code: 'package-unreachable', args: { version: '1.4.0', where: 'bob/registry', command } },
    ]);
    expect(problems[0]!.severity).toBe(severity);
    expect(describeProblem(problems[0]!).hint).toContain(command);
  });

  test('is no problem where the bytes stand in this repository too', async () => {
    const { problems, toCopy } = await told(true, true);
    expect([problems, toCopy.length]).toEqual([[], 1]);
  });
});

test('a change of more versions than can be looked into at once is refused before any store is asked', async () => {
  const after = structuredClone(before);
  const versions = after.miniapps.get(SMART)!.versions as Map<string, Version>;
  const transitions = Array.from({ length: 500 }, (_, i) => {
    const version = `2.0.${i}`;
    versions.set(version, { ...uploaded, version });
    return { kind: 'upload', miniapp: SMART, version, at: { file: file(version) } } as const;
  });
  const base = { ...before, platform: { ...before.platform, packages: {} } };
  const places = { head: [], store: [] };
  const found = await evaluatePackages({ transitions, base, merged: after, ...places, isOlder: () => false });
  expect(found).toMatchObject({
    problems: [{ code: 'packages-too-many', args: { count: 500, limit: 50 } }],
    toCopy: [],
  });
  expect(found.problems[0]!.severity).toBeUndefined();
  // Fewer are looked into one by one, and what was brought here for one makes room for the next.
  const steps: string[] = [];
  const empty: PackageStore = {
    kind: 'git',
    where: 'a store',
    release() {},
    close: () => void steps.push('closed'),
    find: async () => (steps.push('asked'), new Map()),
    prove: async () => new Map(),
    proveHere: () => new Map(),
    open: async () => ({ isAbsent: true }),
  };
  const some = { transitions: transitions.slice(0, 50), base, merged: after, head: [empty], store: [] };
  expect((await evaluatePackages({ ...some, isOlder: () => false })).problems.length).toBe(50);
  expect(steps).toEqual(Array.from({ length: 50 }, () => ['asked', 'closed']).flat());
  // A rollback need not be proven: it is no reason to refuse others, and of hundreds those that there is room for are read.
  const back = transitions.slice(50, 400).map((step) => ({ ...step, kind: 'rollback' }) as const);
  const codes = async (all: PackageCase['transitions']) => {
    steps.length = 0;
    const { problems } = await evaluatePackages({ ...some, transitions: all, store: [empty], isOlder: () => false });
    expect(steps.filter((step) => step === 'asked')).toHaveLength(50);
    return problems.map(({ code, severity }) => `${code} ${severity ?? 'error'}`);
  };
  const [first, ...rest] = await codes([...some.transitions, ...back.slice(0, 10)]);
  expect([first, ...new Set(rest)]).toEqual(['packages-too-many warning', 'package-missing warning']);
  expect(await codes(back)).toEqual([
    'packages-too-many warning',
    ...Array.from({ length: 50 }, () => 'package-missing warning'),
  ]);
});

test.each([
  ['as their files record', 2_000, 1_000, 0],
  ['as it turns out, whatever their files record', 400, 1_200, 2],
])('a change of more bytes than can be looked into at once is refused, %s', async (_, recorded, there, opened) => {
  const ids = ['2.0.0', '2.0.1', '2.0.2'].map((version) => ({ miniapp: SMART, version }));
  const after = structuredClone(before);
  const versions = after.miniapps.get(SMART)!.versions as Map<string, Version>;
  for (const { version } of ids)
    versions.set(version, { ...uploaded, version, package: { ...uploaded.package!, bytes: recorded } });
  let asked = 0;
  const store: PackageStore = {
    kind: 'git',
    where: 'a store',
    release() {},
    close() {},
    proveHere: () => new Map(),
    find: async ([id]) => new Map([[keyOf(id!), { id: id!, ref: 'x', object: id!.version }]]),
    prove: async ([held], onBytes) => {
      asked += 1;
      onBytes?.(there);
      return new Map([[keyOf(held!.id), { ...uploaded.package!, bytes: there }]]);
    },
    open: async () => ({ isAbsent: true }),
  };
  const base = { ...before, platform: { ...before.platform, packages: {} } };
  const most = { versions: 50, bytes: 2_000 };
  const codes = async (kind: 'upload' | 'rollback') => {
    asked = 0;
    const transitions = ids.map((id) => ({ kind, ...id, at: { file: file(id.version) } }) as const);
    const places = { head: [store], store: [store], isOlder: () => false, most };
    const { problems, toCopy } = await evaluatePackages({ transitions, base, merged: after, ...places });
    expect(toCopy).toEqual([]);
    return problems.map(({ code, severity }) => `${code} ${severity ?? 'error'}`);
  };
  const differs = Array.from({ length: opened }, () => 'package-differs error');
  expect([await codes('upload'), asked]).toEqual([[...differs, 'packages-too-many error'], opened]);
  // Of a rollback as many are looked into as there is room for.
  const few = Math.max(1, opened);
  expect([(await codes('rollback'))[0], asked]).toEqual(['packages-too-many warning', few]);
});

describe('a version that is there', () => {
  /** It is merged; what follows is a step of it. */
  const merged = () => own.git('update-ref', 'refs/heads/main', 'uploaded');
  const submitted = () => {
    own.git('checkout', '-q', '-B', 'submitted', 'main');
    writeFileSync(
      own.file(file('1.4.0')),
      `${readFileSync(own.file(file('1.4.0')), 'utf8')}review: { status: pending, submittedBy: bob }\n`,
    );
    own.edit(file('1.2.0'), 'review: { status: pending, submittedBy: bob }\n', '');
    own.commit({ by: 'bob' });
  };

  test('with bytes that this clone alone has is submitted once they are in the store, which names what brings them', async () => {
    merged();
    const store = temporaryFolder('store');
    execFileSync('git', ['clone', '-q', '--bare', '--single-branch', '--branch', 'main', own.home, store]);
    own.git('remote', 'add', 'origin', store);
    own.git('fetch', '-q', 'origin');
    submitted();
    const told = async () =>
      (await own.runJson('plan', '--base', 'origin/main', '--actor', 'bob')).value.problems.filter(
        ({ code }: { code: string }) => code.startsWith('package-') && code !== 'package-unproven',
      );
    expect(await told()).toMatchObject([
      {
        code: 'package-missing',
        severity: 'error',
        message: `the bytes of 1.4.0 are not in origin (this clone has them, in ${branch()})`,
        hint: expect.stringMatching(new RegExp(`npx miniapp package push ${SMART} 1\\.4\\.0$`)),
      },
    ]);
    own.git('push', '-q', 'origin', branch());
    expect(await told()).toEqual([]);
  });

  test.each([
    [
      'exchanged',
      () => exchange((_, path) => (path.endsWith('app.js') ? undefined : `100644 ${path}`)),
      [1, 'error package-differs', 'error package-differs', 'error package-differs'],
    ],
    ['gone', () => own.git('update-ref', '-d', `refs/heads/${branch()}`), [1, 'error package-missing']],
  ])('with bytes %s is judged by them when it is submitted', async (_, make, expected) => {
    merged();
    submitted();
    make();
    const [code, ...told] = await plan();
    expect([code, ...new Set(told)]).toEqual([...new Set(expected)]);
  });

  test.each(['submit', 'approve', 'auto-approve', 'publish', 'start-rollout'] as const)(
    'is refused at %s when its bytes are others, or gone',
    async (step) => {
      expect(await judged({ isNew: false, step })).toEqual([]);
      exchange((_, path) => (path.endsWith('app.js') ? undefined : `100644 ${path}`));
      const told = async () => (await judged({ isNew: false, step })).map(({ code, severity }) => [code, severity]);
      expect(new Set((await told()).map(String))).toEqual(new Set(['package-differs,']));
      own.git('update-ref', '-d', `refs/heads/${branch()}`);
      expect(await told()).toEqual([['package-missing', undefined]]);
    },
  );

  test.each(['withdraw', 'reject', 'disable'] as const)('is not asked for its bytes at %s', async (step) => {
    own.git('update-ref', '-d', `refs/heads/${branch()}`);
    expect(await judged({ isNew: false, step })).toEqual([]);
  });

  test('found by another reader is warned of, but its digest never', async () => {
    const other = { ...uploaded.package, reader: 999 };
    const [facts] = await judged({ isNew: false, changes: { package: other, origins: ['https://api.example.org'] } });
    expect(facts).toMatchObject({ code: 'package-differs', args: { field: 'origins' }, severity: 'warning' });
    expect(await judged({ isNew: false, changes: { package: other, apis: undefined } })).toEqual([]);
    const [digest] = await judged({ isNew: false, changes: { package: { ...other, bytes: 7 } } });
    expect([digest?.code, digest?.severity]).toEqual(['package-differs', undefined]);
  });

  test('that came before packages were judged is warned of when its bytes are missing', async () => {
    own.git('checkout', '-q', '-B', 'rolled-back', 'main');
    writeFileSync(
      own.file(`miniapps/${SMART}/release.yaml`),
      'online: { version: 1.0.0, enabled: true }\nprevious: [1.1.0]\n',
    );
    own.commit({ by: 'alice' });
    const [, ...told] = await plan('main', 'alice');
    expect(told).toEqual(['warning package-missing']);
  });

  test('is not submitted by a command when its bytes are gone', async () => {
    merged();
    own.git('checkout', '-q', 'main');
    own.edit(file('1.2.0'), 'review: { status: pending, submittedBy: bob }\n', '');
    own.commit({ by: 'bob' });
    own.git('update-ref', '-d', `refs/heads/${branch()}`);
    const { code, value } = await own.runJson('submit', SMART, '1.4.0', '--actor', 'bob', '--no-pr');
    expect([code, value.problems.map((one: any) => one.code)]).toEqual([1, ['package-missing']]);
    expect(own.git('status', '--porcelain')).toBe('');
  });

  test('whose bytes were exchanged, or are gone, is found by the audit', async () => {
    merged();
    own.git('checkout', '-q', 'main');
    const found = async () => {
      const { code, value } = await own.runJson('audit', '--since', 'HEAD');
      return [code, ...value.findings.map((one: any) => [one.transitions[0].version, one.problems[0].code])];
    };
    expect(await found()).toEqual([0]);
    exchange((_, path) => (path.endsWith('app.js') ? undefined : `100644 ${path}`));
    expect(await found()).toEqual([1, ['1.4.0', 'package-differs']]);
    own.git('update-ref', '-d', `refs/heads/${branch()}`);
    expect(await found()).toEqual([1, ['1.4.0', 'package-missing']]);
    // No owner can acknowledge it, and no commit of before says it better.
    const { out } = await own.run('audit', '--since', 'HEAD');
    expect(out).toContain('policy allows each of them; the bytes of 1 version are not what was recorded');
    expect(out).toContain('npx miniapp package push ID VERSION DIR');
    expect(out).not.toMatch(/acknowledged:|--amend/);
  });

  test('whose bytes are gone is told with the commit that brought it last, without a process for each version', async () => {
    merged();
    own.git('checkout', '-q', 'main');
    own.git('update-ref', '-d', `refs/heads/${branch()}`);
    const [traces, brought] = [temporaryFolder('traces'), { '1.4.0': own.git('rev-parse', 'HEAD') }];
    const audited = async (name: string) => {
      const trace = join(traces, name);
      vi.stubEnv('GIT_TRACE', trace);
      try {
        const { value } = await own.runJson('audit', '--since', 'HEAD');
        const processes = readFileSync(trace, 'utf8')
          .split('\n')
          .filter((line) => line.includes('built-in: git '));
        return { processes, findings: value.findings };
      } finally {
        vi.unstubAllEnvs();
      }
    };
    const one = await audited('one');
    expect(one.findings).toMatchObject([{ commit: brought['1.4.0'], subject: own.git('log', '-1', '--format=%s') }]);
    const text = readFileSync(own.file(file('1.4.0')), 'utf8');
    for (const version of ['1.5.0', '1.6.0']) {
      writeFileSync(own.file(file(version)), text.replaceAll('1.4.0', version));
      own.commit();
    }
    // Taken away and brought once more.
    rmSync(own.file(file('1.5.0')));
    own.commit();
    writeFileSync(own.file(file('1.5.0')), text.replaceAll('1.4.0', '1.5.0'));
    own.commit();
    const many = await audited('many');
    const [again = '', , second = ''] = own.git('log', '--format=%H').split('\n');
    const told = many.findings.map(({ commit, transitions }: any) => [transitions[0].version, commit]);
    expect(Object.fromEntries(told)).toEqual({ ...brought, '1.5.0': again, '1.6.0': second });
    expect(many.processes.filter((line) => line.includes('git log'))).not.toEqual([]);
    expect(many.processes.filter((line) => line.includes('versions/'))).toEqual([]);
  });

  test('whose bytes are gone where they are not required is a warning of the audit, as a line of it too', async () => {
    merged();
    own.git('checkout', '-q', 'main');
    own.edit('platform.yaml', 'packages: { required: true }', 'packages: {}');
    own.commit();
    own.git('update-ref', '-d', `refs/heads/${branch()}`);
    const { code, value } = await own.runJson('audit', '--since', 'HEAD');
    expect([code, value.ok, value.findings]).toEqual([0, true, []]);
    expect(value.warnings).toMatchObject([{ code: 'package-missing', severity: 'warning' }]);
    expect(value.warnings[0].message).toContain('1.4.0');
    expect((await own.run('audit', '--since', 'HEAD')).out).toMatch(/warning .*1\.4\.0/);
    // Others came before the platform kept any.
    expect(value.warnings.map((one: any) => one.file)).toEqual([`config/${file('1.4.0')}`]);
    expect(before.miniapps.get(SMART)!.versions.size).toBeGreaterThan(1);
  });

  test('is not audited where the store cannot be asked: the answer says so, and fails as of a fault', async () => {
    merged();
    own.git('checkout', '-q', 'main');
    own.git('remote', 'add', 'origin', `file://${own.home}/none`);
    const { code, value } = await own.runJson('audit', '--since', 'HEAD');
    expect([code, value.ok, value.findings]).toEqual([2, false, []]);
    expect(value.unasked).toMatch(/cannot be asked/);
  });

  test.each([
    ['this very repository, of bytes that are required', 401, 'packages: { required: true }', 2],
    ['this very repository', 404, 'packages: {}', 2],
    ['another place of bytes that are required', 404, 'packages: { required: true, git: { remote: elsewhere } }', 2],
    ['another place', 403, 'packages: { git: { remote: elsewhere } }', 0],
    ['another place', 404, 'packages: { git: { remote: elsewhere } }', 0],
  ])(
    'is a fault of the night where the store lets nobody look, but in %s (%s)',
    async (_, status, packages, expected) => {
      merged();
      own.git('checkout', '-q', 'main');
      const server = createServer((_incoming, response) => response.writeHead(status).end());
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      try {
        const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/private.git`;
        own.edit('platform.yaml', 'packages: { required: true }', packages.replace('elsewhere', address));
        if (packages !== 'packages: { required: true }') own.commit();
        own.git('remote', 'add', 'origin', address);
        const { code, value } = await own.runJson('audit', '--since', 'HEAD');
        expect([code, value.ok, value.findings]).toEqual([expected, expected === 0, []]);
        expect(value.unasked).toMatch(/cannot be asked/);
      } finally {
        server.close();
      }
    },
  );
});
