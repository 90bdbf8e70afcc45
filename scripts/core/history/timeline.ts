/** The history of a configuration as it may be told to everybody: who did what when, and what it changed for whom. Plain data. */
import type { EffectGroup } from '../resolution/resolution-table.ts';

/** Who changed something when, as far as a commit says it in names that the configuration knows. */
export interface ChangeRecord {
  readonly commit: string;
  /** When it was committed, in milliseconds since 1970. */
  readonly time: number;
  /** A login in people/, or the bot's; absent where the commit tells nobody whom people/ has, and where nobody looked (`isBeyond`). */
  readonly actor?: string;
  /** Older than those that are looked into: who made and approved it is not known here. */
  readonly isBeyond?: true;
  /** A merge that could not be looked at, or that brought such a one: people are told as if nobody had written in it. */
  readonly isUnseen?: true;
  /** As far as is known: none of an older commit, whoever approved it. */
  readonly approvedBy: readonly string[];
  readonly pullRequest?: number;
  /** Why, as its message says it, of steps that change at once what users get; accounts in it are masked before it is shown. */
  readonly reason?: string;
}

/** A file of the platform that an edit touched, and what became of it. */
export interface PlatformPart {
  readonly kind: 'platform' | 'policy' | 'app' | 'person' | 'readme';
  /** Of an app, or of somebody whom people/ has today. */
  readonly id?: string;
  readonly change: 'added' | 'changed' | 'removed';
}

/** What an edit of a miniapp's basics changed. */
export type BasicsChange = 'name' | 'description' | 'category' | 'avatar' | 'archived' | 'unarchived';

export interface TimelineStep {
  /** A transition; `bootstrap` for what came with the first commit, `unexplained` for what is no transition. */
  readonly kind: string;
  readonly miniapp?: string;
  readonly version?: string;
  /** Of a rollout that begins or widens. */
  readonly percent?: number;
  /** Of an edit of the platform. */
  readonly parts?: readonly PlatformPart[];
  /** Of an edit of the basics of a miniapp: none where files are written otherwise and say the same. */
  readonly basics?: readonly BasicsChange[];
}

/** Every answer of a miniapp at one time; regions of an app that are answered alike stand together. */
export interface TimelineTable {
  readonly miniapp: string;
  readonly rows: readonly {
    readonly app: string;
    readonly regions: readonly string[];
    /** Versions and codes: everyone by link and by experience code, then the same for the whitelisted where there are any. */
    readonly answers: readonly string[];
    /** What those get whom a rollout includes, by link and by experience code, where it reaches. */
    readonly rollout?: readonly string[];
  }[];
  /** Of how many accounts in a hundred a rollout includes. */
  readonly percent?: number;
}

/** One commit of the base branch. */
export interface TimelineEvent {
  readonly record: ChangeRecord;
  readonly steps: readonly TimelineStep[];
  /** Whose answers it changed, in the miniapps that it touched, judged at the time of the commit. */
  readonly effects: readonly EffectGroup[];
  /** What everybody got from then on, of the miniapps with effects. */
  readonly tables: readonly TimelineTable[];
}

export interface Timeline {
  /** Newest first. */
  readonly events: readonly TimelineEvent[];
  /** Whether there are earlier events than these. */
  readonly isCut: boolean;
  /** Whether the clone holds only the end of the history. */
  readonly isShallow: boolean;
  /** The newest change of each file that can decide an answer, by its path in the configuration; also where the file is gone. */
  readonly touched: ReadonlyMap<string, ChangeRecord>;
  /** The commit whose configuration this is, and the tree of its folder. */
  readonly head: { readonly commit: string; readonly time: number; readonly tree: string };
  /** Whether the folder holds changes that are not committed. */
  readonly isChanged: boolean;
  /** The branch that changes go into, and the folder's path in the repository. */
  readonly branch: string;
  readonly folder: string;
}
