/** What a run of the reconciler is given, what it keeps while it goes on, and what it gives. */
import { defined } from '../../core/defined.ts';
import { treeIfHere, type FetchRemote } from '../../git/commits/fetch.ts';
import { scratch, type Scratch } from '../../git/stores/scratch.ts';
import type { ExecutionContext } from '../actions/action-executors.ts';
import type { WorkflowRun } from '../manual-transition/workflow-run.ts';
import type { ReviewResponse } from '../approvals/review-responses.ts';
import { requestsLeft, type GitHubReader, type GitHubWriter } from '../../github/client.ts';
import { createCache, type ConflictCache } from '../evaluate/conflicts.ts';
import { isEverywhere, type EventTarget } from '../../github/webhook-event.ts';
import type { Action, CodeChecks, ComparedBytes, EvaluatedPullRequest, EvaluationStatus } from '../types.ts';
import type { PullRequestDetails, Repository } from '../../github/types.ts';
import { lastFullRun } from './last-full-look.ts';
import { nothingDerived, type DerivedCache } from '../../packages/derived.ts';
import { readerOf } from '../../github/reader.ts';
import type { Reader } from '../../github/reader-types.ts';
import type { Refusal } from '../refusals.ts';
import { observedState, type ObservedState } from './observed-state.ts';
import type { BranchSnapshot } from './snapshot.ts';
import type { CommandLine } from '../manual-transition/command-line.ts';

export interface ReconcileOptions {
  readonly client: GitHubReader;
  /** What GitHub and the store are changed by. Without one it is a dry run: it reports the actions, and executes none. */
  readonly writer: GitHubWriter | undefined;
  readonly repository: Repository;
  /** Where Git fetches from. */
  readonly remote: FetchRemote;
  /** The configuration's folder in a clone that holds the whole history of the default branch, and what people call it. */
  readonly path: string;
  readonly folder: string;
  /** Where credentials of a registry of containers are looked for; this process's own environment without it. */
  readonly env?: NodeJS.ProcessEnv;
  /** Where people see the repository: `https://github.com`. */
  readonly serverUrl: string;
  /** The clock of the whole run, in milliseconds since 1970: to be early is only to be later than needed. */
  readonly now: number;
  readonly log: (sentence: string) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Where to look; everywhere when it names nothing. */
  readonly hint: EventTarget;
  /**
   * Whether another run follows in minutes, as by the schedule. Then the run skips pull requests that an earlier run read and that have
   * not changed since, and leaves feedback over the write budget to the next run.
   */
  readonly isPeriodic?: boolean;
  /** The command line, where the pull requests of forms are to be verified. */
  readonly commandLine?: CommandLine;
  /** When it began, by the clock of `performance`; now without it. */
  readonly began?: number;
  /** What was derived from packages so far; a run makes its own without it. */
  readonly derived?: DerivedCache;
  /** Called with each action before it is executed. */
  readonly before?: (action: Action) => void;
}

export interface ReconcileOutcome {
  /** The default branch. */
  readonly branch: string;
  /** The executed actions; in a dry run, those of the first round. */
  readonly actions: readonly Action[];
  /** The last evaluation of each pull request that was read. */
  readonly pullRequests: readonly ReconciledPullRequest[];
  /** Failures as sentences; none is the fault of a pull request's author. */
  readonly failures: readonly string[];
  /** Merge commits that differ from what was evaluated. */
  readonly mergeMismatches: readonly string[];
  /** What waits without an action, and why. */
  readonly notes: readonly string[];
  /** Refusals of GitHub's; they are reported on their pull requests and do not fail the run. */
  readonly refusals: readonly Refusal[];
  /** The next deadline, in milliseconds since 1970. */
  readonly wakeAt?: number;
}

export interface ReconciledPullRequest {
  readonly evaluated: EvaluatedPullRequest;
  readonly status: EvaluationStatus;
  readonly answer?: ReviewResponse;
}

/** What a run begins with, and what stays as it is while it goes on. */
interface RunStart {
  readonly options: ReconcileOptions;
  readonly branch: string;
  readonly prefix: string;
  /** What actions are executed by; undefined in a dry run. */
  readonly execution: ExecutionContext | undefined;
  readonly temporary: Scratch;
  readonly reader: Reader;
  /** When an earlier run last read everything at a tip, in milliseconds since 1970. */
  readonly lastLook: { readonly tip: string; readonly at: number } | undefined;
  /** When it began, by the clock of `performance`. */
  readonly began: number;
}

/** What a run has read and evaluated so far: nothing of it is told, and what an action makes untrue is read again. */
interface RunReadings {
  /** GitHub's state; undefined when it has to be read again. */
  seen?: ObservedState | undefined;
  /** The last details that were read, by number. */
  known: ReadonlyMap<number, PullRequestDetails>;
  readonly runs: Map<string, WorkflowRun | undefined>;
  /** The result of ci.yml, by head. */
  readonly codeChecks: Map<string, CodeChecks | undefined>;
  readonly memory: ConflictCache;
  /** Evaluations of this tip, and the tip. */
  readonly evaluationCache: Map<number, { readonly tip: string; readonly evaluated: EvaluatedPullRequest }>;
  /** Evaluations of this tip before the bytes of their versions were read. */
  readonly evaluationWithoutBytesCache: Map<number, { readonly tip: string; readonly evaluated: EvaluatedPullRequest }>;
  /** Versions under review compared by their bytes, by tip, miniapp and version. */
  readonly bytes: Map<string, ComparedBytes | undefined>;
  last?: BranchSnapshot;
}

