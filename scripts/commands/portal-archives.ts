/** The packages that can be downloaded from a portal: a zip of each version that people can get, proven before it is made. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync, copyFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Miniapp, Workspace } from '../core/model.ts';
import { isInRepository } from '../git/process/location.ts';
import { temporaryFolder } from '../git/stores/temporary.ts';
import { isProven, provenPackage } from '../packages/proven.ts';
import { saveZip } from '../packages/write.ts';
import { safe } from '../report/terminal.ts';
import type { Io } from '../cli/frame/command.ts';
import { packageStores } from '../cli/config/package-stores.ts';

export interface ListedArchive {
  readonly miniapp: string;
  readonly version: string;
  /** Below the portal's root. */
  readonly path: string;
  /** As the portal's API names it, with the path that the portal is served under. */
  readonly url: string;
  /** Of the zip itself. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A folder of this run alone; whoever asks for it removes it. */
export const archiveFolder = () => temporaryFolder(tmpdir(), 'miniapp-archives-');

interface ArchiveOptions {
  readonly workspace: Workspace;
  readonly path: string;
  readonly io: Io;
  readonly base: string;
  /** Whether experience versions are handed out too. */
  readonly isExperience: boolean;
  /** Where the zips are made. */
  readonly folder: string;
}

/**
 * What everybody can get of a miniapp, and what whitelisted accounts try where that is asked for. Of one that is out of service nobody
 * gets what is online, nor what is rolled out beside it.
 */
function handedOut({ release }: Miniapp, isExperience: boolean): string[] {
  const { online, rollout, experience } = release;
  const served = online?.enabled === true ? [online.version, rollout?.version] : [];
  const versions = [...served, isExperience ? experience?.version : undefined];
  return [...new Set(versions)].filter((version) => version !== undefined);
}

/** Makes them; of a version whose bytes are not kept, or are not what was recorded, it says so and makes none. */
export async function makeArchives({
  workspace,
  path,
  io,
  base,
  isExperience,
  folder,
}: ArchiveOptions): Promise<ListedArchive[]> {
  if (!isInRepository(path)) {
    io.stderr('packages are left out: there is no Git repository here\n');
    return [];
  }
  const stores = packageStores(path, workspace.platform, io);
  const made: ListedArchive[] = [];
  try {
    for (const miniapp of workspace.miniapps.values()) {
      for (const version of handedOut(miniapp, isExperience)) {
        const id = { miniapp: miniapp.id, version };
        const found = await provenPackage(id, miniapp.versions.get(version)?.package, stores);
        if (!isProven(found)) {
          io.stderr(`no package of ${miniapp.id} ${version}: ${safe(found.why)}\n`);
          continue;
        }
        const name = `api/v1/packages/${miniapp.id}/${version}.zip`;
        const file = join(folder, name);
        mkdirSync(dirname(file), { recursive: true });
        const hash = createHash('sha256');
        let bytes = 0;
        saveZip(found, file, (chunk) => {
          hash.update(chunk);
          bytes += chunk.length;
        });
        for (const store of [stores.store, stores.here]) store?.release();
        made.push({ ...id, path: name, url: `${base}${name}`, sha256: hash.digest('hex'), bytes });
      }
    }
  } finally {
    stores.close();
  }
  return made;
}

/** Puts them into a portal that was rendered, with their list. */
export function moveArchives(made: readonly ListedArchive[], from: string, portal: string): void {
  for (const { path } of made) {
    const target = join(portal, path);
    mkdirSync(dirname(target), { recursive: true });
    try {
      renameSync(join(from, path), target);
    } catch {
      // Another disk.
      copyFileSync(join(from, path), target);
      rmSync(join(from, path));
    }
  }
  const list = made.map(({ miniapp, version, url, sha256, bytes }) => ({ miniapp, version, url, sha256, bytes }));
  mkdirSync(join(portal, 'api/v1/packages'), { recursive: true });
  const document = { $schema: '../schemas/packages.schema.json', packages: list };
  writeFileSync(join(portal, 'api/v1/packages/index.json'), `${JSON.stringify(document, null, 2)}\n`);
}
