/**
 * The words of this folder. Facts are read from GitHub's API and from Git, at one tip; judging adds what they amount to; from
 * both follows what is wanted; what is wanted and not so yet is a list of actions, which a dry run prints and `act` does.
 */
import type { Redactor } from '../core/redaction/index.ts';
import type { InvalidReason } from '../core/approval-validity.ts';
import type { Review } from '../core/decide.ts';
import type { History } from '../core/history.ts';
import type { Given } from '../edit/edit.ts';
import type { Judged } from '../judge/commits.ts';

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
export interface PullFact {
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

export interface ReviewFact {
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

/** Whom GitHub takes for the makers of a commit, by whatever address of theirs. */
export interface CommitFact {
  readonly sha: string;
  /** The numbers of the accounts. */
  readonly accounts: readonly number[];
}

export interface CommentFact {
  readonly id: number;
  readonly account: Account | null;
  readonly body: string;
}

export interface Status {
  readonly state: 'success' | 'failure' | 'pending' | 'error';
  readonly context: string;
  readonly description: string;
}

/** A pull request with everything that bears on it. Lists are complete. */
export interface Pull extends PullFact {
  readonly reviews: readonly ReviewFact[];
  /** When it was last asked to be merged into another branch, in milliseconds since 1970; read where somebody reviewed it. */
  readonly retargetedAt?: number;
  /** Its commits as far as GitHub lists them, at most 250; read where somebody reviewed it. */
  readonly commits?: readonly CommitFact[];
  readonly comments: readonly CommentFact[];
  /** The newest of each context on the head, and by whom it was set. */
  readonly statuses: readonly (Status & { readonly by: Account | null })[];
  /** Whether whoever opened it lets maintainers push to its branch; the bot can then bring it up to date. */
  readonly mayBePushed: boolean;
}

/** What is so at one tip of the default branch. */
export interface Situation {
  readonly repository: Repository;
  /** The default branch, and the commit that it is at. */
  readonly branch: string;
  readonly tip: string;
  /** Where the configuration is, from the top of the repository, without a slash at its end. */
  readonly prefix: string;
  /** The configuration at the tip, ready for edits. */
  readonly given: Given;
  readonly history: History;
  /** Knows the accounts of its whitelists, present and former, so that nothing that is told names one. */
  readonly redact: Redactor;
  /** The account that platform.yaml names. */
  readonly bot: Account;
  /** Every open pull request, as the list shows it. */
  readonly open: readonly PullFact[];
  /** Closed pull requests from the bot's branches of versions that are pending, newest first. */
  readonly closed: readonly PullFact[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A review with what it amounts to: the newest of each person that says something. */
export interface WeighedReview {
  readonly review: ReviewFact;
  /** Who it is in the base's people/; undefined for anybody else. */
  readonly login?: string;
  readonly state: Review['state'];
  /** Why it does not count; undefined when it does. */
  readonly invalid?: InvalidReason;
}

/** What ci.yml found of code; `held`: it waits for somebody's approval, `absent`: it has not begun. */
export type CodeChecks = 'passed' | 'failed' | 'running' | 'held' | 'absent';

/** A pull request judged against the tip. */
export interface Judgement {
  readonly pull: Pull;
  /** For whom it acts: a login of people/, or a name that no login can be, such as `<octocat>`, which holds no right. */
  readonly actor: string;
  /** Whether it acts for the bot alone, so that whoever approves it lends it their right. */
  readonly isForBot?: true;
  /** What it is; undefined when it could not be judged, and `refusal` says why. */
  readonly judged?: Judged;
  /** Why it is refused as a whole, before its content is looked at. */
  readonly refusal?: string;
  /** Whether that is nobody's fault who wrote it: GitHub, the network, this machine. */
  readonly isOutside?: boolean;
  readonly reviews: readonly WeighedReview[];
  /** People of the base's people/ who request changes, on whatever head. */
  readonly objectors: readonly string[];
  /** Whether the head holds the tip, so that merging gives exactly what was judged. */
  readonly isUpToDate: boolean;
  /** Of one that changes code alone; undefined where nothing checks that. */
  readonly codeChecks?: CodeChecks;
}

/** A file to write, relative to the top of the repository; null removes it. */
export interface FileChange {
  readonly path: string;
  readonly content: string | Uint8Array | null;
}

/** One thing to do, with the state that it expects. Doing it in another state fails, and everything is read anew. */
export type Action =
  /** A branch from a commit with one commit of these files, and a pull request from it. What is there already is taken. */
  | {
      readonly kind: 'open-pull';
      readonly branch: string;
      readonly from: string;
      readonly files: readonly FileChange[];
      readonly message: string;
      readonly title: string;
      readonly body: string;
      /** Logins to ask for a review. */
      readonly reviewers: readonly string[];
    }
  /** A commit on the head of a branch of the bot's. */
  | {
      readonly kind: 'push';
      readonly number: number;
      readonly branch: string;
      readonly parent: string;
      readonly files: readonly FileChange[];
      readonly message: string;
    }
  /** A branch of the bot's own begun again from another commit: its content was exactly the bot's, and the base conflicts. */
  | {
      readonly kind: 'restart';
      readonly number: number;
      readonly branch: string;
      readonly head: string;
      readonly from: string;
      readonly files: readonly FileChange[];
      readonly message: string;
    }
  | { readonly kind: 'edit-pull'; readonly number: number; readonly title?: string; readonly body?: string }
  | { readonly kind: 'close'; readonly number: number; readonly why: string }
  | { readonly kind: 'delete-branch'; readonly branch: string; readonly head: string }
  | { readonly kind: 'ask-review'; readonly number: number; readonly logins: readonly string[] }
  | { readonly kind: 'unask-review'; readonly number: number; readonly logins: readonly string[] }
  /** Takes a review's word away for GitHub, so that it lets what the review asked for be merged. */
  | { readonly kind: 'dismiss-review'; readonly number: number; readonly id: number; readonly message: string }
  | { readonly kind: 'set-status'; readonly number: number; readonly sha: string; readonly status: Status }
  | { readonly kind: 'comment'; readonly number: number; readonly body: string }
  | { readonly kind: 'edit-comment'; readonly number: number; readonly id: number; readonly body: string }
  | { readonly kind: 'delete-comment'; readonly number: number; readonly id: number }
  | { readonly kind: 'add-label'; readonly number: number; readonly label: string }
  | { readonly kind: 'remove-label'; readonly number: number; readonly label: string }
  /** Merges the tip into the head, so that what is judged is what lands. */
  | { readonly kind: 'update-branch'; readonly number: number; readonly head: string }
  | {
      readonly kind: 'merge';
      readonly number: number;
      readonly head: string;
      /** The tip that it was judged against. */
      readonly tip: string;
      readonly title: string;
      readonly message: string;
    }
  /** Starts a workflow for a commit of the default branch: what the workflow token does starts none by itself. */
  | { readonly kind: 'dispatch'; readonly workflow: string; readonly sha: string };

/** The label by which people stop the bot from merging. */
export const HOLD = 'hold';

/** Whether people stopped it; a look-alike of the label does not. To GitHub labels that differ by letter case are one. */
export const isHeld = ({ labels }: Pick<PullFact, 'labels'>): boolean =>
  labels.some((label) => label.toLowerCase() === HOLD);

/** Whether it is the bot's: by the numeric id of its author, from a branch that only people with write access push. */
export const isByBot = ({ author, head }: PullFact, bot: Account): boolean => author?.id === bot.id && head.isOwn;

/** Branches of the bot's. */
export const branchOf = {
  review: (miniapp: string, version: string): string => `review/${miniapp}/${version}`,
  transition: (run: number): string => `transition/${run}`,
  cleanUp: (miniapp: string): string => `clean-up/whitelist/${miniapp}`,
};
