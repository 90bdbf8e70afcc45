/** The gate before the portal is published: what is here, against what people see now. */
import { headOf } from '../git/commits/log.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';
import { publishable, readPublished, type Publishable } from './publish-check.ts';

export interface PublishingGate extends Publishable {
  readonly revision: string;
}

/**
 * Decides whether the working tree's commit may be published. `path`: the configuration; `folder`: what people call it; `now`: milliseconds
 * since 1970. Gives the commit, and the reasons and problems against it. Throws EnvironmentError when Git or the published portal cannot be read.
 */
export async function publishingGate(at: { path: string; folder: string; now: number }): Promise<PublishingGate> {
  const { workspace } = loadWorkingTree(at.path, { miniapps: [], kinds: new Set(['platform']) });
  const { url } = workspace.platform.portal ?? {};
  const published = url === undefined ? undefined : await readPublished(url);
  const revision = headOf(at.path);
  return { revision, ...publishable({ ...at, revision }, published) };
}
