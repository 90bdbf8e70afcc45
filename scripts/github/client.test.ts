/** Who may write by a client, and the pace of writes: GitHub's, but for a server at 127.0.0.1. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, connectReader, type GitHubReader, type GitHubWriter } from './client.ts';
import { query } from './graphql/query.ts';

let server: Server;
const received: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    received.push(`${request.method} ${request.url}`);
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"data":{}}');
  });
  await new Promise<void>((listening) => server.listen(0, listening));
});
afterAll(() => server.close());

const apiUrl = (host: string) => `http://${host}:${(server.address() as AddressInfo).port}`;

/** Milliseconds between the first of two comments and the second, each of which notifies people. */
async function pauseAt(host: string): Promise<number> {
  const client = connect({ apiUrl: apiUrl(host) });
  const comment = () => client.rest.issues.createComment({ owner: 'o', repo: 'r', issue_number: 1, body: 'x' });
  await comment();
  const start = performance.now();
  await comment();
  return performance.now() - start;
}

test('people are notified every three seconds at most, and nobody is by a server at 127.0.0.1', async () => {
  const [paced, unpaced] = await Promise.all([pauseAt('localhost'), pauseAt('127.0.0.1')]);
  expect(paced).toBeGreaterThan(2500);
  expect(unpaced).toBeLessThan(1000);
});

const AT = { owner: 'o', repo: 'r' };

test('a client that reads sends GET and queries alone, whatever it is made to call', async () => {
  const reader = connectReader({ apiUrl: apiUrl('127.0.0.1') });
  received.length = 0;
  await reader.rest.repos.get(AT);
  await reader.request('GET /repos/{owner}/{repo}/actions/policies', AT);
  await query(reader, 'ask', 'query { viewer { login } }', {});
  const read = ['GET /repos/o/r', 'GET /repos/o/r/actions/policies', 'POST /graphql'];
  expect(received).toEqual(read);
  // What the types refuse, the client refuses as well.
  const forced = reader as GitHubWriter;
  const writes = [
    () => forced.rest.issues.createComment({ ...AT, issue_number: 1, body: 'x' }),
    () => forced.rest.git.deleteRef({ ...AT, ref: 'heads/x' }),
    () => forced.rest.pulls.merge({ ...AT, pull_number: 1 }),
    () => forced.rest.pulls.update({ ...AT, pull_number: 1, state: 'closed' }),
    () => forced.request('POST /repos/o/r/statuses/x'),
    () => forced.graphql('mutation { closePullRequest(input: { pullRequestId: "x" }) { clientMutationId } }'),
    () => forced.graphql('query { viewer { login } } mutation { closePullRequest { clientMutationId } }'),
  ];
  for (const write of writes) await expect(write()).rejects.toThrow(/only reads/);
  expect(received).toEqual(read);
});

test('the type of a client that reads has no method that writes', () => {
  const typed = (reader: GitHubReader) => {
    // @ts-expect-error: a pull request is opened by a writer
    void reader.rest.pulls.create;
    // @ts-expect-error: a branch is removed by a writer
    void reader.rest.git.deleteRef;
    // @ts-expect-error: only GET and queries
    void reader.request('POST /repos/o/r/statuses/x');
    // @ts-expect-error: a reader is no writer
    const writer: GitHubWriter = reader;
    return writer;
  };
  expect(typed).toBeTypeOf('function');
});

test('every method whose name begins as one that asks is a GET, but for one, which is refused', () => {
  const { rest } = new Octokit();
  const areas = Object.values(rest) as Record<string, { endpoint?: { DEFAULTS: { method: string; url: string } } }>[];
  const named = areas.flatMap((area) => Object.entries(area)).filter(([name]) => /^(?:get|list)/.test(name));
  expect(named.length).toBeGreaterThan(400);
  const others = named.filter(([, { endpoint }]) => endpoint?.DEFAULTS.method !== 'GET');
  expect(new Set(others.map(([name]) => name))).toEqual(new Set(['listAttestationsBulk']));
});