/** What a run has gathered so far: what it did, what it could not do and leaves to the next, and what it tells at its end. */
interface RunRecord {
  /** Pull requests that this run opened, pushed to or updated; they are read too, whatever the event names. */
  readonly touched: Set<number>;
  /** Keys of failed actions, which are left to the next run. */
  readonly stuck: Set<string>;
  /** Actions that GitHub refused once; the state may have changed at that moment, so they are tried a second time. */
  readonly refusedOnce: Set<string>;
  /** Refusals of GitHub's. */
  readonly refusals: Refusal[];
  /** Logins by pull request that cannot be requested as reviewers and are mentioned instead. */
  readonly unasked: Map<number, readonly string[]>;
  /** Feedback on a pull request that waits until its merge was tried again. */
  readonly withheld: Map<number, readonly Action[]>;
  readonly failures: Set<string>;
  readonly mergeMismatches: string[];
  readonly done: Action[];
  readonly reconciled: Map<number, ReconciledPullRequest>;
  /** What waits without an action. */
  readonly notes: Set<string>;
  /** Pull requests that are not read, because too few requests are left. */
  readonly left: Map<number, { readonly isOurs: boolean }>;
  /** How many actions of feedback are left to the next runs. */
  postponed: number;
}

/** The state of a run. */
export interface ReconcileRun extends RunStart, RunReadings, RunRecord {}

/** A run that has read and done nothing yet. */
export function newRun<Start extends RunStart>(start: Start): Start & ReconcileRun {
  return { ...start, ...noReadings(), ...emptyRecord() };
}

const noReadings = (): RunReadings => ({
  known: new Map(),
  runs: new Map(),
  codeChecks: new Map(),
  memory: createCache(),
  evaluationCache: new Map(),
  evaluationWithoutBytesCache: new Map(),
  bytes: new Map(),
});

const emptyRecord = (): RunRecord => ({
  touched: new Set(),
  stuck: new Set(),
  refusedOnce: new Set(),
  refusals: [],
  unasked: new Map(),
  withheld: new Map(),
  failures: new Set(),
  mergeMismatches: [],
  done: [],
  reconciled: new Map(),
  notes: new Set(),
  left: new Map(),
  postponed: 0,
});

/** A run that may change something. */
export interface WritingRun extends ReconcileRun {
  readonly options: WritingOptions;
  readonly execution: ExecutionContext;
}

/** What a run is given that may change something. */
export type WritingOptions = ReconcileOptions & { readonly writer: GitHubWriter };

/** Whether the run may change something; a dry run holds nothing to do so by. */
export const mayWrite = (run: ReconcileRun): run is WritingRun => run.execution !== undefined;

/** Pull requests whose details one query returns; an event never names more. */
export const MAX_NAMED_PULLS = 5;

/**
 * Reads what GitHub lists and makes the temporary object store of the run, which whoever began it removes. Throws GitHubError where
 * GitHub does not answer, EnvironmentError when Git fails.
 */
export async function begin(options: ReconcileOptions): Promise<ReconcileRun> {
  const { client, writer, repository, path, log, sleep, hint } = options;
  const reader = readerOf(client, repository, log);
  const seen = observedState(await reader.overview(hint.numbers.slice(0, MAX_NAMED_PULLS)));
  const { branch } = seen;
  const looked =
    options.isPeriodic && isEverywhere(hint) && !hint.group ? await lastFullRun(client, repository, seen) : undefined;
  const temporary = scratch(path);
  const run = newRun({
    options: { derived: nothingDerived(), ...options },
    branch,
    prefix: temporary.prefix,
    execution: writer && {
      client: writer,
      repository,
      branch,
      log,
      sleep,
      treeOf: (commit) => treeIfHere(path, commit),
    },
    reader,
    temporary,
    lastLook: looked === undefined ? undefined : { tip: seen.tip, at: looked },
    began: options.began ?? performance.now(),
  });
  return { ...run, seen };
}

/**
 * What a run gives, after it did `actions` or, in a dry run, would do them. `wakeAt`: when the next automatic approval is due, in
 * milliseconds since 1970.
 */
export function outcome(run: ReconcileRun, actions: readonly Action[] = run.done): ReconcileOutcome {
  const left = leftText(run);
  // After a run without failures the next takes what it did not read for seen: strangers can wait for the hourly look at everything.
  const areOursLeft = [...run.left.values()].some(({ isOurs }) => isOurs);
  const wakes = [...run.reconciled.values()].flatMap(({ answer }) => answer?.wakeAt ?? []);
  return {
    branch: run.branch,
    actions,
    pullRequests: [...run.reconciled.values()],
    failures: [...run.failures, ...(areOursLeft ? left : [])],
    mergeMismatches: run.mergeMismatches,
    notes: [...run.notes, ...(areOursLeft ? [] : left), ...postponedText(run), ...degradedText(run)],
    refusals: run.refusals,
    ...defined({ wakeAt: wakes.length === 0 ? undefined : Math.min(...wakes) }),
  };
}

const leftText = ({ left, options }: ReconcileRun): string[] =>
  left.size === 0
    ? []
    : [
        `${left.size} pull requests are left to the next runs: GitHub lets only ${requestsLeft(options.client)} more requests through for now`,
      ];

const postponedText = ({ postponed }: ReconcileRun): string[] =>
  postponed === 0
    ? []
    : [`${postponed} more are opened or told by the next runs: GitHub asks for 500 writes of an hour`];

const degradedText = ({ reader }: ReconcileRun): string[] => {
  const why = reader.degraded();
  return why === undefined ? [] : [`each pull request is read by several requests, as GraphQL cannot be used: ${why}`];
};
