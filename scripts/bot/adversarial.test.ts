/** Attacks and accidents by way of GitHub, named as in the list of what must be refused. */
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { registry, RUTH, actionLines, type Registry } from '../fixtures/bot-harness.ts';
import { removeRepositories } from '../fixtures/repository.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 120_000 });

let own: Registry;
afterEach(() => own.stop());
afterAll(removeRepositories);

const versionFile = (miniapp: string, number: string) => `miniapps/${miniapp}/versions/${number}.yaml`;
const SMART_2 = versionFile(SMART, '1.2.0');
const SMART_3 = versionFile(SMART, '1.3.0');
const WORDS = `miniapps/${PANEL}/languages.yaml`;
const GREETING = { [WORDS]: 'strings: { en: { hello: Hello } }\n' };
const approved = (text: string, by: string) =>
  text.replace('status: pending, submittedBy: bob', `status: approved, submittedBy: bob, reviewedBy: ${by}`);
/** An approval that somebody writes by hand, so that no bot stands between. */
const approval = (by: string) => ({ [SMART_2]: approved(own.text(SMART_2), by) });
const internal = (login: string, id: number) => ({
  [`people/${login}.yaml`]: `login: ${login}\ngithubId: ${id}\nname: Somebody\ninternal: true\n`,
});
const checkOf = async (number: number) => (await own.shown(number)).check;

describe('authority', () => {
  test('a right that the same pull request gives is no right', async () => {
    own = await registry();
    const reviewer = { ...own.edited('people/alice.yaml', 'name: Alice', 'platformRoles: [reviewer]\nname: Alice') };
    const number = await own.open('alice', { branch: 'me', files: { ...reviewer, ...approval('alice') } });
    await own.run();
    expect(await own.shown(number)).toMatchObject({ state: 'open', labels: ['miniapp: refused'] });
  });

  test('approvals by the submitter, a stranger, and a reviewer who was removed since do not count', async () => {
    own = await registry(RUTH);
    await own.run();
    await own.review('bob', 1, 'APPROVE');
    await own.review('mallory', 1, 'APPROVE');
    await own.run();
    expect(await checkOf(1)).toMatch(/^pending: waits for a review/);
    await own.review('ruth', 1, 'APPROVE');
    await own.direct('olga', { 'people/ruth.yaml': null });
    await own.run();
    expect((await own.shown(1)).state).toBe('open');
    await own.review('rita', 1, 'APPROVE');
    await own.run();
    expect((await own.shown(1)).state).toBe('merged');
  });

  test('an approval of another content is void, one that a rebase leaves as it was is kept', async () => {
    own = await registry();
    const number = await own.open('bob', { branch: 'yes', files: approval('rita') });
    await own.review('rita', number, 'APPROVE');
    await own.push('bob', 'yes', GREETING);
    const notes = `miniapps/${SMART}/languages.yaml`;
    const before = own.text(notes);
    await own.push('bob', 'yes', { [notes]: 'strings: { en: { more: More } }\n' });
    await own.run({ hint: { numbers: [number], heads: [] } });
    expect(await own.shown(number)).toMatchObject({ state: 'open', labels: ['miniapp: refused'] });
    expect((await own.shown(number)).comments[0]).toContain('the content changed since');
    await own.push('bob', 'yes', { [notes]: before, [WORDS]: null });
    // Somebody else's work in between, and the branch brought up to date with it.
    await own.direct('olga', { 'README.md': 'how to\n' });
    await own.as('bob').pulls.updateBranch({ ...own.repo, pull_number: number });
    await own.run({ hint: { numbers: [number], heads: [] } });
    expect((await own.shown(number)).state).toBe('merged');
  });

  test('a login taken by a stranger, a forged comment, a look-alike label: no effect', async () => {
    own = await registry();
    // Alice is called otherwise now, and a stranger took her login.
    own.forge.user('alice').login = 'alice-new';
    own.forge.user('mallory').login = 'alice';
    const theirs = await own.open('alice', { branch: 'theirs', files: GREETING, fork: 'alice' });
    const [mark] = ['<!-- miniapp/check -->\n### ✅ May be merged'];
    await own.as('alice').issues.createComment({ ...own.repo, issue_number: theirs, body: mark });
    await own.as('olga').issues.addLabels({ ...own.repo, issue_number: theirs, labels: ['miniapp: ready', 'Hold'] });
    await own.run();
    const shown = await own.shown(theirs);
    expect(shown).toMatchObject({ state: 'open', labels: ['Hold', 'miniapp: refused'] });
    expect(shown.comments).toHaveLength(1);
    const hers = await own.open('alice-new', { branch: 'hers', files: GREETING });
    await own.run();
    expect((await own.shown(hers)).state).toBe('merged');
  });

  test('configuration together with code is refused, code alone is not the bot’s business', async () => {
    own = await registry();
    const mixed = await own.open('alice', { branch: 'mixed', files: GREETING, otherFiles: { 'package.json': '{}\n' } });
    const code = await own.open('alice', { branch: 'code', files: {}, otherFiles: { 'package.json': '{}\n' } });
    await own.run();
    expect((await own.shown(mixed)).labels).toEqual(['miniapp: refused']);
    expect(await own.shown(code)).toEqual({
      state: 'open',
      check: 'success: no change of the configuration',
      labels: [],
      comments: [],
    });
  });

  test('what somebody external uploaded is not approved automatically', async () => {
    own = await registry({ ...internal('bob', 104) });
    await own.run();
    own.forge.clock.advance(600_000);
    await own.run();
    expect((await own.shown(1)).state).toBe('open');
  });

  test('stopped by hold while it waits; hours late it is still approved', async () => {
    own = await registry({ ...internal('bob', 104), [SMART_2]: null, [`miniapps/${SMART}/release.yaml`]: null });
    const file = versionFile(PANEL, '1.1.0');
    const uploaded = own.text(versionFile(PANEL, '1.0.0')).replaceAll('1.0.0', '1.1.0').replace('alice', 'bob');
    const submit = { [file]: `${uploaded}review: { status: pending, submittedBy: bob }\n` };
    const first = await own.open('bob', { branch: 'both', files: submit });
    const { wakeAt } = await own.run();
    expect((await own.shown(first)).state).toBe('merged');
    const number = first + 1;
    expect(wakeAt).toBeGreaterThan(own.forge.clock.now());
    await own.as('olga').issues.addLabels({ ...own.repo, issue_number: number, labels: ['hold'] });
    own.forge.clock.advance(3 * 3_600_000);
    await own.run();
    expect((await own.shown(number)).state).toBe('open');
    await own.as('olga').issues.removeLabel({ ...own.repo, issue_number: number, name: 'hold' });
    const outcome = await own.run();
    expect((await own.shown(number)).state).toBe('merged');
    expect(outcome.mergeMismatches).toEqual([]);
    expect(own.text(file)).toContain('reviewedBy: policy:internal');
  });
});

