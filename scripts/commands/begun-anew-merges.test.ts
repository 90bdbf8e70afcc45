/** What the audit says of a history that is begun anew by merges of what was, in every order. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../cli.ts';
import { audited, begin, example, own, release } from '../fixtures/beginnings.ts';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';
import { pastOf } from '../git/history/past.ts';

afterAll(removeRepositories);
beforeEach(() => example());

describe('a history that is begun anew, and what was merged', () => {
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
