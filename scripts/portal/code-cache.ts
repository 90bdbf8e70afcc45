/**
 * Where Node keeps the compiled code of the renderer and of its packages from one build to the next: compiling a thousand modules
 * takes a fifth of a small build that compiles. Node itself compares a file with what its code was made of.
 */
import { readdirSync, rmSync } from 'node:fs';

/** Twice what the packages have: each time that pages are compiled anew (compiled.ts) their modules are added. */
const MOST_FILES = 4000;

/**
 * The variables that tell Node so; none where whoever runs the build has set them. A folder of more than `most` files is begun anew.
 * `folder`: absolute; it need not exist.
 */
export function codeCache(
  folder: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  most = MOST_FILES,
): Readonly<Record<string, string>> {
  if (env['NODE_COMPILE_CACHE'] !== undefined || env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return {};
  try {
    if (readdirSync(folder, { recursive: true }).length > most) rmSync(folder, { recursive: true, force: true });
  } catch {
    // There is none yet, or another build has just begun it anew.
  }
  return { NODE_COMPILE_CACHE: folder };
}
