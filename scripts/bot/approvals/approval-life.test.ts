/**
 * The life of a version under review on the test forge: the pull request that approves it, everything that people answer, and
 * everything that must not count. Real Git, real HTTP, a fake clock.
 */
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { registry, RUTH, actionLines, type Registry } from '../../fixtures/bot-harness.ts';
import { removeRepositories } from '../../fixtures/repository.ts';
import { fixtureFiles, SMART } from '../../fixtures/workspace.ts';
import { HOLD } from '../types.ts';

// Each is a life of many runs, and a run is a hundred starts of Git.
vi.setConfig({ testTimeout: 180_000 });

let own: Registry;
afterEach(() => own.stop());
afterAll(removeRepositories);

const MINUTE = 60_000;
const FILE = `miniapps/${SMART}/versions/1.2.0.yaml`;
const PENDING = 'review: { status: pending, submittedBy: bob }\n';
const DEVELOPMENT = { [FILE]: fixtureFiles()[FILE]!.replace(PENDING, '') };
const submitted = (by = 'bob') => ({ [FILE]: `${DEVELOPMENT[FILE]}${PENDING.replace('bob', by)}` });
const internal = (...logins: string[]) =>
  Object.fromEntries(
    logins.map((login) => [`people/${login}.yaml`, `${fixtureFiles()[`people/${login}.yaml`]!}internal: true\n`]),
  );
/** A reviewer who has left. */
const REX = 'login: rex\ngithubId: 106\nname: Rex Example\nplatformRoles: [reviewer]\nleft: 2026-11-01\n';

const last = () => own.forge.repository.bare.run(['log', '-1', '--format=%B', 'main']);
const reviewOf = () => /^review: .*$/m.exec(own.text(FILE))?.[0];
const label = (number: number, name: string) =>
  own.as('alice').issues.addLabels({ ...own.repo, issue_number: number, labels: [name] });
const unlabel = (number: number, name: string) =>
  own.as('alice').issues.removeLabel({ ...own.repo, issue_number: number, name });
const setState = (number: number, state: 'open' | 'closed') =>
  own.as('alice').pulls.update({ ...own.repo, pull_number: number, state });
const openNumbers = async () =>
  (await own.as('olga').pulls.list({ ...own.repo, state: 'open' })).data.map(({ number }) => number);

test('approvals of who may not do not count; one of another reviewer than the one asked does, with their stamp', async () => {
  own = await registry({ ...RUTH, 'people/rex.yaml': REX });
  await own.run();
  const { body, requested_reviewers: asked } = await own.pull(1);
  expect(asked?.map(({ login }) => login)).toEqual(['rita']);
  expect(body).toContain('asks to be approved');
  // A stranger, who was a reviewer, an owner, who uploaded it and who submitted it: GitHub lets them approve what the bot opened.
  for (const login of ['mallory', 'rex', 'olga', 'alice', 'bob']) await own.review(login, 1, 'APPROVE');
  const unmoved = await own.run();
  expect(unmoved.failures).toEqual([]);
  expect(actionLines(unmoved.actions)).not.toContain('push #1');
  expect((await own.shown(1)).state).toBe('open');
  await own.review('ruth', 1, 'APPROVE');
  const { failures, mergeMismatches, actions } = await own.run();
  expect({ failures, mergeMismatches }).toEqual({ failures: [], mergeMismatches: [] });
  expect(actionLines(actions)).toContain('push #1');
  expect(reviewOf()).toBe('review: { status: approved, submittedBy: bob, reviewedBy: ruth }');
  expect(last()).toContain(`Transition: approve\nMiniapp: ${SMART}\nVersion: 1.2.0\nActor: github-actions[bot]\n`);
  expect(last()).toContain('Approved-by: ruth');
  expect(last()).not.toMatch(/Approved-by: (?:mallory|rex|alice|bob)/);
  expect(actionLines((await own.run()).actions)).toEqual([]);
});

