/** A platform's tool brought to a newer version: every file but `config/`, what the platform made of its own kept. */
import { blobText, commitTree, mergedTree, NOBODY, treeLike, type PathContent } from '../git/merges/trees.ts';
import { filesIn } from '../git/commits/log.ts';
import type { Blob } from '../git/objects/blobs.ts';
import { nameIn, ownReadme, renamed } from '../init/texts.ts';

export interface UpgradeSides {
  readonly top: string;
  /** The platform as it is; the tool that it came from; the newer tool. Commits. */
  readonly platform: string;
  readonly origin: string;
  readonly newer: string;
  /** What people call the platform. */
  readonly name: string;
  /** What `.github/CODEOWNERS` and `tool.json` say afterwards. */
  readonly codeowners: string;
  readonly tool: string;
}

export interface MergedUpgrade {
  readonly tree: string;
  /** Files that both changed: the platform's owner has to put them together. */
  readonly conflicts: readonly string[];
  /** The newer tool as a change of the one that the copy came from, which can be applied by `git cherry-pick`. */
  readonly change: string;
  /** Files of the platform's own that were kept although the newer tool has another. */
  readonly kept: readonly string[];
}

const CODEOWNERS = '.github/CODEOWNERS';
const TOOL = 'tool.json';

/**
 * Merges three ways, file by file. Writes objects into the repository and moves no branch. Throws EnvironmentError where a commit is
 * not there.
 */
export function upgraded(sides: UpgradeSides): MergedUpgrade {
  const { top, platform, origin, newer } = sides;
  const [ours, before, after] = [platform, origin, newer].map((commit) => filesIn(top, commit, []));
  const listed: UpgradeFiles = { ...sides, ours: ours!, before: before!, after: after! };
  const first = merge(listed, false);
  if (!first.conflicts.includes('README.md')) return { ...first, kept: [] };
  return { ...merge(listed, true), kept: ['README.md'] };
}

type FilesByPath = ReadonlyMap<string, Blob>;

/** With every file of the three commits. */
interface UpgradeFiles extends UpgradeSides {
  readonly ours: FilesByPath;
  readonly before: FilesByPath;
  readonly after: FilesByPath;
}

function merge(sides: UpgradeFiles, keepsReadme: boolean): Omit<MergedUpgrade, 'kept'> {
  const { top, platform, origin, newer } = sides;
  const before = asOurs(sides, sides.before, keepsReadme);
  const after = asOurs(sides, sides.after, keepsReadme);
  after.set(CODEOWNERS, sides.codeowners).set(TOOL, sides.tool);
  const start = commitTree(top, {
    tree: treeLike(top, origin, before),
    parents: [],
    message: 'origin\n',
    author: NOBODY,
  });
  const side = (tree: string, message: string): string =>
    commitTree(top, { tree, parents: [start], message, author: NOBODY });
  const change = side(treeLike(top, newer, after), 'newer\n');
  const { tree, conflicts } = mergedTree(top, side(`${platform}^{tree}`, 'platform\n'), change);
  return { tree, conflicts, change };
}

/** What of a version of the tool is as the platform has it, so that a merge finds no difference there. */
function asOurs(
  { top, ours, before, name }: UpgradeFiles,
  tool: FilesByPath,
  keepsReadme: boolean,
): Map<string, PathContent> {
  const changes = new Map<string, PathContent>();
  const asPlatform = (belongs: (path: string) => boolean): void => {
    for (const path of tool.keys()) if (belongs(path)) changes.set(path, null);
    for (const [path, blob] of ours) if (belongs(path)) changes.set(path, blob);
  };
  asPlatform((path) => path.startsWith('config/') || path === CODEOWNERS || path === TOOL);
  const title = nameIn(blobText(top, ours.get('package.json')) ?? '');
  for (const path of ['package.json', 'package-lock.json']) {
    const text = blobText(top, tool.get(path));
    if (text !== undefined && title !== undefined) changes.set(path, renamed(text, title));
  }
  const readme = tool.get('README.md');
  const isUntouched = tool === before && readme?.id === ours.get('README.md')?.id;
  if (keepsReadme) asPlatform((path) => path === 'README.md');
  else if (readme && !isUntouched) changes.set('README.md', ownReadme(blobText(top, readme)!, name));
  // Pictures and projects of the example belong to it; who took them away, or has others, keeps it so.
  const isOfExample = (path: string): boolean => /^(?:\.github\/images|examples)\//.test(path);
  if ([...before].some(([path, { id }]) => isOfExample(path) && ours.get(path)?.id !== id)) asPlatform(isOfExample);
  return changes;
}
