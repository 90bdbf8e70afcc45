/** Whether others have an edit already, as far as this clone knows: nobody is asked. */
import type { Workspace } from '../../core/model.ts';
import { refOf } from '../../git/writing/branch.ts';
import { commitSource } from '../../git/objects/commit-source.ts';
import { remoteDefault } from '../../git/commits/default-branch.ts';
import { prefixOf } from '../../git/process/location.ts';
import { siteOf } from '../../github/remotes.ts';
import { editStateOf } from '../../evaluate/edit-input.ts';
import { homeRemote } from '../../propose/base-repository.ts';
import { load } from '../../read/load.ts';
import type { EditContext } from '../frame/edit-context.ts';

/** The default branch of the remote when it was last fetched; of a remote that never was, what is committed here. */
export function othersHave({ path, io, request, options, who }: EditContext, { platform }: Workspace): boolean {
  const remote = homeRemote(path, siteOf(io.env), platform);
  const tip = (remote === undefined ? undefined : remoteDefault(path, remote)?.commit) ?? refOf(path, 'HEAD');
  if (tip === undefined) return false;
  const source = commitSource(path, tip, prefixOf(path));
  return 'already' in request.edit(editStateOf(load(source, options), source), who);
}
