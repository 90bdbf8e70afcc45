/**
 * Histories in real repositories, and what the audit says of them. Longer than most files, because it is a list: a history a test.
 */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../cli.ts';
import {
  addressOf,
  BOT,
  removeRepositories,
  repository,
  temporaryFolder,
  type TestRepository,
} from '../../fixtures/repository.ts';
import { RELEASE, SMART, WHITELIST, versionFile } from '../../fixtures/workspace.ts';

let own: TestRepository;

beforeEach(() => {
  own = repository();
});
afterAll(removeRepositories);

const disable = () => own.edit(RELEASE, 'enabled: true', 'enabled: false');
const rename = (to = 'QA phone 4') => own.edit(WHITELIST, 'QA phone 3', to);
const sign = (status: string, by: string) =>
  own.edit(versionFile('1.2.0'), 'pending, submittedBy: bob', `${status}, submittedBy: bob, reviewedBy: ${by}`);

/** Each finding as one line: who, what, why. */
async function found(...words: string[]): Promise<string[]> {
  const { code, value } = await own.runJson('audit', ...words);
  expect(code).toBe(value.findings.length === 0 ? 0 : 1);
  expect(value.ok).toBe(code === 0);
  return value.findings.map(({ actor, transitions, problems, approvals, contradiction }: any) =>
    [
      actor ?? 'unknown',
      transitions.map(({ kind }: any) => kind).join('+') || 'nothing',
      [...new Set(problems.map(({ code }: any) => code))].join('+'),
      ...(approvals.missing > 0 ? [`${approvals.missing} missing`] : []),
      ...(contradiction === null ? [] : [contradiction]),
    ].join(' | '),
  );
}

describe('what the policy allows', () => {
  test('the commit that brings the configuration is taken as it is, and the rest is judged', async () => {
    disable();
    own.commit({ by: 'alice' });
    const { code, value } = await own.runJson('audit');
    expect(code).toBe(0);
    expect(value).toEqual({ ok: true, judged: 1, bootstrap: own.git('rev-parse', 'HEAD~1'), findings: [] });
  });

  test('commits of code alone are passed over', async () => {
    writeFileSync(join(own.home, 'package.json'), '{}');
    own.commit({ by: 'mallory' });
    const { value } = await own.runJson('audit');
    expect(value).toMatchObject({ ok: true, judged: 0 });
  });

  test('the bot acts for the person of the trailer', async () => {
    disable();
    own.commit({ by: BOT, trailers: ['Actor: alice'] });
    expect(await found()).toEqual([]);
  });

  test('an approval of the trailer lends a right', async () => {
    own.edit(`miniapps/${SMART}/domains.yaml`, 'cloud: [', 'cloud: [m.new.api, ');
    own.commit({ by: 'bob', trailers: ['Approved-by: rita'] });
    expect(await found()).toEqual([]);
  });

  test('a merge by hand is its branch’s author’s, whoever merged', async () => {
    own.git('switch', '-q', '-c', 'feature');
    disable();
    own.commit({ by: 'alice' });
    own.git('switch', '-q', 'main');
    rename();
    own.commit({ by: 'bob' });
    own.git('merge', '-q', '--no-ff', '-m', 'Merge branch feature', 'feature');
    expect(own.git('log', '-1', '--format=%ae')).toBe(addressOf('bob'));
    expect(await found()).toEqual([]);
  });

  test('automatic approval after its minutes', async () => {
    for (const login of ['alice', 'bob']) own.edit(`people/${login}.yaml`, '\n', '\ninternal: true\n');
    own.commit();
    sign('approved', 'policy:internal');
    own.commit({ by: BOT, trailers: [`Actor: ${BOT}`] });
    expect(await found()).toEqual([]);
  });
});

