/** Lists what is kept of versions, and verifies that it is what was recorded. */
import { defined } from '../../core/defined.ts';
import type { Miniapp } from '../../core/model.ts';
import { isWrong, statusesOf, versionsOf, type PackageStatus, type StorageStatus } from '../../packages/status.ts';
import { painter, plural, safe, table } from '../../report/terminal.ts';
import { byteProgress } from '../../cli/output/byte-progress.ts';
import { EXIT, isJson, printJson, words } from '../../cli/frame/command.ts';
import { versionIn, type PackageCall } from './call.ts';

/** What the store says that it has. */
export function list(call: PackageCall, miniapp: Miniapp | undefined): Promise<number> {
  if (call.input.positionals.length > 1) words(call.input, 'ID');
  return printStatuses(call, { miniapp, isProven: false });
}

/** What its bytes are. */
export function verify(call: PackageCall, miniapp: Miniapp | undefined): Promise<number> {
  const [, version] = call.input.positionals;
  if (call.input.positionals.length > 2) words(call.input, 'ID', 'VERSION');
  if (version !== undefined) versionIn(miniapp!, version);
  return printStatuses(call, { miniapp, version, isProven: true });
}

interface StatusRequest {
  readonly miniapp: Miniapp | undefined;
  readonly version?: string | undefined;
  readonly isProven: boolean;
}

async function printStatuses(
  { workspace, stores, input, io }: PackageCall,
  { miniapp: only, version, isProven }: StatusRequest,
): Promise<number> {
  const miniapps = only ? [only] : workspace.miniapps.values();
  const isRequired = workspace.platform.packages?.required === true;
  const versions = versionsOf(miniapps).filter((one) => version === undefined || one.version === version);
  const progress = byteProgress(io, 'reading');
  const { packages, unasked } = await statusesOf(versions, stores, { isProven, onBytes: progress.bytes });
  progress.end();
  const ok = !packages.some((one) => isWrong(one, isRequired));
  // Bytes that nobody could look at are not proven, whatever those that are here say.
  const code = !ok ? EXIT.no : isProven && unasked !== undefined ? EXIT.failed : EXIT.fine;
  if (isJson(input)) {
    const rows = packages.map(({ isOnlyHere, isUnproven, isUnread, recorded, ...row }) => ({
      ...row,
      ...defined({
        proven: row.status === 'stored' ? isUnproven !== true : undefined,
        sha256: recorded?.sha256,
        bytes: recorded?.bytes,
        files: recorded?.files,
        onlyHere: isOnlyHere || undefined,
        unread: isUnread || undefined,
      }),
    }));
    printJson(io, { ok, packages: rows, ...defined({ notes: unasked === undefined ? undefined : [unasked] }) });
    return code;
  }
  const paint = painter(io.isColoured);
  const rows = packages.map((one) => {
    const { miniapp, version: number, ref, isOnlyHere, isUnproven, why } = one;
    return [
      miniapp,
      number,
      shownStatus(one),
      safe(
        why ??
          [ref, ...(isOnlyHere ? ['only here'] : []), ...(isUnproven ? ['not fetched, so not proven'] : [])].join(', '),
      ),
    ];
  });
  if (rows.length > 0) io.stdout(`${table([['id', 'version', 'bytes', ''], ...rows], paint)}\n`);
  const counts = (['stored', 'missing', 'unknown', 'differs', 'unrecorded'] as const)
    .map((status) => [status, packages.filter((one) => shownStatus(one) === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  io.stdout(
    `${paint('dim', `${plural(packages.length, 'version')}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`)}\n`,
  );
  if (packages.some(({ isUnproven }) => isUnproven))
    io.stderr(
      'what was not fetched is stored as far as the store says; npx miniapp package verify fetches and proves it\n',
    );
  if (unasked !== undefined) io.stderr(`${safe(unasked)}; only what is here is known\n`);
  return code;
}

/** What could not be read is not called missing to people. */
const shownStatus = ({ status, isUnread }: PackageStatus): StorageStatus | 'unknown' =>
  status === 'missing' && isUnread === true ? 'unknown' : status;
