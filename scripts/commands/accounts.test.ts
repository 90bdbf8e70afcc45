/** A platform that keeps accounts as digests, black-box: how it comes to that, and that each command works on as before. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { digestOf, keyId, keyOf, keyText, newKey } from '../read/account-digest.ts';
import { removeRepositories, repository, type TestRepository } from '../fixtures/repository.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';

afterAll(removeRepositories);

const WHITELIST = `miniapps/${SMART}/whitelist.yaml`;
const SCENARIOS = `miniapps/${SMART}/scenarios.yaml`;
const QA = ['--app', 'smart-life', '--region', 'EU', '--entry', 'experience', '--account'];
const read = (own: TestRepository, path: string) => readFileSync(own.file(path), 'utf8');
const keyIn = (own: TestRepository) => keyOf(own.git('config', '--get', 'miniapp.accountsKey'))!;

/** The fixture, its accounts turned into digests by an owner. */
async function migrated(): Promise<TestRepository> {
  const own = repository();
  const { code } = await own.run('accounts', 'migrate', '--actor', OWNER, '--no-pr');
  expect(code).toBe(0);
  own.git('commit', '-qam', 'Keep digests');
  return own;
}
const OWNER = 'olga';
const ADMIN = 'alice';

describe('a key', () => {
  const key = keyOf(`miniapp-accounts-${'A'.repeat(43)}`)!;
  test('is a text of its own form and back', () => expect(keyOf(` ${keyText(key)}\n`)?.equals(key)).toBe(true));
  test.each(['', 'secret', keyText(key).slice(0, -1), `${keyText(key)}A`, keyText(key).replace('accounts', 'account')])(
    '%j is none',
    (text) => expect(keyOf(text)).toBeUndefined(),
  );
  test.each([
    ['QA@Example.com', ' qa@example.com'],
    ['+49 170 123-4567', '0049 (170) 1234567'],
  ])('%j and %j have one digest', (one, other) => expect(digestOf(one, key)).toBe(digestOf(other, key)));
  test.each([
    ['qa+1@example.com', 'qa@example.com'],
    ['eu1623AbC', 'eu1623abc'],
  ])('%j and %j have two, as they are two accounts', (one, other) =>
    expect(digestOf(one, key)).not.toBe(digestOf(other, key)),
  );
  test('another key gives another digest, and a digest is itself', () => {
    const digest = digestOf('qa@example.com', key);
    expect(digestOf('qa@example.com', newKey())).not.toBe(digest);
    expect(digestOf(digest, newKey())).toBe(digest);
    expect(digest).toMatch(new RegExp(`^hmac:${keyId(key)}:[0-9a-f]{32}$`));
  });
});

test('migrate turns every row and promise in one change, and names what people wrote themselves', async () => {
  const own = repository();
  writeFileSync(own.file(WHITELIST), `# asked by ann@example.com\n${read(own, WHITELIST)}`);
  own.git('commit', '-qam', 'A comment');
  const { code, value } = await own.runJson('accounts', 'migrate', '--actor', OWNER, '--no-pr');
  expect(code).toBe(0);
  expect(value.files.toSorted()).toEqual([
    `config/miniapps/${PANEL}/whitelist.yaml`,
    `config/${SCENARIOS}`,
    `config/${WHITELIST}`,
    'config/platform.yaml',
  ]);
  expect(value.notes).toHaveLength(2);
  expect(value.notes[1]).toContain(WHITELIST);
  const [whitelist, scenarios] = [read(own, WHITELIST), read(own, SCENARIOS)];
  for (const account of ['qa@example.com', '+491701234567']) {
    expect(whitelist).not.toContain(account);
    expect(scenarios).not.toContain(account);
    expect(whitelist).toContain(digestOf(account, keyIn(own)));
  }
  expect(whitelist).toContain('# asked by ann@example.com');
  expect(parse(read(own, 'platform.yaml'))).toMatchObject({ accounts: 'digest', accountsKey: keyId(keyIn(own)) });
  expect((await own.runJson('validate')).value.problems).toMatchObject([]);
  expect((await own.runJson('plan', '--actor', OWNER)).value.ok).toBe(true);
  expect((await own.run('accounts', 'migrate', '--actor', OWNER, '--no-pr')).out).toContain('nothing to do');
});

test('only an owner may, a dry run keeps no key, and a second run goes on with the first one’s', async () => {
  const own = repository();
  const config = () => own.git('config', '--default', '', '--get', 'miniapp.accountsKey');
  expect((await own.run('accounts', 'migrate', '--actor', OWNER, '--dry-run')).code).toBe(0);
  expect(config()).toBe('');
  expect((await own.run('accounts', 'migrate', '--actor', 'carol', '--no-pr')).code).toBe(1);
  const kept = config();
  expect((await own.run('accounts', 'migrate', '--actor', OWNER, '--no-pr')).code).toBe(0);
  expect(config()).toBe(kept);
});

