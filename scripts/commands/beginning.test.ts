/** A platform that begins in a copy of the example: what came before is not its history, and what comes after is judged. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../cli.ts';
import { EXAMPLE_MINIAPPS } from '../core/example.ts';
import { oneEntry, unfolding } from '../fixtures/made-trees.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { FIXTURE, PANEL, SMART } from '../fixtures/workspace.ts';
import { beginningOf } from '../git/history/beginning.ts';
import { pastOf } from '../git/history/past.ts';

const BEGINNING = 'beginning: 0b7c1d5e-4f3a-4c59-9a68-2d1f0e6b7a93\n';
const MEI = 'login: mei_example\ngithubId: 941203377\nname: Mei\nplatformRoles: [owner]\n';
const release = `miniapps/${SMART}/release.yaml`;
/** A miniapp of the example, as this repository holds it. */
const [KEPT = ''] = EXAMPLE_MINIAPPS;
let own: TestRepository;

afterAll(removeRepositories);

/** The example's story: the fixture with people of the example, a version that came and went, and an edit that nobody may do. */
function example(login = 'mei_example'): void {
  own = repository(temporaryFolder('beginning'), false);
  own.git('init', '-q', '-b', 'main');
  cpSync(FIXTURE, join(own.home, 'config'), { recursive: true });
  rmSync(own.file('people'), { recursive: true });
  mkdirSync(own.file('people'));
  own.write(`people/${login}.yaml`, MEI.replace('mei_example', login));
  own.commit({ message: 'Set up the example' });
  own.write(`miniapps/${SMART}/versions/7.0.0.yaml`, 'version: 7.0.0\n');
  own.commit({ by: 'mallory' });
  own.remove(`miniapps/${SMART}/versions/7.0.0.yaml`);
  own.commit({ by: 'mallory' });
}

/** The first commit of a platform: people of its own, one miniapp less, and the beginning. */
function begin(line = BEGINNING): string {
  rmSync(own.file('people'), { recursive: true });
  cpSync(join(FIXTURE, 'people'), own.file('people'), { recursive: true });
  own.remove(`miniapps/${PANEL}`);
  own.write('platform.yaml', `${own.git('show', 'HEAD:config/platform.yaml')}\n${line}`);
  return own.commit({ message: 'Begin' });
}

const audited = async () => {
  const { value } = await own.runJson('audit');
  return {
    bootstrap: value.bootstrap,
    codes: value.findings.flatMap(({ problems }: any) => problems.map(({ code }: any) => code)),
  };
};

beforeEach(() => example());

test('without a beginning the example’s story is judged', async () => {
  expect((await audited()).codes).not.toEqual([]);
  expect(beginningOf(own.home, 'HEAD', 'config')).toBeUndefined();
});

