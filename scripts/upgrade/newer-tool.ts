/** Where a newer tool is, and having it do the upgrade itself: it knows what changed, an older one cannot. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { EnvironmentError, messageOf } from '../core/errors.ts';
import { exchange } from '../git/process/network.ts';
import { refOf } from '../git/writing/branch.ts';
import { textAt } from '../git/merges/trees.ts';
import { gitAnswer, gitText } from '../git/process/run.ts';
import { git, topOf } from '../git/process/location.ts';
import { temporaryFolder } from '../git/stores/temporary.ts';

export interface ToolRequest {
  /** The platform's repository. */
  readonly top: string;
  /** A remote, or the folder of a checkout. */
  readonly from: string;
  readonly to: string | undefined;
  readonly cwd: string;
  /** Further words for the newer tool's `upgrade`. */
  readonly words: readonly string[];
}

export type NewerTool =
  | { readonly kind: 'ran'; readonly code: number }
  /** That version has no `upgrade` of its own: this tool has to do it. */
  | { readonly kind: 'found'; readonly commit: string };

const REF = 'refs/miniapp/upgrade';
const FOLDER = 'miniapp-upgrade-';

/** Fetches the newer tool and runs its `upgrade --into`. Throws EnvironmentError where it is not to be had. */
export async function newerTool({ top, from, to, cwd, words }: ToolRequest): Promise<NewerTool> {
  const remotes = gitText(top, ['remote']).split('\n');
  const folder = isAbsolute(from) ? from : join(cwd, from);
  const isRemote = remotes.includes(from);
  const isFolder = !isRemote && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isRemote && !isFolder) {
    throw new EnvironmentError(
      from === 'upstream'
        ? 'there is no remote upstream, from which newer versions come: git remote add upstream ADDRESS, or --from REMOTE_OR_DIR'
        : `--from ${from}: it is no remote of this repository and no folder`,
    );
  }
  const place = isFolder ? topOf(folder) : from;
  // A folder's names are its own; what a remote calls HEAD is its default branch.
  const wanted = isFolder ? await git(place).commit(to ?? 'HEAD') : (to ?? 'HEAD');
  const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance'];
  try {
    await exchange(top, ['fetch', ...options, place, `+${wanted}:${REF}`], { seconds: 600 });
  } catch (error) {
    // What Git says of it speaks of refspecs, which nobody wrote.
    const isUnknown = /couldn't find remote ref|invalid refspec/.test(messageOf(error));
    if (!isUnknown) throw error;
    throw new EnvironmentError(`${from} has no ${wanted}: name a branch or a tag, or all 40 digits of a commit`);
  }
  const commit = refOf(top, REF);
  if (commit === undefined) throw new EnvironmentError(`${from} has no ${wanted}`);
  const hasUpgrade = textAt(top, commit, 'scripts/commands/upgrade.ts') !== undefined;
  if (!hasUpgrade) return { kind: 'found', commit };
  return { kind: 'ran', code: await runIn(top, commit, words) };
}

/** In a checkout of its own, which is gone afterwards. */
async function runIn(top: string, commit: string, words: readonly string[]): Promise<number> {
  const temporary = temporaryFolder(tmpdir(), FOLDER);
  const checkout = join(temporary.path, 'tool');
  try {
    gitText(top, ['worktree', 'add', '--quiet', '--detach', checkout, commit]);
    sharePackages(top, checkout);
    return await run(checkout, ['upgrade', '--into', top, ...words]);
  } finally {
    temporary.remove();
    forgetCheckouts(top);
  }
}

/** Checkouts that are gone, those of killed runs too: Git locks one while it is being made, and prunes no locked one. */
export function forgetCheckouts(top: string): void {
  const known = gitText(top, ['worktree', 'list', '--porcelain', '-z'])
    .split('\0')
    .flatMap((line) => (line.startsWith('worktree ') ? [line.slice('worktree '.length)] : []));
  const isLost = (path: string) => basename(dirname(path)).startsWith(FOLDER) && !existsSync(path);
  for (const path of known.filter(isLost)) gitAnswer(top, ['worktree', 'unlock', path], { accept: [128] });
  gitText(top, ['worktree', 'prune']);
}

/** The same packages need no second installation; where they differ, the newer tool installs its own. */
function sharePackages(top: string, checkout: string): void {
  const packages = join(top, 'node_modules');
  const lock = (folder: string): unknown => {
    const { packages: all } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>;
    };
    const { '': _, ...others } = all;
    return JSON.stringify(others);
  };
  const isSame = existsSync(join(packages, '.package-lock.json')) && lock(top) === lock(checkout);
  if (isSame) symlinkSync(packages, join(checkout, 'node_modules'));
}

function run(checkout: string, words: readonly string[]): Promise<number> {
  const { bin } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { bin: { miniapp: string } };
  const child = spawn(process.execPath, [join(checkout, bin.miniapp), ...words], { cwd: checkout, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 2));
  });
}