describe('what the policy refuses is found', () => {
  test('an approval by who wrote in a merge of the branch', async () => {
    own.git('switch', '-q', '-c', 'feature');
    own.edit(`miniapps/${SMART}/domains.yaml`, 'cloud: [', 'cloud: [m.new.api, ');
    own.commit({ by: 'bob' });
    own.git('switch', '-q', 'main');
    own.write('../notes.txt', 'x');
    own.commit({ by: 'olga' });
    own.git('switch', '-q', 'feature');
    own.git('merge', '-q', '--no-ff', '--no-commit', 'main');
    own.edit(`miniapps/${SMART}/domains.yaml`, 'cloud: [', 'cloud: [m.other.api, ');
    own.commit({ by: 'rita', message: 'Merge main' });
    rename('QA phone 5');
    own.commit({ by: 'bob' });
    own.git('switch', '-q', 'main');
    own.git('merge', '-q', '--no-ff', '-m', 'Merge\n\nActor: bob\nApproved-by: rita', 'feature');
    expect(await found()).toEqual([expect.stringMatching(/^bob \| edit-domains/)]);
  });

  test('a direct push by a stranger', async () => {
    disable();
    own.commit({ by: 'mallory' });
    expect(await found()).toEqual(['unknown | disable | actor-unknown']);
  });

  test('a direct push by somebody without the right', async () => {
    disable();
    own.commit({ by: 'bob' });
    expect(await found()).toEqual(['bob | disable | actor-not-allowed']);
  });

  test('approval by who submitted it, a reviewer or not', async () => {
    own.edit('people/bob.yaml', '\n', '\nplatformRoles: [reviewer]\n');
    own.commit();
    sign('approved', 'bob');
    own.commit({ by: 'bob', trailers: ['Approved-by: bob'] });
    expect(await found()).toEqual(['bob | approve | actor-not-allowed+review-by-author']);
  });

  test('a stamp in a reviewer’s name', async () => {
    sign('approved', 'rita');
    own.commit({ by: 'bob' });
    expect(await found()).toEqual(['bob | approve | actor-not-allowed+stamp-wrong']);
  });

  test('a right given and used in one commit', async () => {
    own.edit('people/bob.yaml', '\n', '\nplatformRoles: [owner]\n');
    own.commit({ by: 'bob' });
    expect(await found()).toEqual(['bob | edit-platform | actor-not-allowed']);
  });

  test('an approval by who wrote part of it', async () => {
    own.edit(`miniapps/${SMART}/domains.yaml`, 'cloud: [', 'cloud: [m.new.api, ');
    own.commit({ by: 'bob', trailers: ['Approved-by: rita', `Co-authored-by: Rita <${addressOf('rita')}>`] });
    expect(await found()).toEqual(['bob | edit-domains |  | 1 missing']);
  });

  test('a merge that takes another record back', async () => {
    own.git('switch', '-q', '-c', 'feature');
    rename();
    own.commit({ by: 'bob' });
    own.git('switch', '-q', 'main');
    disable();
    own.commit({ by: 'alice' });
    own.git('merge', '-q', '--no-ff', '--no-commit', 'feature');
    own.edit(RELEASE, 'enabled: false', 'enabled: true');
    own.commit({ by: 'bob', message: 'Merge pull request #7 from bob/feature' });
    expect(await found()).toEqual(['bob | enable+edit-whitelist | actor-not-allowed']);
    const { value } = await own.runJson('audit');
    expect(value.findings[0]).toMatchObject({ pullRequest: 7, subject: 'Merge pull request #7 from bob/feature' });
  });

  test('an Actor trailer that the author’s address contradicts', async () => {
    disable();
    own.commit({ by: 'bob', trailers: ['Actor: alice'] });
    expect(await found()).toEqual([
      "bob | disable | actor-not-allowed | the Actor trailer says alice, the author's address bob",
    ]);
  });

  test('… or an address that GitHub gave to nobody in people/', async () => {
    disable();
    own.commit({ by: 'mallory', trailers: ['Actor: alice'] });
    const [line] = await found();
    expect(line).toContain('actor-unknown');
    expect(line).toContain('somebody who is not in people/');
  });

  test('an author whose address is written like a login', async () => {
    disable();
    own.git('add', '-A');
    own.git('-c', 'user.useConfigOnly=false', 'commit', '-q', '-m', 'x', '--author', 'alice <alice>');
    expect((await found())[0]).toContain('actor-unknown');
  });

  test('configuration together with code', async () => {
    disable();
    writeFileSync(join(own.home, 'package.json'), '{}');
    own.commit({ by: 'alice' });
    expect(await found()).toEqual(['alice | disable | change-mixed']);
  });

  test('files where none belongs, in no folder that is read', async () => {
    mkdirSync(own.file('miniapps/Bad'));
    own.write('miniapps/Bad/x.yaml', 'x');
    own.write('miniapps/lonely.txt', 'x');
    own.commit({ by: 'olga' });
    expect(await found()).toEqual(['olga | nothing | file-unknown']);
  });

  test('a number of a deleted version', async () => {
    const text = own.git('show', `HEAD:config/${versionFile('1.3.0')}`).replaceAll('1.3.0', '1.4.0');
    own.write(versionFile('1.4.0'), `${text}\n`);
    own.commit({ by: 'alice' });
    own.remove(versionFile('1.4.0'));
    own.commit({ by: 'alice' });
    own.write(versionFile('1.4.0'), `${text}\n`);
    own.commit({ by: 'alice' });
    expect(await found()).toEqual(['alice | upload | version-not-higher']);
  });

  test('automatic approval too early', async () => {
    for (const login of ['alice', 'bob']) own.edit(`people/${login}.yaml`, '\n', '\ninternal: true\n');
    own.commit();
    own.edit(versionFile('1.2.0'), 'review: { status: pending, submittedBy: bob }\n', '');
    own.commit({ by: 'bob' });
    own.write(versionFile('1.2.0'), `${own.git('show', `HEAD~2:config/${versionFile('1.2.0')}`)}\n`);
    own.commit({ by: 'bob' });
    sign('approved', 'policy:internal');
    own.git('add', '-A');
    // The clock of the commit before: no minute has passed.
    own.git('commit', '-q', '-m', 'too early', '--author', `bot <${addressOf(BOT)}>`);
    expect(await found()).toEqual(['github-actions[bot] | auto-approve | auto-approve-refused']);
  });

  test('a fault where it came in, and not in everything after it', async () => {
    own.edit(`miniapps/${SMART}/members.yaml`, 'role: admin', 'role: tester');
    own.commit({ by: 'alice' });
    rename();
    own.commit({ by: 'bob' });
    expect(await found()).toEqual(['alice | edit-members | admin-missing']);
  });

  test('a configuration that was removed and comes again is no beginning', async () => {
    own.git('rm', '-q', '-r', 'config');
    own.commit({ by: 'olga' });
    own.git('checkout', '-q', 'HEAD~1', '--', 'config');
    own.commit({ by: 'mallory' });
    const lines = await found();
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('actor-unknown');
  });
});