describe('with one', () => {
  test('plan takes its commit as it is, too, and judges what comes after', async () => {
    begin();
    expect((await own.runJson('plan', '--actor', 'alice')).value).toMatchObject({ ok: true, transitions: [] });
    own.edit(release, 'enabled: true', 'enabled: false');
    own.commit({ by: 'alice' });
    const { value } = await own.runJson('plan', '--actor', 'alice');
    expect(value.transitions.map(({ kind }: any) => kind)).toEqual(['disable']);
  });

  test('plan asks nobody of the example before it is committed, and says what makes it count', async () => {
    rmSync(own.file('people'), { recursive: true });
    cpSync(join(FIXTURE, 'people'), own.file('people'), { recursive: true });
    own.write('platform.yaml', `${own.git('show', 'HEAD:config/platform.yaml')}\n${BEGINNING}`);
    const { code, value } = await own.runJson('plan', '--actor', 'olga');
    expect({ code, value }).toMatchObject({
      code: 0,
      value: { ok: true, transitions: [], problems: [], approvals: { required: 0, given: [], missing: 0 } },
    });
    expect(value.notes).toEqual([expect.stringContaining('npx miniapp init --commit')]);
    // Whoever names a base asks what a pull request would be.
    const asked = await own.runJson('plan', '--base', 'HEAD', '--actor', 'olga');
    expect(asked.value.problems.map((problem: any) => problem.code)).toContain('beginning-added');
  });

  test('a beginning that comes too late is none for plan, too', async () => {
    example('ada');
    own.write('platform.yaml', `${own.git('show', 'HEAD:config/platform.yaml')}\n${BEGINNING}`);
    const { value } = await own.runJson('plan', '--actor', 'ada');
    expect(value.problems.map((problem: any) => problem.code)).toContain('beginning-added');
  });

  test('the audit takes its commit as it is, and judges what comes after', async () => {
    const first = begin();
    expect(await audited()).toEqual({ bootstrap: first, codes: [] });
    own.edit(release, 'enabled: true', 'enabled: false');
    own.commit({ by: 'bob' });
    expect(await audited()).toEqual({ bootstrap: first, codes: ['actor-not-allowed'] });
  });

  test('history begins with it', async () => {
    const first = begin();
    own.edit(release, 'enabled: true', 'enabled: false');
    own.commit({ by: 'alice' });
    const kinds = async (...words: string[]) =>
      (await own.runJson('history', ...words)).value.entries.map(({ kind, commit }: any) => [kind, commit === first]);
    expect(await kinds()).toEqual([
      ['disable', false],
      ['bootstrap', true],
    ]);
    expect(await kinds(SMART)).toEqual([
      ['disable', false],
      ['bootstrap', true],
    ]);
    expect(await kinds('--limit', '1')).toEqual([['disable', false]]);
    expect((await own.run('history', PANEL)).code).toBe(2);
  });

  test('ids and numbers of before were never used, those that it brought were', () => {
    const first = begin();
    own.edit(release, 'enabled: true', 'enabled: false');
    const past = pastOf(own.home, own.commit({ by: 'alice' }), 'config');
    expect(past.wasEver(PANEL)).toBe(false);
    expect(past.wasEver(SMART)).toBe(true);
    expect(past.versionsEver(SMART)).not.toContain('7.0.0');
    expect(past.versionsEver(SMART)).toContain('1.2.0');
    expect(past.submittedAt(SMART, '1.2.0')).toBe(Number(own.git('log', '-1', '--format=%ct', first)) * 1000);
  });

  test('it never moves and never goes', async () => {
    const first = begin();
    own.edit('platform.yaml', 'beginning: 0b7c1d5e', 'beginning: 11111111');
    own.commit();
    expect(await audited()).toEqual({ bootstrap: first, codes: ['beginning-changed'] });
    const { out } = await own.run('audit');
    expect(out).toMatch(/\n\nA beginning is set back to what it was and never acknowledged: [^\n]+\n$/);
    expect(out).not.toContain('acknowledged:\n');
    own.write('platform.yaml', own.git('show', 'HEAD:config/platform.yaml').replace(/\nbeginning:.*/, ''));
    own.commit();
    expect(await audited()).toEqual({ bootstrap: first, codes: ['beginning-changed', 'beginning-changed'] });
  });

  test('it counts by a merge, and as the very first commit', async () => {
    own.git('switch', '-q', '-c', 'begin');
    begin();
    own.git('switch', '-q', 'main');
    own.git('merge', '-q', '--no-ff', '-m', 'Begin', 'begin');
    expect(await audited()).toEqual({ bootstrap: own.git('rev-parse', 'HEAD'), codes: [] });
    rmSync(join(own.home, '.git'), { recursive: true });
    own.git('init', '-q', '-b', 'main');
    const first = own.commit();
    expect(await audited()).toEqual({ bootstrap: first, codes: [] });
    expect(beginningOf(own.home, 'HEAD', 'config')).toBe(first);
  });
});

