/** An emergency stop judged: what is wrong elsewhere keeps nothing from being stopped. */
import { identify } from '../../core/paths.ts';
import { rightOf } from '../../core/policy/policy.ts';
import { rolesOf } from '../../core/policy/roles.ts';
import { checkRules } from '../../core/rules/index.ts';
import type { FileEdit } from '../../edit/edit.ts';
import type { EvaluatedEdits } from '../../evaluate/edits.ts';
import type { Loaded } from '../../read/load.ts';
import { locateAll, type LocatedProblem } from '../../read/positions.ts';
import type { EditContext } from '../frame/edit-context.ts';

/** Files by which it is known who may do something. */
const isAuthority = (file: string): boolean =>
  ['platform', 'policy', 'person', 'members'].includes(identify(file)?.kind ?? '');

/** Whether the files by which it is known who may do something cannot all be read. */
const isUnsure = ({ workspace }: Loaded): boolean => [...workspace.broken].some(isAuthority);

/** Whether who acts may take the miniapp out of service, as far as the files say. */
export function mayStop(base: Loaded, { request, who }: EditContext): boolean {
  const { workspace } = base;
  const roles = rolesOf(workspace, who.actor, workspace.miniapps.get(request.miniapp ?? ''), []);
  return isUnsure(base) || rightOf(workspace.policy, 'disable').by.some((role) => roles.has(role));
}

/**
 * A stop must not wait until the rest is mended: what is wrong elsewhere, was wrong before, or cannot be known because of it
 * is told and keeps nothing from being stopped. Who may really do it is judged again where it is merged.
 */
export function tolerant(
  judged: EvaluatedEdits,
  edits: readonly FileEdit[],
  base: Loaded,
  { folder, who }: EditContext,
): EvaluatedEdits {
  const own = new Set(edits.map(({ path }) => path));
  const key = ({ code, file, message }: LocatedProblem) => JSON.stringify([code, file, message]);
  const before = locateAll([...base.problems, ...checkRules(base.workspace, who.now)], base.texts, folder);
  const known = new Set(before.map(key));
  const mayBeAllowed = isUnsure(base);
  const start = `${folder.replace(/(?<!\/)\/+$/, '')}/`;
  const problems = judged.problems.map((found): LocatedProblem => {
    const isOwn = found.file.startsWith(start) && own.has(found.file.slice(start.length));
    const isNews = isOwn && !known.has(key(found)) && !mayBeAllowed;
    return found.severity === 'error' && !isNews ? { ...found, severity: 'warning' } : found;
  });
  return { ...judged, problems };
}
