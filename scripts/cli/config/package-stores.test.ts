/** To whom the secret of a registry goes that a variable has: a server here writes down what it is told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { removeRepositories, repository, type TestRepository } from '../../fixtures/repository.ts';
import { NOW, SMART } from '../../fixtures/workspace.ts';
import { loadWorkingTree } from '../../git/working-tree/working-tree.ts';
import { registryStore } from './package-stores.ts';

const told: (string | undefined)[] = [];
const server = createServer((incoming, answer) => {
  told.push(incoming.headers.authorization);
  const isKnown = incoming.headers.authorization !== undefined;
  answer.writeHead(isKnown ? 404 : 401, isKnown ? {} : { 'www-authenticate': 'Basic realm="x"' }).end('{}');
});
beforeAll(() => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)));
beforeEach(() => void told.splice(0));
afterAll(() => {
  server.closeAllConnections();
  server.close();
  removeRepositories();
});

const hostHere = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const packages = (registry: string, insecure = true) =>
  `packages: { store: oci, oci: { registry: "${registry}", repository: team/apps, insecure: ${insecure} } }\nlanguages:`;

/** What the registry of the working tree is told, when somebody with a token asks it for a version. */
async function secretsTold(own: TestRepository, more: Record<string, string> = {}): Promise<string[]> {
  const { platform } = loadWorkingTree(join(own.home, 'config')).workspace;
  const env = { HOME: own.home, MINIAPP_REGISTRY_TOKEN: 'bob:secret', ...more };
  const io = { stdout() {}, stderr() {}, env, cwd: own.home, isColoured: false, now: NOW };
  const store = registryStore(join(own.home, 'config'), platform, io)!;
  await store.find([{ miniapp: SMART, version: '1.0.0' }]).catch(() => {});
  store.close();
  expect(told.length).toBeGreaterThan(0);
  return told.filter((one) => one !== undefined);
}
const SECRET = `Basic ${Buffer.from('bob:secret').toString('base64')}`;

/** A clone whose default branch names one registry, and where a branch of somebody names the one here. */
function clone(registry: string, isFetched: boolean, insecure = true): TestRepository {
  const own = repository();
  own.edit('platform.yaml', 'languages:', packages(registry, insecure));
  own.commit();
  if (isFetched) {
    own.git('remote', 'add', 'origin', 'https://example.com/acme/miniapps.git');
    own.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    own.git('update-ref', 'refs/remotes/mallory/main', 'HEAD');
  }
  own.git('checkout', '-q', '-b', 'strange');
  own.edit('platform.yaml', packages(registry, insecure), packages(hostHere()));
  own.commit({ by: 'mallory' });
  if (isFetched) {
    own.git('remote', 'add', 'mallory', 'https://example.com/mallory/miniapps.git');
    own.git('update-ref', 'refs/remotes/mallory/main', 'HEAD');
  }
  return own;
}

test.each([true, false])('the registry of the default branch gets it (fetched: %s)', async (isFetched) => {
  expect(await secretsTold(clone(hostHere(), isFetched))).toContain(SECRET);
});

test.each([true, false])('one that only a stranger’s branch names gets nothing (fetched: %s)', async (isFetched) => {
  expect(await secretsTold(clone('registry.example.com', isFetched))).toEqual([]);
});

test.each([
  ['its own gets it, whatever', 'registry.example.com', true],
  ['one of the tool’s gets nothing, as', '', false],
])('of a platform of one’s own %s the repository says that the tool comes from', async (_, theirs, isTold) => {
  const own = repository();
  own.edit('platform.yaml', 'languages:', packages(theirs || hostHere()));
  own.commit();
  own.git('remote', 'add', 'upstream', 'https://example.com/tool/miniapps.git');
  own.git('update-ref', 'refs/remotes/upstream/main', 'HEAD');
  own.edit(
    'platform.yaml',
    packages(theirs || hostHere()),
    `beginning: "0123456789abcdef"\n${isTold ? packages(hostHere()) : 'languages:'}`,
  );
  own.commit();
  own.git('checkout', '-q', '-b', 'strange');
  if (!isTold) own.edit('platform.yaml', 'languages:', packages(hostHere()));
  expect(await secretsTold(own)).toEqual(isTold ? expect.arrayContaining([SECRET]) : []);
});

test('nor does the same one without TLS, which the default branch speaks to with it', async () => {
  expect(await secretsTold(clone(hostHere(), true, false))).toEqual([]);
});

test('one that whoever has the token names gets it, and no other', async () => {
  const own = clone('registry.example.com', true);
  expect(await secretsTold(own, { MINIAPP_REGISTRY_HOST: `http://${hostHere()}` })).toContain(SECRET);
  told.splice(0);
  expect(await secretsTold(own, { MINIAPP_REGISTRY_HOST: hostHere() })).toEqual([]);
  told.splice(0);
  expect(await secretsTold(clone(hostHere(), true), { MINIAPP_REGISTRY_HOST: 'registry.example.com' })).toEqual([]);
});
