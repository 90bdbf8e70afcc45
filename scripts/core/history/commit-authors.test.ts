/** Whom a commit names as its authors, in every form that GitHub or a person would read. */
import { describe, expect, test } from 'vitest';
import { processorTime } from '../../fixtures/processor-time.ts';
import { fixtureWorkspace } from '../../fixtures/workspace.ts';
import { accountsNamed, coAuthorsIn, namesAnAccount } from './commit-authors.ts';

const RENAMED = 'login: rita\ngithubId: 102\nname: Rita Example\nplatformRoles: [reviewer]\nformerLogins: [rita-old]\n';
const { people } = fixtureWorkspace({ 'people/rita.yaml': RENAMED });
const named = (message: string) => accountsNamed(people, [{ addresses: [], coAuthors: coAuthorsIn(message) }]);
const RITA = 'Rita <102+rita@users.noreply.github.com>';

describe('a co-author', () => {
  test.each<[string, string]>([
    ['as a trailer', `x\n\nCo-authored-by: ${RITA}`],
    ['in another letter case', `x\n\nCO-AUTHORED-BY: ${RITA.toUpperCase()}`],
    ['with spaces around', `x\n\n  Co-authored-by \t :   ${RITA}  `],
    ['without a space', `x\n\nCo-authored-by:${RITA}`],
    ['with other line ends', `x\r\n\r\nCo-authored-by: ${RITA}\r\nSigned-off-by: x\r\n`],
    ['not in the last paragraph', `x\n\nCo-authored-by: ${RITA}\n\nMore words.`],
    ['in the middle of a paragraph', `x\n\nwords\nCo-authored-by: ${RITA}\nwords`],
    ['in the subject', `Co-authored-by: ${RITA}`],
    ['in a list of squashed commits', `x (#7)\n\n* one\n\n* Co-authored-by: ${RITA}\n\n* two`],
    ['in a quote', `x\n\n> Co-authored-by: ${RITA}`],
    ['folded', `x\n\nCo-authored-by: Rita\n  <102+rita@users.noreply.github.com>`],
    ['the second of several', `x\n\nCo-authored-by: Bo <b@example.com>\nCo-authored-by: ${RITA}`],
    ['the second on a line', `x\n\nCo-authored-by: Bo <b@example.com>, ${RITA}`],
    ['with words instead of hyphens', `x\n\nCo authored by: ${RITA}`],
    ['under another login of the same number', 'x\n\nCo-authored-by: R <102+other@users.noreply.github.com>'],
    ['by the older address', 'x\n\nCo-authored-by: R <rita@users.noreply.github.com>'],
    ['by the older address in another letter case', 'x\n\nCo-authored-by: R <Rita@Users.NoReply.GitHub.com>'],
    ['by the older address of a former login', 'x\n\nCo-authored-by: R <rita-old@users.noreply.github.com>'],
    ['by an address of a server', 'x\n\nCo-authored-by: R <rita@users.noreply.git.example.com>'],
    ['by an address without brackets', 'x\n\nCo-authored-by: 102+rita@users.noreply.github.com'],
    ['by name, with an address of their own', 'x\n\nCo-authored-by: Rita Example <rita@example.com>'],
    ['by login', 'x\n\nCo-authored-by: @rita'],
    ['by former login', 'x\n\nCo-authored-by: RITA-OLD <r@example.com>'],
  ])('%s', (_, message) => expect(named(message)).toContain(102));

  test.each<[string, string]>([
    ['another', 'x\n\nCo-authored-by: Bo <104+bob@users.noreply.github.com>'],
    ['an address that only ends like one', 'x\n\nCo-authored-by: R <102+rita@users.noreply.github.com@example.com>'],
    ['a word alone', 'coauthored, by the way'],
    ['somebody who is only mentioned', `Rita <102+rita@users.noreply.github.com> found it`],
  ])('is not %s', (_, message) => expect(named(message)).not.toContain(102));
});

test('author and committer are named by their addresses', () => {
  const addresses = [
    '102+x@users.noreply.github.com',
    'BOB@users.noreply.github.com',
    'Mallory@users.noreply.github.com',
    'x@example.com',
  ];
  expect(accountsNamed(people, [{ addresses, coAuthors: [] }])).toEqual([102, 104, 'mallory']);
  expect([...addresses, 'noreply@github.com'].map(namesAnAccount)).toEqual([true, true, true, false, true]);
});

test('a message of a megabyte is read in no time', () => {
  const time = processorTime(() => {
    for (const part of ['co-author ', 'Co-authored-by: x\n', 'co-authored-by ', ' \t', '<@'])
      named(`co-author${part.repeat(1_000_000 / part.length)}`);
  });
  expect(time).toBeLessThan(5000);
});
