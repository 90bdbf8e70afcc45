/** A repository of an OCI registry (distribution-spec 1.1): what a tag names, contents by their digest, and how they come there. */
import { createHash } from 'node:crypto';
import { StoreError } from '../store.ts';
import { dropped, expect, explained } from './answers.ts';
import type { Authorizer } from './authorize.ts';
import { download, type DownloadOutcome } from './download.ts';
import { readText, shown, type HttpAnswer, type HttpLimits } from './http.ts';
import { isDigest, MANIFEST_TYPE, type Descriptor } from './manifest.ts';
import { upload } from './upload.ts';

export interface RepositoryAddress {
  /** Such as `https://ghcr.io`. */
  readonly origin: string;
  readonly repository: string;
}

export interface OciRepository {
  /** The digest of the manifest that a tag names; undefined where there is none. */
  resolve(tag: string): Promise<string | undefined>;
  /** A manifest, by its digest, proven; undefined where it is not there, or is another. */
  manifest(digest: string): Promise<string | undefined>;
  has(content: Descriptor): Promise<boolean>;
  /** Writes a content by its pieces, proven at the end: `whole`, or what is wrong with it. */
  read(content: Descriptor, write: (piece: Uint8Array) => void): Promise<DownloadOutcome>;
  /** Brings a content there that is in a file. What broke off goes on where it stopped. */
  write(content: Descriptor, file: string): Promise<void>;
  /** Names a manifest, whose contents are there. */
  tag(tag: string, manifest: string): Promise<void>;
}

/** Bytes of a manifest, as registries have it. */
const MOST = 4 * 1024 ** 2;

const digestOfText = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** Whatever fails throws StoreError. */
export function repositoryAt(
  { origin, repository }: RepositoryAddress,
  to: Authorizer,
  limits: HttpLimits,
): OciRepository {
  const at = (path: string) => new URL(`/v2/${repository}/${path}`, origin);
  const accept = { accept: MANIFEST_TYPE };

  const resolve: OciRepository['resolve'] = async (tag) => {
    const url = at(`manifests/${tag}`);
    const answer = await to.send({ method: 'HEAD', url, headers: accept });
    answer.drop();
    if (answer.status === 404) return undefined;
    expect(answer, 200);
    const digest = answer.headers.get('docker-content-digest');
    if (isDigest(digest)) return digest;
    // It does not have to say.
    const got = await to.send({ method: 'GET', url, headers: accept });
    if (got.status === 404) return dropped(got);
    return digestOfText(await readText(expect(got, 200), MOST));
  };

  const has: OciRepository['has'] = async ({ digest }) => {
    const answer = await to.send({ method: 'HEAD', url: at(`blobs/${digest}`) });
    answer.drop();
    if (answer.status === 404) return false;
    expect(answer, 200);
    return true;
  };

  return {
    resolve,
    has,
    async manifest(digest) {
      const answer = await to.send({ method: 'GET', url: at(`manifests/${digest}`), headers: accept });
      if (answer.status === 404) return dropped(answer);
      const text = await readText(expect(answer, 200), MOST);
      return digestOfText(text) === digest ? text : undefined;
    },
    read: (content, write) => download(to, at(`blobs/${content.digest}`), content, write, limits),
    async write(content, file) {
      if (await has(content)) return;
      const url = await upload(to, at('blobs/uploads/'), { file, bytes: content.size }, limits);
      // As it was given: what it holds is the registry's to read.
      const closing = new URL(
        `${url.href}${url.search === '' ? '?' : '&'}digest=${encodeURIComponent(content.digest)}`,
      );
      const headers = { 'content-type': 'application/octet-stream' };
      const answer = await to.send({ method: 'PUT', url: closing, headers, body: () => '', isOnce: true });
      await explained(answer, 201, 204);
      sameDigest(answer, content.digest);
    },
    async tag(tag, manifest) {
      const headers = { 'content-type': MANIFEST_TYPE };
      const answer = await to.send({ method: 'PUT', url: at(`manifests/${tag}`), headers, body: () => manifest });
      await explained(answer, 201);
      sameDigest(answer, digestOfText(manifest));
    },
  };
}

/** What it says that it took. */
function sameDigest({ headers, url }: HttpAnswer, digest: string): void {
  const said = headers.get('docker-content-digest');
  if (said !== null && said !== digest) throw new StoreError(`${shown(url)} took ${digest} for ${said.slice(0, 80)}`);
}
