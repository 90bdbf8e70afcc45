/** A registry of containers that breaks, lies and leads astray, and what stands between it and us: the store says so, and keeps nothing of it. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { inBetween, type ConnectionFault, type InBetween } from '../fixtures/oci/in-between.ts';
import { failure, ID, LARGE, LIMITS, ociHarness, ONE, proofIn, put } from '../fixtures/oci/oci-harness.ts';
import { ARTIFACT_TYPE, MANIFEST_TYPE } from './oci/manifest.ts';
import { ociStore } from './oci-store.ts';
import { StoreError } from './store.ts';

const { home, started, storeAt } = ociHarness();

/** A registry of our own making: what it gives is a test's to say. */
describe('a registry that', () => {
  const zip = Buffer.from('no zip at all');
  const sha = (bytes: Uint8Array | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const manifest = (size = zip.length, digested = sha(zip)) =>
    JSON.stringify({
      schemaVersion: 2,
      artifactType: ARTIFACT_TYPE,
      layers: [{ mediaType: 'application/zip', digest: digested, size }],
      annotations: {
        'vnd.miniapp.id': ID.miniapp,
        'vnd.miniapp.version': ID.version,
        'vnd.miniapp.package.sha256': '0',
      },
    });
  const holding =
    (text: string, blob: ConnectionFault): ConnectionFault =>
    (exchange, answer, incoming) => {
      if (exchange.path.includes('/blobs/')) return blob(exchange, answer, incoming);
      if (!exchange.path.includes('/manifests/')) return false;
      answer.writeHead(200, { 'docker-content-digest': sha(text), 'content-type': MANIFEST_TYPE });
      answer.end(exchange.method === 'HEAD' ? undefined : text);
      return true;
    };
  const gives =
    (bytes: Uint8Array | string, headers = {}): ConnectionFault =>
    (_, answer) => {
      answer.writeHead(200, headers).end(bytes);
      return true;
    };
  const at = async (fault: ConnectionFault): Promise<InBetween> => started(await inBetween(undefined, fault));

  test.each([
    ['gives other bytes', manifest(), gives('something els'), /is something else$/],
    ['gives fewer', manifest(), gives('no'), /gives 2 of the 13 bytes/],
    ['gives more', manifest(), gives('no zip at all, and more of it'), /gives more than the 13 bytes/],
    ['gives what is no zip', manifest(), gives(zip), /it is no zip of files/],
    ['holds another artifact', '{"layers":[]}', gives(zip), /no artifact of the type/],
    ['holds a manifest that is none', '[', gives(zip), /no JSON/],
    ['says that a layer is too large', manifest(10 ** 12), gives(zip), /are possible/],
    ['names another algorithm', manifest(13, 'md5:00'), gives(zip), /exactly one layer/],
    ['holds another version', manifest().replace('1.2.0', '1.2.1'), gives(zip), /vnd\.miniapp\.version is not 1\.2\.0/],
  ])('%s is not believed', async (_, text, blob, why) => {
    const { host } = await at(holding(text, blob));
    expect(await proofIn(storeAt(host))).toEqual({ refused: expect.stringMatching(why) });
  });

  test('gives a manifest of another digest than it says has none', async () => {
    const { host } = await at((exchange, answer) => {
      answer.writeHead(200, { 'docker-content-digest': sha('x') }).end(exchange.method === 'HEAD' ? '' : manifest());
      return true;
    });
    expect(await proofIn(storeAt(host))).toEqual({ isAbsent: true });
  });

  test('cuts a content is asked for the rest; one that never gives it is not waited for without end', async () => {
    let count = 0;
    const cutting: ConnectionFault = ({ headers }, answer) => {
      count += 1;
      if (headers.range === undefined) {
        answer.writeHead(200, { 'content-length': '13' }).write(zip.subarray(0, 5));
        setTimeout(() => answer.destroy(), 20);
      } else {
        expect(headers.range).toBe('bytes=5-12');
        answer.writeHead(206, { 'content-range': 'bytes 5-12/13' }).end(zip.subarray(5));
      }
      return true;
    };
    const { host } = await at(holding(manifest(), cutting));
    expect(await proofIn(storeAt(host))).toEqual({ refused: 'it is no zip of files' });
    expect(count).toBe(2);
    const never = await at(
      holding(manifest(), (_, answer) => {
        answer.writeHead(200, { 'content-length': '13' }).write('no');
        setTimeout(() => answer.destroy(), 5);
        return true;
      }),
    );
    expect(await failure(proofIn(storeAt(never.host)))).toMatch(/the connection was cut$/);
  });

  test.each([
    ['says nothing', () => true],
    [
      'drips',
      ((_, answer) => {
        answer.writeHead(200, { 'content-length': '13' });
        const timer = setInterval(() => answer.write('n'), 300);
        answer.on('close', () => clearInterval(timer));
        return true;
      }) as ConnectionFault,
    ],
  ])('%s is waited for so long, and no longer', async (_, blob) => {
    const { host } = await at(holding(manifest(), blob));
    const store = ociStore({
      registry: host,
      repository: 'a',
      insecure: true,
      env: { HOME: home },
      limits: { ...LIMITS, idle: 400, total: 1000, tries: 2 },
    });
    expect(await failure(proofIn(store))).toMatch(/it is too slow$/);
  });

  test('takes no more requests for now is asked again when it says, unless that is too long', async () => {
    let count = 0;
    const limiting =
      (after: string): ConnectionFault =>
      (...all) => {
        count += 1;
        if (count > 1) return holding(manifest(), gives(zip))(...all);
        all[1].writeHead(429, { 'retry-after': after }).end();
        return true;
      };
    const { host } = await at(limiting('1'));
    const before = performance.now();
    expect(await proofIn(storeAt(host))).toEqual({ refused: 'it is no zip of files' });
    expect(performance.now() - before).toBeGreaterThan(950);
    count = 0;
    const long = await at(limiting('3600'));
    expect(await failure(proofIn(storeAt(long.host)))).toMatch(
      /takes no more requests for now: again in 3600 seconds$/,
    );
    const always = await at((_, answer) => Boolean(answer.writeHead(503).end()));
    expect(await failure(proofIn(storeAt(always.host)))).toMatch(/answers 503$/);
    expect(always.asked.length).toBe(3);
  });

  test('leads elsewhere is followed, and nobody there is told who asks, or may ask for it', async () => {
    const asking: ConnectionFault = (_, answer) =>
      Boolean(answer.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end());
    const thief = await at(asking);
    const elsewhere = await at(gives(zip));
    const basic = `Basic ${Buffer.from('bob:right').toString('base64')}`;
    let target = elsewhere;
    const { host, asked } = await at((exchange, answer, incoming) => {
      if (exchange.headers.authorization !== basic) return asking(exchange, answer, incoming);
      return holding(manifest(), (_, out) =>
        Boolean(out.writeHead(307, { location: `http://${target.host}/signed?key=secret` }).end()),
      )(exchange, answer, incoming);
    });
    const env = { MINIAPP_REGISTRY_TOKEN: 'bob:right' };
    expect(await proofIn(storeAt(host, env))).toEqual({ refused: 'it is no zip of files' });
    target = thief;
    const said = await failure(proofIn(storeAt(host, env)));
    expect(said).toMatch(/\/signed answers 401$/);
    expect([...elsewhere.asked, ...thief.asked].map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      undefined,
    ]);
    expect(asked.some(({ headers }) => headers.authorization === basic)).toBe(true);
    const circle = await at(({ path }, answer) => Boolean(answer.writeHead(302, { location: `${path}x` }).end()));
    expect(await failure(proofIn(storeAt(circle.host)))).toMatch(/from one address to another$/);
    expect(circle.asked.length).toBe(6);
  });

  test('has a part of an upload that broke off gets the rest alone', async () => {
    const pieces: Buffer[] = [];
    const size = () => pieces.reduce((sum, { length }) => sum + length, 0);
    const ranges: unknown[] = [];
    let closed = '';
    const { host } = await at(({ method, path, headers }, answer, incoming) => {
      const location = { location: `/up?state=${size()}` };
      if (method === 'PATCH') {
        ranges.push(headers['content-range']);
        const mayBreak = ranges.length === 1;
        incoming.on('data', (piece: Buffer) => {
          if (mayBreak && size() > 500_000) incoming.socket.destroy();
          else pieces.push(piece);
        });
        incoming.on('end', () => answer.writeHead(202, { ...location, range: `0-${size() - 1}` }).end());
      } else if (method === 'POST') answer.writeHead(202, { location: '/up' }).end();
      else if (method === 'GET') answer.writeHead(204, { ...location, range: `0-${size() - 1}` }).end();
      else if (method === 'PUT') {
        if (closed === '') closed = `${path} ${sha(Buffer.concat(pieces))}`;
        answer.writeHead(201).end();
      } else answer.writeHead(path.includes('44136') ? 200 : 404).end();
      return true;
    });
    expect((await put(storeAt(host), LARGE)).outcome).toBe('kept');
    expect(ranges).toEqual([undefined, expect.stringMatching(/^\d{6}-3000115$/)]);
    const [, digested, found] = /^\/up\?state=\d+&digest=(\S+) (\S+)$/.exec(closed) ?? [];
    expect(decodeURIComponent(digested!)).toBe(found);
  });

  test('has an upload go on elsewhere gets it there, without who asks', async () => {
    const elsewhere = await at((_, answer) =>
      Boolean(answer.writeHead(202, { location: '/there?state=1', range: '0-3000143' }).end()),
    );
    const { host } = await at(({ method, headers }, answer) => {
      if (headers.authorization === undefined) answer.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      else if (method === 'POST') answer.writeHead(202, { location: `http://${elsewhere.host}/there` }).end();
      else answer.writeHead(404).end();
      return true;
    });
    await failure(put(storeAt(host, { MINIAPP_REGISTRY_TOKEN: 'bob:right' }), LARGE));
    expect(elsewhere.asked.map(({ method, headers }) => [method, headers.authorization])[0]).toEqual([
      'PATCH',
      undefined,
    ]);
  });

  test('takes a package for another one is not believed', async () => {
    const { host } = await at(({ method }, answer) => {
      if (method === 'POST') answer.writeHead(202, { location: '/up' }).end();
      else if (method === 'PATCH') answer.writeHead(202, { location: '/up' }).end();
      else if (method === 'PUT') answer.writeHead(201, { 'docker-content-digest': sha('x') }).end();
      else answer.writeHead(404).end();
      return true;
    });
    expect(await failure(put(storeAt(host), ONE))).toMatch(/took sha256:[0-9a-f]{64} for sha256:/);
  });

  test('nothing stays behind on this machine', () => {
    const own = new RegExp(String.raw`^miniapp-layer-${process.pid}\.`);
    expect(readdirSync(tmpdir()).filter((name) => own.test(name))).toEqual([]);
  });
});

