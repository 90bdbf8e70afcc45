/** What GitHub refuses although it may be done: told in its words where people look, bounded, and nobody else's trouble. */
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { registry, actionLines, type Registry } from '../fixtures/bot-harness.ts';
import { removeRepositories } from '../fixtures/repository.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';
import { adviceOf } from './refusals.ts';
import { logLines } from './feedback/job-summary.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 180_000 });

let own: Registry | undefined;
afterEach(async () => {
  await own?.stop();
  own = undefined;
});
afterAll(removeRepositories);

const words = (miniapp: string, text = 'Hello') => ({
  [`miniapps/${miniapp}/languages.yaml`]: `strings: { en: { hello: ${text} } }\n`,
});
const only = (...numbers: number[]) => ({ hint: { numbers, heads: [] } });
const checks = (context: string) => ({
  type: 'required_status_checks',
  parameters: { required_status_checks: [{ context }], strict_required_status_checks_policy: false },
});
const HOUR = 3_600_000;

describe('a merge that GitHub refuses', () => {
  const REFUSED: readonly (readonly [string, (on: Registry) => void, RegExp, RegExp])[] = [
    [
      'squash merges alone',
      ({ forge }) => void (forge.repository.allowsMergeCommits = false),
      /“Merge commits are not allowed on this repository/,
      /allows merge commits: \*\*Settings\*\*/,
    ],
    [
      'a linear history',
      ({ forge }) => void forge.ruleset({ name: 'linear', rules: [{ type: 'required_linear_history' }] }),
      /must not contain merge commits/,
      /Require linear history/,
    ],
    [
      'signatures',
      ({ forge }) => void forge.ruleset({ name: 'signed', rules: [{ type: 'required_signatures' }] }),
      /must have verified signatures/,
      /signs the commits/,
    ],
    [
      'a merge queue',
      ({ forge }) => void forge.ruleset({ name: 'queue', rules: [{ type: 'merge_queue' }] }),
      /through the merge queue/,
      /Merge when ready/,
    ],
    [
      'another check',
      ({ forge }) => void forge.ruleset({ name: 'ci', rules: [checks('ci')] }),
      /Required status check "ci" is expected/,
      /Look at \*\*Checks\*\*/,
    ],
  ];

  test.each(REFUSED)('%s: said in its words, with who can do what; no run is red', async (_, forbid, said, advice) => {
    own = await registry();
    forbid(own);
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    const first = await own.run(only(number));
    expect([first.failures, first.refusals]).toEqual([[], [expect.objectContaining({ action: 'merge', number })]]);
    const shown = await own.shown(number);
    expect(shown).toMatchObject({ state: 'open', labels: ['miniapp: waiting'] });
    // Where GitHub requires this status, it must stay green.
    expect(shown.check).toMatch(/^success: allowed, but GitHub does not merge it: /);
    const [comment = ''] = shown.comments;
    expect(comment).toMatch(said);
    expect(comment).toMatch(advice);
    expect(comment).not.toContain('The bot merges it');
    const lines = logLines({ ...own.options(), isDry: false, outcome: first, named: [], branch: 'main' });
    expect(lines.filter((line) => line.startsWith('::warning::'))).toEqual([expect.stringMatching(said)]);
  });

  test('it is tried when an event names it, when the tip moved, and once an hour; it is never told to and fro', async () => {
    own = await registry();
    own.forge.ruleset({ name: 'ci', rules: [checks('ci')] });
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    await own.run();
    const { client, ...rest } = own.options();
    let merges = 0;
    client.hook.before(
      'request',
      ({ url, method }) => void (merges += Number(method === 'PUT' && url.endsWith('merge'))),
    );
    const run = async (minutes = 0, hint = rest.hint) => {
      merges = 0;
      const { actions, failures, refusals } = await own!.run({
        ...rest,
        client,
        now: rest.now + minutes * 60_000,
        hint,
      });
      return { merges, did: actionLines(actions), failures, refused: refusals.length };
    };
    const quiet = { did: [], failures: [] };
    // An hour of runs by the schedule: one of them tries, and says nothing new.
    const hour = [];
    for (let minutes = 0; minutes < 60; minutes += 5) hour.push(await run(minutes));
    expect(hour.map((one) => one.merges).toSorted()).toEqual([...Array.from({ length: 11 }, () => 0), 1]);
    expect(hour.every(({ did, failures }) => did.length + failures.length === 0)).toBe(true);
    expect(await run(0, { numbers: [number], heads: [] })).toEqual({ ...quiet, merges: 1, refused: 1 });
    await own.direct('olga', words(SMART), 'the tip moves');
    const late = own.forge.clock.now() + 5 * 60_000;
    expect((await own.run({ ...rest, client, now: late })).refusals).toHaveLength(1);
    // What was missing comes, and the note goes.
    const { sha } = (await own.pull(number)).head;
    await own.as('olga').repos.createCommitStatus({ ...own.repo, sha, state: 'success', context: 'ci' });
    await own.run({ ...only(number), now: late });
    const { state, comments, labels } = await own.shown(number);
    expect([state, labels]).toEqual(['merged', ['miniapp: ready']]);
    expect(comments).toEqual([expect.not.stringContaining('GitHub refuses')]);
  });

  test('others are merged in the same run, and a setting against all is not tried for all of many', async () => {
    own = await registry();
    own.forge.repository.allowsMergeCommits = false;
    for (let i = 0; i < 12; i++)
      await own.open('alice', { branch: `b${i}`, files: words(i % 2 ? PANEL : SMART, `x${i}`) });
    const first = await own.run();
    expect([first.failures, first.refusals.length]).toEqual([[], 5]);
    const second = await own.run();
    expect(second.failures).toEqual([]);
    expect(second.refusals.map(({ number }) => number)).toContain(6);
  });
});

