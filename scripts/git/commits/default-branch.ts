/** Which branch changes go to, as far as this clone knows: nobody is asked. */
import { gitText } from '../process/run.ts';

/** A branch as far as this clone knows it. */
export interface KnownBranch {
  /** Its full name, as `refs/remotes/origin/main`. */
  readonly ref: string;
  readonly commit: string;
}

/** Names of a default branch where nothing says which it is. */
const USUAL = ['main', 'master'];

/** The default branch of a remote; undefined where the remote was never fetched. */
export function remoteDefault(folder: string, remote: string): KnownBranch | undefined {
  const start = `refs/remotes/${remote}`;
  const [head, ...usual] = branches(folder, [`${start}/HEAD`, ...USUAL.map((name) => `${start}/${name}`)]);
  return [head, ...usual].find((branch) => branch !== undefined);
}

/** The branch here of which changes are made; undefined where none has a usual name. */
export const localDefault = (folder: string): KnownBranch | undefined =>
  branches(
    folder,
    USUAL.map((name) => `refs/heads/${name}`),
  ).find((branch) => branch !== undefined);

/** What names stand for, in their order, by one process; a name that stands for another gives that one. */
function branches(folder: string, names: readonly string[]): (KnownBranch | undefined)[] {
  const lines = gitText(folder, ['for-each-ref', '--format=%(refname) %(objectname) %(symref)', ...names]).split('\n');
  return names.map((name) => {
    // A pattern means what is below it too.
    const [, commit, other] = lines.map((line) => line.split(' ')).find(([ref]) => ref === name) ?? [];
    return commit === undefined ? undefined : { ref: other || name, commit };
  });
}
