/** What is still missing until users see a new version: one step after the other, and the next one with its command. */
import { defined } from '#core/defined.ts';
import { isRefusedFor, type BytesLack } from '#core/by-bytes.ts';
import {
  bytesLackOf,
  fileOfStep,
  pendingVersion,
  pushStep,
  stepsOf,
  withUpdate,
  type TransitionKind,
} from '#core/lifecycle/lifecycle.ts';
import { peopleFor, type StepPeople } from '#core/transitions/missing-people.ts';
import { pathOf } from '#core/paths.ts';
import { stepTowardsUsers, type StepTowardsUsers } from '#core/resolution/towards-users.ts';
import { toolCommand, uploadWords } from '#core/tool-command.ts';
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
    readonly kind: TransitionKind | 'push-package';
    /** Which version it is a step of, where that is not the one that the progress is about: what is online is put back into service. */
    readonly version?: string;
    readonly command: string;
    /** The file of the configuration that it changes; none for an upload, which needs the project, and for bytes. */
    readonly path?: string;
    /** What its version lacks of its bytes, or might lack. */
    readonly lack?: BytesLack;
    /** The names of the promises that it breaks. */
    readonly breaks?: readonly string[];
  } & StepPeople;
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

/** The steps of the version that is nearest to users, and which of them are done; without a version, that one is to be uploaded. `now`: milliseconds since 1970. */
export function journeyOf(workspace: PublicWorkspace, miniapp: PublicMiniapp, now: number): Journey {
  const { release, versions } = miniapp;
  const towards = stepTowardsUsers(miniapp);
  const version = towards?.version ?? release.online?.version;
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
  const next = missing === undefined ? undefined : nextStep({ workspace, miniapp, now }, towards, missing);
  const { online, rollout } = release;
  const pending = pendingVersion(miniapp);
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

/** A rollout is widened until it is as wide as it can be; then publishing finishes it. */
const ROLLOUT_KINDS: readonly TransitionKind[] = ['widen-rollout', 'publish'];

function nextStep(
  { workspace, miniapp, now }: { workspace: PublicWorkspace; miniapp: PublicMiniapp; now: number },
  towards: StepTowardsUsers | undefined,
  missing: JourneyStep,
): Journey['next'] {
  const { id, basics, versions, release } = miniapp;
  const { apps } = workspace;
  // What was given up may take no step towards users.
  if (basics.archived === true) return undefined;
  if (missing === 'delivered') {
    const app = [...apps.values()].find((one) => one.default === true) ?? [...apps.values()][0];
    if (!app) return undefined;
    const change = { kind: 'edit-trafficking', app: app.id, regions: app.regions } as const;
    const breaks = miniapp.brokenBy?.(change) ?? [];
    const add = `trafficking add ${id} --app ${app.id} --region ${app.regions.join(',')}`;
    return {
      kind: change.kind,
      command: toolCommand(withUpdate(add, change, breaks)),
      path: pathOf.file(id, 'trafficking'),
      ...(breaks.length > 0 ? { breaks } : {}),
    };
  }
  const lackIn = (number: string | undefined) => {
    const own = versions.get(number ?? '');
    return defined({ lack: own && bytesLackOf(miniapp, own) });
  };
  if (towards?.kind === 'upload')
    return { kind: 'upload', command: toolCommand(uploadWords(id)), ...lackIn(towards.version) };
  const { online, rollout } = release;
  const isRolledOut = rollout !== undefined && rollout.version === towards?.version;
  // Where the service is stopped, a rollout reaches nobody, however wide it is.
  const isOnlineNext = towards === undefined || (isRolledOut && online?.enabled === false);
  const own = versions.get(isOnlineNext ? online!.version : towards.version!)!;
  const kinds: readonly string[] = isOnlineNext ? ['enable'] : isRolledOut ? ROLLOUT_KINDS : [towards.kind];
  const offered = stepsOf(miniapp, own);
  const step = kinds.flatMap((kind) => offered.find((one) => one.kind === kind) ?? [])[0];
  const push = step || isOnlineNext ? undefined : pushStep(miniapp, own);
  if (push) return { ...push, ...lackIn(own.version) };
  if (!step) return undefined;
  return {
    ...step,
    path: fileOfStep(step.kind, id, own.version),
    ...(isRefusedFor('missing', step.kind) ? lackIn(own.version) : {}),
    ...peopleFor(workspace, { ...step, miniapp: id }, now),
  };
}

function deliveredTo({ apps }: PublicWorkspace, { basics, trafficking }: PublicMiniapp) {
  if (basics.type === 'panel') return [...apps.values()].map(({ id, regions }) => ({ app: id, regions }));
  return trafficking.flatMap(({ app, regions }) => {
    const served = regions.filter((region) => apps.get(app)?.regions.includes(region) === true);
    return served.length > 0 ? [{ app, regions: served }] : [];
  });
}
