/** Who wrote what the bot is to approve, as commits claim it, in a real repository. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pathOf } from '../../core/paths.ts';
import { BOT, removeRepositories, repository, type TestRepository } from '../../fixtures/repository.ts';
import { BOT_ACCOUNT } from '../../fixtures/snapshot.ts';
import { fixtureWorkspace, SMART } from '../../fixtures/workspace.ts';
import { scratch, type Scratch } from '../../git/stores/scratch.ts';
import { writersOf, type AuthoredChange } from './authors.ts';

const NEW = pathOf.version(SMART, '1.4.0');
const base = fixtureWorkspace({
  'people/alice.yaml': 'login: alice\ngithubId: 103\nname: Alice Example\ninternal: true\n',
  'people/bob.yaml': 'login: bob\ngithubId: 104\nname: Bob Example\ninternal: true\nleft: 2026-11-01\n',
});

let own: TestRepository;
let temporary: Scratch;
let tip: string;
const write = (text: string) =>
  own.write(NEW, `version: 1.4.0\ndescription: ${text}\nuploadedBy: alice\nuploadedAt: 2026-10-04T08:00:00Z\n`);
const writers = (said: Partial<AuthoredChange> = {}) =>
  writersOf({
    path: own.file('.'),
    temporary,
    prefix: 'config',
    tip,
    head: tip,
    base,
    bot: BOT_ACCOUNT,
    miniapp: SMART,
    version: '1.4.0',
    ...said,
  });
/** A commit of the new version beside main. */
function beside(by: string, trailers: string[] = []): string {
  own.git('checkout', '-q', '-B', 'beside', tip);
  write(`${by} ${trailers.length}`);
  const head = own.commit({ by, trailers });
  own.git('checkout', '-q', 'main');
  return head;
}

beforeAll(() => {
  own = repository();
  temporary = scratch(own.file('.'));
  write('first');
  tip = own.commit({ by: 'alice' });
});
afterAll(() => {
  temporary.remove();
  removeRepositories();
});

test('what internal people and the bot wrote has no outsiders; other files are not looked at', () => {
  expect(writers()).toEqual({ pushers: [], outsiders: [] });
  expect(writers({ head: beside(BOT) })).toEqual({ pushers: [], outsiders: [] });
});

test.each([
  ['somebody who is in no file', '999+mallory@users.noreply.github.com', [], ['999+mallory@users.noreply.github.com']],
  ['somebody who is not internal', 'rita', [], ['rita']],
  ['somebody internal who has left', 'bob', [], ['bob']],
  ['a co-author who is not internal', 'alice', ['Co-authored-by: Rita <102+rita@users.noreply.github.com>'], ['rita']],
  ['an address that tells nothing', 'somebody@example.com', [], []],
])('main holds a commit of %s', (_, by, trailers, outsiders) => {
  const head = beside(by, trailers);
  expect(writers({ tip: head, head })).toEqual({ pushers: [], outsiders });
  expect(writers({ tip: head, head, version: '1.1.0' }).outsiders).toEqual(['olga']);
});

test.each([
  ['alice', ['alice']],
  ['somebody@example.com', ['somebody@example.com']],
  // Another number under the bot's name is not the bot.
  ['1+github-actions[bot]@users.noreply.github.com', ['1+github-actions[bot]@users.noreply.github.com']],
])('the branch holds a commit of %s, even an empty one', (by, pushers) => {
  expect(writers({ head: beside(by) }).pushers).toEqual(pushers);
  own.git('checkout', '-q', '-B', 'empty', tip);
  const head = own.commit({ by });
  own.git('checkout', '-q', 'main');
  expect(writers({ head }).pushers).toEqual(pushers);
});

test('a merge of main into the branch is nobody’s push', () => {
  const head = beside(BOT);
  own.git('checkout', '-q', '-B', 'moved', tip);
  own.edit(pathOf.file(SMART, 'miniapp'), 'Alarm clock', 'Alarm');
  const moved = own.commit({ by: 'alice' });
  own.git('checkout', '-q', '-B', 'merged', head);
  own.git('merge', '-q', '--no-edit', moved);
  const merged = own.git('rev-parse', 'HEAD');
  own.git('checkout', '-q', 'main');
  expect(writers({ tip: moved, head: merged }).pushers).toEqual([]);
});
