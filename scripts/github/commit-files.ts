/** A commit by GitHub's Git data API: nothing is checked out, and no branch moves. */
import { ask, type Client } from './client.ts';
import type { FileChange, Repository } from './model.ts';

export interface NewCommit {
  readonly parent: string;
  readonly files: readonly FileChange[];
  readonly message: string;
}

/** The id of a commit of these files on the parent. The author is whoever's token it is. */
export async function commitFiles(client: Client, repository: Repository, commit: NewCommit): Promise<string> {
  const { parent, files, message } = commit;
  const { data: before } = await ask(`read the commit ${parent.slice(0, 10)}`, () =>
    client.rest.git.getCommit({ ...repository, commit_sha: parent }),
  );
  const entries = await Promise.all(files.map((file) => entryOf(client, repository, file)));
  const { data: tree } = await ask('write a tree', () =>
    client.rest.git.createTree({ ...repository, base_tree: before.tree.sha, tree: entries }),
  );
  const { data } = await ask('write a commit', () =>
    client.rest.git.createCommit({ ...repository, message, tree: tree.sha, parents: [parent] }),
  );
  return data.sha;
}

async function entryOf(client: Client, repository: Repository, { path, content }: FileChange) {
  const file = { path, mode: '100644', type: 'blob' } as const;
  if (content === null) return { ...file, sha: null };
  const { data } = await ask('write a file', () =>
    client.rest.git.createBlob({ ...repository, content: Buffer.from(content).toString('base64'), encoding: 'base64' }),
  );
  return { ...file, sha: data.sha };
}