test('the pretty form says who, what and why', async () => {
  disable();
  const commit = own.commit({ by: 'bob', message: 'Stop it (#12)' });
  const { code, out } = await own.run('audit');
  expect(code).toBe(1);
  const first = own.git('rev-parse', 'HEAD~1').slice(0, 10);
  expect(out.replace(first, 'FIRST').replaceAll(commit, 'WHOLE').replace(commit.slice(0, 10), 'SECOND'))
    .toMatchInlineSnapshot(`
      "FIRST brought the configuration, before which nothing could judge it: taken as it is

      SECOND  2026-11-01 02:00  bob  #12  Stop it (#12)
        disable tysmart0000000001 1.1.0
        refused config/miniapps/tysmart0000000001/release.yaml:1 bob may not disable 1.1.0; that is for admin, operator

      1 change judged again: policy refuses 1

      What an owner looked at may pass: its whole id and a reason, in platform.yaml:
      acknowledged:
        - commit: WHOLE
          reason: WHY
      "
    `);
});

test('--since: only what came after', async () => {
  disable();
  const old = own.commit({ by: 'bob' });
  rename();
  own.commit({ by: 'rita' });
  expect(await found('--since', old)).toEqual(['rita | edit-whitelist | actor-not-allowed']);
  expect(await found('--since', 'HEAD')).toEqual([]);
  expect((await own.run('audit', '--since', 'nosuch')).err).toContain('no commit, branch or tag "nosuch"');
});

