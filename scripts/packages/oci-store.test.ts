/** Packages in a real registry of containers: kept, proven, opened, and asked for with credentials. */
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inBetween } from '../fixtures/oci/in-between.ts';
import { failure, ID, KEY, LARGE, ociHarness, ONE, proofIn, put, TAG, TWO } from '../fixtures/oci/oci-harness.ts';
import { NO_REGISTRY, realRegistry, type Access, type RealRegistry } from '../fixtures/oci/registry.ts';
import { ISSUER, SERVICE, tokenService, type TokenService } from '../fixtures/oci/token-service.ts';
import { ARTIFACT_TYPE, MANIFEST_TYPE } from './oci/manifest.ts';
import { isUsable } from './store.ts';

const { home, openRegistry, started, storeAt } = ociHarness();

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
