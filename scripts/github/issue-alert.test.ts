/** One issue for what was found; a quieter one, later and once, for an audit that does not come to its end; none where issues are off. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alarm } from './issue-alert.ts';
import { connect } from './client.ts';

const AT = { owner: 'acme', repo: 'miniapps' };
const said = { title: 'The nightly audit found something', run: 'https://github.com/acme/miniapps/actions/runs/1' };

let server: Server;
let done: string[];
/** What GitHub says: titles of open issues, or that issues are off; how the newest scheduled runs ended. */
let open: readonly string[] | 'off';
let nights: readonly string[];

beforeEach(async () => {
  [open, nights, done] = [[], [], []];
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname.endsWith('/actions/workflows/audit.yml/runs')) {
      const runs = nights.slice(0, Number(searchParams.get('per_page'))).map((conclusion, id) => ({ id, conclusion }));
      return answer(200, { total_count: runs.length, workflow_runs: runs });
    }
    if (open === 'off') return answer(410, { message: 'Issues has been disabled in this repository.' });
    if (request.method === 'GET')
      return answer(
        200,
        open.map((title, i) => ({ number: i + 1, title })),
      );
    done.push(pathname.replace('/repos/acme/miniapps/', ''));
    return answer(201, { id: 1, number: 9 });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterEach(() => new Promise((closed) => server.close(closed)));

function say(least = 1) {
  const client = connect({ apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  return alarm(client, AT, { ...said, nights: least });
}

test('a finding: an issue the first time, a comment on it afterwards', async () => {
  expect([await say(), done]).toEqual(['said', ['issues']]);
  open = ['Something else', said.title];
  expect([await say(), done]).toEqual(['said', ['issues', 'issues/2/comments']]);
});

test.each([
  ['the first night', [], 'early', []],
  ['the second in a row', ['failure'], 'early', []],
  ['after a good one', ['failure', 'success', 'failure'], 'early', []],
  ['the third in a row, one of them cancelled', ['failure', 'cancelled', 'success'], 'said', ['issues']],
])('no end, %s', async (_, before, how, what) => {
  nights = before;
  expect([await say(3), done]).toEqual([how, what]);
});

test('no end, for the fourth night: it is said already', async () => {
  [nights, open] = [['failure', 'failure', 'failure'], [said.title]];
  expect([await say(3), done]).toEqual(['said', []]);
});

test('where issues are off nothing fails', async () => {
  open = 'off';
  expect([await say(), done]).toEqual(['off', []]);
});
