/**
 * The types of this folder. A snapshot is read from GitHub's API and from Git, at one tip. Evaluating it gives a status for each pull request.
 * Both determine the desired state; its difference from the actual state is a list of actions, which are executed, or printed by a dry run.
 */
import type { Redactor } from '../core/redaction/index.ts';
import type { InvalidReason } from '../core/policy/approval-validity.ts';
import type { Review } from '../core/policy/circumstances.ts';
import type { History } from '../core/lifecycle/history.ts';
import type { EditState } from '../edit/edit.ts';
import type { EvaluatedCommits } from '../evaluate/commits.ts';
import type { VersionId } from '../packages/version-id.ts';
import type {
  Account,
  PullRequestDetails,
  PullRequestSummary,
  Repository,
  FileChange,
  SubmittedReview,
  CommitStatus,
} from '../github/types.ts';

/** The state at one tip of the default branch. */
export interface Snapshot {
  readonly repository: Repository;
  /** The default branch, and the commit that it is at. */
  readonly branch: string;
  readonly tip: string;
  /** Where the configuration is, from the top of the repository, without a slash at its end. */
  readonly prefix: string;
  /** The configuration at the tip, ready for edits. */
  readonly given: EditState;
  readonly history: History;
  /** Masks the accounts of its whitelists, present and former, in everything that the bot writes. */
  readonly redact: Redactor;
  /** The account that platform.yaml names. */
  readonly bot: Account;
  /** Every open pull request, as the list shows it. */
  readonly open: readonly PullRequestSummary[];
  /** Closed pull requests from the bot's branches of versions that are pending, newest first. */
  readonly closed: readonly PullRequestSummary[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The newest approving or rejecting review of a person, with whether it counts. */
export interface WeighedReview {
  readonly review: SubmittedReview;
  /** The author's login in the base's people/; undefined for anybody else. */
  readonly login?: string;
  readonly state: Review['state'];
  /** Why it does not count; undefined when it does. */
  readonly invalid?: InvalidReason;
}

/** What ci.yml found of code; `held`: it waits for somebody's approval, `absent`: it has not begun. */
export type CodeChecks = 'passed' | 'failed' | 'running' | 'held' | 'absent';

/** A pull request evaluated against the tip. */
export interface EvaluatedPullRequest {
  readonly pull: PullRequestDetails;
  /** For whom it acts: a login of people/, or a name that no login can be, such as `<octocat>`, which holds no right. */
  readonly actor: string;
  /** Whether it acts for the bot alone; then the right of an approver is what allows it. */
  readonly isForBot?: true;
  /** The evaluation; undefined when it could not be evaluated, and `refusal` says why. */
  readonly evaluation?: EvaluatedCommits;
  /** The reason why it is refused before its content is evaluated. */
  readonly refusal?: string;
  /** Whether the cause is outside the pull request: GitHub, the network or this machine. */
  readonly isOutside?: boolean;
  readonly reviews: readonly WeighedReview[];
  /** People of the base's people/ who request changes, on whatever head. */
  readonly changesRequestedBy: readonly string[];
  /** Whether the head holds the tip, so that merging gives exactly what was evaluated. */
  readonly isUpToDate: boolean;
  /** The result of ci.yml for one that changes code alone; undefined where no such workflow exists. */
  readonly codeChecks?: CodeChecks;
  /** Keeps the bytes of its new versions in the store, where they are not there as they were evaluated: once more before it is merged, and after. */
  readonly keepBytes?: (when: 'before-merge' | 'after-merge') => Promise<void>;
  /** What its versions change in the bytes that people get, of a platform that keeps them. */
  readonly compared?: readonly ComparedBytes[];
  /** How many more of its versions were not compared, because each takes its time. */
  readonly uncompared?: number;
}

/** The bytes of a version compared with those that people have now, as Markdown without accounts. */
export interface ComparedBytes {
  readonly id: VersionId;
  /** Files, sizes and what follows from them. */
  readonly markdown: string;
  /** What its code calls, against what the miniapp may call. */
  readonly calls: string;
  /** App versions that it would not run in; empty where there are none. */
  readonly fit: string;
  /** Whether the store did not answer, so that another time there is more to say. */
  readonly isUnasked?: true;
}

/** What an evaluation comes to. */
export type EvaluationState =
  /** Refused: its content, or the pull request itself, is not allowed. */
  | 'refused'
  /** Pending: it waits for a person (an approval, an answer, the label `hold`). */
  | 'waiting'
  /** May be merged. */
  | 'ready'
  /** May be merged, and GitHub refuses to. */
  | 'blocked'
  /** Merged, it would change nothing: the branch has all that it brings, by other commits. */
  | 'empty'
  /** The pull request does not change the configuration, so the bot does not decide on it. */
  | 'elsewhere'
  /** The pull request does not change the configuration, and ci.yml has not succeeded yet (unchecked) or has failed (broken). */
  | 'unchecked'
  | 'broken'
  /** Unknown, because GitHub or this machine failed. */
  | 'unknown';

/** What its status on GitHub says. */
export interface EvaluationStatus {
  readonly state: EvaluationState;
  /** One line, plain text. */
  readonly sentence: string;
  /** Whether the bot is to merge it. */
  readonly isToMerge: boolean;
}

/** One action with the state that it expects. In another state it fails, and everything is read again. */
export type Action =
  /** A branch with one commit of these files, and a pull request from it. An existing branch or pull request is used. */
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
  /** Recreates a branch of the bot's from another commit: its content was exactly the bot's, and it conflicts with the base. */
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
  /** Dismisses a review that requests changes, so that GitHub allows the rejection that it asked for to be merged. */
  | { readonly kind: 'dismiss-review'; readonly number: number; readonly id: number; readonly message: string }
  | { readonly kind: 'set-status'; readonly number: number; readonly sha: string; readonly status: CommitStatus }
  | { readonly kind: 'comment'; readonly number: number; readonly body: string }
  | { readonly kind: 'edit-comment'; readonly number: number; readonly id: number; readonly body: string }
  | { readonly kind: 'delete-comment'; readonly number: number; readonly id: number }
  | { readonly kind: 'add-label'; readonly number: number; readonly label: string }
  | { readonly kind: 'remove-label'; readonly number: number; readonly label: string }
  /** Merges the tip into the head, so that the merge commit has exactly the evaluated content. */
  | { readonly kind: 'update-branch'; readonly number: number; readonly head: string }
  | {
      readonly kind: 'merge';
      readonly number: number;
      readonly head: string;
      /** The tip that it was evaluated against. */
      readonly tip: string;
      readonly title: string;
      readonly message: string;
    }
  /** Starts a workflow for a commit of the default branch, because pushes by the workflow token start none. */
  | { readonly kind: 'dispatch'; readonly workflow: string; readonly sha: string };

/** The label by which people stop the bot from merging. */
export const HOLD = 'hold';

/** Whether it has the label `hold`, in any letter case as for GitHub. A label that only looks alike does not count. */
export const isHeld = ({ labels }: Pick<PullRequestSummary, 'labels'>): boolean =>
  labels.some((label) => label.toLowerCase() === HOLD);

/** Whether it is the bot's: by the numeric id of its author, from a branch that only people with write access push. */
export const isByBot = ({ author, head }: PullRequestSummary, bot: Account): boolean =>
  author?.id === bot.id && head.isOwn;
