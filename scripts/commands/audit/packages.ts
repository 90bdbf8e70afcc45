/** Whether the bytes of every version are what was recorded when they were judged: nobody exchanged or removed them since. */
import { defined } from '../../core/defined.ts';
import type { Workspace } from '../../core/model.ts';
import { bringCommand, type VersionId } from '../../packages/version-id.ts';
import { inRepository, pathOf } from '../../core/paths.ts';
import { problem, type Problem } from '../../core/problems/problem.ts';
import type { LoggedCommit } from '../../git/commits/log.ts';
import { isOlderThanPackages } from '../../evaluate/older-than-packages.ts';
import { isWrong, statusesOf, versionsOf, type PackageStatus } from '../../packages/status.ts';
import type { Io } from '../../cli/frame/command.ts';
import { packageStores } from '../../cli/config/package-stores.ts';

/** What is wrong with the bytes of a version, and the commit that brought the version. */
export interface WrongBytes {
  readonly commit: string;
  readonly when: string;
  readonly subject: string;
  readonly status: PackageStatus;
  readonly problem: Problem;
}

export interface PackageFindings {
  readonly wrong: readonly WrongBytes[];
  /** Bytes that are not kept, which the platform does not require. */
  readonly warnings: readonly Problem[];
  /** Why the store could not be asked, if so. */
  readonly unasked?: string;
  /** Whether that is because it is private to others: told each time, and no fault of the night. */
  readonly isDenied?: true;
}

interface AuditedCommit {
  /** The commit whose versions are looked at; of a platform without `packages` none is. */
  readonly head: string;
  /** The path of the configuration from the top of the repository. */
  readonly prefix: string;
  readonly workspace: Workspace;
  /** The first-parent history of `head`, oldest first. */
  readonly commits: readonly LoggedCommit[];
  readonly io: Io;
}

/** What is wrong with the bytes of the versions at a commit. Stores that cannot be asked are told of (`unasked`). */
export async function auditPackages(
  path: string,
  { head, prefix, workspace, commits, io }: AuditedCommit,
): Promise<PackageFindings> {
  const { packages } = workspace.platform;
  if (!packages || packages.store === 'none') return { wrong: [], warnings: [] };
  const stores = packageStores(path, workspace.platform, io);
  try {
    const versions = versionsOf(workspace.miniapps.values());
    const found = await statusesOf(versions, stores, { isProven: true });
    const isOlder = isOlderThanPackages(path, head, prefix);
    const isFinding = (one: PackageStatus) =>
      isWrong(one, packages.required === true) && (one.status !== 'missing' || !isOlder(one));
    const where = stores.store?.where ?? stores.here.where;
    const isMissing = (one: PackageStatus) => one.status === 'missing' && one.isUnread !== true;
    const warnings = (packages.required === true ? [] : found.packages.filter(isMissing))
      .filter((one) => !isOlder(one))
      .map(({ miniapp, version }): Problem => {
        const place = { file: pathOf.version(miniapp, version), path: ['package'] };
        return {
          ...problem('package-missing', place, { version, where, command: bringCommand({ miniapp, version }) }),
          severity: 'warning',
        };
      });
    const wrongStatuses = found.packages.filter(isFinding);
    const broughtBy = additions(commits, prefix, wrongStatuses);
    const wrong = wrongStatuses.map((status): WrongBytes => {
      const { miniapp, version, recorded } = status;
      const file = pathOf.version(miniapp, version);
      const { id: commit, time, subject } = broughtBy.get(file)!;
      const when = new Date(time).toISOString();
      const differing = {
        version,
        field: 'package',
        recorded: recorded?.sha256 ?? 'nothing',
        found: status.found ?? status.why ?? 'something else',
      };
      const place = { file, path: ['package'] };
      return {
        commit,
        when,
        subject,
        status,
        problem:
          status.status === 'differs'
            ? problem('package-differs', place, differing)
            : problem('package-missing', place, { version, where, command: bringCommand({ miniapp, version }) }),
      };
    });
    const { unasked, isDenied } = found;
    return { wrong, warnings, ...defined({ unasked, isDenied: isDenied || undefined }) };
  } finally {
    stores.close();
  }
}

/** The commit that brought each version last, by the path of its file in the configuration: in one walk, however many versions there are. */
function additions(
  commits: readonly LoggedCommit[],
  prefix: string,
  versions: readonly VersionId[],
): Map<string, LoggedCommit> {
  const files = versions.map(({ miniapp, version }) => pathOf.version(miniapp, version));
  const wanted = new Map(files.map((file) => [inRepository(prefix, file), file]));
  const found = new Map<string, LoggedCommit>();
  if (wanted.size === 0) return found;
  for (const commit of commits) {
    for (const { path, before } of commit.changes) {
      const file = before === undefined ? wanted.get(path) : undefined;
      if (file !== undefined) found.set(file, commit);
    }
  }
  return found;
}
