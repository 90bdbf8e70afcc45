/** A platform gets a newer tool: from whatever copy it began, with whatever its owner changed. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { cloneOf, INIT_WORDS, packageFile, product, productFiles, put, README } from '../fixtures/product.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { PROJECT } from './tool-version.ts';
import { forgetCheckouts } from '../upgrade/newer-tool.ts';

const TOOL = 'scripts/tool.ts';
const LINES = Array.from({ length: 30 }, (_, i) => `export const line${i} = ${i};\n`);
let tool: TestRepository;

// Each plays months in real repositories: a hundred starts of Git and more.
vi.setConfig({ testTimeout: 120_000 });
afterAll(removeRepositories);

/** The project at 0.2.0, and how it goes on: a file changed, one new, one gone, a change log, and the example's story. */
beforeEach(() => {
  tool = product();
  put(tool.home, { [TOOL]: LINES.join(''), 'scripts/old.ts': 'old\n', 'scripts/more.ts': 'more\n' });
  tool.commit({ message: 'More of the tool', by: 'mei@example.org' });
});

function goOn(): string {
  put(tool.home, {
    [TOOL]: LINES.join('').replace('line20 = 20', 'line20 = 2000'),
    'scripts/new.ts': 'new\n',
    'package.json': packageFile('0.3.0'),
    'README.md': README.replace('A developer platform.', 'A better developer platform.'),
    'CHANGELOG.md': '# Changelog\n\n## [0.3.0]\n\n### Added\n\n- It is\n  better.\n',
  });
  rmSync(join(tool.home, 'scripts/old.ts'));
  tool.commit({ message: '0.3.0', by: 'mei@example.org' });
  put(tool.home, { 'config/people/tom_example.yaml': 'login: tom_example\ngithubId: 9\nname: Tom\n' });
  return tool.commit({ message: 'The story goes on', by: 'mei@example.org' });
}

/** A platform as `init` makes it of a clone. */
async function platform(): Promise<TestRepository> {
  const own = cloneOf(tool);
  await own.run('init', ...INIT_WORDS, '--commit');
  return own;
}

