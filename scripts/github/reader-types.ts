/** What the reconciler is told of pull requests, by whatever part of GitHub's API. */
import type { ForgeError } from './client.ts';
import type { Account, Pull, PullFact } from './types.ts';

/** An open pull request as an overview shows it: of GraphQL with the statuses of its head, of REST with its labels. */
export interface Listed extends PullFact {
  readonly statuses?: Pull['statuses'];
}

export interface Overview {
  /** The default branch, the commit that it is at, and the statuses of that where they came along. */
  readonly branch: string;
  readonly tip: string;
  readonly tipStatuses?: Pull['statuses'];
  /** Every open pull request, oldest first. */
  readonly open: readonly Listed[];
  /** All that bears on those that were asked about, as far as it came along. */
  readonly pulls: ReadonlyMap<number, Pull>;
}

/** What spares REST a request for one that the bot has told of already. */
export interface Known {
  readonly bot: Account;
  /** Whether all that is asked about it is in lists. */
  readonly isEnough: (listed: Listed) => boolean;
}

/** Undefined: there is no such pull request. An error is of that one alone. */
export type Read = Pull | ForgeError | undefined;

export interface Reader {
  /** `numbers`: pull requests that are looked at for sure. Throws ForgeError. */
  overview(numbers: readonly number[]): Promise<Overview>;
  /** All that bears on them. Throws ForgeError for what befalls every request. */
  pulls(listed: readonly Listed[], known: Known): Promise<ReadonlyMap<number, Read>>;
  /** Closed pull requests from branches of this repository, the newest of each first. */
  closed(branches: readonly string[]): Promise<PullFact[]>;
  /** What a merge rests on, as it is at this moment. */
  fresh(number: number): Promise<{ readonly tip: string; readonly pull: Pull | undefined }>;
  /** Of a commit. */
  statuses(sha: string): Promise<Pull['statuses']>;
  /** Whether reading a pull request costs several requests, and why, in words. */
  degraded(): string | undefined;
}
