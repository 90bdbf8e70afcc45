/** What doctor says of who acts here, where no account of GitHub's tells it, and of files that Git hides. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { addressOf, removeRepositories, repository, type TestRepository } from '../fixtures/repository.ts';

afterAll(removeRepositories);

let own: TestRepository;
beforeEach(() => {
  own = repository();
  own.git('config', 'user.name', 'Alice');
  own.git('config', 'user.email', 'alice@home.example');
});

const check = async (id: string) =>
  (await own.runJson('doctor')).value.checks.find((one: { id: string }) => one.id === id);

describe('who acts here', () => {
  test.each<[string, string, string, RegExp]>([
    ['', 'a@home.example', 'warning', /nothing says who acts here/],
    ['nobody', 'a@home.example', 'warning', /is not in people/],
    ['alice', addressOf('bob'), 'warning', /another account than alice's/],
    ['alice', 'a@home.example', 'ok', /Actor: alice, which --commit writes/],
    ['alice', addressOf('alice'), 'ok', /the author's address says/],
  ])('github.user "%s", user.email %s: %s', async (login, email, state, what) => {
    if (login !== '') own.git('config', 'github.user', login);
    own.git('config', 'user.email', email);
    expect(await check('identity')).toMatchObject({ state, what: expect.stringMatching(what) });
  });

  test('is GitHub’s to say where the repository is there', async () => {
    own.git('remote', 'add', 'origin', 'https://github.com/acme/platform.git');
    expect(await check('identity')).toBeUndefined();
  });
});

test('a commit that names nobody is told until it is mended or acknowledged', async () => {
  own.edit('people/bob.yaml', 'Bob', 'Bobby');
  const commit = own.commit({ by: 'olga@home.example', message: 'By hand' });
  expect(await check('actor')).toMatchObject({
    state: 'warning',
    what: expect.stringContaining(`${commit.slice(0, 10)} "By hand"`),
    next: expect.stringContaining("git commit --amend --no-edit --trailer 'Actor: LOGIN'"),
  });
  appendFileSync(own.file('platform.yaml'), `acknowledged:\n  - commit: ${commit}\n    reason: Looked at\n`);
  own.commit({ by: 'olga@home.example', message: 'Acknowledge', trailers: ['Actor: olga'] });
  expect(await check('actor')).toBeUndefined();
  // The audit lets pass what the owner looked at, names it, and has nothing against the acknowledgement.
  const { code, value } = await own.runJson('audit');
  expect([code, value.findings, value.acknowledged]).toEqual([
    0,
    [],
    [{ commit, reason: 'Looked at', finding: expect.objectContaining({ commit, actor: null }) }],
  ]);
});

test('of several, those alone are to be reworded that say nobody or two; the advice is carried out, and the audit is green', async () => {
  const names = ['Bobby', 'Bo', 'Rob', 'Bob'];
  const ids = [[], ['Actor: bob'], ['Actor: olga', 'Actor: bob'], ['Actor: olga']].map((trailers, at) => {
    own.edit('people/bob.yaml', at === 0 ? 'Bob' : names[at - 1]!, names[at]!);
    return own.commit({ by: 'olga@home.example', message: `By hand ${at}`, trailers });
  });
  const { next } = (await check('actor')) as { next: string };
  const [, start, words] = /(git rebase --interactive \w+~1), "reword" for (.*) alone, /.exec(next)!;
  expect(words).toBe([ids[0], ids[2]].map((id) => id!.slice(0, 10)).join(', '));
  // What somebody does in the two editors.
  const marks = words!.split(', ').map((id) => `-e 's/^pick ${id.slice(0, 7)}/reword ${id.slice(0, 7)}/'`);
  writeFileSync(
    join(own.home, 'editors.sh'),
    `case "$1" in *rebase-todo) sed -i ${marks.join(' ')} "$1";; *) sed -i -e '/^Actor:/d' "$1"; printf '\\nActor: olga\\n' >> "$1";; esac\n`,
  );
  execFileSync('sh', ['-c', start!], {
    cwd: own.home,
    stdio: 'pipe',
    env: { ...process.env, GIT_EDITOR: `sh ${join(own.home, 'editors.sh')}` },
  });
  expect(own.git('log', '-4', '--format=%s|%(trailers:key=Actor,valueonly,separator=%x2C)')).toBe(
    ['By hand 3|olga', 'By hand 2|olga', 'By hand 1|bob', 'By hand 0|olga'].join('\n'),
  );
  expect(await check('actor')).toBeUndefined();
});

test('the last one, where it says two: a new trailer beside them would mend nothing', async () => {
  own.edit('people/bob.yaml', 'Bob', 'Bobby');
  own.commit({ by: 'olga@home.example', message: 'By hand', trailers: ['Actor: olga', 'Actor: bob'] });
  const { next } = (await check('actor')) as { next: string };
  expect(next).toMatch(/^before others have it: git commit --amend, and leave one line/);
});

test('the audit prints what is to be written', async () => {
  own.edit('people/bob.yaml', 'Bob', 'Bobby');
  const commit = own.commit({ by: 'olga@home.example', message: 'By hand' });
  const { code, out } = await own.run('audit');
  expect(code).toBe(1);
  expect(out).toContain(`acknowledged:\n  - commit: ${commit}\n    reason: WHY`);
  expect(out).toContain("--trailer 'Actor: LOGIN'");
});

describe('a pattern that hides files of the configuration is named', () => {
  test.each(['versions/', '*.svg', 'people', 'config/**/reports/', 'release.yaml'])('%s', async (pattern) => {
    appendFileSync(join(own.home, '.gitignore'), `${pattern}\n`);
    expect(await check('ignored')).toMatchObject({
      state: 'warning',
      next: expect.stringContaining(`"${pattern}" out of .gitignore, line 1`),
    });
    appendFileSync(join(own.home, '.gitignore'), '!config/**\n');
    expect(await check('ignored')).toBeUndefined();
  });

  test('others are nobody’s business', async () => {
    appendFileSync(join(own.home, '.gitignore'), '.DS_Store\n*.tmp\ndist/\n/versions/\n');
    expect(await check('ignored')).toBeUndefined();
  });
});