test('rejected with the words of the review, submitted again, withdrawn, submitted again, stopped, taken up again', async () => {
  own = await registry();
  await own.run();
  await own.review('rita', 1, 'REQUEST_CHANGES', '<!-- nothing to read -->');
  await own.run();
  const [comment = ''] = (await own.shown(1)).comments;
  expect(comment).toContain('`rita` requested changes, without a reason');
  expect((await own.shown(1)).state).toBe('open');
  await own.review('rita', 1, 'REQUEST_CHANGES', 'Broken:\r\n- the *alarm*\u202E page: { }\n\n@everyone');
  expect((await own.run()).failures).toEqual([]);
  expect((await own.pull(1)).title).toBe(`Reject ${SMART} 1.2.0`);
  expect(reviewOf()).toMatch(/^review: \{ status: rejected, submittedBy: bob, reviewedBy: rita, reason: /);
  expect(own.text(FILE)).toContain('Broken: - the *alarm* page: { } @everyone');
  expect(last()).toContain('Transition: reject');
  expect(last()).toContain('Changes-requested-by: rita');

  // Again: another pull request, in which the old review says nothing.
  await own.direct('alice', DEVELOPMENT);
  await own.direct('alice', submitted('alice'));
  await own.run();
  expect(await openNumbers()).toEqual([2]);
  await own.direct('alice', DEVELOPMENT);
  await own.run();
  expect(await own.shown(2)).toMatchObject({
    state: 'closed',
    comments: [expect.anything(), expect.stringContaining('withdrawn')],
  });
  expect(own.forge.repository.bare.run(['branch', '--list', 'review/*'])).toBe('');
  await own.direct('alice', submitted('alice'));
  await own.run();
  expect(await openNumbers()).toEqual([3]);

  // Closed by somebody: it stays so, until they open it again.
  await setState(3, 'closed');
  const { actions, notes } = await own.run();
  expect(actionLines(actions)).toEqual([]);
  expect(notes).toEqual([expect.stringContaining('#3')]);
  await setState(3, 'open');
  await own.review('rita', 3, 'APPROVE');
  await own.run();
  expect(reviewOf()).toBe('review: { status: approved, submittedBy: alice, reviewedBy: rita }');
});

/** A registry in which internal people uploaded and submitted. */
async function submittedByInternal() {
  const none = Object.fromEntries(
    [FILE, `miniapps/${SMART}/release.yaml`, `miniapps/${SMART}/scenarios.yaml`].map((path) => [path, null]),
  );
  own = await registry({ ...none, ...internal('alice', 'bob') });
  await own.direct('alice', DEVELOPMENT);
  await own.direct('bob', submitted());
}

test('internal: approved automatically at its minute, after everything that stopped it was taken back', async () => {
  await submittedByInternal();
  const start = own.forge.clock.now();
  const first = await own.run();
  // Two minutes after the submission, which a clock that ticks with each change is part of.
  expect(first.wakeAt).toBeGreaterThan(start + MINUTE);
  expect(first.wakeAt).toBeLessThanOrEqual(start + 2 * MINUTE);
  expect((await own.shown(1)).comments[0]).toContain('approved automatically at');
  const isOpen = async () => (await own.shown(1)).state === 'open' && reviewOf() === PENDING.trimEnd();
  const at = (time: number) => own.run({ now: time });

  await at(first.wakeAt! - 1);
  expect(await isOpen()).toBe(true);
  await at(start - 5 * MINUTE);
  expect(await isOpen()).toBe(true);
  await label(1, HOLD);
  await at(first.wakeAt! + MINUTE);
  expect(await isOpen()).toBe(true);
  await unlabel(1, HOLD);
  await label(1, 'on-hold');
  await own.review('olga', 1, 'REQUEST_CHANGES', 'Let me look first');
  await at(first.wakeAt! + 2 * MINUTE);
  expect(await isOpen()).toBe(true);
  const { data: reviews } = await own.as('olga').pulls.listReviews({ ...own.repo, pull_number: 1 });
  await own.as('olga').pulls.dismissReview({ ...own.repo, pull_number: 1, review_id: reviews[0]!.id, message: 'fine' });
  const { failures } = await at(first.wakeAt! + 9 * 60 * MINUTE);
  expect(failures).toEqual([]);
  expect(reviewOf()).toBe('review: { status: approved, submittedBy: bob, reviewedBy: policy:internal }');
  expect(last()).toContain('Transition: auto-approve');
});

test('internal: a push to the branch stops it for good, whatever it pushes; people still decide', async () => {
  await submittedByInternal();
  await own.run();
  const branch = `review/${SMART}/1.2.0`;
  const stamped = own.forge.repository.bare.run(['show', `${branch}:config/${FILE}`]);
  await own.push('bob', branch, { [FILE]: `${stamped.replace('rita', 'policy:internal')}\n` });
  const late = own.forge.clock.now() + 60 * MINUTE;
  await own.run({ now: late });
  expect((await own.shown(1)).state).toBe('open');
  expect(reviewOf()).toBe(PENDING.trimEnd());
  // The bot's own words are back, but bob's commit is in the branch.
  expect(own.forge.repository.bare.run(['show', `${branch}:config/${FILE}`])).toBe(stamped);
  expect((await own.shown(1)).comments[0]).toContain('bob pushed to its branch');
  // Anything else than the bot's words is refused as it stands.
  await own.push('bob', branch, { [`miniapps/${SMART}/whitelist.yaml`]: 'whitelist: []\n' });
  await own.review('rita', 1, 'APPROVE');
  await own.run({ now: late });
  expect((await own.shown(1)).check).toMatch(/^failure: its branch holds something else/);
  expect((await own.shown(1)).state).toBe('open');
});

test('internal no more, while it waited: people decide', async () => {
  await submittedByInternal();
  const { wakeAt } = await own.run();
  expect(wakeAt).toBeDefined();
  await own.direct('olga', { 'people/alice.yaml': fixtureFiles()['people/alice.yaml']! });
  const late = await own.run({ now: wakeAt! + 60 * MINUTE });
  expect(late.wakeAt).toBeUndefined();
  expect((await own.shown(1)).state).toBe('open');
  await own.review('rita', 1, 'APPROVE');
  await own.run();
  expect(reviewOf()).toContain('reviewedBy: rita');
});

test('withdraw and approve at once: one lands, the other is refused before it could', async () => {
  own = await registry();
  await own.run();
  const withdrawal = await own.open('bob', { branch: 'withdraw', files: DEVELOPMENT });
  await own.review('rita', 1, 'APPROVE');
  const { failures, mergeMismatches } = await own.run();
  expect({ failures, mergeMismatches }).toEqual({ failures: [], mergeMismatches: [] });
  expect((await own.shown(1)).state).toBe('merged');
  expect(await own.shown(withdrawal)).toMatchObject({ state: 'open', check: expect.stringMatching(/^failure: /) });
  expect(reviewOf()).toBe('review: { status: approved, submittedBy: bob, reviewedBy: rita }');
});

test('a crash before each kind of action, and two runs at once: the same end', async () => {
  own = await registry(RUTH);
  const crashed = new Set<string>();
  const kinds = new Set(['open-pull', 'comment', 'push', 'merge', 'dispatch']);
  const crashing = async () => {
    for (let tries = 0; tries < 12; tries += 1) {
      try {
        return await own.run({
          before({ kind }) {
            if (crashed.has(kind) || !kinds.has(kind)) return;
            crashed.add(kind);
            throw new Error(`crash before ${kind}`);
          },
        });
      } catch (error) {
        expect(String(error)).toContain('crash before');
      }
    }
    throw new Error('it never came to an end');
  };
  await crashing();
  expect(await openNumbers()).toEqual([1]);
  expect((await own.shown(1)).comments).toHaveLength(1);
  await own.review('ruth', 1, 'APPROVE');
  await crashing();
  expect(crashed).toEqual(kinds);
  expect(reviewOf()).toBe('review: { status: approved, submittedBy: bob, reviewedBy: ruth }');
  // As it was, on main: it waits again.
  await own.direct('alice', submitted());
  const [one, two] = await Promise.all([own.run(), own.run()]);
  expect([...one.mergeMismatches, ...two.mergeMismatches]).toEqual([]);
  expect(await openNumbers()).toEqual([2]);
  // What both said the next one takes back.
  expect(actionLines((await own.run()).actions).filter((action) => action !== 'delete-comment #2')).toEqual([]);
  expect((await own.shown(2)).comments).toHaveLength(1);
  expect(actionLines((await own.run()).actions)).toEqual([]);
});

test('whitelist rows that end are cleaned up with consent; pull requests that do not go together are told', async () => {
  const file = `miniapps/${SMART}/whitelist.yaml`;
  const rows = '  - { app: smart-life, account: qa@example.com, note: QA phone 3 }\n';
  const ended = '  - { app: oem-home, account: "+491701234567", expires: 2026-11-18 }\n';
  own = await registry({ ...DEVELOPMENT, [file]: `whitelist:\n${rows}${ended}` });
  await own.run();
  expect(await own.pull(1)).toMatchObject({ title: `Clean up the whitelist of ${SMART}` });
  const number = await own.open('bob', {
    branch: 'guest',
    files: { [file]: `whitelist:\n${rows}${ended.replace('2026-11-18', '2026-11-19')}` },
    isDraft: true,
  });
  await own.run();
  expect((await own.shown(number)).comments[0]).toContain('- #1: the two change the same lines');
  expect((await own.shown(1)).comments[0]).toContain(`- #${number}: the two change the same lines`);
  await own.review('alice', 1, 'APPROVE');
  expect((await own.run()).failures).toEqual([]);
  expect((await own.shown(1)).state).toBe('merged');
  expect(own.text(file)).toBe(`whitelist:\n${rows}`);
  expect(last()).toContain('Transition: edit-whitelist');
});

test('a reviewer whom GitHub does not let be asked is mentioned, and nobody is asked for ever', async () => {
  const stranger = 'login: mallory\ngithubId: 900\nname: Mallory Example\nplatformRoles: [reviewer]\n';
  const left = `${fixtureFiles()['people/rita.yaml']!}left: 2026-11-01\n`;
  own = await registry({ 'people/mallory.yaml': stranger, 'people/rita.yaml': left });
  const { actions, failures } = await own.run();
  expect(failures).toEqual([]);
  expect(actionLines(actions).filter((one) => one.startsWith('ask-review'))).toEqual([]);
  expect((await own.shown(1)).comments[0]).toContain('@mallory');
});
