/** What only this machine has (settings, attributes, replaced objects, grafts, where the folder is) changes no judgement. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';
import { mergedTips, readLog } from './commits/log.ts';

const release = `miniapps/${SMART}/release.yaml`;
const whitelist = `miniapps/${SMART}/whitelist.yaml`;

afterEach(() => vi.unstubAllEnvs());
afterAll(removeRepositories);

/** A pull request that conflicts with main, and one that only brings a module. */
function withBranches(home?: string): TestRepository {
  const own = home === undefined ? repository() : repository(home);
  own.git('checkout', '-q', '-b', 'conflicting');
  own.edit(whitelist, 'QA phone 3', 'QA phone 4');
  own.commit({ by: 'bob' });
  own.git('checkout', '-q', 'main');
  own.edit(whitelist, 'QA phone 3', 'QA phone 5');
  own.commit({ by: 'alice' });
  own.git('checkout', '-q', '-b', 'module');
  const commit = own.git('rev-parse', 'HEAD');
  own.git('update-index', '--add', '--cacheinfo', `160000,${commit},config/apps/module`);
  own.git('commit', '-q', '-m', 'module');
  own.git('checkout', '-q', 'main');
  own.git('tag', 'clean', 'HEAD~1');
  return own;
}

const plan = async (own: TestRepository, head: string, base = 'main') => {
  const { code, value } = await own.runJson('plan', '--base', base, '--head', head, '--actor', 'bob');
  return [code, ...value.problems.map((found: any) => `${found.code} ${found.file}`)];
};

const CONFLICT = [1, `merge-conflict config/${whitelist}`];
const MODULE = [1, 'file-not-plain config/apps/module'];

describe('a judgement hears nothing of', () => {
  let own: TestRepository;
  beforeAll(() => {
    own = withBranches();
  });
  const inHome = (path: string, text: string) => writeFileSync(join(own.home, path), text);

  test('anything, to begin with', async () => {
    expect(await plan(own, 'conflicting')).toEqual(CONFLICT);
    expect(await plan(own, 'module')).toEqual(MODULE);
  });

  test.each<[string, () => void, () => void]>([
    [
      '.gitattributes that nobody committed',
      () => inHome('.gitattributes', '* merge=union\n'),
      () => rmSync(join(own.home, '.gitattributes')),
    ],
    [
      '.git/info/attributes',
      () => inHome('.git/info/attributes', '* merge=union\n'),
      () => rmSync(join(own.home, '.git/info/attributes')),
    ],
    [
      'core.attributesFile',
      () => {
        inHome('.git/mine', '* merge=union\n');
        own.git('config', 'core.attributesFile', join(own.home, '.git/mine'));
      },
      () => own.git('config', '--unset', 'core.attributesFile'),
    ],
    [
      'merge.default',
      () => own.git('config', 'merge.default', 'union'),
      () => own.git('config', '--unset', 'merge.default'),
    ],
    [
      'a merge driver',
      () => {
        inHome('.git/info/attributes', '* merge=mine\n');
        own.git('config', 'merge.mine.driver', 'true');
      },
      () => rmSync(join(own.home, '.git/info/attributes')),
    ],
  ])('%s', async (_, set, unset) => {
    set();
    expect(await plan(own, 'conflicting')).toEqual(CONFLICT);
    unset();
  });

  test.each<[string, () => void, () => void]>([
    [
      'diff.ignoreSubmodules',
      () => own.git('config', 'diff.ignoreSubmodules', 'all'),
      () => own.git('config', '--unset', 'diff.ignoreSubmodules'),
    ],
    [
      '.gitmodules',
      () => inHome('.gitmodules', '[submodule "m"]\n\tpath = config/apps/module\n\turl = x\n\tignore = all\n'),
      () => rmSync(join(own.home, '.gitmodules')),
    ],
    [
      'a module in .git/config',
      () => {
        own.git('config', 'submodule.m.path', 'config/apps/module');
        own.git('config', 'submodule.m.ignore', 'all');
      },
      () => own.git('config', '--remove-section', 'submodule.m'),
    ],
  ])('modules that %s hides', async (_, set, unset) => {
    set();
    expect(await plan(own, 'module')).toEqual(MODULE);
    unset();
  });

  test('objects that git replace exchanges', async () => {
    own.git('replace', 'main', 'clean');
    expect(await plan(own, 'conflicting')).toEqual(CONFLICT);
    own.git('replace', '-d', 'main');
  });

  test('grafts, which give commits other parents', async () => {
    const [base, head, clean] = ['main', 'conflicting', 'clean'].map((name) => own.git('rev-parse', name));
    inHome('.git/info/grafts', `${head} ${base} ${clean}\n`);
    expect(await plan(own, 'conflicting')).toEqual(CONFLICT);
    rmSync(join(own.home, '.git/info/grafts'));
  });
});

