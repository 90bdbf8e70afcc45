/** Stages of a version, and what may happen to it next. */
import { defined } from '../defined.ts';
import { keysOf } from '../keys-of.ts';
import type { Miniapp, Release, Stage, Version } from '../model.ts';
import { pathOf } from '../paths.ts';
import { isRefusedFor, type BytesLack } from '../by-bytes.ts';
import { pushWords, toolCommand } from '../tool-command.ts';
import { newestFirst } from '../version.ts';

export type ReviewStatus = 'pending' | 'approved' | 'rejected';

/** What of a miniapp its stages and steps are told from. */
export type StagedMiniapp = Pick<Miniapp, 'id' | 'basics' | 'release'> & {
  readonly versions: ReadonlyMap<string, StagedVersion>;
  readonly brokenBy?: BrokenBy;
};

/** What somebody may be about to do that answers depend on: a step of a version, or a row that lets people in. */
export type IntendedChange =
  | { readonly kind: TransitionKind; readonly version: string }
  | { readonly kind: 'edit-trafficking'; readonly app: string; readonly regions: readonly string[] }
  | { readonly kind: 'edit-whitelist'; readonly app: string; readonly account: string };

/** The names of the promises that a change of a miniapp would break, as they stand. */
export type BrokenBy = (change: IntendedChange) => readonly string[];

/** A version, and what is known of its bytes. */
export type StagedVersion = Version & { readonly bytesLack?: BytesLack };

export interface VersionState {
  readonly stage: Stage;
  readonly status?: ReviewStatus;
  readonly isExperience: boolean;
  /** Whether part of the accounts get it instead of the online version. */
  readonly isRolledOut: boolean;
}

/** The stage of a version, the first of the contract's list that matches. */
export function stateOf(miniapp: Pick<Miniapp, 'release'>, version: Version): VersionState {
  const { release } = miniapp;
  const status = version.review?.status;
  const isExperience = release.experience?.version === version.version;
  const isRolledOut = release.rollout?.version === version.version;
  const rest = { isExperience, isRolledOut, ...defined({ status }) };
  if (release.online?.version === version.version) return { stage: 'online', ...rest };
  if (release.previous?.includes(version.version)) return { stage: 'superseded', ...rest };
  return { stage: status ? 'review' : 'development', ...rest };
}

export type TransitionKind =
  | 'create'
  | 'edit-basics'
  | 'upload'
  | 'delete'
  | 'set-experience'
  | 'clear-experience'
  | 'submit'
  | 'withdraw'
  | 'approve'
  | 'auto-approve'
  | 'reject'
  | 'revoke'
  | 'publish'
  | 'rollback'
  | 'start-rollout'
  | 'widen-rollout'
  | 'stop-rollout'
  | 'disable'
  | 'enable'
  | 'edit-trafficking'
  | 'edit-whitelist'
  | 'edit-members'
  | 'edit-domains'
  | 'edit-languages'
  | 'edit-report'
  | 'edit-scenarios'
  | 'edit-platform';

/** Steps that stop something for people: none of them waits for a second person, for a number, or for what is wrong elsewhere. */
export const isStopStep = ({ kind }: { readonly kind: TransitionKind }): boolean =>
  kind === 'disable' || kind === 'stop-rollout';

/** A step that is possible now, with the command that takes it. */
export interface NextStep {
  readonly kind: TransitionKind;
  readonly version?: string;
  readonly command: string;
  /** The names of the promises that it breaks: the command changes them too, where it can. */
  readonly breaks?: readonly string[];
}

/** Whether the command of a change can change the promises that it breaks. */
export const changesPromises = ({ kind }: Pick<NextStep, 'kind'>): boolean => kind !== 'enable';

/** The words of the command of a change, with which it changes the promises that it breaks, where it can. */
export const withUpdate = (words: string, change: Pick<NextStep, 'kind'>, breaks: readonly string[]): string =>
  breaks.length > 0 && changesPromises(change) ? `${words} --update-scenarios` : words;

/** Whether it depends on how wide a rollout becomes which promises a change breaks. */
export const dependsOnWidth = ({ kind }: Pick<NextStep, 'kind'>): boolean =>
  kind === 'start-rollout' || kind === 'widen-rollout';

/** Steps that bring a version nearer to people; who gave a miniapp up takes none of them. */
const TOWARDS_PEOPLE: ReadonlySet<TransitionKind> = new Set<TransitionKind>([
  ...(['submit', 'approve', 'publish', 'rollback', 'set-experience'] as const),
  ...(['start-rollout', 'widen-rollout', 'enable'] as const),
]);

/** What is no transition, and lets one be taken: bytes are brought. */
export interface PushStep {
  readonly kind: 'push-package';
  readonly command: string;
}

/** What a version lacks that could take a step but for its bytes, or might lack where nobody asked; undefined for every other. */
export function bytesLackOf(miniapp: StagedMiniapp, version: StagedVersion): BytesLack | undefined {
  const { bytesLack, ...whole } = version;
  if (bytesLack === undefined) return undefined;
  const refusedFor = bytesLack === 'unasked' ? 'missing' : bytesLack;
  return stepsOf(miniapp, whole).some(({ kind }) => isRefusedFor(refusedFor, kind)) ? bytesLack : undefined;
}

