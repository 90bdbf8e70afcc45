/** What an owner acknowledged passes; what somebody else acknowledged does not. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { removeRepositories, repository, type TestRepository } from '../../fixtures/repository.ts';
import { RELEASE } from '../../fixtures/workspace.ts';

/** The empty tree, which every repository holds. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

let own: TestRepository;

beforeEach(() => {
  own = repository();
});
afterAll(removeRepositories);

/** A stop that bob, a developer, may not make. */
const wrongStop = (): string => {
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  return own.commit({ by: 'bob' });
};

const rowOf = (commit: string): string => `  - { commit: ${commit}, reason: Seen and repaired }\n`;

/** Writes rows of these commits in place of those that are there. */
const acknowledge = (...commits: string[]): void => {
  const [text] = own.git('show', 'HEAD:config/platform.yaml').split('\nacknowledged:');
  own.write('platform.yaml', `${text}\nacknowledged:\n${commits.map(rowOf).join('')}`);
};

/** The exit code, whom each finding names with its codes, and what is said of each row. */
async function audited() {
  const { code, value } = await own.runJson('audit');
  const codes = (finding: any): string => finding.problems.map((one: any) => one.code).join('+');
  return {
    code,
    findings: value.findings.map((one: any) => `${one.actor} ${codes(one) || `${one.approvals.missing} missing`}`),
    rows: value.acknowledged.map(({ finding, refused }: any) => refused ?? finding?.commit ?? null),
  };
}

test('it passes, and is named with its reason', async () => {
  const wrong = wrongStop();
  acknowledge(wrong);
  own.commit();
  const { code, value } = await own.runJson('audit');
  expect([code, value.ok, value.findings]).toEqual([0, true, []]);
  expect(value.acknowledged).toMatchObject([
    { commit: wrong, reason: 'Seen and repaired', finding: { actor: 'bob', transitions: [{ kind: 'disable' }] } },
  ]);
  expect((await own.run('audit')).out).toContain('acknowledged Seen and repaired');
});

test('it counts as it is committed: not before, and not in another commit’s place', async () => {
  const wrong = wrongStop();
  acknowledge(wrong);
  expect((await own.runJson('audit')).value.findings).toHaveLength(1);
  acknowledge(own.git('rev-parse', 'HEAD~1'), 'f'.repeat(40));
  own.commit();
  expect(await audited()).toMatchObject({ code: 1, findings: ['bob actor-not-allowed'], rows: [null, null] });
});

test('who acknowledges their own is found for that, and lets nothing pass', async () => {
  acknowledge(wrongStop());
  const forged = own.commit({ by: 'bob' });
  expect(await audited()).toEqual({
    code: 1,
    findings: ['bob actor-not-allowed', 'bob actor-not-allowed'],
    rows: [forged],
  });
  expect((await own.run('audit')).out).toContain(
    `lets nothing pass: ${forged.slice(0, 10)}, which wrote it, is refused itself`,
  );
});

test('where two owners are needed, one alone lets nothing pass', async () => {
  own.edit('people/rita.yaml', '[reviewer]', '[reviewer, owner]');
  own.commit();
  const wrong = wrongStop();
  acknowledge(wrong);
  const alone = own.commit({ trailers: ['Approved-by: olga'] });
  expect(await audited()).toEqual({ code: 1, findings: ['bob actor-not-allowed', 'olga 1 missing'], rows: [alone] });
  own.write('platform.yaml', `${own.git('show', 'HEAD~2:config/platform.yaml')}\n`);
  own.commit({ trailers: ['Approved-by: rita'] });
  acknowledge(wrong, alone);
  own.commit({ trailers: ['Approved-by: rita'] });
  expect(await audited()).toEqual({ code: 0, findings: [], rows: [wrong, alone] });
});