describe('transitions', () => {
  test('straight to online, and in the name of another', async () => {
    own = await registry();
    const release = own.edited(
      `miniapps/${SMART}/release.yaml`,
      'online: { version: 1.1.0',
      'online: { version: 1.3.0',
    );
    const online = await own.open('alice', { branch: 'online', files: release });
    const forged = await own.open('bob', {
      branch: 'forged',
      files: { [SMART_3]: `${own.text(SMART_3)}review: { status: pending, submittedBy: alice }\n` },
    });
    const policy = await own.open('bob', { branch: 'policy', files: approval('policy:internal') });
    await own.run();
    for (const number of [online, forged, policy])
      expect((await own.shown(number)).labels).toEqual(['miniapp: refused']);
  });
});

describe('merges', () => {
  /** Main takes 1.2.0 away, and has a 1.4.0 like it that nobody looked at. */
  const exchanged = () => {
    const other = own.text(SMART_2).replaceAll('1.2.0', '1.4.0').replace('bytes: 1000', 'bytes: 6666');
    return { [SMART_2]: null, [versionFile(SMART, '1.4.0')]: other };
  };

  test('the approval of one version lands as that of no other, by the bot or by a queue', async () => {
    own = await registry();
    const number = await own.open('rita', { branch: 'yes', files: approval('rita') });
    await own.direct('alice', exchanged());
    await own.run();
    expect(await own.shown(number)).toMatchObject({ state: 'open', labels: ['miniapp: refused'] });
    expect((await own.shown(number)).comments[0]).toMatch(/1\.2\.0\.yaml.*file-moved/);
    expect(own.text(versionFile(SMART, '1.4.0'))).toContain('status: pending');
    const { bare } = own.forge.repository;
    const { sha } = (await own.pull(number)).head;
    const person = { name: 'GitHub', email: 'noreply@github.com', date: '1795176000 +0000' };
    const queued = bare.commitTree(bare.mergeTree(own.main(), sha)!, [own.main(), sha], 'queue', person, person);
    bare.setRef('refs/heads/gh-readonly-queue/main/pr-1', queued);
    await own.run({ hint: { numbers: [], heads: [], group: { base: own.main(), head: queued } } });
    const { data } = await own.as('olga').repos.listCommitStatusesForRef({ ...own.repo, ref: queued });
    expect(data.map(({ state }) => state)).toEqual(['failure']);
  });
});