/** A platform as people made it before there was `init`: no history, no marks, the texts as they were. */
function byHand(): TestRepository {
  const own = repository(temporaryFolder('hand'), false);
  const files = Object.entries(productFiles()).filter(([path]) => !/^config\/(?:miniapps|people|apps)\//.test(path));
  put(own.home, {
    ...Object.fromEntries(files),
    [TOOL]: LINES.join(''),
    'scripts/old.ts': 'old\n',
    'scripts/more.ts': 'more\n',
    'config/people/ada.yaml': 'login: ada\ngithubId: 583231\nname: Ada\nplatformRoles: [owner]\n',
    'config/apps/acme.yaml': 'id: acme\nname: { en: Acme }\nregions: [EU]\nscheme: acme\ndefault: true\n',
  });
  own.git('init', '-q', '-b', 'main');
  own.commit({ message: 'Start', by: 'ada@example.org' });
  return own;
}

const upgrade = (own: TestRepository, ...words: string[]) => own.runJson('upgrade', '--from', tool.home, ...words);
const at = (own: TestRepository, ref: string, path: string): string => own.git('show', `${ref}:${path}`);
const files = (own: TestRepository, ref: string): string[] => own.git('ls-tree', '-r', '--name-only', ref).split('\n');
const BRANCH = 'upgrade/0.3.0';

describe.each([
  ['made by init', platform],
  ['with a history of its own, made by hand', () => Promise.resolve(byHand())],
])('a platform %s', (_, make) => {
  test('gets everything but config/ as one commit on a branch', async () => {
    const own = await make();
    const newer = goOn();
    const head = own.git('rev-parse', 'HEAD');
    const { code, value } = await upgrade(own);
    expect(value).toMatchObject({
      ok: true,
      branch: BRANCH,
      conflicts: [],
      problems: [],
      to: { version: '0.3.0', commit: newer },
    });
    expect(value.from).toEqual({ version: '0.2.0', commit: tool.git('rev-parse', 'HEAD~2') });
    expect([code, own.git('rev-parse', 'HEAD'), own.git('status', '--porcelain')]).toEqual([0, head, '']);
    expect(own.git('rev-list', '--count', `HEAD..${BRANCH}`)).toBe('1');
    expect(at(own, BRANCH, TOOL)).toContain('line20 = 2000');
    expect(files(own, BRANCH)).toContain('scripts/new.ts');
    expect(files(own, BRANCH)).not.toContain('scripts/old.ts');
    expect(own.git('diff', '--name-only', 'HEAD', BRANCH, '--', 'config')).toBe('');
    expect(at(own, BRANCH, '.github/CODEOWNERS')).toContain('@ada');
    expect(at(own, BRANCH, 'README.md')).toContain('A better developer platform.');
    expect(JSON.parse(at(own, BRANCH, 'tool.json'))).toEqual({ version: '0.3.0', commit: newer });
    expect(value.changes).toEqual(['0.3.0, Added', '- It is better.']);
  });

  test('twice is once; merged, there is nothing left', async () => {
    const own = await make();
    goOn();
    const { value: first } = await upgrade(own);
    const { value: second } = await upgrade(own);
    expect([second.branch, second.commit]).toEqual([first.branch, first.commit]);
    own.git('merge', '-q', '--ff-only', BRANCH);
    const { code, value } = await upgrade(own);
    expect([code, value.branch]).toEqual([0, undefined]);
  });
});

test('what its owner changed in the tool is merged; what they added stays', async () => {
  const own = await platform();
  put(own.home, { [TOOL]: LINES.join('').replace('line3 = 3', 'line3 = 33'), 'scripts/ours.ts': 'ours\n' });
  writeFileSync(join(own.home, 'README.md'), '# Ours\n\nAll our own words.\n');
  own.commit({ message: 'Our tool', by: 'ada@example.org' });
  goOn();
  const { value } = await upgrade(own);
  expect([value.ok, value.kept]).toEqual([true, ['README.md']]);
  expect(at(own, BRANCH, TOOL)).toMatch(/line3 = 33[\s\S]*line20 = 2000/);
  expect(at(own, BRANCH, 'scripts/ours.ts')).toBe('ours');
  expect(at(own, BRANCH, 'README.md')).toBe('# Ours\n\nAll our own words.');
  const { name, version } = JSON.parse(at(own, BRANCH, 'package.json'));
  expect([name, version]).toEqual(['acme-minis', '0.3.0']);
});

describe('where both changed the same', () => {
  let own: TestRepository;
  let head: string;
  beforeEach(async () => {
    own = await platform();
    put(own.home, { [TOOL]: LINES.join('').replace('line20 = 20', 'line20 = 21') });
    head = own.commit({ message: 'Our number', by: 'ada@example.org' });
    own.git('config', 'user.name', 'Ada');
    own.git('config', 'user.email', 'ada@example.org');
    goOn();
  });

  test('the conflict is named and left for its owner, who ends it with one commit', async () => {
    const { code, value } = await upgrade(own);
    expect([code, value.conflicts, value.branch]).toEqual([1, [TOOL], BRANCH]);
    expect(own.git('branch', '--show-current')).toBe(BRANCH);
    expect(readFileSync(join(own.home, TOOL), 'utf8')).toContain('<<<<<<<');
    expect((await own.run('upgrade', '--from', tool.home)).err).toContain('git cherry-pick --continue');
    put(own.home, { [TOOL]: LINES.join('').replace('line20 = 20', 'line20 = 2001') });
    own.git('add', TOOL);
    own.git('-c', 'core.editor=true', 'cherry-pick', '--continue');
    expect(own.git('rev-list', '--count', `${head}..HEAD`)).toBe('1');
    expect(own.git('log', '-1', '--format=%s')).toBe('Upgrade the tool to 0.3.0');
    expect(own.git('diff', '--name-only', head, 'HEAD', '--', 'config')).toBe('');
    expect((await upgrade(own)).value).toMatchObject({ ok: true, conflicts: [] });
  });

  test('a branch that holds nothing yet, of a run that was killed, is gone on with', async () => {
    own.git('branch', BRANCH);
    expect((await upgrade(own)).value).toMatchObject({ branch: BRANCH, conflicts: [TOOL] });
    expect(own.git('branch', '--show-current')).toBe(BRANCH);
  });

  test('a branch of that name with work of its own is left alone', async () => {
    own.git('switch', '-qc', BRANCH);
    const theirs = own.git('commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'Work');
    own.git('switch', '-q', 'main');
    own.git('branch', '-f', BRANCH, theirs);
    expect((await upgrade(own)).value.branch).toBe(`${BRANCH}-2`);
    expect(own.git('rev-parse', BRANCH)).toBe(theirs);
  });

  test('or takes it back: nothing is lost', async () => {
    await upgrade(own);
    own.git('cherry-pick', '--abort');
    expect([own.git('rev-parse', 'HEAD'), own.git('status', '--porcelain')]).toEqual([head, '']);
  });
});

describe('refused, with nothing changed', () => {
  test.each<[why: string, spoil: (own: TestRepository) => void, words: string[], said: string]>([
    ['changes that are not committed', (own) => put(own.home, { [TOOL]: 'mine\n' }), [], `${TOOL} is changed`],
    ['no such version', () => {}, ['--to', 'v9'], 'v9'],
    ['no such folder or remote', () => {}, ['--from', 'nowhere'], '--from nowhere'],
    ['a version that is none', () => {}, ['--base', 'nosuch'], 'no commit, branch or tag "nosuch"'],
  ])('%s', async (_, spoil, words, said) => {
    const own = await platform();
    goOn();
    spoil(own);
    const before = own.git('for-each-ref', 'refs/heads');
    const from = words.includes('--from') ? [] : ['--from', tool.home];
    const { code, err } = await own.run('upgrade', ...from, ...words);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    expect(own.git('for-each-ref', 'refs/heads')).toBe(before);
  });

  test.each(['v9', 'abcdef12', 'main~1'])('the version %s, which a remote does not name so', async (version) => {
    const own = await platform();
    const { code, err } = await own.run('upgrade', '--to', version);
    const said = `upstream has no ${version}: name a branch or a tag, or all 40 digits of a commit`;
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });

  test('a repository whose tool is no version of it', async () => {
    const own = repository();
    put(own.home, { 'a.ts': 'a', 'b.ts': 'b' });
    own.commit();
    const { code, err } = await own.run('upgrade', '--from', tool.home);
    expect([code, err]).toEqual([2, expect.stringContaining('--base COMMIT')]);
  });
});

test('of the very checkout that runs, or with a configuration elsewhere: refused, and no branch is made', async () => {
  const own = await platform();
  const branches = () => execFileSync('git', ['branch', '--list', 'upgrade/*'], { cwd: PROJECT, encoding: 'utf8' });
  const before = branches();
  const self = await own.run('upgrade', '--into', PROJECT);
  expect([self.code, self.err]).toEqual([2, expect.stringMatching(/that is the very checkout/)]);
  const elsewhere = await own.run('upgrade', '--config', 'nowhere');
  expect([elsewhere.code, elsewhere.err]).toEqual([2, expect.stringMatching(/--config: an upgrade is of a whole/)]);
  expect([branches(), own.git('branch', '--list', 'upgrade/*')]).toEqual([before, '']);
});

test('by default from the remote upstream; a branch of that name is left alone', async () => {
  const own = await platform();
  goOn();
  own.git('branch', BRANCH);
  const { value } = await own.runJson('upgrade');
  expect(value.branch).toBe(`${BRANCH}-2`);
  own.git('remote', 'remove', 'upstream');
  expect((await own.run('upgrade')).err).toContain('there is no remote upstream');
});

test('files of an older form come on a branch of their own, of config/ alone, by who acts', async () => {
  const own = byHand();
  goOn();
  const { value } = await upgrade(own, '--actor', 'ada');
  expect(value.migrated).toMatchObject({ branch: `${BRANCH}-config`, migrations: [{ id: 'readme-of-example' }] });
  const { branch } = value.migrated;
  expect(own.git('diff', '--name-only', 'main', branch)).toBe('config/README.md');
  expect(own.git('log', '-1', '--format=%(trailers:key=Actor,valueonly)', branch).trim()).toBe('ada');
  expect(at(own, branch, 'config/README.md')).toContain('This is the configuration of **Example platform**.');
  own.git('merge', '-q', '--ff-only', BRANCH);
  own.git('merge', '-q', '--no-ff', '-m', 'Newer form', '-m', 'Actor: ada', branch);
  expect((await own.runJson('audit')).value).toMatchObject({ ok: true, judged: 1 });
  expect((await upgrade(own)).value.migrated).toBeNull();
});

test('the checkout of a killed upgrade is forgotten though Git locked it, and nobody else’s', () => {
  const own = repository();
  const [killed, stick, here] = ['upgrade-1', 'stick', 'here'].map(temporaryFolder) as [string, string, string];
  for (const folder of [killed, stick, here])
    own.git('worktree', 'add', '-q', '--detach', '--lock', join(folder, 'tool'), 'HEAD');
  for (const folder of [killed, stick]) rmSync(folder, { recursive: true });
  forgetCheckouts(own.home);
  const known = own.git('worktree', 'list', '--porcelain');
  expect([killed, stick, here].map((folder) => known.includes(join(folder, 'tool')))).toEqual([false, true, true]);
});
