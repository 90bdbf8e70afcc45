/** What is still missing until users see the newest version: one step after the other, and the next one with its command. */
import type { TransitionKind } from '#core/transitions/lifecycle.ts';
import { pathOf } from '#core/paths.ts';
import { newestFirst } from '#core/version.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

export const STEPS = ['uploaded', 'submitted', 'approved', 'online', 'enabled', 'delivered'] as const;
export type JourneyStep = (typeof STEPS)[number];

export interface Journey {
  /** The version that it is about: the newest; none when nothing was uploaded yet. */
  readonly version?: string;
  readonly steps: readonly {
    readonly step: JourneyStep;
    readonly isDone: boolean;
    /** Turned down: rejected, or out of service. */
    readonly isStopped: boolean;
  }[];
  /** The first that is missing; nothing when users see it. */
  readonly next?: {
    readonly kind: TransitionKind;
    readonly command: string;
    /** The file of the configuration that it changes; none for an upload, which needs the project. */
    readonly path?: string;
  };
  /** What users have meanwhile, when it is another version. */
  readonly meanwhile?: string;
  /** How many apps deliver it, and in how many regions each; a panel is with every app. */
  readonly delivered: readonly { readonly app: string; readonly regions: readonly string[]; readonly of: number }[];
}

export function journeyOf(workspace: PublicWorkspace, miniapp: PublicMiniapp): Journey {
  const { id, release, versions } = miniapp;
  const [version] = newestFirst(versions.keys()).filter((number) => !release.previous?.includes(number));
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
  const next = missing === undefined ? undefined : nextStep(missing, miniapp, version ?? '', isRejected);
  const { online } = release;
  return {
    ...(version === undefined ? {} : { version }),
    steps: STEPS.map((step) => ({ step, isDone: done[step], isStopped: stopped[step] === true })),
    ...(next ? { next } : {}),
    ...(online && online.version !== version && online.enabled ? { meanwhile: online.version } : {}),
    delivered: delivered.map(({ app, regions }) => ({ app, regions, of: workspace.apps.get(app)!.regions.length })),
  };

  function nextStep(step: JourneyStep, { id: own }: PublicMiniapp, number: string, wasRejected: boolean) {
    const versionFile = pathOf.version(own, number);
    const releaseFile = pathOf.file(own, 'release');
    const take = (kind: TransitionKind, rest: string, path?: string): Journey['next'] => ({
      kind,
      command: `npx miniapp ${rest}`,
      ...(path === undefined ? {} : { path }),
    });
    switch (step) {
      case 'uploaded':
        return take(
          'upload',
          `upload ${own} DIR --version ${release.online ? 'VERSION' : '1.0.0'} --description DESCRIPTION`,
        );
      case 'submitted':
        return take('submit', `submit ${own} ${number}`, versionFile);
      case 'approved':
        return wasRejected
          ? take('withdraw', `withdraw ${own} ${number}`, versionFile)
          : take('approve', `approve ${own} ${number}`, versionFile);
      case 'online':
        return take('publish', `publish ${own} ${number}`, releaseFile);
      case 'enabled':
        return take('enable', `enable ${id}`, releaseFile);
      case 'delivered':
        return take(
          'edit-trafficking',
          `trafficking add ${own} --app APP --region REGION`,
          pathOf.file(own, 'trafficking'),
        );
    }
  }
}

function deliveredTo({ apps }: PublicWorkspace, { basics, trafficking }: PublicMiniapp) {
  if (basics.type === 'panel') return [...apps.values()].map(({ id, regions }) => ({ app: id, regions }));
  return trafficking.flatMap(({ app, regions }) => {
    const served = regions.filter((region) => apps.get(app)?.regions.includes(region) === true);
    return served.length > 0 ? [{ app, regions: served }] : [];
  });
}
