/** Attacks by one person that stop the bot for all, or take the requests that others need: each got through once. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { actionLines, only, registry, words, type Registry } from '../fixtures/bot-harness.ts';
import { removeRepositories, repository } from '../fixtures/repository.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';
import { commitSource } from '../git/objects/commit-source.ts';
import { missingCommits } from '../git/commits/fetch.ts';
import { connect } from '../github/client.ts';
import { fetchHeads } from './state/fetch-heads.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 120_000 });

let own: Registry;
afterEach(() => own?.stop());
afterAll(removeRepositories);

const checkRule = (...contexts: string[]) => ({
  name: 'main',
  rules: [
    {
      type: 'required_status_checks',
      parameters: {
        required_status_checks: contexts.map((context) => ({ context })),
        strict_required_status_checks_policy: false,
      },
    },
  ],
});

/** A server in front of the forge that says how many requests are left, or never answers who asks for a commit. */
async function inFront({ remaining, stalls }: { remaining?: string; stalls?: string }) {
  const { origin } = new URL(own.forge.apiUrl);
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    if (stalls !== undefined && body.includes(stalls)) return;
    const { method = 'GET', url = '' } = request;
    const sent = ['authorization', 'content-type', 'accept', 'git-protocol'].flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value] as [string, string]] : [];
    });
    const answer = await fetch(origin + url, { method, headers: sent, ...(body.length > 0 ? { body } : {}) });
    for (const name of ['content-type', 'link', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'www-authenticate']) {
      const value = answer.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    if (remaining !== undefined) response.setHeader('x-ratelimit-remaining', remaining);
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  return {
    of: (url: string) => url.replace(origin, `http://127.0.0.1:${port}`),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('one that stops all', () => {
  test('files that are too large to be read are not read', () => {
    const here = repository();
    writeFileSync(here.file('large.yaml'), Buffer.alloc(48 * 1024 * 1024));
    const source = commitSource(here.home, here.commit(), 'config');
    expect(source.list('').map(({ path }) => path)).toContain('large.yaml');
    const before = process.memoryUsage().arrayBuffers;
    expect(Buffer.from(source.read('platform.yaml')).toString()).toContain('regions');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(24 * 1024 * 1024);
    expect(source.read('large.yaml')).toHaveLength(48 * 1024 * 1024);
  });

  test('commits that cannot be fetched keep only their own pull request from being judged', async () => {
    own = await registry();
    const gone = await own.open('bob', { branch: 'gone', files: words(SMART) });
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    own.forge.repository.bare.run(['update-ref', '-d', `refs/pull/${gone}/head`]);
    await own.run(only(number));
    expect((await own.shown(number)).state).toBe('merged');
  });

  test('a stranger’s pull request of the same commit does not take its green away', async () => {
    own = await registry();
    own.forge.ruleset(checkRule('miniapp/check'));
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    own.forge.fork('mallory');
    const same = { title: 'mine', head: 'mallory:words', base: 'main' };
    const { data } = await own.as('mallory').pulls.create({ ...own.repo, ...same });
    expect(data.head.sha).toBe((await own.pull(number)).head.sha);
    await own.run(only(data.number));
    await own.run();
    expect((await own.shown(number)).state).toBe('merged');
  });

  test('a stranger’s pull request of the same commit is told of, and its status is not', async () => {
    own = await registry();
    const number = await own.open('alice', { branch: 'words', files: words(PANEL), isDraft: true });
    own.forge.fork('mallory');
    const { data } = await own
      .as('mallory')
      .pulls.create({ ...own.repo, title: 'mine', head: 'mallory:words', base: 'main' });
    await own.run();
    await own.run(only(data.number));
    expect((await own.shown(number)).check).toMatch(/^pending: a draft/);
    expect((await own.shown(data.number)).labels).toEqual(['miniapp: refused']);
    expect(actionLines((await own.run()).actions)).toEqual([]);
  });

  test('strangers’ pull requests take no requests that others need, and which of them are left changes', async () => {
    own = await registry();
    const stranger = await own.open('mallory', { branch: 'mine', files: words(SMART), fork: 'mallory' });
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    const front = await inFront({ remaining: '150' });
    const client = connect({ token: own.forge.workflowToken(), apiUrl: front.of(own.forge.apiUrl) });
    const { notes, failures, pullRequests } = await own.run({ client });
    front.close();
    expect((await own.shown(number)).state).toBe('merged');
    expect(pullRequests.map(({ evaluated }) => evaluated.pull.number)).not.toContain(stranger);
    expect(failures).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^1 pull requests are left to the next runs: .* only 150 more/)]);
    await own.run();
    expect((await own.shown(stranger)).labels).toEqual(['miniapp: refused']);
    // One of ours that is left is a failure, after which the next run by the schedule does not take it for seen.
    await own.open('alice', { branch: 'more', files: words(PANEL, 'more') });
    const closed = await inFront({ remaining: '50' });
    const other = connect({ token: own.forge.workflowToken(), apiUrl: closed.of(own.forge.apiUrl) });
    const outcome = await own.run({ client: other });
    closed.close();
    expect(outcome.failures).toEqual([expect.stringMatching(/pull requests are left to the next runs/)]);
  });

  test('what stands is looked at with three requests', async () => {
    own = await registry();
    for (const branch of ['a', 'b']) await own.open('alice', { branch, files: words(PANEL, branch), isDraft: true });
    await own.open('mallory', { branch: 'c', files: words(SMART), fork: 'mallory' });
    await own.run();
    const { client, ...rest } = own.options();
    const asked: string[] = [];
    client.hook.before('request', ({ url }) => void asked.push(url));
    expect((await own.run({ ...rest, client })).actions).toEqual([]);
    // The list and the tip; the details of the bot's own and those of somebody's together; those of strangers'.
    expect(asked.map((url) => url.replace(/.*\//, ''))).toEqual(['graphql', 'graphql', 'graphql']);
  });

  test('one whose commits do not come in time keeps no other from being merged', async () => {
    own = await registry();
    const slow = await own.open('mallory', { branch: 'mine', files: words(SMART), fork: 'mallory' });
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    const [stalled, fine] = [await own.pull(slow), await own.pull(number)];
    const front = await inFront({ stalls: stalled.head.sha });
    const { path, remote } = own.options();
    const pulls = [stalled, fine].map(({ number: one, head }) => ({
      number: one,
      head: { ref: head.ref, sha: head.sha, isOwn: true },
    }));
    const stuck = new Set<string>();
    await fetchHeads(path, { ...remote, url: front.of(remote.url) }, pulls, stuck, { all: 1, one: 5 });
    front.close();
    expect([...stuck]).toEqual([stalled.head.sha]);
    expect(missingCommits(path, [fine.head.sha])).toEqual([]);
  });

  test('what GitHub does not let be merged yet keeps no other from being merged', async () => {
    own = await registry();
    own.forge.ruleset(checkRule('ci'));
    const first = await own.open('alice', { branch: 'first', files: words(PANEL) });
    const second = await own.open('alice', { branch: 'second', files: words(SMART) });
    const { sha } = (await own.pull(second)).head;
    await own.as('olga').repos.createCommitStatus({ ...own.repo, sha, state: 'success', context: 'ci' });
    await own.run(only(first, second));
    expect([await own.shown(first), await own.shown(second)].map(({ state }) => state)).toEqual(['open', 'merged']);
  });
});
