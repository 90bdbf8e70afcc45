/** What GitHub does wrong, what a crash leaves behind, and what comes in from outside: forks, forms, titles. */
import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { registry, actionLines, type Registry } from '../fixtures/bot-harness.ts';
import { removeRepositories } from '../fixtures/repository.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';
import { connect } from '../github/client.ts';
import type { Action } from './types.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 120_000 });

let own: Registry;
afterEach(() => own.stop());
afterAll(removeRepositories);

const WORDS = `miniapps/${PANEL}/languages.yaml`;
const GREETING = { [WORDS]: 'strings: { en: { hello: Hello } }\n' };
const PANEL_1 = `miniapps/${PANEL}/versions/1.0.0.yaml`;
const submitted = () => ({ [PANEL_1]: `${own.text(PANEL_1)}review: { status: pending, submittedBy: alice }\n` });

describe('a crash between any two actions', () => {
  /** What is so afterwards, whatever the way there. */
  const state = async () => {
    const { data: pulls } = await own
      .as('olga')
      .pulls.list({ ...own.repo, state: 'all', sort: 'created', direction: 'asc' });
    const shown = await Promise.all(pulls.map(({ number }) => own.shown(number)));
    const files = own.forge.repository.bare.run(['ls-tree', '-r', 'main']);
    const branches = own.forge.repository.bare.run([
      'for-each-ref',
      '--format=%(refname)',
      'refs/heads/review',
      'refs/heads/main',
    ]);
    // The address of the forge is another each time, and so are commits.
    const comments = shown.map(({ comments: all }) =>
      all.map((body) => body.replace(/[0-9a-f]{40}|127\.0\.0\.1:\d+/g, 'X')),
    );
    return {
      pulls: pulls.map(({ head, title }, i) => [head.ref, title, shown[i]!.state, shown[i]!.check, shown[i]!.labels]),
      files,
      branches,
      comments,
    };
  };
  class Crash extends Error {}

  const begin = async () => {
    own = await registry();
    await own.open('alice', { branch: 'submit', files: submitted() });
  };

  test('runs that each crash after one action end where one without a crash ends', async () => {
    await begin();
    const whole = await own.run();
    const wanted = await state();
    await own.stop();
    await begin();
    const done: Action[] = [];
    const crashing = (): Promise<unknown> => {
      let isFirst = true;
      return own.run({
        before: (action) => {
          if (!isFirst) throw new Crash();
          isFirst = false;
          done.push(action);
        },
      });
    };
    const isCrash = async () =>
      crashing().then(
        () => false,
        (error: unknown) => error instanceof Crash,
      );
    while (await isCrash()) expect(done.length).toBeLessThan(30);
    expect(await state()).toEqual(wanted);
    // Each was done once, in whatever order.
    expect(actionLines(done).sort()).toEqual(actionLines(whole.actions).sort());
    expect(actionLines((await own.run()).actions)).toEqual([]);
  });
});

