/** What a difference in a version file is: upload, submit, withdraw, approve, reject, revoke or delete. */
import { isEqual, type Change } from './changes.ts';
import type { TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Version } from '../model.ts';
import { at, problem } from '../problems/problem.ts';
import type { Recognised, Sides } from '../lifecycle/transition.ts';

type VersionStatus = 'development' | 'pending' | 'approved' | 'rejected';

/** The steps of a review: from → to. Any other pair is no transition. */
const STEPS: Readonly<Record<VersionStatus, Partial<Record<VersionStatus, TransitionKind>>>> = {
  development: { pending: 'submit' },
  pending: { development: 'withdraw', approved: 'approve', rejected: 'reject' },
  approved: { rejected: 'revoke' },
  rejected: { development: 'withdraw' },
};

const statusOf = (version: Version): VersionStatus => version.review?.status ?? 'development';

/**
 * The steps that one changed version file is, or `version-altered` where it changes what was uploaded. Nothing for a file that cannot
 * be read, which has problems of its own.
 */
export function versionTransitions({ base, merged }: Sides, { path, identity, how }: Change): Recognised {
  const { miniapp = '', id: version = '' } = identity;
  const before = base.miniapps.get(miniapp)?.versions.get(version);
  const after = merged.miniapps.get(miniapp)?.versions.get(version);
  const place = at(path, ...(after?.review ? ['review', 'status'] : ['version']));
  const transition = (kind: TransitionKind) => ({ kind, miniapp, version, at: place });
  const is = (...kinds: TransitionKind[]): Recognised => ({ transitions: kinds.map(transition), problems: [] });
  const refuse = (...problems: Recognised['problems']): Recognised => ({ transitions: [], problems });

  // A version whose file cannot be read is not deleted; its file has a problem of its own.
  if (how === 'unreadable') return refuse();
  if (how === 'bytes') return refuse(problem('version-altered', { file: path }, { version, field: `${version}.yaml` }));
  if (before && after) {
    const field = alteredField(before, after);
    if (field) return refuse(problem('version-altered', at(path, field), { version, field }));
    const from = statusOf(before);
    const to = statusOf(after);
    const kind = after.review?.reviewedBy === 'policy:internal' && to === 'approved' ? 'auto-approve' : STEPS[from][to];
    if (STEPS[from][to] && kind) return is(kind);
    const allowed = Object.entries(STEPS[from]).map(([next, step]) => `${step} (→ ${next})`);
    return refuse(problem('step-unknown', place, { version, from, to, allowed: allowed.join(', ') }));
  }
  if (after) {
    const to = statusOf(after);
    if (to === 'development') return is('upload');
    if (to === 'pending') return is('upload', 'submit');
    return refuse(problem('version-born-reviewed', place, { version, status: to }));
  }
  // Whether it may be deleted is decided in the conditions of the transition.
  return before ? is('delete') : refuse();
}

/** The first field of an uploaded version that changed, apart from its review; none may change. */
function alteredField(before: Version, after: Version): string | undefined {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  fields.delete('review');
  const value = (version: Version, field: string) => (version as unknown as Record<string, unknown>)[field];
  return [...fields].find((field) => !isEqual(value(before, field), value(after, field)));
}
