/** The one layer of a manifest, the zip of a package: brought here, and sent. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder, type Temporary } from '../../git/stores/temporary.ts';
import { writeWhole } from '../../git/stores/write-whole.ts';
import { readZip } from '../read-zip.ts';
import { isUsable, type HeldPackage, type OpenPackage, type Unusable } from '../store.ts';
import type { VersionId } from '../version-id.ts';
import { saveZip } from '../write.ts';
import { LARGEST_ZIP } from '../zip.ts';
import { EMPTY, EMPTY_DESCRIPTOR, manifestOf, readManifest, tagOf } from './manifest.ts';
import type { OciRepository } from './repository.ts';

/** A package on disk while it is open, or why it is none. */
export interface OpenedLayer {
  readonly found: OpenPackage | Unusable;
  close(): void;
}

/** Brings the layer of what is held there, proven by its digest, into a file that `close` removes. Throws StoreError. */
export async function bringLayer(there: OciRepository, { id, object }: HeldPackage): Promise<OpenedLayer> {
  const nothing = (found: Unusable): OpenedLayer => ({ found, close: () => {} });
  const text = await there.manifest(object);
  if (text === undefined) return nothing({ isAbsent: true });
  const manifest = readManifest(text, id, LARGEST_ZIP);
  if ('refused' in manifest) return nothing(manifest);
  const home = temporaryFolder(tmpdir(), 'miniapp-layer-');
  const file = openSync(join(home.path, 'layer.zip'), 'w+', 0o600);
  const close = closing(home, file);
  try {
    const got = await there.read(manifest.layer, (piece) =>
      writeWhole(file, piece, `the folder of temporary files, ${tmpdir()},`),
    );
    const found: OpenPackage | Unusable =
      got === 'absent'
        ? { isAbsent: true }
        : got === 'whole'
          ? readZip(file, manifest.layer.digest.slice('sha256:'.length))
          : got;
    if (isUsable(found)) return { found, close };
    close();
    return nothing(found);
  } catch (error) {
    close();
    throw error;
  }
}

function closing(home: Temporary, file: number): () => void {
  let isOpen = true;
  return () => {
    if (isOpen) closeSync(file);
    isOpen = false;
    home.remove();
  };
}

/**
 * Sends the files of a version as one layer, and names it by the version's tag. `sha256`: of the package. `isFree` is asked before the
 * tag names what was sent. Throws StoreError.
 */
export async function pushLayer(
  there: OciRepository,
  { id, files, sha256 }: { readonly id: VersionId; readonly files: OpenPackage; readonly sha256: string },
  isFree: () => Promise<boolean>,
): Promise<void> {
  const home = temporaryFolder(tmpdir(), 'miniapp-layer-');
  try {
    const file = join(home.path, 'layer.zip');
    const hash = createHash('sha256');
    let size = 0;
    saveZip(files, file, (bytes) => {
      hash.update(bytes);
      size += bytes.length;
    });
    const layer = { mediaType: 'application/zip', digest: `sha256:${hash.digest('hex')}`, size };
    await there.write(layer, file);
    const config = join(home.path, 'config.json');
    writeFileSync(config, EMPTY);
    await there.write(EMPTY_DESCRIPTOR, config);
    if (await isFree()) await there.tag(tagOf(id), manifestOf(id, layer, sha256));
  } finally {
    home.remove();
  }
}
