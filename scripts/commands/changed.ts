/** What changed since a commit: which miniapps, or everything when something that all of them depend on did. */
import { git } from '../git/run.ts';
import { type Input, type Io } from './command.ts';
import { configFolder } from './workspace.ts';

export interface Changed {
  /** The miniapps whose files changed; undefined when all are concerned. */
  readonly miniapps?: readonly string[];
  /** Whether a problem in this file (with the configuration's folder) is to be shown. */
  touches(file: string): boolean;
}

/** Files of the platform, an app or a person bear on every miniapp. Throws UsageError when Git cannot tell. */
export async function changedSince(input: Input, io: Io, base: string): Promise<Changed> {
  const { folder, path } = configFolder(input, io);
  const repository = git(path);
  const commit = await repository.commit(base);
  const prefix = await repository.prefix();
  // Paths are relative to the repository; -z keeps names as they are.
  const tracked = await repository.run('diff', '--name-only', '--no-renames', '-z', commit, '--', '.');
  const untracked = await repository.run('ls-files', '--others', '--exclude-standard', '--full-name', '-z', '--', '.');
  const paths = `${tracked}\0${untracked}`
    .split('\0')
    .filter((name) => name !== '')
    .map((name) => (prefix === '' ? name : name.slice(prefix.length + 1)));
  const miniapps = new Set<string>();
  for (const changed of paths) {
    const id = /^miniapps\/([^/]+)\//.exec(changed)?.[1];
    if (id === undefined && changed !== 'README.md') return { touches: () => true };
    if (id !== undefined) miniapps.add(id);
  }
  const start = folder.replace(/\/+$/, '').length + 1;
  return {
    miniapps: [...miniapps],
    touches(file) {
      const own = file.slice(start);
      return paths.includes(own) || [...miniapps].some((id) => own.startsWith(`miniapps/${id}/`));
    },
  };
}