/** How the bytes of a version are brought, where they would let it take a step that is refused without them. */
export function pushStep(miniapp: StagedMiniapp, version: StagedVersion): PushStep | undefined {
  const lack = bytesLackOf(miniapp, version);
  if (lack !== 'missing' && lack !== 'differs') return undefined;
  return { kind: 'push-package', command: toolCommand(pushWords(miniapp.id, version.version)) };
}

/** The steps that a version can take now, in the order in which people take them; none that is refused for its bytes. */
export function stepsOf(miniapp: StagedMiniapp, version: StagedVersion): NextStep[] {
  const isArchived = miniapp.basics.archived === true;
  const { stage, status, isExperience, isRolledOut } = stateOf(miniapp, version);
  const { online, rollout } = miniapp.release;
  const hasPending = [...miniapp.versions.values()].some((other) => other.review?.status === 'pending');
  const mayBeExperience = stage === 'development' || stage === 'review';
  const is = {
    submit: stage === 'development' && !hasPending,
    approve: status === 'pending' && stage === 'review',
    reject: status === 'pending' && stage === 'review',
    withdraw: stage === 'review' && status !== 'approved',
    publish: stage === 'review' && status === 'approved',
    'start-rollout': stage === 'review' && status === 'approved' && online !== undefined && rollout === undefined,
    'widen-rollout': isRolledOut && !isWidest(rollout!),
    'stop-rollout': isRolledOut,
    rollback: stage === 'superseded',
    'set-experience': mayBeExperience && !isExperience,
    'clear-experience': isExperience,
    disable: stage === 'online' && online?.enabled === true,
    enable: stage === 'online' && online?.enabled === false,
    revoke: status === 'approved',
    delete: stage === 'development' && !isExperience,
  };
  return keysOf(is)
    .filter((kind) => is[kind] && !(isArchived && TOWARDS_PEOPLE.has(kind)) && !isRefusedFor(version.bytesLack, kind))
    .map((kind) => {
      const change = { kind, version: version.version };
      const breaks = miniapp.brokenBy?.(change) ?? [];
      return {
        ...{ ...change, command: toolCommand(withUpdate(wordsOf(kind, miniapp, version.version), change, breaks)) },
        ...(breaks.length > 0 ? { breaks } : {}),
      };
    });
}

const isWidest = ({ percent, apps, regions }: NonNullable<Release['rollout']>): boolean =>
  percent >= MOST_PERCENT && apps === undefined && regions === undefined;

/** More than this is everybody, which is publishing. */
export const MOST_PERCENT = 99;

/** What of a rollout can still be widened: its share of the accounts, else where it is. */
const widening = (rollout: Release['rollout']): string =>
  (rollout?.percent ?? 0) < MOST_PERCENT
    ? '--percent PERCENT'
    : [...(rollout!.apps ? ['--app APP'] : []), ...(rollout!.regions ? ['--region REGION'] : [])].join(' ');

/** The command of a step, without the name of the tool. Words in capitals are the user's to fill. */
function wordsOf(kind: TransitionKind, { id, release: { rollout } }: StagedMiniapp, version: string): string {
  switch (kind) {
    case 'set-experience':
      return `experience set ${id} ${version}`;
    case 'clear-experience':
      return `experience clear ${id}`;
    case 'disable':
    case 'enable':
      return `${kind} ${id}`;
    case 'start-rollout':
      return `rollout start ${id} ${version} --percent PERCENT`;
    case 'widen-rollout':
      return `rollout widen ${id} ${widening(rollout)}`;
    case 'stop-rollout':
      return `rollout stop ${id}`;
    case 'publish':
      return rollout?.version === version ? `rollout finish ${id}` : `publish ${id} ${version}`;
    case 'reject':
    case 'revoke':
      return `${kind} ${id} ${version} --reason REASON`;
    default:
      return `${kind} ${id} ${version}`;
  }
}

/** Steps that change the release; the others change the version's own file. */
const RELEASE_STEPS: ReadonlySet<TransitionKind> = new Set<TransitionKind>([
  ...(['publish', 'rollback', 'start-rollout', 'widen-rollout', 'stop-rollout'] as const),
  ...(['disable', 'enable', 'set-experience', 'clear-experience'] as const),
]);

/** The file that a step of a version or of its release changes. */
export const fileOfStep = (kind: TransitionKind, miniapp: string, version: string): string =>
  RELEASE_STEPS.has(kind) ? pathOf.file(miniapp, 'release') : pathOf.version(miniapp, version);

/** The versions of a miniapp, highest first, each with its state. */
export const versionsByState = (
  miniapp: StagedMiniapp,
): { version: StagedVersion; state: VersionState; steps: NextStep[] }[] =>
  newestFirst(miniapp.versions.keys()).map((number) => {
    const version = miniapp.versions.get(number)!;
    return { version, state: stateOf(miniapp, version), steps: stepsOf(miniapp, version) };
  });

/** The version under review, if any. */
export const pendingVersion = (miniapp: Pick<Miniapp, 'versions'>): string | undefined =>
  [...miniapp.versions.values()].find((version) => version.review?.status === 'pending')?.version;
