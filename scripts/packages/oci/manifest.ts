/** The manifest of a package in an OCI registry (image-spec 1.1, "Guidelines for Artifact Usage"): one layer, the zip of its files. */
import type { VersionId } from '../version-id.ts';

export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
export const ARTIFACT_TYPE = 'application/vnd.miniapp.package.v1';
const LAYER_TYPE = 'application/zip';

/** Content of a registry by its digest. */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  readonly size: number;
}

/** The configuration of what has none: `{}`. */
export const EMPTY = '{}';
const EMPTY_CONFIG = {
  mediaType: 'application/vnd.oci.empty.v1+json',
  digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  size: EMPTY.length,
  data: Buffer.from(EMPTY).toString('base64'),
} as const;
export const EMPTY_DESCRIPTOR: Descriptor = EMPTY_CONFIG;

export const ANNOTATIONS = {
  id: 'vnd.miniapp.id',
  version: 'vnd.miniapp.version',
  sha256: 'vnd.miniapp.package.sha256',
} as const;

/** Whether a value is a digest as the image-spec writes them: `sha256:` and 64 digits in lower case. */
export const isDigest = (text: unknown): text is string =>
  typeof text === 'string' && /^sha256:[0-9a-f]{64}$/.test(text);

/** The tag of a version. */
export const tagOf = ({ miniapp, version }: VersionId): string => `${miniapp}-${version}`;

/** The same bytes for the same package, whoever makes it and when. `sha256`: the package's. */
export function manifestOf(id: VersionId, layer: Omit<Descriptor, 'mediaType'>, sha256: string): string {
  const { digest, size } = layer;
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    artifactType: ARTIFACT_TYPE,
    config: EMPTY_CONFIG,
    layers: [
      {
        mediaType: LAYER_TYPE,
        digest,
        size,
        annotations: { 'org.opencontainers.image.title': `${tagOf(id)}.zip` },
      },
    ],
    annotations: {
      [ANNOTATIONS.id]: id.miniapp,
      [ANNOTATIONS.version]: id.version,
      [ANNOTATIONS.sha256]: sha256,
    },
  });
}

export interface Manifest {
  readonly layer: Descriptor;
  /** What the package is said to be. */
  readonly sha256: string;
}

/** What a manifest says, or why it is not one of this version's package. `most`: the bytes that its layer may have. */
export function readManifest(text: string, id: VersionId, most: number): Manifest | { readonly refused: string } {
  let found: Partial<Record<'mediaType' | 'artifactType' | 'layers' | 'annotations', unknown>>;
  try {
    found = Object(JSON.parse(text)) as typeof found;
  } catch {
    return { refused: 'its manifest is no JSON' };
  }
  if (found.artifactType !== ARTIFACT_TYPE) return { refused: `it is no artifact of the type ${ARTIFACT_TYPE}` };
  const layers: readonly unknown[] = Array.isArray(found.layers) ? found.layers : [];
  const { mediaType, digest, size } = Object(layers[0]) as Partial<Record<keyof Descriptor, unknown>>;
  const isOne = layers.length === 1 && mediaType === LAYER_TYPE && isDigest(digest) && Number.isSafeInteger(size);
  if (!isOne) return { refused: `it has not exactly one layer, of the type ${LAYER_TYPE}` };
  if ((size as number) < 0 || (size as number) > most)
    return { refused: `its layer has ${size as number} bytes, and ${most} are possible` };
  const said = Object(found.annotations) as Readonly<Record<string, unknown>>;
  const expected = { [ANNOTATIONS.id]: id.miniapp, [ANNOTATIONS.version]: id.version };
  const other = Object.entries(expected).find(([name, value]) => said[name] !== value);
  if (other) return { refused: `its annotation ${other[0]} is not ${other[1]}` };
  const sha256 = said[ANNOTATIONS.sha256];
  if (typeof sha256 !== 'string') return { refused: `it has no annotation ${ANNOTATIONS.sha256}` };
  return { layer: { mediaType: LAYER_TYPE, digest, size: size as number }, sha256 };
}
