/** Merges that lay another tree into a folder, or several branches together: whose they are, for the audit and for the check. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { RELEASE, SMART, WHITELIST } from '../fixtures/workspace.ts';

/** The platform, and the configuration in a repository of its own, whose history was merged once so that the two have something in common. */
let own: TestRepository;
let split: TestRepository;
beforeEach(() => {
  own = repository();
  split = repository(temporaryFolder('split'), false);
  split.git('init', '-q', '-b', 'main');
  cpSync(own.file(''), split.home, { recursive: true });
  split.commit({ message: 'Split' });
  fetch();
  own.git('merge', '-q', '--allow-unrelated-histories', '-s', 'ours', '-m', 'Join', 'split');
});
afterAll(removeRepositories);

const fetch = () => own.git('fetch', '-q', split.home, '+main:split');
const STOP = ['enabled: true', 'enabled: false'] as const;
const DOMAINS = `miniapps/${SMART}/domains.yaml`;
const WIDER = ['cloud: [', 'cloud: [m.new.api, '] as const;
const NOTE = ['QA phone 3', 'QA phone 4'] as const;

/** An edit of a file at the top of the other repository. */
function edited(path: string, [from, to]: readonly [string, string], by: string): void {
  const file = join(split.home, path);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  split.commit({ by });
  fetch();
}

/** The merge by somebody, with these words of Git. */
function merge(by: string, how: readonly string[], trailers: readonly string[] = []): string {
  own.git('merge', '-q', '--no-ff', '--no-commit', ...how);
  return own.commit({ by, message: 'Merge', trailers });
}

const HOW = [
  ['-s subtree', ['-s', 'subtree', 'split']],
  ['-X subtree', ['-X', 'subtree=config', 'split']],
  ['Git’s own following of moves', ['split']],
] as const;

const audited = async () => {
  const { value } = await own.runJson('audit', '--no-cache');
  return value.findings.map(({ actor, problems, approvals }: any) => [
    actor,
    ...new Set(problems.map(({ code }: any) => code)),
    ...(approvals.missing > 0 ? [`${approvals.missing} missing`] : []),
  ]);
};
/** What the check would say of a branch with the same merge, opened by somebody. */
async function checked(actor: string, ...approvals: string[]): Promise<unknown> {
  own.git('branch', '-q', 'topic');
  own.git('reset', '-q', '--hard', 'HEAD^');
  const lent = approvals.flatMap((login) => ['--approved-by', login]);
  const { code, value } = await own.runJson('plan', '--base', 'main', '--head', 'topic', '--actor', actor, ...lent);
  return { code, codes: [...new Set(value.problems.map((one: any) => one.code))] };
}

describe.each(HOW)('%s', (_, how) => {
  test('who may not stop stops nothing by merging what an admin wrote', async () => {
    edited(RELEASE, STOP, 'alice');
    merge('bob', how);
    expect(own.git('show', `HEAD:config/${RELEASE}`)).toContain(STOP[1]);
    expect(await audited()).toEqual([['bob', 'actor-not-allowed']]);
    expect(await checked('bob')).toEqual({
      code: 1,
      codes: expect.arrayContaining(['file-moved', 'actor-not-allowed']),
    });
  });

  test('nobody approves what they wrote in it', async () => {
    edited(DOMAINS, WIDER, 'rita');
    merge('bob', how, ['Actor: bob', 'Approved-by: rita']);
    expect(await audited()).toEqual([['bob', '1 missing']]);
    expect(await checked('bob', 'rita')).toEqual({ code: 1, codes: ['file-moved'] });
  });

  test('what somebody may do passes as a push; in a pull request the file moved', async () => {
    edited(WHITELIST, NOTE, 'bob');
    merge('bob', how);
    expect(own.git('show', `HEAD:config/${WHITELIST}`)).toContain(NOTE[1]);
    expect(await audited()).toEqual([]);
    expect(await checked('bob')).toEqual({ code: 1, codes: ['file-moved'] });
  });
});

describe('several branches in one merge', () => {
  /** Branches of these people, merged by somebody in one commit. */
  function octopus(
    by: string,
    branches: readonly (readonly [by: string, path: string, readonly [string, string]])[],
    ...trailers: string[]
  ): void {
    for (const [author, path, [from, to]] of branches) {
      own.git('switch', '-q', '-c', author + path.length, 'main');
      own.edit(path, from, to);
      own.commit({ by: author });
    }
    own.git('switch', '-q', 'main');
    merge(
      by,
      branches.map(([author, path]) => author + path.length),
      trailers,
    );
  }

  test('are of who merges them', async () => {
    octopus('bob', [
      ['alice', RELEASE, STOP],
      ['bob', WHITELIST, NOTE],
    ]);
    expect(await audited()).toEqual([['bob', 'actor-not-allowed']]);
    expect(await checked('bob')).toEqual({ code: 1, codes: ['actor-not-allowed', 'scenario-suspended'] });
  });

  test('are approved by nobody who made one of them', async () => {
    octopus(
      'bob',
      [
        ['rita', DOMAINS, WIDER],
        ['bob', WHITELIST, NOTE],
      ],
      'Actor: bob',
      'Approved-by: rita',
    );
    expect(await audited()).toEqual([['bob', '1 missing']]);
    expect(await checked('bob', 'rita')).toEqual({ code: 1, codes: [] });
  });

  test('pass where whoever merges may do all of it', async () => {
    octopus('alice', [
      ['alice', RELEASE, STOP],
      ['bob', WHITELIST, NOTE],
    ]);
    expect(await audited()).toEqual([]);
    expect(await checked('alice')).toEqual({ code: 0, codes: ['scenario-suspended'] });
  });
});
