/** Which branch changes go to, as far as this clone knows: nobody is asked. */
import { refOf } from './branch.ts';
import { gitText } from './run.ts';

/** Names of a default branch where nothing says which it is. */
const USUAL = ['main', 'master'];

/** The default branch of a remote, as `refs/remotes/origin/main`; undefined where the remote was never fetched. */
export function remoteDefault(folder: string, remote: string): string | undefined {
  const start = `refs/remotes/${remote}`;
  const named = gitText(folder, ['for-each-ref', '--format=%(symref)', `${start}/HEAD`]);
  const likely = [...(named === '' ? [] : [named]), ...USUAL.map((name) => `${start}/${name}`)];
  return likely.find((ref) => refOf(folder, ref) !== undefined);
}

/** The branch here of which changes are made, as `refs/heads/main`; undefined where none has a usual name. */
export const localDefault = (folder: string): string | undefined =>
  USUAL.map((name) => `refs/heads/${name}`).find((ref) => refOf(folder, ref) !== undefined);

/** The branch that is checked out, by its short name; undefined where none is. */
export const checkedOut = (folder: string): string | undefined => {
  const name = gitText(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD'], { accept: [1] });
  return name === '' ? undefined : name;
};
