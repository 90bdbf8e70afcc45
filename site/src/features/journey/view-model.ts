/** What is still missing until users see a new version: one step after the other, and the next one with its command. */
import { defined } from '#core/defined.ts';
import type { Miniapp } from '#core/model.ts';
import { fileOfStep, pendingVersion, stepsOf, type TransitionKind } from '#core/transitions/lifecycle.ts';
import { pathOf } from '#core/paths.ts';
import { newestFirst } from '#core/version.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

export const STEPS = ['uploaded', 'submitted', 'approved', 'online', 'enabled', 'delivered'] as const;
export type JourneyStep = (typeof STEPS)[number];

export interface Journey {
  /** The version that it is about: the one nearest to users; none when nothing was uploaded yet. */
  readonly version?: string;
  readonly steps: readonly {
    readonly step: JourneyStep;
    readonly isDone: boolean;
    /** Turned down: rejected, or out of service. */
    readonly isStopped: boolean;
  }[];
  /** The first that is missing, as the platform would accept it; nothing when users see it, or when no step may be taken. */
  readonly next?: {
    readonly kind: TransitionKind;
    readonly command: string;
    /** The file of the configuration that it changes; none for an upload, which needs the project. */
    readonly path?: string;
  };
  /** Of how many accounts in a hundred have it already; none unless it is rolled out. */
  readonly rolledOut?: number;
  /** What users have meanwhile, when it is another version. */
  readonly meanwhile?: string;
  /** Why the reviewer rejected it. */
  readonly reason?: string;
  /** Another version, which waits for its review. */
  readonly alsoPending?: string;
  readonly isArchived: boolean;
  /** A panel is with every app, everywhere. */
  readonly isPanel: boolean;
  /** How many apps deliver it, and in how many regions each; a panel is with every app. */
  readonly delivered: readonly { readonly app: string; readonly regions: readonly string[]; readonly of: number }[];
}

/** The steps of the version that is nearest to users, and which of them are done; without a version, that one is to be uploaded. */
export function journeyOf(workspace: PublicWorkspace, miniapp: PublicMiniapp): Journey {
  const { release, versions } = miniapp;
  const version = nearestToUsers(miniapp);
  const review = version === undefined ? undefined : versions.get(version)!.review;
  const isOnline = version !== undefined && release.online?.version === version;
  const isApproved = isOnline || review?.status === 'approved';
  const delivered = deliveredTo(workspace, miniapp);
  const done: Record<JourneyStep, boolean> = {
    uploaded: version !== undefined,
    submitted: review !== undefined || isOnline,
    approved: isApproved,
    online: isOnline,
    enabled: isOnline && release.online!.enabled,
    delivered: delivered.length > 0,
  };
  const isRejected = review?.status === 'rejected' && !isOnline;
  const stopped: Partial<Record<JourneyStep, boolean>> = {
    approved: isRejected,
    enabled: isOnline && !release.online!.enabled,
  };
  const missing = STEPS.find((step) => !done[step]);
  const next = missing === undefined ? undefined : nextStep(workspace, miniapp, version, missing);
  const { online, rollout } = release;
  const pending = pendingVersion(miniapp as Miniapp);
  return {
    ...defined({ version }),
    steps: STEPS.map((step) => ({ step, isDone: done[step], isStopped: stopped[step] === true })),
    ...defined({
      next,
      rolledOut: rollout && rollout.version === version ? rollout.percent : undefined,
      meanwhile: online && online.version !== version && online.enabled ? online.version : undefined,
      reason: isRejected && review?.reason ? review.reason : undefined,
      alsoPending: pending !== undefined && pending !== version ? pending : undefined,
    }),
    isArchived: miniapp.basics.archived === true,
    isPanel: miniapp.basics.type === 'panel',
    delivered: delivered.map(({ app, regions }) => ({ app, regions, of: workspace.apps.get(app)!.regions.length })),
  };
}

/**
 * The version that is the fewest steps away from users, of those above the online one: approved and to be published, else under review,
 * else the newest. What was online before takes a rollback, which is no way forward.
 */
function nearestToUsers({ release, versions }: PublicMiniapp): string | undefined {
  const online = release.online?.version;
  const all = newestFirst(versions.keys()).filter((number) => !release.previous?.includes(number));
  const ahead = online === undefined ? all : all.slice(0, all.indexOf(online));
  const withStatus = (status: string) => ahead.find((number) => versions.get(number)!.review?.status === status);
  return withStatus('approved') ?? withStatus('pending') ?? ahead[0] ?? online;
}

/** The step of a version that takes the journey on; only a step that the lifecycle offers now. */
const STEP_KINDS: Partial<Record<JourneyStep, readonly TransitionKind[]>> = {
  submitted: ['submit'],
  approved: ['approve'],
  online: ['publish'],
  enabled: ['enable'],
};

/** A rollout is widened until it is as wide as it can be; then publishing finishes it. */
const ROLLOUT_KINDS: readonly TransitionKind[] = ['widen-rollout', 'publish'];

function nextStep(
  { apps }: Pick<PublicWorkspace, 'apps'>,
  miniapp: PublicMiniapp,
  version: string | undefined,
  missing: JourneyStep,
): Journey['next'] {
  const { id, basics, versions, release } = miniapp;
  // What was given up may take no step towards users.
  if (basics.archived === true) return undefined;
  if (missing === 'delivered') {
    const app = [...apps.values()].find((one) => one.default === true) ?? [...apps.values()][0];
    if (!app) return undefined;
    const command = `npx miniapp trafficking add ${id} --app ${app.id} --region ${app.regions.join(',')}`;
    return { kind: 'edit-trafficking', command, path: pathOf.file(id, 'trafficking') };
  }
  const own = version === undefined ? undefined : versions.get(version);
  // Nothing of a version changes: what was rejected is corrected in another one.
  if (!own || (missing === 'approved' && own.review?.status === 'rejected')) {
    const command = `npx miniapp upload ${id} DIR --version VERSION --description DESCRIPTION`;
    return { kind: 'upload', command };
  }
  const isRolledOut = release.rollout?.version === version;
  // Where the service is stopped, a rollout reaches nobody, however wide it is.
  if (isRolledOut && release.online?.enabled === false)
    return nextStep({ apps }, miniapp, release.online.version, 'enabled');
  const kinds = isRolledOut ? ROLLOUT_KINDS : (STEP_KINDS[missing] ?? []);
  const offered = stepsOf(miniapp as Miniapp, own);
  const step = kinds.flatMap((kind) => offered.find((one) => one.kind === kind) ?? [])[0];
  if (!step) return undefined;
  return { ...step, path: fileOfStep(step.kind, id, own.version) };
}

function deliveredTo({ apps }: PublicWorkspace, { basics, trafficking }: PublicMiniapp) {
  if (basics.type === 'panel') return [...apps.values()].map(({ id, regions }) => ({ app: id, regions }));
  return trafficking.flatMap(({ app, regions }) => {
    const served = regions.filter((region) => apps.get(app)?.regions.includes(region) === true);
    return served.length > 0 ? [{ app, regions: served }] : [];
  });
}