describe('races', () => {
  test('each fine, together not: the second is refused before it merges', async () => {
    own = await registry();
    await own.run();
    const withdrawn = own.text(SMART_2).replace('review: { status: pending, submittedBy: bob }\n', '');
    const number = await own.open('bob', { branch: 'withdraw', files: { [SMART_2]: withdrawn } });
    const byHand = await own.open('rita', { branch: 'by-hand', files: approval('rita') });
    await own.run();
    const states = [await own.shown(number), await own.shown(byHand)].map(({ state }) => state);
    expect(states).toEqual(['merged', 'open']);
    expect((await own.shown(byHand)).labels).toEqual(['miniapp: refused']);
  });

  test('a merge queue that takes both is told no, one that takes one is told yes', async () => {
    own = await registry();
    const withdrawn = own.text(SMART_2).replace('review: { status: pending, submittedBy: bob }\n', '');
    const first = await own.open('bob', { branch: 'withdraw', files: { [SMART_2]: withdrawn }, isDraft: true });
    const second = await own.open('alice', { branch: 'words', files: GREETING });
    const { bare } = own.forge.repository;
    const queued = async (onto: string, ...numbers: number[]): Promise<string> => {
      let tip = onto;
      for (const number of numbers) {
        const { sha } = (await own.pull(number)).head;
        const tree = bare.mergeTree(tip, sha)!;
        const person = { name: 'GitHub', email: 'noreply@github.com', date: '1795176000 +0000' };
        tip = bare.commitTree(tree, [tip, sha], 'queue', person, person);
      }
      bare.setRef('refs/heads/gh-readonly-queue/main/pr-1', tip);
      return tip;
    };
    const base = own.main();
    const statusOf = async (head: string) => {
      await own.run({ hint: { numbers: [], heads: [], group: { base, head } } });
      const { data } = await own.as('olga').repos.listCommitStatusesForRef({ ...own.repo, ref: head });
      return data.map(({ context, state, description }) => [context, state, description]);
    };
    expect(await statusOf(await queued(base, second))).toEqual([
      ['miniapp/check', 'success', '1 pull request of the queue may be merged'],
    ]);
    expect(await statusOf(await queued(base, second, first))).toEqual([
      ['miniapp/check', 'failure', expect.stringMatching(/^#1 a draft/)],
    ]);
  });

  test('a push between decide and merge: what was pushed is not merged unseen', async () => {
    own = await registry();
    const number = await own.open('alice', { branch: 'words', files: GREETING });
    let isPushed = false;
    const outcome = await own.run({
      before: (action) => {
        if (action.kind !== 'merge' || isPushed) return;
        isPushed = true;
        void own.push('alice', 'words', { [versionFile(PANEL, '1.0.0')]: 'version: 1.0.0\n' });
      },
    });
    expect(isPushed).toBe(true);
    expect(outcome.mergeMismatches).toEqual([]);
    expect(await own.shown(number)).toMatchObject({ state: 'open', labels: ['miniapp: refused'] });
  });

  test('green three days ago, members changed since; another base branch', async () => {
    own = await registry();
    const number = await own.open('bob', { branch: 'words', files: GREETING, isDraft: true });
    await own.run();
    expect(await checkOf(number)).toMatch(/^pending: a draft/);
    await own.direct('olga', own.edited(`miniapps/${PANEL}/members.yaml`, '  - { login: bob, role: developer }\n', ''));
    own.forge.repository.bare.run(['branch', 'other', 'main']);
    const aside = await own.open('alice', { branch: 'aside', files: GREETING });
    await own.as('alice').pulls.update({ ...own.repo, pull_number: aside, base: 'other' });
    await own.run();
    expect((await own.shown(number)).labels).toEqual(['miniapp: refused']);
    expect(await checkOf(aside)).toMatch(/^failure: it asks to be merged into another branch than main/);
  });

  test('two runs at once end where one ends', async () => {
    own = await registry();
    await own.open('alice', { branch: 'words', files: GREETING });
    const outcomes = await Promise.all([own.run(), own.run()]);
    expect(outcomes.flatMap(({ mergeMismatches }) => mergeMismatches)).toEqual([]);
    await own.run();
    expect(actionLines((await own.run()).actions)).toEqual([]);
    const { data: pulls } = await own.as('olga').pulls.list({ ...own.repo, state: 'all' });
    expect(pulls.map(({ head, merged_at }) => [head.ref, merged_at !== null])).toEqual([
      [`review/${SMART}/1.2.0`, false],
      ['words', true],
    ]);
    for (const { number } of pulls) expect((await own.shown(number)).comments).toHaveLength(1);
  });
});