test('a link in place of the configuration: what it leads to is not judged in its place; one’s own way to the folder is none', async () => {
  disable();
  own.commit({ by: 'bob' });
  symlinkSync(join(own.home, 'config'), join(own.home, 'way'));
  expect(await own.run('audit', '--config', 'way')).toMatchObject({ code: 1 });
  rmSync(join(own.home, 'way'));
  renameSync(join(own.home, 'config'), join(own.home, 'elsewhere'));
  symlinkSync('elsewhere', join(own.home, 'config'));
  own.commit({ by: 'bob' });
  const link = { code: 2, err: expect.stringContaining('committed as a link') };
  for (const way of ['config', 'config/', './config/.', join(own.home, 'config/')])
    expect(await own.run('audit', '--config', way)).toMatchObject(link);
  symlinkSync('.', join(own.home, 'above'));
  own.commit({ by: 'bob' });
  expect(await own.run('audit', '--config', 'above/elsewhere')).toMatchObject(link);
});

test('a submodule in place of the configuration is not judged in its place', async () => {
  const other = repository(temporaryFolder('other'), false);
  own.git('clone', '-q', own.home, other.home);
  other.git('filter-branch', '-f', '--subdirectory-filter', 'config');
  own.git('rm', '-rq', 'config');
  own.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.home, 'config');
  own.commit({ by: 'bob' });
  for (const way of ['config', 'config/'])
    expect(await own.run('audit', '--config', way)).toMatchObject({
      code: 2,
      err: expect.stringContaining('committed as a submodule'),
    });
});

test('… nor is one that a folder above is in; who stands in it judges it', async () => {
  const other = repository(temporaryFolder('other'));
  own.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.home, 'deep/sub');
  own.commit({ by: 'bob' });
  const said = await own.run('audit', '--config', 'deep/sub/config/');
  expect(said).toMatchObject({ code: 2, err: expect.stringContaining('deep/sub is committed as a submodule') });
  expect(said.err).toMatch(/run this in deep\/sub; else put the folder back/);
  // From wherever one stands outside of it.
  mkdirSync(join(own.home, 'scripts'), { recursive: true });
  for (const [from, way, code] of [
    ['scripts', '../deep/sub/config', 2],
    ['scripts', join(own.home, 'deep/sub/config'), 2],
    ['..', join(own.home, 'deep/sub/config'), 2],
  ] as const) {
    const io = {
      stdout: () => {},
      stderr: () => {},
      isColoured: false,
      env: {},
      cwd: join(own.home, from),
      now: 0,
    };
    expect([from, way, await main(['audit', '--config', way], io)]).toEqual([from, way, code]);
  }
  const inside = repository(join(own.home, 'deep/sub'), false);
  expect(await inside.run('audit')).toMatchObject({ code: 0 });
});

describe('where there is no history', () => {
  test('a shallow clone says how to deepen it', async () => {
    rename();
    own.commit({ by: 'bob' });
    const clone = repository(temporaryFolder('shallow'), false);
    own.git('clone', '-q', '--depth', '1', `file://${own.home}`, clone.home);
    const { code, err } = await clone.run('audit');
    expect(code).toBe(2);
    expect(err).toContain('git fetch --unshallow');
  });

  test('nothing committed, no configuration, no Git', async () => {
    const empty = repository(temporaryFolder('empty'), false);
    empty.git('init', '-q');
    const config = ['--config', '.'];
    expect(await empty.run('audit', ...config)).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing is committed'),
    });
    const none = repository(temporaryFolder('none'), false);
    expect(await none.run('audit', ...config)).toMatchObject({
      code: 2,
      err: expect.stringContaining('no Git repository'),
    });
    expect(await none.run('audit')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no folder config'),
    });
  });
});
