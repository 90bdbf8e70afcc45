/**
 * Packages in a registry of containers: a real one, and one that something stands before which breaks, lies and leads astray. Longer than
 * most files: one protocol, whose registries both parts share.
 */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { inBetween, type ConnectionFault, type InBetween } from '../fixtures/oci/in-between.ts';
import { NO_REGISTRY, realRegistry, type Access, type RealRegistry } from '../fixtures/oci/registry.ts';
import { ISSUER, SERVICE, tokenService, type TokenService } from '../fixtures/oci/token-service.ts';
import { digest } from '../project/digest.ts';
import { Findings } from '../project/finding.ts';
import { ARTIFACT_TYPE, MANIFEST_TYPE } from './oci/manifest.ts';
import { ociStore, type OciStore } from './oci-store.ts';
import { isUsable, StoreError, type OpenPackage } from './store.ts';

const home = mkdtempSync(join(tmpdir(), 'miniapp-oci-'));
const running: { stop(): void }[] = [];
const stores: OciStore[] = [];
const started = <T extends { stop(): void }>(one: T): T => {
  running.push(one);
  return one;
};
afterEach(() => {
  for (const one of stores.splice(0)) one.close();
});
afterAll(() => {
  for (const one of running) one.stop();
  rmSync(home, { recursive: true, force: true });
});

const ID = { miniapp: 'ty4f0c2a9b71de83', version: '1.2.0' };
const TAG = `${ID.miniapp}-${ID.version}`;
const KEY = `${ID.miniapp}/${ID.version}`;
const LIMITS = { idle: 5000, total: 30_000, pause: 5, patience: 2000, tries: 3 };

function packageOf(files: Readonly<Record<string, string>>) {
  const content: OpenPackage['content'] = {
    each(path, _limit, take) {
      const bytes = Buffer.from(files[path]!);
      take(bytes);
      return bytes.length;
    },
  };
  const list = Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) }));
  const found = digest(content, list, new Findings('.'))!;
  return { open: { files: new Map(list.map((file) => [file.path, file])), content }, found };
}
const ONE = packageOf({
  'app.js': 'App({});\n',
  'pages/ä/index.js': 'Page({});\n',
  '.gitattributes': '* -diff\n',
  empty: '',
});
const TWO = packageOf({ 'app.js': 'App({ other: true });\n' });
const LARGE = packageOf({ 'large.txt': 'x'.repeat(3_000_000) });

function storeAt(host: string, env: NodeJS.ProcessEnv = {}, repository = 'team/apps'): OciStore {
  const own = { HOME: join(home, 'nobody'), PATH: process.env['PATH'], ...env };
  const store = ociStore({ registry: host, repository, insecure: true, env: own, limits: LIMITS });
  stores.push(store);
  return store;
}

const put = (store: OciStore, { open, found }: typeof ONE, mayReplace = false) =>
  store.put({ id: ID, files: open, sha256: found.sha256, mayReplace: () => mayReplace });

async function proofIn(store: OciStore) {
  const held = (await store.find([ID])).get(KEY);
  return held && (await store.prove([held])).get(KEY);
}

const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    (value) => {
      throw new Error(`it went well: ${JSON.stringify(value)}`);
    },
    (error: unknown) => {
      if (error instanceof StoreError) return error.message;
      throw error;
    },
  );

/** The real one that lets anybody in: the tests have a repository each. */
let anybody: Promise<RealRegistry> | undefined;
const openRegistry = () => (anybody ??= realRegistry().then(started));

