/** Git that talks to a remote which is silent, says no, or is reached by SSH. */
import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { removeRepositories, repository, temporaryFolder } from '../../fixtures/repository.ts';
import { exchange, gitAccess, NetworkError } from './network.ts';

afterAll(removeRepositories);
afterEach(() => void delete process.env['GIT_SSH_COMMAND']);

const failure = async (work: Promise<unknown>): Promise<NetworkError> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof NetworkError) return error;
  throw new Error(`not refused by the network: ${String(error)}`);
};

/** What stands for ssh: runs the command here, or says what ssh would say. */
function ssh(body: string): void {
  const script = join(temporaryFolder('ssh'), 'ssh');
  writeFileSync(script, `#!/bin/sh\n${body}\n`);
  chmodSync(script, 0o755);
  process.env['GIT_SSH_COMMAND'] = script;
}

describe('a remote', () => {
  test('that never answers is given up in time', async () => {
    const { home } = repository();
    const server = createServer(() => {});
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/acme/miniapps.git`;
    const error = await failure(exchange(home, ['fetch', url], { seconds: 1 }));
    server.closeAllConnections();
    server.close();
    expect([error.fault, error.said]).toEqual(['timeout', 'no answer within 1 s']);
  });

  test.each([
    [401, 'unknown-login'],
    [403, 'forbidden'],
    [404, 'missing'],
    [502, 'remote-fault'],
  ] as const)('that answers %i: %s, and the token is in no message', async (status, fault) => {
    const { home } = repository();
    const server = createServer((request, response) => {
      // A hostile server gives back what it was sent.
      response.writeHead(status, { 'content-type': 'text/plain', 'www-authenticate': 'Basic realm="x"' });
      response.end(`you sent ${request.headers.authorization}`);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/acme/miniapps.git`;
    const error = await failure(
      exchange(home, ['fetch', url], { access: gitAccess('secret', url, { mayPush: true }), address: url }),
    );
    server.closeAllConnections();
    server.close();
    expect(error.fault).toBe(fault);
    expect(error.message).not.toMatch(/secret|eC1hY2Nlc3MtdG9rZW46/);
  });

  test('that has nothing to say is not waited for once Git has ended', async () => {
    const { home } = repository();
    const waits = vi.spyOn(globalThis, 'setTimeout');
    try {
      expect(await exchange(home, ['fetch', '--quiet', home])).toBe('');
      // simple-git's own is for a process that leaves its output open to another.
      expect(waits.mock.calls.filter(([, milliseconds]) => milliseconds === 50)).toHaveLength(1);
    } finally {
      waits.mockRestore();
    }
  });

  test('that is not there: offline', async () => {
    const { home } = repository();
    expect((await failure(exchange(home, ['fetch', 'http://127.0.0.1:9/a/b.git']))).fault).toBe('offline');
    ssh('echo "ssh: Could not resolve hostname github.com: Temporary failure in name resolution" >&2; exit 255');
    expect((await failure(exchange(home, ['fetch', 'git@github.com:a/b.git']))).fault).toBe('offline');
  });

  test('by SSH is reached with the settings of its user, and a wrong key is told', async () => {
    const { home } = repository();
    const bare = join(temporaryFolder('bare'), 'b.git');
    execFileSync('git', ['clone', '-q', '--bare', home, bare], { stdio: 'pipe' });
    ssh(`for last; do :; done\nset -- $last\nexec git "\${1#git-}" '${bare}'`);
    await exchange(home, ['push', '--porcelain', 'git@github.com:a/b.git', 'HEAD:refs/heads/miniapp/x']);
    const pushed = execFileSync('git', ['-C', bare, 'rev-parse', 'miniapp/x'], { encoding: 'utf8' });
    expect(pushed).toBe(execFileSync('git', ['-C', home, 'rev-parse', 'HEAD'], { encoding: 'utf8' }));
    ssh('echo "git@github.com: Permission denied (publickey)." >&2; exit 255');
    expect((await failure(exchange(home, ['fetch', 'git@github.com:a/b.git']))).fault).toBe('unknown-login');
  });

  test('that moved on is not pushed over', async () => {
    const { home } = repository();
    const bare = join(temporaryFolder('bare'), 'b.git');
    execFileSync('git', ['clone', '-q', '--bare', home, bare], { stdio: 'pipe' });
    const other = join(temporaryFolder('other'), 'clone');
    execFileSync('git', ['clone', '-q', bare, other], { stdio: 'pipe' });
    const who = ['-c', 'user.name=o', '-c', 'user.email=o@example.com'];
    for (const folder of [home, other]) {
      execFileSync('git', [...who, 'commit', '-q', '--allow-empty', '-m', folder], { cwd: folder });
    }
    await exchange(other, ['push', bare, 'HEAD:refs/heads/main']);
    expect((await failure(exchange(home, ['push', bare, 'HEAD:refs/heads/main']))).fault).toBe('moved');
  });
});

test('the right to read pushes nothing, and holds no token that could', async () => {
  const { home } = repository();
  const address = 'https://example.com/acme/miniapps.git';
  const access = gitAccess('secret', address, { mayPush: false });
  await expect(exchange(home, ['push', address, 'HEAD:refs/heads/main'], { access, address })).rejects.toThrow(
    'what only reads was asked to push',
  );
  expect(inspect(access, { showHidden: true, depth: 9 })).not.toContain('secret');
});

test.each([
  ['at its server is sent there', (url: string) => url, true],
  ['at another server is not sent', () => 'http://127.0.0.1:9/acme/miniapps.git', false],
  ['at an address that is none is not sent', () => 'acme/miniapps', false],
])('the token of a right %s', async (_, addressOf, isSent) => {
  const { home } = repository();
  const sent: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    sent.push(request.headers.authorization);
    response.writeHead(404);
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/acme/miniapps.git`;
  const access = gitAccess('secret', addressOf(url), { mayPush: true });
  await failure(exchange(home, ['fetch', url], { access, address: url }));
  server.closeAllConnections();
  server.close();
  expect(sent).toContain(isSent ? `Basic ${Buffer.from('x-access-token:secret').toString('base64')}` : undefined);
  expect(new Set(sent).size).toBe(1);
});
