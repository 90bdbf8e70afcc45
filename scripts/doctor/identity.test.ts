/** What doctor says of who acts here, where no account of GitHub's tells it, and of files that Git hides. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { addressOf, removeRepositories, repository, type Repository } from '../fixtures/repository.ts';

afterAll(removeRepositories);

let own: Repository;
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