describe.skipIf(NO_REGISTRY)(`a real registry (${NO_REGISTRY ?? 'docker-registry'})`, () => {
  test('takes a package as an artifact, whose bytes come back; the same again is there; another goes there only if it may', async () => {
    const { host } = await openRegistry();
    const store = storeAt(host);
    expect(await proofIn(store)).toBeUndefined();
    expect(await put(store, ONE)).toEqual({ outcome: 'kept', ref: `${host}/team/apps:${TAG}` });
    const answer = await fetch(`http://${host}/v2/team/apps/manifests/${TAG}`, { headers: { accept: MANIFEST_TYPE } });
    expect(await answer.json()).toMatchObject({
      mediaType: MANIFEST_TYPE,
      artifactType: ARTIFACT_TYPE,
      config: { mediaType: 'application/vnd.oci.empty.v1+json', size: 2 },
      layers: [{ mediaType: 'application/zip' }],
      annotations: {
        'vnd.miniapp.id': ID.miniapp,
        'vnd.miniapp.version': ID.version,
        'vnd.miniapp.package.sha256': ONE.found.sha256,
      },
    });
    expect(await proofIn(store)).toEqual(ONE.found);
    const held = (await store.find([ID])).get(KEY)!;
    const open = await store.open(held);
    if (!isUsable(open)) throw new Error(JSON.stringify(open));
    const text = (path: string) => {
      const pieces: Buffer[] = [];
      open.content.each(path, 1000, (piece) => pieces.push(Buffer.from(piece)));
      return Buffer.concat(pieces).toString();
    };
    expect([...open.files.keys()].map((path) => [path, text(path)])).toEqual([
      ['.gitattributes', '* -diff\n'],
      ['app.js', 'App({});\n'],
      ['empty', ''],
      ['pages/ä/index.js', 'Page({});\n'],
    ]);
    expect((await put(storeAt(host), ONE)).outcome).toBe('there');
    expect((await put(storeAt(host), TWO)).outcome).toBe('other');
    expect(await proofIn(storeAt(host))).toEqual(ONE.found);
    expect((await put(storeAt(host), TWO, true)).outcome).toBe('kept');
    expect(await proofIn(storeAt(host))).toEqual(TWO.found);
    expect((await proofIn(storeAt(host, {}, 'team/others'))) ?? 'nothing').toBe('nothing');
  });

  test.each([
    ['stay, where they may not go', false, 'other'],
    ['go, where they may', true, 'kept'],
  ])('others that somebody keeps while bytes are sent %s', async (_, mayGo, outcome) => {
    const real = await openRegistry();
    const repository = `race-${outcome}`;
    let looks = 0;
    const between = started(
      await inBetween(real.host, ({ method, path, headers }, answer) => {
        if (method !== 'HEAD' || !path.includes('/manifests/') || ++looks !== 2) return false;
        // The second look comes when everything is sent: somebody else was quicker.
        const look = { method, headers: { accept: String(headers.accept) } };
        void put(storeAt(real.host, {}, repository), ONE)
          .then(() => fetch(`http://${real.host}${path}`, look))
          .then((found) => answer.writeHead(found.status, Object.fromEntries(found.headers)).end());
        return true;
      }),
    );
    expect((await put(storeAt(between.host, {}, repository), TWO, mayGo)).outcome).toBe(outcome);
    const { sha256 } = (mayGo ? TWO : ONE).found;
    expect(await proofIn(storeAt(real.host, {}, repository))).toMatchObject({ sha256 });
  });

  test('a content that is there already is not sent again', async () => {
    const real = await openRegistry();
    const between = started(await inBetween(real.host));
    const store = storeAt(between.host, {}, 'twice');
    await put(store, LARGE);
    between.asked.length = 0;
    await store.put({
      id: { ...ID, version: '1.3.0' },
      files: LARGE.open,
      sha256: LARGE.found.sha256,
      mayReplace: () => false,
    });
    expect(between.asked.map(({ method, path }) => `${method} ${path.split('/').at(-2)}`)).toEqual([
      ...['HEAD manifests', 'HEAD blobs', 'HEAD blobs', 'HEAD manifests', 'PUT manifests'],
    ]);
  });

  test.each([
    ['in the middle of a content', (count: number) => count < 1],
    ['every time', () => true],
  ])('an upload that breaks off %s goes on, as often as is reasonable', async (when, isCut) => {
    const real = await openRegistry();
    const repository = when.replaceAll(' ', '-');
    let count = 0;
    const between = started(
      await inBetween(real.host, ({ method, headers }, _answer, incoming) => {
        if (method === 'PATCH' && Number(headers['content-length']) > 1000 && isCut(count)) {
          count += 1;
          let bytes = 0;
          incoming.on('data', (piece: Buffer) => (bytes += piece.length) > 500_000 && incoming.socket.destroy());
        }
        return false;
      }),
    );
    const kept = put(storeAt(between.host, {}, repository), LARGE);
    if (when === 'every time') {
      expect(await failure(kept)).toMatch(/^an upload to http:\/\/127\.0\.0\.1:\d+ broke off 3 times/);
      expect(count).toBe(3);
      return;
    }
    expect((await kept).outcome).toBe('kept');
    expect(await proofIn(storeAt(real.host, {}, repository))).toEqual(LARGE.found);
  });

  describe('that wants a password', () => {
    const folder = mkdtempSync(join(home, 'docker-'));
    const auth = Buffer.from('bob:right').toString('base64');
    const config = (text: object) => {
      const own = mkdtempSync(join(folder, 'config-'));
      writeFileSync(join(own, 'config.json'), JSON.stringify(text));
      return own;
    };
    let real: RealRegistry;
    const ready = async () => (real ??= started(await realRegistry({ kind: 'password' })));

    test.each([
      ['MINIAPP_REGISTRY_TOKEN', () => ({ MINIAPP_REGISTRY_TOKEN: 'bob:right' })],
      ["Docker's file", () => ({ DOCKER_CONFIG: config({ auths: { [real.host]: { auth } } }) })],
      [
        "Docker's file in the home",
        () => {
          const own = mkdtempSync(join(folder, 'home-'));
          mkdirSync(join(own, '.docker'));
          writeFileSync(
            join(own, '.docker/config.json'),
            JSON.stringify({ auths: { [`https://${real.host}/v2/`]: { auth } } }),
          );
          return { HOME: own };
        },
      ],
      [
        'a helper',
        () => {
          const script = `#!/bin/sh\nread host\n[ "$1 $host" = "get ${real.host}" ] && echo '{"Username":"bob","Secret":"right"}'\n`;
          writeFileSync(join(folder, 'docker-credential-tests'), script);
          chmodSync(join(folder, 'docker-credential-tests'), 0o755);
          return {
            DOCKER_CONFIG: config({ credHelpers: { [real.host]: 'tests' } }),
            PATH: `${folder}:${process.env['PATH']}`,
          };
        },
      ],
    ])('gets it from %s', async (_, env) => {
      await ready();
      const store = storeAt(real.host, env());
      expect((await put(store, ONE)).outcome).toMatch(/kept|there/);
      expect(await proofIn(store)).toEqual(ONE.found);
    });

    test.each([
      ['no credentials', () => ({}), /docker login 127\.0\.0\.1:\d+, or set MINIAPP_REGISTRY_TOKEN \(/],
      [
        'wrong ones',
        () => ({ MINIAPP_REGISTRY_TOKEN: 'bob:wrong-and-secret' }),
        /does not take what MINIAPP_REGISTRY_TOKEN has for it$/,
      ],
      [
        'a helper that is not there',
        () => ({ DOCKER_CONFIG: config({ credsStore: 'none-such' }) }),
        /docker-credential-none-such.*not installed/,
      ],
      [
        'a file that is no JSON',
        () => {
          const own = config({});
          writeFileSync(join(own, 'config.json'), '{"auths": secret');
          return { DOCKER_CONFIG: own };
        },
        /config\.json is no JSON$/,
      ],
    ])('with %s says what to do, and no secret', async (_, env, expected) => {
      await ready();
      const said = await failure(proofIn(storeAt(real.host, env())));
      expect(said).toMatch(expected);
      expect(said).not.toMatch(/secret|Ym9i/);
    });
  });

  describe('that names a service of tokens', () => {
    let service: TokenService;
    let real: RealRegistry;
    const ready = async (isPublic: boolean, seconds?: number) => {
      const folder = mkdtempSync(join(home, 'token-'));
      service = started(await tokenService(folder, { isPublic, ...(seconds === undefined ? {} : { seconds }) }));
      const { realm, certificate } = service;
      const access: Access = { kind: 'token', realm, certificate, service: SERVICE, issuer: ISSUER };
      real = started(await realRegistry(access));
    };

    test('is asked with its tokens, for reading and for writing; whoever may only read is told so; anybody reads what is public', async () => {
      await ready(true);
      const env = { MINIAPP_REGISTRY_TOKEN: 'bob:right' };
      expect((await put(storeAt(real.host, env), ONE)).outcome).toBe('kept');
      expect(await proofIn(storeAt(real.host, env))).toEqual(ONE.found);
      // The registry names what may be done in any order.
      const scopeOf = ({ path }: { path: string }) =>
        new URL(path, 'http://x').searchParams.get('scope')!.replace('push,pull', 'pull,push');
      expect([...new Set(service.asked.map(scopeOf))].sort()).toEqual([
        'repository:team/apps:pull',
        'repository:team/apps:pull,push',
      ]);
      expect(await proofIn(storeAt(real.host))).toEqual(ONE.found);
      expect(await failure(put(storeAt(real.host), TWO, true))).toMatch(/docker login/);
      expect(await failure(proofIn(storeAt(real.host, { MINIAPP_REGISTRY_TOKEN: 'bob:wrong' })))).toMatch(
        /does not take what MINIAPP_REGISTRY_TOKEN has for it \(http:\/\/127\.0\.0\.1:\d+\/token says 401\)$/,
      );
    });
  });
});

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
