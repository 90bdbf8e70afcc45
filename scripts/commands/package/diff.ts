/** Two versions of a miniapp compared by their bytes. */
import { defined } from '../../core/defined.ts';
import type { Miniapp } from '../../core/model.ts';
import { unifiedDiff } from '../../edit/diff.ts';
import { sideOf } from '../../packages/comparison.ts';
import { diffLines, fileLines, packageDiff, type DiffSide } from '../../packages/diff.ts';
import { isProven } from '../../packages/proven.ts';
import { readBytes } from '../../project/content.ts';
import { safe } from '../../report/terminal.ts';
import { EXIT, isJson, printJson, words } from '../../cli/frame/command.ts';
import { no, proven, versionIn, type PackageCall } from './call.ts';

/**
 * `package diff ID V1 V2`: prints what differs, with `--patch` line by line. Gives the exit code, `no` where the bytes of a version are
 * not kept or not its own. Throws UsageError for an unknown version.
 */
export async function diff(call: PackageCall, miniapp: Miniapp | undefined): Promise<number> {
  const { input, io } = call;
  const [, first = '', second = ''] = words(input, 'ID', 'V1', 'V2');
  const sides: DiffSide[] = [];
  for (const version of [first, second]) {
    const known = versionIn(miniapp!, version);
    const id = { miniapp: miniapp!.id, version };
    const found = await proven(call, id);
    if (!isProven(found)) return no(call, id, found);
    sides.push(sideOf(found, miniapp!, known));
  }
  const [before, after] = sides as [DiffSide, DiffSide];
  const found = packageDiff(before, after);
  const patch = input.values['patch'] === true ? patchOf(before, after, found) : undefined;
  if (isJson(input)) {
    const { attributes: _, ...rest } = found;
    printJson(io, {
      ok: true,
      miniapp: miniapp!.id,
      from: first,
      to: second,
      ...rest,
      ...defined({ patch }),
    });
    return EXIT.fine;
  }
  const lines = [...diffLines(found), ...fileLines(found)];
  io.stdout(lines.map((line) => `${safe(line)}\n`).join(''));
  if (patch !== undefined)
    io.stdout(
      `\n${patch
        .split('\n')
        .map((line) => line.split('\t').map(safe).join('\t'))
        .join('\n')}`,
    );
  return EXIT.fine;
}

/** Bytes of a file up to which its lines are shown. */
const LONGEST = 4 * 1024 ** 2;

function patchOf(before: DiffSide, after: DiffSide, { files }: ReturnType<typeof packageDiff>): string {
  const textOf = ({ files: all, content }: DiffSide, path: string) => {
    const file = all.get(path);
    if (!file) return null;
    return file.bytes > LONGEST ? new Uint8Array([0]) : readBytes(content, path, LONGEST);
  };
  const paths = [...files.added, ...files.removed, ...files.changed].map(({ path }) => path).sort();
  return unifiedDiff(
    paths.map((path) => ({ path, before: textOf(before, path), after: textOf(after, path) })),
    '.',
  );
}
