/** `validate --base`: what is new since a commit, counted by entries and not by sentences or row numbers. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { removeRepositories, repository, type TestRepository } from '../../fixtures/repository.ts';
import { SMART } from '../../fixtures/workspace.ts';

const whitelist = `miniapps/${SMART}/whitelist.yaml`;
const rows = (...lines: string[]) => `whitelist:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
const FINE = '{ app: smart-life, account: fine@example.com }';
const NOWHERE = (who: string) => `{ app: nope, account: ${who}@example.com }`;
const ODD = '{ app: smart-life, account: "no account" }';
let own: TestRepository;

beforeEach(() => {
  own = repository();
});
afterAll(removeRepositories);

test.each([
  ['one more row with the same mistake', [NOWHERE('a')], [NOWHERE('a'), NOWHERE('b')], 1],
  ['the same row once more', [FINE, FINE], [FINE, FINE, FINE], 1],
  ['a mistake that another row was put above', [ODD], [FINE, ODD], 0],
  ['one of two mistakes taken away', [NOWHERE('a'), NOWHERE('b')], [NOWHERE('b')], 0],
])('%s', async (_, before, after, count) => {
  own.write(whitelist, rows(...before));
  own.commit();
  own.write(whitelist, rows(...after));
  const { code, value } = await own.runJson('validate', '--base', 'HEAD');
  const errors = value.problems.filter(({ severity }: any) => severity === 'error');
  expect([errors.length, code]).toEqual([count, count === 0 ? 0 : 1]);
});