test.each([
  ['a colon', 'a:b'],
  ['a quote and a backslash', 'a "b\\'],
  ['a line end', 'a\nb'],
  ['a line end at its end', 'a\n'],
  ['a space at its end', ' a '],
])('a repository may be in a folder with %s in its name', async (_, name) => {
  const home = join(temporaryFolder('odd'), name);
  mkdirSync(home);
  const own = withBranches(home);
  expect(await plan(own, 'conflicting')).toEqual(CONFLICT);
  own.edit(release, 'enabled: true', 'enabled: false');
  const { code, value } = await own.runJson('plan', '--actor', 'alice');
  expect([code, ...value.transitions.map(({ kind }: any) => kind)]).toEqual([0, 'disable']);
  expect((await own.runJson('history')).value.entries.length).toBeGreaterThan(0);
});

test('the wish to see signatures in each log: a signed commit is told as any other', () => {
  const own = repository();
  const signature = 'gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n';
  const signed = own.git('cat-file', 'commit', 'HEAD').replace(/^(committer .*\n)/m, (line) => `${line}${signature}`);
  const raw = join(own.home, 'signed');
  writeFileSync(raw, `${signed}\n`);
  const commit = own.git('hash-object', '-t', 'commit', '-w', raw);
  own.git('update-ref', 'HEAD', commit);
  const told = () => JSON.stringify([[...mergedTips(own.home, [commit])], readLog(own.home, 'HEAD')]);
  const before = told();
  expect(before).toContain(own.git('log', '-1', '--format=%ae'));
  own.git('config', 'log.showSignature', 'true');
  expect(own.git('log', '-1', '--format=%H')).toContain('No signature');
  expect(told()).toBe(before);
});

test.each([
  ['trailer.separators', '='],
  ['trailer.actor.key', 'Who'],
  ['trailer.who.key', 'Actor'],
  ['core.commentChar', 'A'],
  ['i18n.logOutputEncoding', 'UTF-16'],
])('the setting %s=%s changes nobody who acted, and no word of a commit', (key, value) => {
  const own = repository();
  own.commit({ message: 'Grüße', trailers: ['Actor: alice', 'Who: bob', 'Note: one', '  and more'] });
  own.commit({ message: 'One', trailers: ['Actor: alice'] });
  own.commit({ message: 'Others', trailers: ['Pull-request: #7', 'Nothing:'] });
  const told = () =>
    JSON.stringify(readLog(own.home, 'HEAD').commits.map(({ trailers, ...rest }) => [rest, [...trailers]]));
  const before = told();
  expect(before).toContain('[["actor",["alice"]],["who",["bob"]],["note",["one and more"]]]');
  expect(before).toContain('[["pull-request",["#7"]],["nothing",[""]]]');
  own.git('config', key, value);
  expect(told()).toBe(before);
});

test('a file whose content is missing is not one that is not there: the answer is an error', async () => {
  const own = repository();
  own.edit(release, 'enabled: true', 'enabled: false');
  own.commit({ by: 'alice' });
  const blob = own.git('rev-parse', 'HEAD:config/policy.yaml');
  rmSync(join(own.home, '.git/objects', blob.slice(0, 2), blob.slice(2)));
  const { code, out, err } = await own.run('plan', '--base', 'HEAD~1', '--head', 'HEAD', '--actor', 'alice');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/this clone is damaged: .*policy\.yaml/);
});

test('a partial clone fetches what a judgement needs', async () => {
  const own = withBranches();
  own.git('config', 'uploadpack.allowFilter', 'true');
  own.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  const clone = repository(temporaryFolder('partial'), false);
  clone.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${own.home}`, '.');
  clone.git('config', 'core.bare', 'false');
  mkdirSync(join(clone.home, 'config'));
  expect(await plan(clone, 'origin/conflicting', 'origin/main')).toEqual(CONFLICT);
});

test('nothing is left in the folder for temporary files', async () => {
  const own = withBranches();
  const folder = temporaryFolder('temporary');
  vi.stubEnv('TMPDIR', folder);
  await plan(own, 'conflicting');
  await own.runJson('plan', '--actor', 'alice');
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync(join(own.home, '.git/index.lock'))).toBe(false);
});