test('a row that was forged counts once an owner lets pass the commit that wrote it', async () => {
  const wrong = wrongStop();
  acknowledge(wrong);
  const forged = own.commit({ by: 'bob' });
  acknowledge(wrong, forged);
  own.commit();
  expect(await audited()).toEqual({ code: 0, findings: [], rows: [wrong, forged] });
});

test('a row that was written while the file could not be read is of whoever wrote it, not of whoever mends the file', async () => {
  acknowledge(wrongStop());
  own.edit('platform.yaml', 'name:', 'name: [');
  const forged = own.commit({ by: 'bob' });
  own.edit('platform.yaml', 'name: [', 'name:');
  own.commit();
  expect(await audited()).toMatchObject({ code: 1, rows: [forged] });
});

test('it is never a beginning', async () => {
  own.edit('platform.yaml', 'name:', 'beginning: another-beginning\nname:');
  acknowledge(own.commit());
  own.commit();
  expect(await audited()).toMatchObject({ findings: ['olga beginning-added'] });
});

/** As `init` writes it into the first commit. */
const withBeginning = (): void => {
  own.edit('platform.yaml', 'name:', 'beginning: aaaaaaaaaaaa\nname:');
  own.git('commit', '-qa', '--amend', '--no-edit');
};

/** The history begun anew: a merge of nothing and of what was. */
const beginAnew = (): string => {
  const empty = own.git('commit-tree', EMPTY_TREE, '-m', 'Nothing');
  const anew = own.git('commit-tree', 'main^{tree}', '-p', empty, '-p', 'main', '-m', 'Merge');
  own.git('switch', '-q', '-c', 'anew', anew);
  return anew;
};

test.each([
  ['is judged commit by commit', ['Transition: disable'], false],
  ['has a beginning and is judged commit by commit', ['Transition: disable'], true],
  ['is told as one finding', [], false],
  ['has a beginning and is told as one finding', [], true],
])('a history begun anew, whose past %s, makes no row count that did not before', async (_, trailers, hasBeginning) => {
  if (hasBeginning) withBeginning();
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  const wrong = own.commit({ by: 'bob', trailers });
  acknowledge(wrong);
  const forged = own.commit({ by: 'bob' });
  const anew = beginAnew();
  const isOne = trailers.length === 0;
  const found = isOne ? ['null beginning-unclear'] : ['bob actor-not-allowed', 'bob actor-not-allowed'];
  expect(await audited()).toEqual({ code: 1, findings: found, rows: [isOne ? anew : forged] });
  // The row of an owner who looks at it counts.
  acknowledge(wrong, ...(isOne ? [anew] : [forged]));
  own.commit();
  expect(await audited()).toEqual({ code: 0, findings: [], rows: isOne ? [null, anew] : [wrong, forged] });
});

test('… but one that an owner wrote there counts as before', async () => {
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  const wrong = own.commit({ by: 'bob', trailers: ['Transition: disable'] });
  acknowledge(wrong);
  own.commit();
  beginAnew();
  expect(await audited()).toEqual({ code: 0, findings: [], rows: [wrong] });
});

test('a beginning that was moved passes by no row of the merge that begins the history anew', async () => {
  withBeginning();
  own.edit('platform.yaml', 'aaaaaaaaaaaa', 'bbbbbbbbbbbb');
  own.commit({ by: 'bob' });
  const anew = beginAnew();
  acknowledge(anew);
  own.commit();
  expect(await audited()).toMatchObject({ code: 1, findings: [expect.stringContaining('beginning-changed')] });
});

test('a submodule in the place of the file, and its repair, hold no rows and hide no finding', async () => {
  const wrong = wrongStop();
  acknowledge(wrong);
  own.commit();
  own.git('update-index', '--cacheinfo', `160000,${wrong},config/platform.yaml`);
  own.git('commit', '-qm', 'A submodule');
  own.git('checkout', '-q', 'HEAD~1', '--', 'config/platform.yaml');
  own.commit();
  const { code, findings, rows } = await audited();
  expect([code, findings.length > 0, rows.length]).toEqual([1, true, 1]);
});
