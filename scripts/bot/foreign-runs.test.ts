/** Attacks by runs that somebody started, and by a push past every rule: each got through once. */
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { only, registry, words, type Registry } from '../fixtures/bot-harness.ts';
import { removeRepositories } from '../fixtures/repository.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';
import { executeAction } from './actions/action-executors.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 120_000 });

let own: Registry;
afterEach(() => own?.stop());
afterAll(removeRepositories);

describe('a run that somebody started', () => {
  const propose = async (run: { id: number; display_title: string }) => {
    const { client, repository, log, sleep } = own.options();
    const release = `miniapps/${SMART}/release.yaml`;
    const [files] = Object.entries(own.edited(release, 'enabled: true', 'enabled: false'));
    const done = await executeAction(
      { client, repository, branch: 'main', log, sleep },
      {
        kind: 'open-pull',
        branch: `transition/${run.id}`,
        from: own.main(),
        message: 'disable',
        title: run.display_title,
        body: '',
        files: [{ path: `config/${files![0]}`, content: files![1] }],
        reviewers: [],
      },
    );
    return done.pull!.number;
  };
  const started = (more: object = {}) =>
    own.forge.run({
      path: '.github/workflows/transition.yml',
      display_title: `disable ${SMART}`,
      actor: 'alice',
      ...more,
    });
  const refusalOf = async (number: number) => {
    await own.run(only(number));
    const { state, check } = await own.shown(number);
    return [state, check];
  };

  test('acts for who started it when somebody pressed “Update branch”', async () => {
    own = await registry();
    const number = await propose(started());
    await own.direct('olga', words(PANEL));
    await own.as('bob').pulls.updateBranch({ ...own.repo, pull_number: number });
    own.forge.followBranches('bob');
    const { sha } = (await own.pull(number)).head;
    const { bare } = own.forge.repository;
    expect(bare.run(['log', '-1', '--format=%ae %ce', sha])).toBe(
      '104+bob@users.noreply.github.com noreply@github.com',
    );
    await own.run(only(number));
    expect((await own.shown(number)).state).toBe('merged');
  });

  test('makes one pull request: another from its branch does not do it again', async () => {
    own = await registry();
    const run = started();
    const first = await propose(run);
    await own.as('olga').pulls.update({ ...own.repo, pull_number: first, state: 'closed' });
    const second = await propose(run);
    expect(await refusalOf(second)).toEqual(['open', expect.stringContaining('made another pull request before')]);
    await own.as('olga').pulls.update({ ...own.repo, pull_number: second, state: 'closed' });
    await own.as('olga').pulls.update({ ...own.repo, pull_number: first, state: 'open' });
    await own.run(only(first));
    expect((await own.shown(first)).state).toBe('merged');
  });

  test('of a tag or a branch that is called like the default branch is none', async () => {
    own = await registry();
    const aside = await own.push('bob', 'aside', words(PANEL));
    const number = await propose(started({ head_sha: aside }));
    expect(await refusalOf(number)).toEqual(['open', expect.stringContaining("ran on a commit that is not main's")]);
  });

  test('on a server that signs nothing: refused, with what its administrator switches on', async () => {
    own = await registry();
    own.forge.repository.signsCommits = false;
    const number = await propose(started());
    expect((await refusalOf(number))[0]).toBe('open');
    expect((await own.shown(number)).comments[0]).toMatch(/administrator of the server switches on web commit signing/);
  });

  test('makes it while it runs, and not long after', async () => {
    own = await registry();
    const run = started();
    own.forge.clock.set('2026-11-21T12:00:00Z');
    expect(await refusalOf(await propose(run))).toEqual(['open', expect.stringContaining('was not opened while run')]);
  });
});

test('a push past every rule is asked about, also where no pull request of the bot’s came after the commit to begin from', async () => {
  own = await registry();
  await own.open('alice', { branch: 'words', files: words(PANEL) });
  await own.run();
  const since = own.main();
  await own.direct('bob', words(PANEL, 'Bye'));
  const { code, value } = await own.audit('--since', since);
  expect(value).toMatchObject({
    asked: 1,
    findings: [{ github: [expect.stringContaining('no merged pull')] }],
  });
  expect(code).toBe(1);
});
