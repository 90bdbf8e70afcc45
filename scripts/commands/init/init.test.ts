/** From a copy of the example to a platform of one's own, however the copy was made. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cloneOf, copyWithoutGit, INIT_WORDS, product, productFiles, put } from '../../fixtures/product.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';

afterAll(removeRepositories);

const read = ({ home }: TestRepository, path: string): string => readFileSync(join(home, path), 'utf8');
const init = (own: TestRepository, ...more: string[]) => own.runJson('init', ...INIT_WORDS, ...more);

function template(): TestRepository {
  const own = repository(temporaryFolder('template'), false);
  own.git('init', '-q', '-b', 'main');
  put(own.home, productFiles());
  own.commit({ message: 'Initial commit', by: 'ada@example.org' });
  return own;
}

function fork(): TestRepository {
  const own = cloneOf(product());
  own.git('remote', 'set-url', 'origin', 'https://github.com/Ada/minis.git');
  return own;
}

/** That it is whole: valid, the audit green from its first commit on, nothing of the example left. */
async function expectPlatform(own: TestRepository): Promise<void> {
  expect((await own.runJson('validate')).value).toMatchObject({ ok: true, counts: { errors: 0, warnings: 0 } });
  const { value } = await own.runJson('audit');
  expect(value).toMatchObject({ ok: true, judged: 0, bootstrap: own.git('rev-parse', 'HEAD') });
  expect(own.git('status', '--porcelain')).toBe('');
  expect(own.git('ls-files', 'config').split('\n')).toEqual([
    'config/README.md',
    'config/apps/acme.yaml',
    'config/people/ada.yaml',
    'config/platform.yaml',
    'config/policy.yaml',
  ]);
  expect(existsSync(join(own.home, 'examples'))).toBe(false);
  const texts = [
    'README.md',
    'config/README.md',
    'config/platform.yaml',
    'package.json',
    'package-lock.json',
    '.github/CODEOWNERS',
  ];
  for (const path of texts)
    expect(read(own, path), path).not.toMatch(/example|Miniapp Registry|miniapp-registry|\.png/i);
  expect(read(own, '.github/CODEOWNERS')).toContain('@ada');
  expect(read(own, 'README.md')).toMatch(/^# Acme Minis\n/);
  expect(JSON.parse(read(own, 'package.json')).name).toBe('acme-minis');
}

describe.each([
  ['a clone', () => cloneOf(product()), 'upstream'],
  ['a fork', fork, 'origin'],
  ['a template', template, ''],
  ['a copy without Git', copyWithoutGit, ''],
])('from %s', (_, copy, remotes) => {
  test('to a platform in one command', async () => {
    const own = copy();
    const { code, value } = await init(own, '--commit');
    expect(value).toMatchObject({ ok: true, commit: own.git('rev-parse', 'HEAD') });
    expect(code).toBe(0);
    expect(value.next.join('\n')).toContain('git config github.user ada');
    await expectPlatform(own);
    expect(own.git('remote')).toBe(remotes);
    expect(own.git('for-each-ref', '--format=%(upstream)', 'refs/heads/main')).toBe(
      remotes === 'origin' ? 'refs/remotes/origin/main' : '',
    );
    expect(await init(own)).toMatchObject({
      code: 1,
      value: { ok: false, error: expect.stringContaining(value.beginning) },
    });
  });
});

test('a clone with a tag that is called as its branch follows the copied repository no more', async () => {
  const own = cloneOf(product());
  own.git('tag', 'main');
  expect((await init(own, '--commit')).code).toBe(0);
  expect(own.git('for-each-ref', '--format=%(upstream)', 'refs/heads/main')).toBe('');
});

test('a file system on which every file is executable, with Git and without', async () => {
  const clone = cloneOf(product());
  clone.git('config', 'core.fileMode', 'false');
  for (const own of [clone, copyWithoutGit()]) {
    execFileSync('chmod', ['-R', 'a+x', own.file('.')]);
    expect((await init(own)).value).toMatchObject({ ok: true });
  }
});

test('the owner’s fork is named in the platform, and a repository that is given', async () => {
  const own = fork();
  await init(own);
  expect(read(own, 'config/platform.yaml')).toContain('url: https://ada.github.io/minis/, repository: Ada/minis');
  const other = cloneOf(product());
  other.git('remote', 'set-url', 'origin', 'git@github.com:acme/minis.git');
  await init(other, '--repository', 'acme/minis');
  expect(other.git('remote')).toBe('origin');
  expect(read(other, 'config/platform.yaml')).toContain('repository: acme/minis');
});

test('commits nothing unless told to; afterwards --commit alone does it', async () => {
  const own = cloneOf(product());
  const before = own.git('rev-parse', 'HEAD');
  const { value } = await init(own);
  expect(value.commit).toBeUndefined();
  expect(own.git('rev-parse', 'HEAD')).toBe(before);
  expect((await own.runJson('init', '--commit')).value).toMatchObject({ ok: true, beginning: value.beginning });
  await expectPlatform(own);
});

test('with accounts as digests: the key is in Git’s own folder alone, and the first row is one', async () => {
  const own = template();
  expect((await init(own, '--accounts', 'digest', '--commit')).code).toBe(0);
  await expectPlatform(own);
  const key = own.git('config', '--get', 'miniapp.accountsKey');
  expect(own.git('grep', '-c', 'accounts: digest', 'HEAD', '--', 'config/platform.yaml')).toMatch(/:1$/);
  expect(own.git('log', '-p', '--all')).not.toContain(key);
  expect((await own.runJson('accounts', 'show')).value).toMatchObject({ accounts: 'digest', rows: 0 });
});

test('with the example kept: its people have no rights, and the audit is green', async () => {
  const own = cloneOf(product());
  const { code } = await init(own, '--example', 'keep', '--commit');
  expect(code).toBe(0);
  const { value } = await own.runJson('validate');
  expect(value.problems.filter(({ severity }: any) => severity === 'error')).toEqual([]);
  expect((await own.runJson('audit')).value).toMatchObject({ ok: true, judged: 0 });
  expect(read(own, 'config/people/olga_example.yaml')).toMatch(/left: 2026-11-20/);
  expect(read(own, 'config/people/olga_example.yaml')).not.toContain('platformRoles');
  expect(read(own, '.github/CODEOWNERS')).not.toContain('_example');
  expect((await own.runJson('list')).value.miniapps).toHaveLength(2);
});

describe('refused, with nothing changed', () => {
  test('a platform of its own without a beginning', async () => {
    const own = cloneOf(product());
    own.write('people/zoe.yaml', 'login: zoe\ngithubId: 5\nname: Zoe\nplatformRoles: [owner]\n');
    own.commit();
    const { code, value } = await init(own);
    expect([code, value.error]).toEqual([1, expect.stringContaining('people/zoe.yaml')]);
    own.remove('people/zoe.yaml');
    own.commit();
    expect((await init(own)).value.error).toContain('people/zoe.yaml before');
    expect(own.git('status', '--porcelain')).toBe('');
  });

  test('changes of the configuration that are not committed', async () => {
    const own = cloneOf(product());
    own.write('policy.yaml', `${read(own, 'config/policy.yaml')}# mine\n`);
    expect((await init(own)).value.error).toContain('config/policy.yaml is changed');
    expect(read(own, 'config/policy.yaml')).toContain('# mine');
  });

  test('a folder of another repository', async () => {
    const other = repository();
    put(join(other.home, 'minis'), productFiles());
    const own = repository(join(other.home, 'minis'), false);
    const { code, err } = await own.run('init', ...INIT_WORDS, '--commit');
    expect([code, err]).toEqual([2, expect.stringContaining('a folder of another Git repository')]);
    expect(existsSync(join(own.home, '.git'))).toBe(false);
  });

  test('a folder that is no copy of the project', async () => {
    const own = repository(temporaryFolder('other'), false);
    expect((await own.run('init', ...INIT_WORDS)).code).toBe(2);
  });
});

test('killed after the commit: it is done, and says so', async () => {
  const own = cloneOf(product());
  const { value } = await init(own, '--commit');
  mkdirSync(join(own.home, '.cache'), { recursive: true });
  writeFileSync(join(own.home, '.cache/init.json'), JSON.stringify({ beginning: value.beginning, owner: 'ada' }));
  expect((await init(own, '--commit')).value.error).toContain(value.beginning);
  await expectPlatform(own);
});

test('of two at once one begins the platform, and the other finds it', async () => {
  const own = cloneOf(product());
  const both = await Promise.all([init(own, '--commit'), init(own, '--commit')]);
  const [first, second] = both.toSorted((a, b) => a.code - b.code);
  expect([first!.code, second!.code]).toEqual([0, 1]);
  expect(second!.value.error).toContain(first!.value.beginning);
  expect([own.git('rev-parse', 'HEAD'), own.git('status', '--porcelain')]).toEqual([first!.value.commit, '']);
  await expectPlatform(own);
});

test('staged by hand or by a run that was killed, all of it is in the first commit', async () => {
  const own = cloneOf(product());
  await init(own);
  own.git('add', '--all');
  expect((await own.runJson('init', '--commit')).value.ok).toBe(true);
  expect(own.git('status', '--porcelain')).toBe('');
  await expectPlatform(own);
});

test('the next step that pushes makes the remote where there is none of its own', async () => {
  const [clone, own] = [cloneOf(product()), fork()];
  const steps = [await init(clone, '--repository', 'acme/minis'), await init(own), await init(copyWithoutGit())];
  const pushes = steps.map(({ value }) => value.next.find((step: string) => step.includes('git push')));
  expect(pushes).toEqual([
    'git remote add origin https://github.com/acme/minis.git && git push -u origin HEAD, before any rule forbids it',
    'git push -u origin HEAD, before any rule forbids it',
    expect.stringMatching(/: git remote add origin ADDRESS && git push -u origin HEAD$/),
  ]);
});

test('a shallow clone of the product is no template: its remote is upstream, and the next step deepens it', async () => {
  const own = repository(temporaryFolder('shallow'), false);
  own.git('clone', '-q', '--depth', '1', `file://${product().home}`, '.');
  const { value } = await init(own, '--commit');
  expect([own.git('remote'), value.next[0]]).toEqual(['upstream', expect.stringContaining('--unshallow')]);
});

test.each([0, 5, 12, 24])(
  'killed after %i files: run again it comes to its end, with the same beginning',
  async (done) => {
    const whole = cloneOf(product());
    await init(whole);
    const own = cloneOf(product());
    mkdirSync(join(own.home, '.cache'));
    const beginning = 'from-the-run-before';
    writeFileSync(join(own.home, '.cache/init.json'), JSON.stringify({ beginning, owner: 'ada' }));
    const changed = whole
      .git('status', '--porcelain', '--untracked-files=all')
      .split('\n')
      .map((line) => line.trim().replace(/^\S+ /, ''));
    const files = changed.filter((path) => path !== 'config/platform.yaml').slice(0, done);
    for (const path of files)
      if (existsSync(join(whole.home, path))) cpSync(join(whole.home, path), join(own.home, path));
      else rmSync(join(own.home, path));
    expect((await init(own, '--commit')).value).toMatchObject({ ok: true, beginning });
    await expectPlatform(own);
  },
);
