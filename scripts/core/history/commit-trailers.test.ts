/** What a commit says of itself, and when it contradicts itself. */
import { describe, expect, test } from 'vitest';
import { addressOf, BOT } from '../../fixtures/repository.ts';
import { fixtureWorkspace } from '../../fixtures/workspace.ts';
import { claimsOf, type Claims, type CommitStatement } from './commit-trailers.ts';

const base = fixtureWorkspace();
const claims = (email: string, trailers: Record<string, string[]> = {}, rest: Partial<CommitStatement> = {}): Claims =>
  claimsOf({ subject: '', email, trailers: new Map(Object.entries(trailers)), coAuthors: [], ...rest }, base);

const commitBy = (login: string) => ({ author: addressOf(login), addresses: [addressOf(login)], coAuthors: [] });
/** A branch with commits of two people. */
const BRANCH: Partial<CommitStatement> = { branch: [commitBy('alice'), commitBy('bob')] };

describe('who', () => {
  test.each<[string, string, Record<string, string[]>, Partial<CommitStatement>, string | undefined]>([
    ['the address', addressOf('alice'), {}, {}, 'alice'],
    ['… under a login that is no longer theirs', '103+old@users.noreply.github.com', {}, {}, 'alice'],
    ['… of nobody here', addressOf('mallory'), {}, {}, undefined],
    ['… that tells nothing', 'alice@example.com', {}, {}, undefined],
    ['… that only looks like one', '103+alice@users.noreply.github.com.example.com', {}, {}, undefined],
    ['the trailer', 'alice@example.com', { actor: ['bob'] }, {}, 'bob'],
    ['… in another letter case than people/', addressOf('bob'), { actor: ['Bob'] }, {}, 'bob'],
    ['… of the bot’s commit', addressOf(BOT), { actor: ['bob'] }, {}, 'bob'],
    ['… that the address confirms', addressOf('bob'), { actor: ['bob'] }, {}, 'bob'],
    ['… that it contradicts', addressOf('alice'), { actor: ['bob'] }, {}, 'alice'],
    ['… of a login that nobody here has', addressOf('mallory'), { actor: ['alice'] }, {}, undefined],
    ['two trailers', addressOf('alice'), { actor: ['alice', 'bob'] }, {}, 'alice'],
    ['the branch that was merged', addressOf('rita'), {}, { mergedEmail: addressOf('bob') }, 'bob'],
    ['… named by who merged it', addressOf('rita'), { actor: ['bob'] }, { mergedEmail: addressOf('bob') }, 'bob'],
    [
      'a merge in which somebody wrote',
      addressOf('rita'),
      {},
      { mergedEmail: addressOf('bob'), isWritten: true },
      'rita',
    ],
    [
      '… named for who made the branch',
      addressOf('rita'),
      { actor: ['bob'] },
      { mergedEmail: addressOf('bob'), isWritten: true },
      'rita',
    ],
    ['a branch of several', addressOf('rita'), {}, { ...BRANCH, mergedEmail: addressOf('bob') }, 'rita'],
    ['… named for one', addressOf('rita'), { actor: ['bob'] }, { ...BRANCH, mergedEmail: addressOf('bob') }, 'bob'],
    [
      '… named for the one who began it',
      addressOf('rita'),
      { actor: ['alice'] },
      { ...BRANCH, mergedEmail: addressOf('bob') },
      'alice',
    ],
    [
      '… of one who has two addresses',
      addressOf('rita'),
      {},
      {
        branch: [{ ...commitBy('bob'), author: 'bob@laptop.example' }, commitBy('bob')],
        mergedEmail: addressOf('bob'),
      },
      'bob',
    ],
    [
      '… of one here and a stranger',
      addressOf('rita'),
      {},
      { branch: [commitBy('bob'), commitBy('mallory')], mergedEmail: addressOf('bob') },
      'rita',
    ],
    ['… merged by the bot', addressOf(BOT), { actor: ['bob'] }, { ...BRANCH, mergedEmail: addressOf('bob') }, 'bob'],
    ['… whose merge tells nobody', 'x@example.com', {}, { ...BRANCH, mergedEmail: addressOf('bob') }, undefined],
  ])('%s', (_, email, trailers, rest, actor) => expect(claims(email, trailers, rest).actor).toBe(actor));

  test.each<[string[], string]>([
    [['bob'], "the Actor trailer says bob, the author's address alice"],
    [['alice', 'bob'], 'several Actor trailers: alice, bob'],
  ])('a contradiction is said: %j', (actor, words) =>
    expect(claims(addressOf('alice'), { actor }).contradiction).toBe(words),
  );
});

test('nobody approves what they wrote part of', () => {
  const trailers = {
    'approved-by': ['alice', 'rita', 'bob', 'olga', 'rita'],
    actor: ['bob'],
  };
  const coAuthors = [`Rita <${addressOf('rita')}>`, 'Somebody <x@example.com>'];
  expect(claims(addressOf(BOT), trailers, { coAuthors }).approvedBy).toEqual(['alice', 'olga']);
});

test('nobody approves their own under another letter case, and others may be named in any', () => {
  const trailers = { actor: ['Bob'], 'approved-by': ['BOB', 'bob', 'Rita'] };
  expect(claims('x@example.com', trailers)).toMatchObject({ actor: 'bob', approvedBy: ['rita'] });
});

test('nobody approves a merge in which they wrote, nor the branch that they made', () => {
  const written = { mergedEmail: addressOf('bob'), isWritten: true };
  const trailers = { 'approved-by': ['rita', 'bob', 'olga'] };
  expect(claims(addressOf('rita'), trailers, written).approvedBy).toEqual(['olga']);
});

test('nobody approves a branch that they made a commit of', () => {
  const trailers = { actor: ['bob'], 'approved-by': ['alice', 'olga'] };
  const merged = { ...BRANCH, mergedEmail: addressOf('bob') };
  expect(claims(addressOf(BOT), trailers, merged).approvedBy).toEqual(['olga']);
});

test('the bot writes nothing in a merge', () => {
  const merged = { mergedEmail: addressOf('bob') };
  const trailers = { actor: ['bob'] };
  expect(claims(addressOf(BOT), trailers, merged).contradiction).toBeUndefined();
  expect(claims(addressOf(BOT), trailers, { ...merged, isWritten: true }).contradiction).toContain('the bot merges');
});

test.each<[string, string[], number | undefined]>([
  ['Publish 1.2.0 (#12)', [], 12],
  ['Merge pull request #7 from example/feature', [], 7],
  ['Publish 1.2.0 (#12)', ['#13'], 13],
  ['See (#12) for more', [], undefined],
  ['Revert "Merge pull request #7 from example/feature"', [], undefined],
  ['Publish (#0)', ['13'], undefined],
])('pull request of "%s", trailer %j: %s', (subject, trailer, expected) =>
  expect(claims('', { 'pull-request': trailer }, { subject }).pullRequest).toBe(expected),
);
