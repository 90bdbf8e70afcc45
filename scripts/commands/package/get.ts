/** Brings the bytes of a version back, proven before anything is written. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Miniapp } from '../../core/model.ts';
import { temporaryFolder } from '../../git/stores/temporary.ts';
import { isProven } from '../../packages/proven.ts';
import { saveFolder, saveZip } from '../../packages/write.ts';
import { plural, safe } from '../../report/terminal.ts';
import { EXIT, isJson, printJson, required, UsageError, words } from '../../cli/frame/command.ts';
import { outputPlace } from '../../cli/output/output-place.ts';
import { no, proven, versionIn, type PackageCall } from './call.ts';

/**
 * `package get ID VERSION --out FOLDER|ZIP`. Gives the exit code, `no` where its bytes are not kept or not its own. Throws UsageError
 * for an unknown version and where something stands at `--out`.
 */
export async function get(call: PackageCall, miniapp: Miniapp | undefined): Promise<number> {
  const { input, io, path } = call;
  const [, version = ''] = words(input, 'ID', 'VERSION');
  const out = required(input, 'out');
  const { package: recorded } = versionIn(miniapp!, version);
  const id = { miniapp: miniapp!.id, version };
  const target = outputPlace(out, path, io);
  const isZip = /\.zip$/i.test(out);
  const isTaken = existsSync(target) && (isZip ? !statSync(target).isFile() : !isEmptyFolder(target));
  if (isTaken)
    throw new UsageError(`there is something at ${out} already; --out names a folder that is not there yet, or a zip`);
  const found = await proven(call, id);
  if (!isProven(found)) return no(call, id, found);
  mkdirSync(dirname(target), { recursive: true });
  // Written beside, and put in its place when it is whole.
  const beside = temporaryFolder(dirname(target), '.miniapp-get-');
  try {
    const made = join(beside.path, basename(target));
    if (isZip) saveZip(found, made);
    else saveFolder(found, made);
    if (!isZip) rmSync(target, { recursive: true, force: true });
    renameSync(made, target);
  } finally {
    beside.remove();
  }
  const { sha256, bytes, files } = recorded!;
  if (isJson(input)) printJson(io, { ok: true, ...id, out, sha256, bytes, files });
  else io.stdout(`${safe(out)}: ${plural(files, 'file')}, ${bytes} bytes, sha256 ${sha256}\n`);
  return EXIT.fine;
}

const isEmptyFolder = (path: string): boolean => statSync(path).isDirectory() && readdirSync(path).length === 0;
