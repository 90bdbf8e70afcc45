/**
 * A rejection rests on a review that requests changes, and nothing says whether GitHub merges it while that review stands: it is
 * right either way, and nobody's no is lost on the way.
 */
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { registry, actionLines, type Registry } from '../../fixtures/bot-harness.ts';
import { removeRepositories } from '../../fixtures/repository.ts';
import { SMART } from '../../fixtures/workspace.ts';
import type { Action } from '../types.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 180_000 });

let own: Registry;
afterEach(() => own.stop());
afterAll(removeRepositories);

const SMART_2 = `miniapps/${SMART}/versions/1.2.0.yaml`;
const REASON = 'The alarm page stays empty, @olga.';
const only = { hint: { numbers: [1], heads: [] } };

/** With the pull request that asks for an approval, of which somebody says no. */
async function asked(block: Registry['forge']['repository']['requestedChangesBlock']): Promise<void> {
  own = await registry();
  own.forge.repository.requestedChangesBlock = block;
  const parameters = { required_approving_review_count: 0, allowed_merge_methods: ['merge'] };
  own.forge.ruleset({ name: 'main', rules: [{ type: 'pull_request', parameters }] });
  await own.run();
  await own.review('rita', 1, 'REQUEST_CHANGES', REASON);
}

const reviewStates = async () =>
  (await own.as('olga').pulls.listReviews({ ...own.repo, pull_number: 1 })).data.map(({ state }) => state);

/** What the nightly audit finds, asking GitHub. */
async function audited(): Promise<unknown> {
  const { asked: count, findings } = (await own.audit()).value;
  return { count, findings };
}

describe.each([
  ['where-approvals-are-required', 'CHANGES_REQUESTED'],
  ['always', 'DISMISSED'],
] as const)('requested changes block %s', (block, state) => {
  test('the version is rejected in its reviewer’s words, and the audit takes it', async () => {
    await asked(block);
    const { failures, mergeMismatches } = await own.run(only);
    expect([failures, mergeMismatches, await reviewStates()]).toEqual([[], [], [state]]);
    expect(own.text(SMART_2)).toContain(`reviewedBy: rita, reason: '${REASON}'`);
    expect(own.forge.repository.bare.run(['log', '-1', '--format=%B', 'main'])).toContain('Changes-requested-by: rita');
    expect(await audited()).toEqual({ count: 1, findings: [] });
    const message = own.forge.repository.pulls[0]!.reviews[0]!.dismissed?.message;
    if (state === 'DISMISSED') expect(message).toContain('The alarm page stays empty, @<!-- -->olga.');
  });

  test('a crash after each action loses no reviewer’s no', async () => {
    await asked(block);
    const done: Action[] = [];
    for (let run = 0; run < 12 && (await own.shown(1)).state === 'open'; run++) {
      let isFirst = true;
      const crashing = own.run({
        ...only,
        before: (action) => {
          // What GitHub refuses to merge is no step forward, so a run may go on after it.
          const isStep = action.kind !== 'merge' || done.at(-1)?.kind === 'dismiss-review';
          if (isStep && !isFirst) throw new Error('crash');
          if (isStep) isFirst = false;
          done.push(action);
        },
      });
      await crashing.catch(() => {});
    }
    expect((await own.shown(1)).state).toBe('merged');
    expect(own.text(SMART_2)).toContain('status: rejected');
    expect(actionLines(done).filter((one) => one.startsWith('dismiss'))).toHaveLength(state === 'DISMISSED' ? 1 : 0);
  });
});

describe('requested changes always block', () => {
  test('the bot may not dismiss: told, with who can do what', async () => {
    await asked('always');
    own.forge.fault({
      on: 'pulls/dismiss-review',
      how: { kind: 'answer', status: 422, message: 'Not yours' },
      times: 9,
    });
    const { failures, refusals } = await own.run(only);
    expect([failures, refusals.map(({ action }) => action).toSorted()]).toEqual([[], ['dismiss-review', 'merge']]);
    const [comment = ''] = (await own.shown(1)).comments;
    expect(comment).toMatch(/to dismiss the review .*“Not yours”.*lets the bot dismiss reviews/);
    own.forge.clearFaults();
    // Allowed at last: the note goes with what it was about.
    await own.run(only);
    expect(own.text(SMART_2)).toContain('status: rejected');
  });

  test('a person dismisses it: that takes it back', async () => {
    await asked('always');
    const [review] = own.forge.repository.pulls[0]!.reviews;
    const dismissal = { ...own.repo, pull_number: 1, review_id: review!.id, message: 'A misunderstanding' };
    await own.as('olga').pulls.dismissReview(dismissal);
    await own.run(only);
    expect([(await own.shown(1)).state, own.text(SMART_2)]).toEqual([
      'open',
      expect.stringContaining('status: pending'),
    ]);
  });

  test('an emergency stop waits for nobody, and the audit takes it', async () => {
    own = await registry();
    own.forge.repository.requestedChangesBlock = 'always';
    const parameters = { required_approving_review_count: 0, allowed_merge_methods: ['merge'] };
    own.forge.ruleset({ name: 'main', rules: [{ type: 'pull_request', parameters }] });
    const off = own.edited(`miniapps/${SMART}/release.yaml`, 'enabled: true', 'enabled: false');
    const number = await own.open('alice', { branch: 'stop', files: off });
    await own.review('rita', number, 'REQUEST_CHANGES', 'Not now');
    const { failures } = await own.run({ hint: { numbers: [number], heads: [] } });
    expect([failures, (await own.shown(number)).state, await reviewStates()]).toEqual([[], 'merged', ['DISMISSED']]);
    expect(await audited()).toEqual({ count: 1, findings: [] });
  });

  test('GitHub refuses for another reason: no review is touched', async () => {
    await asked('where-approvals-are-required');
    own.forge.repository.allowsMergeCommits = false;
    const { refusals } = await own.run(only);
    expect([refusals.length, await reviewStates()]).toEqual([1, ['CHANGES_REQUESTED']]);
  });
});
