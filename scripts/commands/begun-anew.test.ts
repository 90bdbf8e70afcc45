/** A history that is begun anew, and merges what was: the audit says so, and judges what was no more. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { audited, begin, BEGINNING, beginAnew, example, MEI, own, release } from '../fixtures/beginnings.ts';
import { oneEntry, unfolding } from '../fixtures/made-trees.ts';
import { removeRepositories } from '../fixtures/repository.ts';

afterAll(removeRepositories);
beforeEach(() => example());

describe('a history that is begun anew, and merges what was', () => {
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

  test('the tool’s own history is another, with the example in it', async () => {
    own.git('branch', 'upstream');
    begin();
    beginAnew('upstream');
    expect((await audited()).codes).not.toContain('beginning-apart');
  });
});