describe('GitHub itself fails', () => {
  /** From here on GraphQL fails, so that REST alone is left to be read; what GraphQL itself does wrong is in reader.test.ts. */
  const withoutGraphql = () => own.forge.fault({ on: 'graphql', how: { kind: 'server-error' }, times: 999 });

  test('a rate limit, a fault, no answer: bounded, and said to be nobody’s fault', async () => {
    own = await registry();
    own.forge.fault({ on: 'graphql', how: { kind: 'rate-limit', seconds: 3000 }, times: 9 });
    await expect(own.run()).rejects.toMatchObject({ code: 'github-limited' });
    own.forge.clearFaults();
    withoutGraphql();
    own.forge.fault({ on: 'pulls/list', how: { kind: 'rate-limit', seconds: 3000 }, times: 9 });
    await expect(own.run()).rejects.toMatchObject({ code: 'github-limited' });
    own.forge.clearFaults();
    withoutGraphql();
    own.forge.fault({ on: 'repos/get', how: { kind: 'server-error' }, times: 9 });
    await expect(own.run()).rejects.toMatchObject({ code: 'github-fault', status: 502 });
    own.forge.clearFaults();
    withoutGraphql();
    own.forge.fault({ on: 'repos/get', how: { kind: 'dropped' }, times: 9 });
    await expect(own.run()).rejects.toMatchObject({ code: 'github-unreachable' });
    own.forge.clearFaults();
    withoutGraphql();
    own.forge.fault({ on: 'pulls/list', how: { kind: 'server-error' }, times: 2 });
    expect((await own.run()).failures).toEqual([]);
  });

  test('a page that is missing is a failure, never the end of the list', async () => {
    own = await registry();
    const number = await own.open('alice', { branch: 'words', files: GREETING, isDraft: true });
    for (let i = 0; i < 20; i++)
      await own.as('olga').issues.createComment({ ...own.repo, issue_number: number, body: `comment ${i}` });
    withoutGraphql();
    own.forge.fault({ on: 'issues/list-comments', how: { kind: 'empty-page' } });
    const outcome = await own.run();
    expect(outcome.failures).toEqual([
      expect.stringMatching(/GitHub gave 0 of 20 comments of #1; that is not the fault/),
    ]);
    expect((await own.shown(number)).comments).toHaveLength(1);
  });

  test('a token that may not: the permission is named, and the others are still looked at', async () => {
    own = await registry();
    await own.open('alice', { branch: 'words', files: GREETING });
    const token = own.forge.workflowToken({
      actions: 'write',
      contents: 'write',
      metadata: 'read',
      pull_requests: 'write',
      issues: 'read',
      statuses: 'read',
    });
    const outcome = await own.run({ client: connect({ token, apiUrl: own.forge.apiUrl }) });
    expect(outcome.failures.join('\n')).toContain('it needs the permission statuses: write');
    expect(actionLines(outcome.actions)).toContain(`open-pull review/${SMART}/1.2.0`);
  });
});

describe('from outside', () => {
  test('a fork is judged, told, and merged when it may be; nothing of it is checked out', async () => {
    own = await registry({ 'people/mallory.yaml': 'login: mallory\ngithubId: 900\nname: Mallory Example\n' });
    const hooks = { 'package.json': '{"scripts":{"prepare":"touch /tmp/owned"}}', '.npmrc': 'ignore-scripts=false\n' };
    const evil = await own.open('mallory', { branch: 'evil', files: GREETING, otherFiles: hooks, fork: 'mallory' });
    await own.run();
    expect((await own.shown(evil)).labels).toEqual(['miniapp: refused']);
    const clean = execFileSync('git', ['status', '--porcelain', '--branch'], { cwd: own.clone, encoding: 'utf8' });
    expect(clean).toBe('## main...origin/main\n');
    expect(
      execFileSync('git', ['for-each-ref', '--format=%(refname)'], { cwd: own.clone, encoding: 'utf8' }),
    ).not.toContain('pull');
    await own.review('alice', evil, 'APPROVE');
    const good = await own.open('mallory', { branch: 'good', files: GREETING, fork: 'mallory' });
    await own.review('alice', good, 'APPROVE');
    await own.run();
    expect([await own.shown(evil), await own.shown(good)].map(({ state }) => state)).toEqual(['open', 'merged']);
  });

  test('a title and a branch full of shell are only text', async () => {
    own = await registry();
    const title = '$(id) `id` \nGITHUB_OUTPUT=x ::error::gotcha @olga <img src=x>';
    const number = await own.open('alice', {
      branch: "a';id;'$(id)",
      title,
      body: '${{ secrets.X }}',
      files: GREETING,
    });
    await own.run();
    expect((await own.shown(number)).state).toBe('merged');
    const message = own.forge.repository.bare.run(['log', '-1', '--format=%B', 'main']);
    expect(message).not.toMatch(/id\)|gotcha/);
  });

  test('five hundred problems: the comment keeps within GitHub’s limit and says how many are left out', async () => {
    own = await registry();
    const wide = '<b>@olga</b>'.repeat(20);
    const rows = Array.from({ length: 500 }, (_, i) => `  - { app: "${wide}${i}", account: "x${i}" }`).join('\n');
    const number = await own.open('alice', {
      branch: 'many',
      files: { [`miniapps/${PANEL}/whitelist.yaml`]: `whitelist:\n${rows}\n` },
    });
    await own.run();
    const [comment = ''] = (await own.shown(number)).comments;
    expect(comment.length).toBeGreaterThan(1000);
    expect(comment.length).toBeLessThan(65_536);
    expect(comment).toMatch(/… and \d+ more/);
    expect(comment).not.toMatch(/<b>|[^-]@olga/);
  });
});