describe('a fork that is behind', () => {
  const behind = async () => {
    own = await registry({ 'people/mallory.yaml': 'login: mallory\ngithubId: 900\nname: Mallory Example\n' });
    const number = await own.open('mallory', { branch: 'good', files: words(PANEL), fork: 'mallory' });
    await own.review('alice', number, 'APPROVE');
    await own.direct('olga', words(SMART), 'the tip moves');
    return { own, number };
  };

  test('is brought up to date and merged in one run where edits are allowed, although the event tells its head alone', async () => {
    const at = await behind();
    const { sha } = (await at.own.pull(at.number)).head;
    const { failures, refusals } = await at.own.run({ hint: { numbers: [], heads: [sha] } });
    expect([failures, refusals, (await at.own.shown(at.number)).state]).toEqual([[], [], 'merged']);
  });

  test('and may not be updated: told, with what its author can press; no run is red, and others are merged', async () => {
    const at = await behind();
    at.own.forge.repository.appsUpdateForks = false;
    const other = await at.own.open('alice', { branch: 'other', files: words(SMART, 'Other') });
    const first = await at.own.run(only(at.number, other));
    expect([first.failures, (await at.own.shown(other)).state]).toEqual([[], 'merged']);
    const { comments, labels } = await at.own.shown(at.number);
    expect(labels).toEqual(['miniapp: waiting']);
    expect(comments).toEqual([
      expect.stringMatching(/“Resource not accessible by integration” .*presses \*\*Update branch\*\*/),
    ]);
    expect(comments[0]).not.toContain('The bot merges it');
    const second = await at.own.run({ now: at.own.forge.clock.now() + HOUR });
    expect([second.failures, actionLines(second.actions).filter((one) => one.includes(`#${at.number}`))]).toEqual([
      [],
      [],
    ]);
  });
});

test.each([
  ['merge', 'At least 1 approving review is required by reviewers with write access.', /approves it/],
  ['merge', 'Changes were requested by a reviewer with write access.', /requested changes approves/],
  ['merge', 'A conversation must be resolved before this pull request can be merged.', /Resolve conversation/],
  ['merge', 'merge merges are not allowed.', /Allowed merge methods/],
  ['merge', 'Resource not accessible by integration', /write contents/],
  ['merge', 'Something that nobody has seen', /Rulesets/],
  ['update-branch', 'merge conflict between base and head', /Update branch/],
  ['open-pull', 'A pull request already exists for acme:review/x/1.0.0.', /deletes it/],
  ['open-pull', 'GitHub Actions is not permitted to create or approve pull requests.', /allow GitHub Actions/],
  ['add-label', 'You do not have permission to create labels on this repository.', /makes the labels/],
  ['comment', 'Unable to create comment because issue is locked.', /unlocks the conversation/],
  ['set-status', 'This SHA and context has reached the maximum number of statuses.', /another commit/],
  ['dispatch', 'Not Found', /Enable workflow/],
] as const)('who can do what: %s %s', (action, said, advice) => {
  expect(adviceOf({ action, words: said })).toMatch(advice);
});