describe('a history that is begun anew, and merges what was', () => {
  /** Another first commit with the files as they stand, which takes a branch as its second parent. */
  function beginAnew(branch: string): string {
    own.git('switch', '-q', '--orphan', 'anew');
    own.git('checkout', '-q', 'main', '--', '.');
    own.commit({ by: 'bob' });
    own.git('merge', '-q', '--allow-unrelated-histories', '-X', 'ours', '-m', 'Merge', branch);
    return own.git('rev-parse', 'HEAD');
  }

  test('is found: what was is judged no more', async () => {
    begin();
    own.edit(release, 'enabled: true', 'enabled: false');
    own.commit({ by: 'bob' });
    const merge = beginAnew('main');
    const { value } = await own.runJson('audit');
    expect(value.findings).toMatchObject([{ commit: merge, problems: [{ code: 'beginning-apart' }] }]);
    own.write(
      'platform.yaml',
      `${own.git('show', 'HEAD:config/platform.yaml')}\nacknowledged:\n  - { commit: ${merge}, reason: Fine }\n`,
    );
    own.commit();
    expect((await audited()).codes).toEqual(['beginning-apart']);
  });

  test('… also behind a commit that nobody can list, which ends the look at no other', async () => {
    begin();
    const names = Array.from({ length: 10 }, (_, i) => `f${i}`);
    const million = unfolding(
      own,
      6,
      names,
      oneEntry(own, '100644', 'x', own.git('rev-parse', 'HEAD:config/platform.yaml')),
    );
    const tree = oneEntry(own, '40000', 'config', oneEntry(own, '40000', 'people', million));
    const was = own.git('commit-tree', tree, '-p', 'HEAD', '-m', 'Unfolds');
    own.git('switch', '-q', '--orphan', 'anew');
    own.git('checkout', '-q', 'main', '--', '.');
    const root = own.commit();
    own.git('reset', '-q', '--hard', own.git('commit-tree', 'HEAD^{tree}', '-p', root, '-p', was, '-m', 'Merge'));
    own.edit(release, 'enabled: true', 'enabled: false');
    own.commit({ by: 'mallory' });
    expect((await audited()).codes.toSorted()).toEqual(['actor-unknown', 'beginning-apart']);
  });

  test('… also where it holds files that nobody reads for their size', async () => {
    example('ada');
    own.git('rm', '-rq', '--cached', 'config/people');
    own.write('people/ada.yaml', '- a\n'.repeat(2_000_000));
    own.git('add', '-A');
    own.commit({ by: 'mallory' });
    beginAnew('main');
    own.write('people/ada.yaml', MEI.replace('mei_example', 'ada'));
    own.commit({ by: 'bob' });
    const before = process.resourceUsage().maxRSS;
    expect((await audited()).codes).toContain('beginning-apart');
    // In KiB.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(200 * 1024);
  });

  test('… also where it has the tool’s commits before it, and where a platform has no beginning', async () => {
    example('ada');
    own.git('branch', 'was');
    own.edit(release, 'enabled: true', 'enabled: false');
    own.commit({ by: 'mallory' });
    beginAnew('main');
    expect((await audited()).codes).toEqual(['beginning-apart']);
  });

  test.each<[string, () => void]>([
    [
      'under another beginning',
      () => {
        beginAnew('main');
        own.git('reset', '-q', '--hard', 'HEAD^');
        own.write('platform.yaml', `${own.git('show', 'HEAD:config/platform.yaml')}\n${BEGINNING}`);
        own.git('commit', '-qam', 'Begin', '--amend');
        own.git('merge', '-q', '--allow-unrelated-histories', '-s', 'ours', '-m', 'Merge', 'main');
      },
    ],
    [
      'behind a commit that holds nothing',
      () => {
        const empty = own.git('hash-object', '-t', 'tree', '-w', '/dev/null');
        const root = own.git('commit-tree', empty, '-m', 'Nothing');
        const cover = own.git('commit-tree', empty, '-p', root, '-p', 'main', '-m', 'Cover');
        own.git('branch', 'cover', cover);
        own.git('switch', '-q', '--orphan', 'anew');
        own.git('checkout', '-q', 'main', '--', '.');
        own.commit({ by: 'bob' });
        own.git('merge', '-q', '--allow-unrelated-histories', '-s', 'ours', '-m', 'Merge', 'cover');
      },
    ],
  ])('… also %s', async (_, hide) => {
    example('ada');
    own.edit(release, 'enabled: true', 'enabled: false');
    own.commit({ by: 'mallory' });
    hide();
    expect((await audited()).codes).toEqual(['beginning-apart']);
  });

  describe('… and what was merged', () => {
    /** The empty tree, which every repository holds. */
    const EMPTY = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
    const nothing = () => own.git('commit-tree', EMPTY, '-m', 'Nothing');
    /** What mallory may not do is on `main`. */
    const bypassed = (...trailers: string[]): void => {
      own.edit(release, 'enabled: true', 'enabled: false');
      own.commit({ by: 'mallory', trailers });
    };
    const merged = (tree: string, ...parents: string[]): string => {
      const words = parents.flatMap((parent) => ['-p', parent]);
      const merge = own.git('commit-tree', tree, ...words, '-m', 'Merge');
      own.git('switch', '-q', '-c', 'anew', merge);
      return merge;
    };
    beforeEach(() => example('ada'));

    test('before the first commit is found', async () => {
      bypassed();
      merged(EMPTY, nothing(), 'main');
      own.git('checkout', '-q', 'main', '--', '.');
      own.commit({ by: 'bob' });
      expect((await audited()).codes).toEqual(['beginning-apart']);
    });

    test('by the first commit, which holds something else, is found', async () => {
      bypassed();
      const main = own.git('rev-parse', 'main');
      own.edit(release, 'enabled: false', 'enabled: true');
      own.commit({ by: 'bob' });
      merged('main^{tree}', nothing(), main);
      expect((await audited()).codes).toEqual(['beginning-apart']);
    });

    test.each([
      ['by the first commit', () => merged('main^{tree}', nothing(), 'main')],
      [
        'by what the first commit merges in its turn',
        () => {
          const cover = own.git('commit-tree', 'main^{tree}', '-p', nothing(), '-p', 'main', '-m', 'Cover');
          merged('main^{tree}', nothing(), cover);
        },
      ],
    ])('%s, which holds what it brought, is judged, once, however often it is asked', async (_, merge) => {
      bypassed('Transition: disable');
      const was = (await own.runJson('audit')).value;
      expect(was.findings.length).toBeGreaterThan(0);
      merge();
      const env = { XDG_CACHE_HOME: temporaryFolder('kept') };
      for (const _time of [1, 2]) {
        let out = '';
        const io = { stdout: (text: string) => void (out += text), stderr: () => {}, isColoured: false };
        await main(['audit', '--format', 'json'], { ...io, env, cwd: own.home, now: Date.now() + 60_000 });
        expect(JSON.parse(out)).toEqual({ ...was, bootstrap: own.git('rev-parse', 'HEAD') });
      }
    });

    test('by a beginning with its parents swapped is judged', async () => {
      example();
      own.git('branch', 'tool');
      begin();
      bypassed('Transition: disable');
      const { codes } = await audited();
      expect(codes).toHaveLength(1);
      merged('main^{tree}', 'tool', 'main');
      expect((await audited()).codes).toEqual(codes);
    });

    test.each([
      ['a beginning', () => merged('main^{tree}', nothing(), 'main')],
      ['a beginning with its parents swapped', () => merged('main^{tree}', 'tool', 'main')],
      [
        'what a beginning merges in its turn',
        () => {
          const cover = own.git('commit-tree', 'main^{tree}', '-p', nothing(), '-p', 'main', '-m', 'Cover');
          merged('main^{tree}', nothing(), cover);
        },
      ],
    ])('by %s hides no number and no id that was used, from a plan nor from the audit', async (_, merge) => {
      example();
      own.git('branch', 'tool');
      begin();
      const version = `miniapps/${SMART}/versions/9.0.0.yaml`;
      const text = own.git('show', `HEAD:config/miniapps/${SMART}/versions/1.2.0.yaml`);
      own.write(version, text.replaceAll('1.2.0', '9.0.0').replace(/^review:[^]*/m, ''));
      own.commit({ by: 'alice' });
      own.remove(version);
      own.commit({ by: 'alice' });
      merge();
      const past = pastOf(own.home, own.git('rev-parse', 'HEAD'), 'config');
      expect(past.versionsEver(SMART)).toContain('9.0.0');
      // What the example had was never used here.
      expect(past.versionsEver(SMART)).not.toContain('7.0.0');
      own.git('checkout', '-q', 'main~1', '--', 'config');
      const { problems } = (await own.runJson('plan', '--base', 'HEAD', '--actor', 'alice')).value;
      const errors = problems.filter(({ severity }: any) => severity === 'error');
      expect(errors).toMatchObject([{ code: 'version-not-higher' }]);
      own.commit({ by: 'alice' });
      expect((await audited()).codes).toEqual(['version-not-higher']);
    });

    test('by a pull request, which brings what a platform begins with, is nobody’s fault', async () => {
      own.git('switch', '-q', '--detach', own.git('rev-list', '--max-parents=0', 'main'));
      own.git('branch', '-qf', 'main');
      merged('main^{tree}', nothing(), 'main');
      expect((await audited()).codes).toEqual([]);
    });

    test.each(['setup', 'setup~1'])(
      'by a pull request, whose branch is gone on with from %s and merged again, is nobody’s fault',
      async (from) => {
        example();
        own.git('switch', '-q', '-c', 'setup');
        begin();
        own.edit('people/rita.yaml', 'name: Rita', 'name: Rita R.');
        own.commit({ by: 'olga' });
        own.git('switch', '-q', 'main');
        own.git('merge', '-q', '--no-ff', '-m', 'Set up', 'setup');
        own.git('switch', '-q', '-c', 'more', from);
        own.edit(release, 'enabled: true', 'enabled: false');
        own.commit({ by: 'alice' });
        own.git('switch', '-q', 'main');
        own.git('merge', '-q', '--no-ff', '-m', 'More', 'more');
        expect((await audited()).codes).toEqual([]);
      },
    );

    describe('by a squash, whose branch is gone on with and merged', () => {
      /** `trailers`, `by`: of the last commit that is squashed. */
      function squashed(by: string, ...trailers: string[]): void {
        example();
        own.git('switch', '-q', '-c', 'setup');
        begin();
        own.edit('people/rita.yaml', 'name: Rita', 'name: Rita R.');
        own.commit({ by, trailers });
        own.git('switch', '-q', 'main');
        own.git('merge', '-q', '--squash', 'setup');
        own.commit({ message: 'Set up (#1)' });
        own.git('switch', '-q', 'setup');
        own.edit(release, 'enabled: true', 'enabled: false');
        own.commit({ by: 'alice' });
      }
      const mergeMore = (...how: string[]): void => {
        own.git('switch', '-q', 'main');
        own.git('merge', '-q', '--no-ff', '-m', 'More', ...how, 'setup');
      };

      test('is nobody’s fault', async () => {
        squashed('olga');
        mergeMore();
        expect((await audited()).codes).toEqual([]);
      });

      test.each([
        ['holds what policy refuses', () => squashed('mallory')],
        ['was merged by the bot', () => squashed('olga', 'Pull-request: #7')],
        [
          'hides another history of the platform',
          () => {
            squashed('olga');
            own.git('branch', 'was');
            const hidden = own.git('commit-tree', 'HEAD^{tree}', '-p', nothing(), '-m', 'Hidden');
            own.git(
              'reset',
              '-q',
              '--hard',
              own.git('commit-tree', 'HEAD^{tree}', '-p', 'was', '-p', hidden, '-m', 'Merge'),
            );
          },
        ],
      ])('… but is found where it %s', async (_, make) => {
        make();
        mergeMore();
        expect((await audited()).codes).toContain('beginning-apart');
      });
    });

    describe('by a pull request that set the platform up with several commits', () => {
      /** Of a copy of the example; the second commit is by somebody who is not in people/. */
      function setUp(...trailers: string[]): string {
        example();
        own.git('switch', '-q', '-c', 'setup');
        begin();
        own.edit('people/rita.yaml', 'name: Rita', 'name: Rita R.');
        own.commit({ by: 'stranger', trailers });
        own.edit('people/rita.yaml', 'name: Rita R.', 'name: Rita');
        own.commit({ by: 'stranger' });
        own.git('switch', '-q', 'main');
        own.git('merge', '-q', '--no-ff', '-m', 'Set up', 'setup');
        return own.git('rev-parse', 'HEAD');
      }

      test('is one finding, of the merge, which an owner lets pass', async () => {
        const merge = setUp();
        const { value } = await own.runJson('audit');
        expect(value.findings).toMatchObject([
          { commit: merge, problems: [{ code: 'beginning-unclear', message: expect.stringContaining('refuses 2') }] },
        ]);
        const { out } = await own.run('audit');
        expect(out).toContain(`\nacknowledged:\n  - commit: ${merge}\n`);
        expect(out).not.toContain('--amend');
        const text = own.git('show', 'HEAD:config/platform.yaml');
        own.write('platform.yaml', `${text}\nacknowledged:\n  - { commit: ${merge}, reason: Our set-up }\n`);
        own.commit();
        expect((await own.runJson('audit')).value).toMatchObject({
          ok: true,
          findings: [],
          acknowledged: [{ commit: merge, finding: { commit: merge } }],
        });
      });

      test.each(['Pull-request: #7', 'Transition: edit-person', 'Actor: rita'])(
        'is judged commit by commit where one says “%s”, as a platform in use does',
        async (trailer) => {
          setUp(trailer);
          const { codes } = await audited();
          expect(codes).toHaveLength(2);
          expect(codes).not.toContain('beginning-unclear');
        },
      );

      test('… or is a merge', async () => {
        setUp();
        own.git('switch', '-q', 'setup');
        own.git('switch', '-q', '-c', 'side');
        own.edit(release, 'enabled: true', 'enabled: false');
        own.commit({ by: 'stranger' });
        own.git('switch', '-q', 'setup');
        own.git('merge', '-q', '--no-ff', '-m', 'Merge side', 'side');
        own.git('branch', '-qf', 'main', 'main^');
        own.git('switch', '-q', 'main');
        own.git('merge', '-q', '--no-ff', '-m', 'Set up', 'setup');
        const { codes } = await audited();
        expect(codes).toHaveLength(3);
        expect(codes).not.toContain('beginning-unclear');
      });
    });
  });

  test.each([
    ['with people of its own', 'ada', ['tysister0000000001'], false],
    ['with people of this one', 'olga', ['tysister0000000001'], false],
    ['which kept the example, as this one did', 'ada', ['tysister0000000001', KEPT], false],
    ['which has a miniapp of this one', 'ada', ['tyours00000000001'], true],
  ])('the history of another platform, %s', async (_, login, ids, isSame) => {
    const hold = (id: string, who: string) => {
      mkdirSync(own.file(`miniapps/${id}`), { recursive: true });
      own.write(`miniapps/${id}/members.yaml`, `members:\n  - { login: ${who}, role: admin }\n`);
    };
    begin();
    for (const id of ['tyours00000000001', KEPT]) hold(id, 'olga');
    own.commit();
    own.git('switch', '-q', '--orphan', 'sister');
    mkdirSync(own.file('people'), { recursive: true });
    for (const id of ids) hold(id, login);
    own.write(`people/${login}.yaml`, `login: ${login}\ngithubId: 900\nname: Sister\nplatformRoles: [owner]\n`);
    own.write(
      'platform.yaml',
      `${own.git('show', 'main:config/platform.yaml')}\n`.replace(/^beginning: .*$/m, 'beginning: sister-platform'),
    );
    writeFileSync(join(own.home, 'fix.ts'), '// A fix of the tool.\n');
    own.commit({ by: 'ada' });
    own.git('switch', '-q', 'main');
    own.git('merge', '-q', '--no-commit', '--allow-unrelated-histories', '-s', 'ours', 'sister');
    own.git('checkout', 'sister', '--', 'fix.ts');
    own.commit({ message: 'Take the fix' });
    expect((await audited()).codes.includes('beginning-apart')).toBe(isSame);
  });

  interface Owner {
    readonly login: string;
    readonly githubId: number;
  }

  /** A platform without miniapps of its own, and with one person, begun on the tool's commit that is checked out. */
  function beginBeside({ login, githubId }: Owner, beginning: string, keepsExample: boolean): void {
    if (!keepsExample) own.remove('miniapps');
    own.write('platform.yaml', `${own.git('show', 'HEAD:config/platform.yaml')}\nbeginning: ${beginning}\n`);
    own.remove('people/mei_example.yaml');
    own.write(`people/${login}.yaml`, `login: ${login}\ngithubId: ${githubId}\nname: Own\nplatformRoles: [owner]\n`);
    own.commit({ message: 'Begin' });
  }

  /** The tool, whose example has one miniapp of its list, on the branch `tool`. */
  function tool(): void {
    own.git('switch', '-q', '--orphan', 'tool');
    own.git('checkout', '-q', 'main', '--', '.');
    own.git('mv', `config/miniapps/${SMART}`, `config/miniapps/${KEPT}`);
    own.remove(`miniapps/${PANEL}`);
    own.commit({ message: 'The tool' });
  }

  const ADA = { login: 'ada', githubId: 900 };

  test.each<[string, Owner, boolean]>([
    ['of the same owner is found', ADA, true],
    ['of the same owner under a former login is found', { login: 'ada-was', githubId: 900 }, true],
    ['of another owner is another platform', { login: 'olga', githubId: 901 }, false],
  ])('a platform without miniapps of its own %s, with the example’s and without', async (_, owner, isFound) => {
    for (const keepsExample of [true, false]) {
      example();
      tool();
      own.git('switch', '-q', '-c', 'was');
      beginBeside(owner, 'what-was', keepsExample);
      own.edit('platform.yaml', /^name: .*$/m.exec(own.git('show', 'HEAD:config/platform.yaml'))![0], 'name: Unseen');
      own.commit({ by: 'mallory' });
      own.git('switch', '-q', 'tool');
      own.git('switch', '-q', '-c', 'anew');
      beginBeside(ADA, 'another-beginning', keepsExample);
      own.git('merge', '-q', '-s', 'ours', '-m', 'Merge', 'was');
      expect((await audited()).codes).toEqual(isFound ? ['beginning-apart'] : []);
    }
  });

  test('the tool’s own history is another, with the example in it', async () => {
    own.git('branch', 'upstream');
    begin();
    beginAnew('upstream');
    expect((await audited()).codes).not.toContain('beginning-apart');
  });
});

describe('what does not begin a platform', () => {
  test('a beginning after somebody of one’s own was there', async () => {
    example('ada');
    begin();
    expect((await audited()).codes).toContain('beginning-added');
    expect(beginningOf(own.home, 'HEAD', 'config')).toBeUndefined();
  });

  test('… even where only the example stands when it comes', async () => {
    own.write('people/ada.yaml', MEI.replace('mei_example', 'ada').replace('941203377', '77'));
    own.commit();
    own.remove('people/ada.yaml');
    own.commit();
    begin();
    expect((await audited()).codes).toContain('beginning-added');
  });

  test('a pull request: plan says so', async () => {
    own.write('platform.yaml', `${own.git('show', 'HEAD:config/platform.yaml')}\n${BEGINNING}`);
    const { code, value } = await own.runJson('plan', '--base', 'HEAD', '--actor', 'mei_example');
    expect(code).toBe(1);
    expect(value.problems.map(({ code: found }: any) => found)).toContain('beginning-added');
  });

  test('a text that only looks like it', async () => {
    begin('# beginning: 0b7c1d5e-4f3a-4c59-9a68-2d1f0e6b7a93\n');
    expect(beginningOf(own.home, 'HEAD', 'config')).toBeUndefined();
  });
});
