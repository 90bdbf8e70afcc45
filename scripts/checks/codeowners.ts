/**
 * Whether .github/CODEOWNERS is what people/ say. A pull request that changes people may not touch .github/ (a mixed change is
 * refused), so right after one the file may still say what was true before it: that is a warning, and the next change has to catch up.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeownersOf } from '../github/codeowners.ts';
import { commitSource } from '../git/objects/commit-source.ts';
import { gitText } from '../git/process/run.ts';
import { workingTree } from '../git/working-tree/working-tree.ts';
import { load } from '../read/load.ts';
import type { Source } from '../read/source.ts';
import { ROOT } from './shell.ts';

export const CODEOWNERS = '.github/CODEOWNERS';

/** Only what it is made of is read. */
const ownersIn = (source: Source): string =>
  codeownersOf(load(source, { miniapps: [], kinds: new Set(['platform', 'person']) }).workspace);

/** The text that CODEOWNERS should have. `root`: of a working tree with a config/. */
export const wantedCodeowners = (root = ROOT): string => ownersIn(workingTree(join(root, 'config')));

/** One finding where it has another; none, with a warning, while the commit before explains it. Throws where the file is not there. */
export function checkCodeowners(root = ROOT): string[] {
  const written = readFileSync(join(root, CODEOWNERS), 'utf8');
  if (written === wantedCodeowners(root)) return [];
  const stale = `${CODEOWNERS} is not what config/people/ say: npm run generate`;
  if (written !== ownersBefore(root)) return [stale];
  console.log(`  warning: ${stale}, in a pull request of its own`);
  return [];
}

/** As of the commit before the newest one of the first-parent history; undefined where there is none. */
function ownersBefore(root: string): string | undefined {
  try {
    return ownersIn(commitSource(root, gitText(root, ['rev-parse', '--verify', 'HEAD^1^{tree}']), 'config'));
  } catch {
    return undefined;
  }
}
