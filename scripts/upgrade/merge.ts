/** A platform's tool brought to a newer version: every file but `config/`, what the platform made of its own kept. */
import { commitTree, mergedTree, NOBODY, textAt, treeLike, blobIn, type Held } from '../git/trees.ts';
import { filesIn } from '../git/log.ts';
import { nameIn, ownReadme, renamed } from '../init/texts.ts';

export interface Sides {
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

export interface Upgraded {
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
const IMAGES = '.github/images';

export function upgraded(sides: Sides): Upgraded {
  const first = merge(sides, false);
  if (!first.conflicts.includes('README.md')) return { ...first, kept: [] };
  return { ...merge(sides, true), kept: ['README.md'] };
}

function merge(sides: Sides, keepsReadme: boolean): Omit<Upgraded, 'kept'> {
  const { top, platform, origin, newer } = sides;
  const [before, after] = [origin, newer].map((tool) => asOurs(sides, tool, keepsReadme));
  for (const [path, text] of [
    [CODEOWNERS, sides.codeowners],
    [TOOL, sides.tool],
  ] as const)
    after!.set(path, text);
  const start = commitTree(top, {
    tree: treeLike(top, origin, before!),
    parents: [],
    message: 'origin\n',
    author: NOBODY,
  });
  const side = (tree: string, message: string): string =>
    commitTree(top, { tree, parents: [start], message, author: NOBODY });
  const change = side(treeLike(top, newer, after!), 'newer\n');
  const { tree, conflicts } = mergedTree(top, side(`${platform}^{tree}`, 'platform\n'), change);
  return { tree, conflicts, change };
}

/** What of a version of the tool is as the platform has it, so that a merge finds no difference there. */
function asOurs({ top, platform, origin, name }: Sides, tool: string, keepsReadme: boolean): Map<string, Held> {
  const changes = new Map<string, Held>();
  for (const path of filesIn(top, tool, ['config']).keys()) changes.set(path, null);
  for (const [path, blob] of filesIn(top, platform, ['config'])) changes.set(path, blob);
  for (const path of [CODEOWNERS, TOOL]) changes.set(path, blobIn(top, platform, path) ?? null);
  const ours = (path: string) => textAt(top, platform, path);
  const title = nameIn(ours('package.json') ?? '');
  for (const path of ['package.json', 'package-lock.json']) {
    const text = textAt(top, tool, path);
    if (text !== undefined && title !== undefined) changes.set(path, renamed(text, title));
  }
  const readme = textAt(top, tool, 'README.md');
  const isUntouched = tool === origin && readme === ours('README.md');
  if (keepsReadme) changes.set('README.md', blobIn(top, platform, 'README.md') ?? null);
  else if (readme !== undefined && !isUntouched) changes.set('README.md', ownReadme(readme, name));
  // Pictures of the example are for the README of the example; who took them away, or has others, keeps it so.
  const [had, has] = [origin, platform].map((commit) => filesIn(top, commit, [IMAGES]));
  const isOwn = [...had!].some(([path, { id }]) => has!.get(path)?.id !== id);
  if (isOwn) {
    for (const path of filesIn(top, tool, [IMAGES]).keys()) changes.set(path, null);
    for (const [path, blob] of has!) changes.set(path, blob);
  }
  return changes;
}
