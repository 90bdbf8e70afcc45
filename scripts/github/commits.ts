/** A commit by GitHub's Git data API: nothing is checked out, and no branch moves. */
import type { GitHubWriter } from './client.ts';
import { ask } from './request.ts';
import type { FileChange, Repository } from './types.ts';

export interface ApiCommit {
  readonly parent: string;
  readonly files: readonly FileChange[];
  readonly message: string;
}

interface CommitTarget {
  readonly client: GitHubWriter;
  readonly repository: Repository;
  /** The tree of a commit, where it is known without asking GitHub. */
  readonly treeOf?: (commit: string) => string | undefined;
}

/** Creates a commit of these files on the parent and gives its id. The author is the owner of the token. Throws GitHubError. */
export async function commitFiles(place: CommitTarget, { parent, files, message }: ApiCommit): Promise<string> {
  const { client, repository, treeOf } = place;
  const base = treeOf?.(parent) ?? (await readTree(place, parent));
  // A tree takes texts along; only what is no text is written by itself before.
  const entries = await Promise.all(files.map((file) => entryOf(client, repository, file)));
  const { data: tree } = await ask('write a tree', () =>
    client.rest.git.createTree({ ...repository, base_tree: base, tree: entries }),
  );
  const { data } = await ask('write a commit', () =>
    client.rest.git.createCommit({ ...repository, message, tree: tree.sha, parents: [parent] }),
  );
  return data.sha;
}

async function entryOf(client: GitHubWriter, repository: Repository, { path, content }: FileChange) {
  const file = { path, mode: '100644', type: 'blob' } as const;
  if (content === null) return { ...file, sha: null };
  if (typeof content === 'string') return { ...file, content };
  const { data } = await ask('write a file', () =>
    client.rest.git.createBlob({ ...repository, content: Buffer.from(content).toString('base64'), encoding: 'base64' }),
  );
  return { ...file, sha: data.sha };
}

async function readTree({ client, repository }: CommitTarget, commit: string): Promise<string> {
  const { data } = await ask(`read the commit ${commit.slice(0, 10)}`, () =>
    client.rest.git.getCommit({ ...repository, commit_sha: commit }),
  );
  return data.tree.sha;
}
