/** A decision as people and programs read it: the same lines and fields wherever a change is judged. */
import type { Decision } from '../../core/transitions/decide.ts';
import { groupCompatibility, type CompatibilityGroup } from '../../core/resolution/compatibility-effects.ts';
import { groupEffects, type EffectGroup } from '../../core/resolution/resolution-table.ts';
import type { Platform, Workspace } from '../../core/model.ts';
import type { Approvals } from '../../core/policy/required-approvals.ts';
import { textIn } from '../../core/localized-text.ts';
import type { Transition } from '../../core/transitions/index.ts';
import type { LocatedProblem } from '../../read/positions.ts';
import { safe } from '../../report/terminal.ts';
import { waitsText } from '../../report/waits-text.ts';

/** The fields that every judgement has as JSON. */
export function decisionJson({ transitions, approvals }: Decision, problems: readonly LocatedProblem[]) {
  const { required, given, missing } = approvals;
  const steps = transitions.map(({ kind, miniapp, version, percent }) => ({
    kind,
    ...(miniapp === undefined ? {} : { miniapp }),
    ...(version === undefined ? {} : { version }),
    ...(percent === undefined ? {} : { percent }),
  }));
  return { transitions: steps, problems, approvals: { required, given, missing } };
}

/** "publish tysmart0000000001 1.2.0". */
export const stepLine = ({ kind, miniapp, version, percent }: Transition): string =>
  [kind, miniapp, version, percent === undefined ? undefined : `to ${percent} %`]
    .filter((word) => word !== undefined)
    .map(safe)
    .join(' ');

const NOBODY =
  'nobody in people/ yet: another person needs the right first (an owner gives roles: npx miniapp person edit LOGIN --role ROLE; for an app: npx miniapp app edit APP --add-manager LOGIN; for a miniapp, an admin of it: npx miniapp member add)';

/** Who alone has what is asked cannot agree with themselves: somebody else must be given it first. */
export function approvalLine({ required, given, missing, waits }: Approvals): string {
  const people = given.length > 0 ? ` (given: ${given.map(safe).join(', ')})` : '';
  const who = waitsText(waits, (from) => from.map(safe).join(' or ') || NOBODY);
  const by = missing === 0 ? '' : waits.length === 1 ? `, by ${who}` : `: ${who}`;
  return `${required} needed${people}, ${missing} missing${by}`;
}

/** Who gets another answer, and the versions of which apps begin or end to fit. */
export const effectLines = (
  { effects, compatibility }: Pick<Decision, 'effects' | 'compatibility'>,
  workspace: Workspace,
): string[] => [
  ...groupEffects(effects).map((group) => effectLine(group, workspace)),
  ...groupCompatibility(compatibility).map((group) => compatibilityLine(group, workspace)),
];

/** "Smart Life: 2 of 7 app versions, 4 % of its users, lose service". */
function compatibilityLine(group: CompatibilityGroup, { apps, platform }: Workspace): string {
  const { miniapp, app, isLoss, appVersions, share } = group;
  const known = apps.get(app);
  const all = known?.runtimes?.length ?? appVersions.length;
  const users = share === undefined ? '' : `, ${share} % of its users,`;
  const what = isLoss ? 'lose service' : 'get service back';
  const name = textIn(known?.name ?? app, platform.languages);
  return safe(
    `${miniapp}: ${name}: ${appVersions.length} of ${all} app versions${users} ${what} (${appVersions.join(', ')})`,
  );
}

/** "everyone in Smart Life, Central Europe: 1.1.0 → 1.2.0". */
function effectLine(group: EffectGroup, { apps, platform }: Workspace): string {
  const { miniapp, app, regions, audience, entries, before, after } = group;
  const name = (id: string) => textIn(apps.get(id)?.name ?? id, platform.languages);
  const where = regions.map((region) => regionName(platform, region)).join(', ');
  const by = entries.length > 1 ? '' : entries[0] === 'experience' ? ', experience code' : ', normal link';
  return safe(`${miniapp}: ${audience} in ${name(app)}, ${where}${by}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`);
}

const regionName = ({ regions, languages }: Platform, id: string): string => textIn(regions[id] ?? id, languages);
