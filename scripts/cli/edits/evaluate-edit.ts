/** An edit of a command line judged as it would be merged: by the rules, by what others agreed to, and by the bytes of packages. */
import type { Workspace } from '../../core/model.ts';
import type { FileEdit } from '../../edit/edit.ts';
import { committedReleases } from '../../git/history/committed-releases.ts';
import { isInRepository, prefixOf } from '../../git/process/location.ts';
import { evaluateEdits, type EvaluatedEdits } from '../../evaluate/edits.ts';
import { isOlderThanPackages } from '../../evaluate/older-than-packages.ts';
import { evaluateBytes, withProblems } from '../../evaluate/with-packages.ts';
import type { Loaded } from '../../read/load.ts';
import type { Source } from '../../read/source.ts';
import { approvedBy } from './commit-edit.ts';
import type { EditContext } from '../frame/edit-context.ts';
import { pastOfEdit } from '../config/load-history.ts';

/**
 * Judges edits of this command line against a configuration, with who acts and who agreed by its words. `base`: what the edits are made of, `source`: its files.
 * Gives the decision and its problems with line and column. Throws EnvironmentError where Git or a store cannot be asked.
 */
export async function evaluateEdit(
  context: EditContext,
  edits: readonly FileEdit[],
  base: Loaded,
  source: Source,
): Promise<EvaluatedEdits> {
  const { folder, path, io, options, who } = context;
  const past = await pastOfEdit(path, io, base.workspace.platform);
  const history = { ...past, releaseCommitted: committedReleases(path) };
  const approvers = approvedBy(context);
  const asked = { edits, base, source, options, folder, actor: who.actor, approvers, history, now: who.now };
  return withPackages(evaluateEdits(asked), base.workspace, context);
}

/** The decision with what the bytes say of versions that are there; those of an upload are the ones that were just read. */
async function withPackages(
  judged: EvaluatedEdits,
  base: Workspace,
  { path, folder, io }: EditContext,
): Promise<EvaluatedEdits> {
  const { decision, workspace: merged } = judged;
  const uploaded = new Set(decision.transitions.filter(({ kind }) => kind === 'upload').map(({ version }) => version));
  const transitions = decision.transitions.filter(({ version }) => !uploaded.has(version));
  const { problems } = await evaluateBytes({ transitions, base, merged }, async () => {
    if (!isInRepository(path)) return undefined;
    // Few edits need what reads projects.
    const { packageStores } = await import('../config/package-stores.ts');
    const { store, here, close } = packageStores(path, base.platform, io);
    const known = store ? [store, here] : [here];
    return { head: known, store: known, isOlder: isOlderThanPackages(path, 'HEAD', prefixOf(path)), close };
  });
  return withProblems(judged, problems, folder);
}
