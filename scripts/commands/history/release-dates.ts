/** When each version of a miniapp went online, from Git. */
import { inRepository, pathOf } from '../../core/paths.ts';
import { readPlatformLog } from '../../git/history/beginning.ts';
import { readBlobs } from '../../git/objects/blobs.ts';
import { headOf } from '../../git/commits/log.ts';
import { prefixOf } from '../../git/process/location.ts';
import { readYaml } from '../../read/yaml.ts';
import { ExpectedError, type Io } from '../../cli/frame/command.ts';

/** The day (UTC) on which each version was first published; empty, which is said, where there is no history. */
export async function releasesOf(path: string, miniapp: string, io: Io): Promise<Map<string, string>> {
  const released = new Map<string, string>();
  try {
    const head = headOf(path);
    const prefix = prefixOf(path);
    const file = pathOf.file(miniapp, 'release');
    const { commits, isShallow } = readPlatformLog(path, head, prefix, {
      paths: [inRepository(prefix, file)],
    });
    // Where a shallow clone ends, a commit seems to bring what was there long before.
    const known = isShallow ? commits.filter(({ parents }) => parents.length > 0) : commits;
    const idOf = ({ changes }: (typeof known)[number]) => changes[0]?.after?.id;
    const contents = readBlobs(
      path,
      known.flatMap((commit) => idOf(commit) ?? []),
    );
    for (const commit of known) {
      const bytes = contents.get(idOf(commit) ?? '');
      const { value } = bytes ? readYaml(file, bytes) : {};
      const version = (value as { online?: { version?: unknown } } | undefined)?.online?.version;
      if (typeof version !== 'string' || released.has(version)) continue;
      released.set(version, new Date(commit.time).toISOString().slice(0, 10));
    }
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    io.stderr(`history is left out: ${error.message}\n`);
  }
  return released;
}
