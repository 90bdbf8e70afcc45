/** The pace of writes: GitHub's, but for a server at 127.0.0.1. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from './client.ts';

let server: Server;
beforeAll(async () => {
  server = createServer((_, response) => response.writeHead(201, { 'content-type': 'application/json' }).end('{}'));
  await new Promise<void>((listening) => server.listen(0, listening));
});
afterAll(() => server.close());

/** Milliseconds between the first of two comments and the second, each of which notifies people. */
async function pauseAt(host: string): Promise<number> {
  const client = connect({ apiUrl: `http://${host}:${(server.address() as AddressInfo).port}` });
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
