/** What GitHub tells of a repository: pull requests, reviews, comments and statuses, as every reader of its API gives them. */

export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** Who somebody is for GitHub. Identity is the number; the login is for showing. */
export interface Account {
  readonly id: number;
  readonly login: string;
}

/** A pull request as lists show it. */
export interface PullRequestSummary {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly isMerged: boolean;
  readonly isDraft: boolean;
  /** Null for an account that is gone. */
  readonly author: Account | null;
  /** The branch that it asks to be merged into. */
  readonly base: string;
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    /** Whether the branch is in this repository, where only people with write access push. */
    readonly isOwn: boolean;
    /** Whether it is in a fork of an organization, which cannot let maintainers of another repository push. */
    readonly isOfOrganization?: true;
    /** `owner/name` of the repository that the branch is in; undefined where that is gone. */
    readonly repository?: string;
  };
  readonly labels: readonly string[];
  /** Who is asked for a review and has not answered. */
  readonly asked: readonly Account[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly closedAt?: number;
  /** GitHub's text of when anything about it changed: a list and details that agree on it are of one state. */
  readonly updatedAt: string;
}

export type ReviewState = 'approved' | 'changes-requested' | 'commented' | 'dismissed' | 'pending';

export interface SubmittedReview {
  readonly id: number;
  /** Null for an account that is gone. */
  readonly account: Account | null;
  readonly state: ReviewState;
  readonly body: string;
  /** Who took its word away, by number, and what it said before; read where somebody dismissed a review. */
  readonly dismissal?: { readonly by?: number; readonly was: ReviewState };
  /** The head that was reviewed; undefined when GitHub does not know it any more. */
  readonly commit?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Whom GitHub lists as the authors of a commit, by any of their addresses. */
export interface AttributedCommit {
  readonly sha: string;
  /** The numbers of the accounts. */
  readonly accounts: readonly number[];
}

export interface IssueComment {
  readonly id: number;
  readonly account: Account | null;
  readonly body: string;
}

export interface CommitStatus {
  readonly state: 'success' | 'failure' | 'pending' | 'error';
  readonly context: string;
  readonly description: string;
}

/** A pull request with everything that bears on it. Lists are complete. */
export interface PullRequestDetails extends PullRequestSummary {
  readonly reviews: readonly SubmittedReview[];
  /** When it was last asked to be merged into another branch, in milliseconds since 1970; read where somebody reviewed it. */
  readonly retargetedAt?: number;
  /** Its commits as far as GitHub lists them, at most 250; read where somebody reviewed it. */
  readonly commits?: readonly AttributedCommit[];
  readonly comments: readonly IssueComment[];
  /** The newest of each context on the head, and by whom it was set. */
  readonly statuses: readonly (CommitStatus & { readonly by: Account | null })[];
  /** Whether its author allows maintainers to push to its branch; the bot can then update it. */
  readonly mayBePushed: boolean;
}

/** A file to write, relative to the top of the repository; null removes it. */
export interface FileChange {
  readonly path: string;
  readonly content: string | Uint8Array | null;
}
