/** Reviewers whom GitHub does not let be asked: they hear of it once, by name, and no run asks again. */
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { registry, actionLines, type Registry } from '../../fixtures/bot-harness.ts';
import { removeRepositories } from '../../fixtures/repository.ts';
import { executeAction } from '../actions/action-executors.ts';
import { BOT } from '../../fixtures/evaluated-pull-request.ts';
import { MARK } from '../comment-mark.ts';
import { mentionedIn, mentionsMarkdown } from './mentions.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 180_000 });

let own: Registry | undefined;
afterEach(async () => {
  await own?.stop();
  own = undefined;
});
afterAll(removeRepositories);

/** Mentions that notify: outside code, and not taken apart. */
const mentions = (text: string, login: string): number =>
  [...text.replace(/`[^`]*`/g, '').matchAll(new RegExp(`@${login}\\b`, 'g'))].length;

test('who is no collaborator is mentioned in the first comment, asked once, and never again', async () => {
  own = await registry();
  own.forge.repository.roles.delete(102);
  const asked: string[] = [];
  const options = () => {
    const { client, ...rest } = own!.options();
    client.hook.before('request', ({ url, method }) => {
      if (method === 'POST' && url.endsWith('/requested_reviewers')) asked.push(url);
    });
    return { ...rest, client };
  };
  expect((await own.run(options())).failures).toEqual([]);
  const [first = ''] = (await own.shown(1)).comments;
  expect(mentions(first, 'rita')).toBe(1);
  // It stood there from the beginning: an edit may notify nobody.
  expect(own.forge.repository.comments[0]).toMatchObject({ createdAt: own.forge.repository.comments[0]!.updatedAt });
  for (let run = 0; run < 2; run++) expect(actionLines((await own.run(options())).actions)).toEqual([]);
  expect(asked).toHaveLength(1);
  // What else the comment says changes; the mention stays as it is.
  await own.review('rita', 1, 'COMMENT', 'Looking');
  await own.as('olga').issues.addLabels({ ...own.repo, issue_number: 1, labels: ['hold'] });
  await own.run(options());
  const [later = ''] = (await own.shown(1)).comments;
  expect([later === first, mentions(later, 'rita'), asked.length]).toEqual([false, 1, 1]);
});

test('a run that ended before it asked: asked and mentioned by the next', async () => {
  own = await registry();
  own.forge.fault({
    on: 'pulls/request-reviewers',
    how: { kind: 'answer', status: 422, message: 'not now' },
    times: 99,
  });
  await own.run();
  own.forge.clearFaults();
  const [comment] = own.forge.repository.comments;
  comment!.body = comment!.body.replace(/<!-- miniapp\/asked.*\n/, '');
  const { actions } = await own.run();
  expect(actionLines(actions)).toContain('ask-review #1');
  expect((await own.pull(1)).requested_reviewers?.map(({ login }) => login)).toEqual(['rita']);
  expect(mentions((await own.shown(1)).comments[0] ?? '', 'rita')).toBe(0);
});

test('of several the others are asked all the same', async () => {
  own = await registry();
  await own.open('alice', { branch: 'x', files: { 'miniapps/README.md': null, 'x.yaml': 'a: 1\n' } });
  const { client, repository, log, sleep } = own.options();
  const execution = { client, repository, log, sleep, branch: 'main' };
  const done = await executeAction(execution, { kind: 'ask-review', number: 1, logins: ['rita', 'mallory', 'bob'] });
  expect(done.unasked).toEqual(['mallory']);
  expect((await own.pull(1)).requested_reviewers?.map(({ login }) => login)).toEqual(['rita', 'bob']);
});

test('what is no login is not written outside code', () => {
  expect(mentionsMarkdown(['a/b', '<x>', 'team/all', '-x', 'everyone here', ''])).toBe('');
});

test('an account that a company gives, with an underscore in its name, is mentioned, and found again', () => {
  const text = mentionsMarkdown(['rita_acme']);
  expect(mentions(text, 'rita_acme')).toBe(1);
  const comment = { id: 1, account: BOT, body: `${MARK}\n\n${text}` };
  expect(mentionedIn({ comments: [comment] }, BOT)).toEqual(['rita_acme']);
});