test.each(['127.0.0.1:99999', '1.2.3.999', 'xn--a', '[::1:2:3:4:5:6:7:8:9]'])(
  'a registry that looks like a host and is none, %s, is a store that cannot be asked',
  async (host) => {
    await expect(storeAt(host).find([ID])).rejects.toThrow(StoreError);
    await expect(storeAt(host).find([ID])).rejects.toThrow(host);
  },
);

/** A process of its own that asks a registry with the patience of the product; its standard output, and the seconds until it ended. */
async function asking(host: string, env: NodeJS.ProcessEnv): Promise<{ said: string; seconds: number }> {
  const store = pathToFileURL(join(import.meta.dirname, 'oci-store.ts')).href;
  const place = JSON.stringify({ registry: host, repository: 'team/apps', insecure: true, env });
  const script = `
    const { ociStore } = await import(${JSON.stringify(store)});
    await ociStore(${place}).find([${JSON.stringify(ID)}]).catch((error) => console.log(error.message));`;
  const before = performance.now();
  const options = { env: { PATH: process.env['PATH'], HOME: home }, timeout: 30_000 };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
  return { said: stdout, seconds: (performance.now() - before) / 1000 };
}

/** A folder of Docker's that names a helper which is not there. */
const withHelper = mkdtempSync(join(tmpdir(), 'miniapp-docker-'));
writeFileSync(join(withHelper, 'config.json'), '{"credsStore":"none-such"}');
afterAll(() => rmSync(withHelper, { recursive: true, force: true }));

test.each<[string, ConnectionFault, NodeJS.ProcessEnv, RegExp]>([
  [
    'whose service of tokens says no',
    ({ path, headers }, answer) => {
      const challenge = `Bearer realm="http://${headers.host}/token",service="x"`;
      return Boolean(answer.writeHead(401, path.startsWith('/token') ? {} : { 'www-authenticate': challenge }).end());
    },
    { MINIAPP_REGISTRY_TOKEN: 'bob:wrong' },
    /does not take what MINIAPP_REGISTRY_TOKEN has/,
  ],
  [
    'that asks who we are, which a helper that is not there would tell',
    (_, answer) => Boolean(answer.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end('x'.repeat(100_000))),
    { DOCKER_CONFIG: withHelper },
    /docker-credential-none-such.*not installed/,
  ],
])(
  'what ends by the no of a registry %s is no process that waits for more',
  { timeout: 60_000 },
  async (_, fault, env, expected) => {
    const { host } = started(await inBetween(undefined, fault));
    const { said, seconds } = await asking(host, env);
    expect(said).toMatch(expected);
    expect(seconds).toBeLessThan(20);
  },
);