describe('with digests', () => {
  test('resolve, find and promises answer as before, however the account is typed', async () => {
    const own = await migrated();
    for (const account of ['qa@example.com', ' QA@Example.com', digestOf('qa@example.com', keyIn(own))]) {
      expect((await own.runJson('resolve', SMART, ...QA, account)).value).toMatchObject({ version: '1.2.0' });
    }
    expect((await own.runJson('resolve', SMART, ...QA, 'other@example.com')).value).toMatchObject({ version: '1.1.0' });
    const before = await own.runJson('resolve', SMART, ...QA, 'qa@example.com', '--at', 'HEAD~1');
    expect(before.value).toMatchObject({ version: '1.2.0' });
    const { value } = await own.runJson('accounts', 'find', 'QA@example.com');
    expect(value.found).toMatchObject([{ miniapp: SMART }, { scenario: 'QA scans the experience code' }]);
  });

  test('rows are added, renewed, imported and removed by accounts, and hold none', async () => {
    const own = await migrated();
    const edit = (...words: string[]) => own.run('whitelist', ...words, '--actor', ADMIN, '--no-pr');
    writeFileSync(own.file('../rows.csv'), 'account,app\n+49 170 7654321,oem-home\n');
    expect((await edit('add', SMART, 'New@Example.com', '--app', 'smart-life')).code).toBe(0);
    expect((await edit('add', SMART, 'new@example.com', '--app', 'smart-life')).out).toContain('nothing to do');
    expect((await edit('add', SMART, '--file', 'rows.csv')).code).toBe(0);
    const text = read(own, WHITELIST);
    expect(text).not.toMatch(/new@example|7654321/i);
    for (const account of ['new@example.com', '+491707654321']) expect(text).toContain(digestOf(account, keyIn(own)));
    expect((await edit('remove', SMART, '0049 170 7654321')).code).toBe(0);
    expect(read(own, WHITELIST)).not.toContain(digestOf('+491707654321', keyIn(own)));
    const scenario = ['--name', 'New', '--app', 'smart-life', '--region', 'EU', '--opens', 'online'];
    const words = ['scenario', 'add', SMART, ...scenario, '--account', 'NEW@example.com', '--actor', ADMIN, '--no-pr'];
    expect((await own.run(...words)).code).toBe(0);
    expect(read(own, SCENARIOS)).toContain(digestOf('new@example.com', keyIn(own)));
  });

  test('what is no account is refused before it has a digest', async () => {
    const own = await migrated();
    const { value } = await own.runJson('whitelist', 'add', SMART, 'no one', '--app', 'smart-life', '--actor', ADMIN);
    expect(value.problems.map(({ code }: { code: string }) => code)).toContain('field-pattern');
    expect((await own.run('accounts', 'hash', 'no one')).code).toBe(2);
  });

  test('a plain account by hand is refused, masked, with the command that mends it', async () => {
    const own = await migrated();
    writeFileSync(own.file(WHITELIST), `${read(own, WHITELIST)}  - { app: smart-life, account: plain@example.com }\n`);
    const { code, value } = await own.runJson('validate');
    expect(code).toBe(1);
    const [problem] = value.problems;
    expect(problem).toMatchObject({ code: 'account-plain', file: `config/${WHITELIST}`, line: 4 });
    expect(`${problem.message} ${problem.hint}`).not.toContain('plain@example.com');
    const command = /npx miniapp (accounts migrate [^.]*)\./.exec(problem.hint)![1]!.split(' ');
    expect((await own.run(...command, '--actor', ADMIN, '--no-pr')).code).toBe(0);
    expect((await own.runJson('validate')).value.ok).toBe(true);
    expect(read(own, WHITELIST)).not.toContain('plain@example.com');
  });

  test('without the key everything works that names no account, and digests do', async () => {
    const own = await migrated();
    const [digest, phone] = ['qa@example.com', '+491701234567'].map((one) => digestOf(one, keyIn(own))) as [
      string,
      string,
    ];
    own.git('config', '--unset', 'miniapp.accountsKey');
    for (const words of [
      ['resolve', SMART, ...QA, 'qa@example.com'],
      ['whitelist', 'add', SMART, 'x@example.com', '--app', 'smart-life', '--actor', ADMIN, '--no-pr'],
      ['accounts', 'hash', 'qa@example.com'],
    ]) {
      const { code, err } = await own.run(...words);
      expect([words[0], code]).toEqual([words[0], 2]);
      expect(err).toContain('MINIAPP_ACCOUNTS_KEY');
      expect(err).not.toContain('@example.com');
    }
    expect((await own.runJson('resolve', SMART, ...QA, digest)).value).toMatchObject({ version: '1.2.0' });
    expect((await own.run('whitelist', 'remove', SMART, phone, '--actor', ADMIN, '--no-pr')).code).toBe(0);
    expect((await own.runJson('accounts', 'show')).value).toMatchObject({ accounts: 'digest', distinct: 2 });
  });

  test('another key is not taken, in the environment or in a row', async () => {
    const own = await migrated();
    const other = newKey();
    const row = ['whitelist', 'add', SMART, digestOf('x@example.com', other), '--app', 'smart-life'];
    const { value } = await own.runJson(...row, '--actor', ADMIN, '--no-pr');
    expect(value.problems).toMatchObject([{ code: 'account-key-differs' }]);
    own.git('config', 'miniapp.accountsKey', keyText(other));
    expect((await own.run('accounts', 'hash', 'x@example.com')).err).toContain(keyId(other));
  });
});
