/** A miniapp's versions in four lists by stage, each with what can happen to it next. */
import { defined } from '#core/defined.ts';
import { groupCompatibility, type CompatibilityGroup } from '#core/resolution/compatibility-effects.ts';
import { groupEffects, type EffectGroup } from '#core/resolution/resolution-table.ts';
import { blockedOrigins, type BlockedOrigin } from '#core/resolution/requests.ts';
import { stepTowardsUsers } from '#core/resolution/towards-users.ts';
import { ifPublished, type Consequences } from '#core/transitions/if-published.ts';
import type { BytesLack } from '#core/by-bytes.ts';
import {
  bytesLackOf,
  pendingVersion,
  pushStep,
  versionsByState,
  type NextStep,
  type PushStep,
  type VersionState,
} from '#core/lifecycle/lifecycle.ts';
import type { Stage, Version } from '#core/model.ts';
import { withPeople, type StepPeople } from '#core/transitions/missing-people.ts';
import type { PortalPackage } from '#core/hosts/portal-package.ts';
import { size } from '../../lib/text.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { bytesView, type BytesView } from '../packages/view-model.ts';
import { replacedVersion, versionChange, type VersionChange } from './compare.ts';
import { personName } from '../../lib/person-name.ts';

export const STAGES: readonly Stage[] = ['development', 'review', 'online', 'superseded'];

/** What can happen to it, and who that waits for. */
export type CardStep = (NextStep | (PushStep & { readonly breaks?: undefined })) & StepPeople;

export interface VersionCard {
  readonly number: string;
  readonly state: VersionState;
  /** Only the online version has it: whether it is in service. */
  readonly enabled?: boolean;
  /** Of how many accounts in a hundred get it, where it is rolled out. */
  readonly percent?: number;
  readonly version: Version;
  readonly uploader: string;
  readonly submitter?: string;
  /** A name, or nothing when policy approved it. */
  readonly reviewer?: string;
  readonly isAutomatic: boolean;
  readonly size?: string;
  readonly kits: readonly (readonly [string, string])[];
  readonly steps: readonly CardStep[];
  /** What it changes against the version that people compare it with. */
  readonly change?: VersionChange;
  /** Of its bytes, as far as they were looked for. */
  readonly bytes?: BytesView;
  /** What its next steps are refused for, or might be: of a version that could take one. */
  readonly lack?: BytesLack;
  /** Servers of its code that are not allowed everywhere: of what people can open, or may soon. */
  readonly blocked: readonly BlockedOrigin[];
  /** Whose answers change if it goes online: of the version under review, and of the newest that is approved and was not online. */
  readonly consequences?: GroupedConsequences;
}

export interface StageList {
  readonly stage: Stage;
  readonly cards: readonly VersionCard[];
}

/** What a version would bring, as a person grasps it: the same in every language. */
export interface GroupedConsequences {
  /** Changes of answers; those in one list are of the same people, by the same entries, from and to the same answer, each in an app. */
  readonly changes: readonly (readonly EffectGroup[])[];
  readonly fits: readonly CompatibilityGroup[];
}

const grouped = ({ effects, compatibility }: Consequences): GroupedConsequences => ({
  changes: [
    ...Map.groupBy(groupEffects(effects), ({ audience, entries, before, after }) =>
      JSON.stringify([audience, entries, before, after]),
    ).values(),
  ],
  fits: groupCompatibility(compatibility),
});

/** The four lists in the order of STAGES, at `now` in milliseconds since 1970. `packageOf`: what is known of the bytes of a version. */
export function stageLists(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  now: number,
  packageOf: (version: string) => PortalPackage | undefined = () => undefined,
): StageList[] {
  const all = versionsByState(miniapp);
  const regions = Object.keys(workspace.platform.regions);
  // Of what was given up nothing goes online.
  const isArchived = miniapp.basics.archived === true;
  const next = new Set(isArchived ? [] : [stepTowardsUsers(miniapp)?.version, pendingVersion(miniapp)]);
  const lists = new Map<Stage, VersionCard[]>(STAGES.map((stage) => [stage, []]));
  for (const { version, state, steps } of all) {
    const { review } = version;
    const push = pushStep(miniapp, version);
    const bytes = packageOf(version.version);
    const other = replacedVersion(miniapp, version.version);
    const isNext = next.has(version.version);
    const mayGoOnline =
      isNext && (review?.status === 'pending' || review?.status === 'approved') && state.stage === 'review';
    const isAutomatic = review?.reviewedBy?.startsWith('policy:') === true;
    lists.get(state.stage)!.push({
      number: version.version,
      state,
      ...defined({
        enabled: state.stage === 'online' ? miniapp.release.online!.enabled : undefined,
        percent: state.isRolledOut ? miniapp.release.rollout!.percent : undefined,
      }),
      version,
      uploader: personName(workspace, version.uploadedBy),
      ...defined({
        submitter: review ? personName(workspace, review.submittedBy) : undefined,
        reviewer: review?.reviewedBy && !isAutomatic ? personName(workspace, review.reviewedBy) : undefined,
      }),
      isAutomatic,
      ...defined({ size: version.package ? size(version.package.bytes) : undefined }),
      kits: Object.entries(version.kits ?? {}),
      steps: [...(push ? [push] : []), ...withPeople(workspace, miniapp.id, steps, now)],
      ...defined({
        change: other === undefined ? undefined : versionChange(miniapp.versions.get(other)!, version),
        bytes: bytes?.status === undefined ? undefined : bytesView({ ...bytes, status: bytes.status }),
        lack: bytesLackOf(miniapp, version),
        consequences: mayGoOnline
          ? grouped(ifPublished(workspace, miniapp, version.version, now).consequences)
          : undefined,
      }),
      blocked: isNext || isOpened(state) ? blockedOrigins(regions, miniapp.domains, version.origins) : [],
    });
  }
  const previous = miniapp.release.previous ?? [];
  lists.get('superseded')!.sort((a, b) => previous.indexOf(a.number) - previous.indexOf(b.number));
  return STAGES.map((stage) => ({ stage, cards: lists.get(stage)! }));
}

/**
 * As many versions of a stage are told in full, or more: every one that somebody can open or that waits for somebody is. Of those that
 * were online before it is the one that a rollback would lead to.
 */
export const CARDS: Readonly<Record<Stage, number>> = { development: 8, review: 8, online: 1, superseded: 1 };

/** As many of the others have a row, the newest; the API has the rest. */
export const ROWS = 200;

/** The versions of a stage that are told in full, and the others, both in their order. */
export function cardsOf(cards: readonly VersionCard[]) {
  const first = cards.filter(isFirst);
  const others = cards.filter((card) => !isFirst(card));
  const room = cards.length === 0 ? 0 : CARDS[cards[0]!.state.stage] - first.length;
  const full = new Set([...first, ...others.slice(0, Math.max(0, room))]);
  return { full: cards.filter((card) => full.has(card)), rest: cards.filter((card) => !full.has(card)) };
}

const isFirst = ({ state }: VersionCard): boolean =>
  isOpened(state) || (state.stage === 'review' && state.status !== 'rejected');

/** Whether somebody can open it now. */
const isOpened = (state: VersionState): boolean => state.stage === 'online' || state.isRolledOut || state.isExperience;
