/** The reconciler on the test forge: what people do, what the bot then does, and that doing it again does nothing. */
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { registry, RUTH, actionLines, type Registry } from '../../fixtures/bot-harness.ts';
import { removeRepositories } from '../../fixtures/repository.ts';
import { PANEL, SMART } from '../../fixtures/workspace.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 120_000 });

let own: Registry;
afterEach(() => own.stop());
afterAll(removeRepositories);

const versionFile = (miniapp: string, number: string) => `miniapps/${miniapp}/versions/${number}.yaml`;
const PANEL_1 = versionFile(PANEL, '1.0.0');
const SMART_2 = versionFile(SMART, '1.2.0');
/** The panel's version under review, as Alice submits it. */
const submitted = () => ({ [PANEL_1]: `${own.text(PANEL_1)}review: { status: pending, submittedBy: alice }\n` });
const trailers = () => own.forge.repository.bare.run(['log', '-1', '--format=%B', 'main']);

describe('what the bot does', () => {
  test('what is under review gets a pull request and a reviewer; a second run does nothing', async () => {
    own = await registry();
    const first = await own.run();
    expect(first.failures).toEqual([]);
    expect(actionLines(first.actions)).toEqual([
      `open-pull review/${SMART}/1.2.0`,
      'set-status #1',
      'comment #1',
      'add-label #1',
    ]);
    const { title, requested_reviewers, body } = await own.pull(1);
    expect(title).toBe(`Approve ${SMART} 1.2.0`);
    expect(requested_reviewers?.map(({ login }) => login)).toEqual(['rita']);
    expect(body).toContain('1.2.0');
    const shown = await own.shown(1);
    expect(shown).toMatchObject({
      check: `pending: waits for a review: approve ${SMART} 1.2.0`,
      labels: ['miniapp: waiting'],
    });
    expect(shown.comments).toHaveLength(1);
    expect(shown.comments[0]).toContain('`rita` can approve');
    expect(actionLines((await own.run()).actions)).toEqual([]);
  });

  test('submit, approve, publish: each merged with what history reads', async () => {
    own = await registry({ [SMART_2]: null, [`miniapps/${SMART}/release.yaml`]: null });
    const submit = await own.open('alice', { branch: 'submit', files: submitted() });
    const outcome = await own.run();
    expect(outcome).toMatchObject({ failures: [], mergeMismatches: [] });
    expect((await own.shown(submit)).state).toBe('merged');
    expect(trailers()).toBe(
      `Merge pull request #1: submit ${PANEL} 1.0.0\n\nTransition: submit\nMiniapp: ${PANEL}\nVersion: 1.0.0\nActor: alice\nPull-request: #1`,
    );
    // The same run opens what follows from it.
    expect(actionLines(outcome.actions).slice(2)).toEqual([
      'merge #1',
      `open-pull review/${PANEL}/1.0.0`,
      'dispatch portal.yml',
      'set-status #2',
      'comment #2',
      'add-label #2',
    ]);
    await own.review('rita', 2, 'APPROVE');
    await own.run();
    expect((await own.shown(2)).state).toBe('merged');
    expect(own.text(PANEL_1)).toContain('review: { status: approved, submittedBy: alice, reviewedBy: rita }');
    expect(trailers()).toContain('Actor: github-actions[bot]\nApproved-by: rita\nPull-request: #2');
    const release = `miniapps/${PANEL}/release.yaml`;
    const publish = await own.open('alice', {
      branch: 'publish',
      files: { [release]: 'online: { version: 1.0.0, enabled: true }\n' },
    });
    await own.run();
    expect((await own.shown(publish)).state).toBe('merged');
    expect(actionLines((await own.run()).actions)).toEqual([]);
    expect(own.forge.repository.bare.run(['branch', '--list', 'review/*'])).toBe('');
  });

  test('an event that knows the head alone: what the run brought up to date still belongs to it', async () => {
    own = await registry();
    const words = { [`miniapps/${PANEL}/languages.yaml`]: 'strings: { en: { hello: Hello } }\n' };
    const number = await own.open('alice', { branch: 'behind', files: words });
    await own.direct('olga', { 'README.md': 'how to\n' });
    const { sha } = (await own.pull(number)).head;
    const { failures } = await own.run({ hint: { numbers: [], heads: [sha] } });
    expect(failures).toEqual([]);
    expect(await own.shown(number)).toMatchObject({ state: 'merged' });
    expect((await own.pull(number)).head.sha).not.toBe(sha);
  });

  test('another reviewer approves: the stamp is theirs', async () => {
    own = await registry(RUTH);
    await own.run();
    const [asked] = (await own.pull(1)).requested_reviewers!.map(({ login }) => login);
    const other = asked === 'rita' ? 'ruth' : 'rita';
    await own.review(other, 1, 'APPROVE');
    const outcome = await own.run();
    expect(outcome.failures).toEqual([]);
    expect(actionLines(outcome.actions)).toContain('push #1');
    expect(own.text(SMART_2)).toContain(`status: approved, submittedBy: bob, reviewedBy: ${other}`);
  });

  test('changes requested with a reason: the version is rejected with it', async () => {
    own = await registry();
    await own.run();
    await own.review('rita', 1, 'REQUEST_CHANGES', 'The alarm page stays empty.');
    await own.run();
    expect(await own.shown(1)).toMatchObject({ state: 'merged' });
    expect(own.text(SMART_2)).toContain('The alarm page stays empty.');
    expect(trailers()).toContain('Changes-requested-by: rita');
  });

  test('withdrawn: its approval pull request is closed', async () => {
    own = await registry();
    await own.run();
    const text = own.text(SMART_2).replace('review: { status: pending, submittedBy: bob }\n', '');
    await own.open('bob', { branch: 'withdraw', files: { [SMART_2]: text } });
    await own.run();
    expect(await own.shown(2)).toMatchObject({ state: 'merged' });
    expect(await own.shown(1)).toMatchObject({ state: 'closed' });
  });

  test('a refused one: status, comment with links, label; corrected, it is merged', async () => {
    own = await registry();
    const languages = `miniapps/${PANEL}/languages.yaml`;
    const number = await own.open('bob', { branch: 'words', files: { [languages]: 'strings: { en: { a: 1 } }\n' } });
    await own.run();
    const shown = await own.shown(number);
    expect(shown.check).toMatch(/^failure: 1 error: config\/miniapps/);
    expect(shown.labels).toEqual(['miniapp: refused']);
    const { sha } = (await own.pull(number)).head;
    expect(shown.comments[0]).toContain(`/blob/${sha}/config/${languages}#L1`);
    expect(shown.comments[0]).toContain(`npx miniapp plan --base FETCH_HEAD --head ${sha} --actor bob`);
    await own.push('bob', 'words', { [languages]: 'strings: { en: { a: b } }\n' });
    await own.run();
    expect((await own.shown(number)).state).toBe('merged');
  });
});
