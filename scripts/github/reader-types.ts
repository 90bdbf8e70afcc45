/** What the reconciler reads of pull requests, by GraphQL or by REST. */
import type { GitHubError } from './request.ts';
import type { Account, PullRequestDetails, PullRequestSummary } from './types.ts';

/** An open pull request as an overview shows it: of GraphQL with the statuses of its head, of REST with its labels. */
export interface ListedPullRequest extends PullRequestSummary {
  readonly statuses?: PullRequestDetails['statuses'];
}

export interface RepositoryOverview {
  /** The default branch, the commit that it is at, and the statuses of that where they came along. */
  readonly branch: string;
  readonly tip: string;
  readonly tipStatuses?: PullRequestDetails['statuses'];
  /** Every open pull request, oldest first. */
  readonly open: readonly ListedPullRequest[];
  /** All that bears on those that were asked about, as far as it came along. */
  readonly pulls: ReadonlyMap<number, PullRequestDetails>;
}

/** What saves REST a request for a pull request that already has the bot's feedback. */
export interface KnownState {
  readonly bot: Account;
  /** Whether all that is asked about it is in lists. */
  readonly isEnough: (listed: ListedPullRequest) => boolean;
}

/** Undefined: there is no such pull request. An error is of that one alone. */
export type PullRequestResult = PullRequestDetails | GitHubError | undefined;

export interface Reader {
  /** `numbers`: pull requests that are looked at for sure. Throws GitHubError. */
  overview(numbers: readonly number[]): Promise<RepositoryOverview>;
  /** The details that their judgement depends on. Throws GitHubError for errors that affect every request. */
  pulls(listed: readonly ListedPullRequest[], known: KnownState): Promise<ReadonlyMap<number, PullRequestResult>>;
  /** Closed pull requests from branches of this repository, the newest of each first. */
  closed(branches: readonly string[]): Promise<PullRequestSummary[]>;
  /** What a merge rests on, as it is at this moment. */
  fresh(number: number): Promise<{ readonly tip: string; readonly pull: PullRequestDetails | undefined }>;
  /** Of a commit. */
  statuses(sha: string): Promise<PullRequestDetails['statuses']>;
  /** Whether reading a pull request costs several requests, and why, in words. */
  degraded(): string | undefined;
}
