/** What an edit is made from: the words of a command line, whose they are, and the folder that they are about. */
import type { Workspace } from '../../core/model.ts';
import type { Edited, EditState } from '../../edit/edit.ts';
import type { LoadOptions } from '../../read/load.ts';
import type { Input, Io } from './command.ts';

export interface ActorIdentity {
  readonly actor: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface EditRequest {
  /** The miniapp that is edited; without one it is the platform, and everything is read. */
  readonly miniapp?: string;
  /** The id of what is new, which is the answer. */
  readonly id?: string;
  /** Whether it is an emergency stop: only its own file must be sound, and nobody keeps it waiting. */
  readonly isStop?: boolean;
  /** What takes long and can be done before: others edit meanwhile. */
  readonly prepare?: () => void;
  readonly edit: (given: EditState, who: ActorIdentity) => Edited;
  /** What is kept beside the edit, once it is accepted and before it is written. Not asked in a dry run. */
  readonly keep?: (where: {
    readonly path: string;
    readonly workspace: Workspace;
    readonly who: ActorIdentity;
  }) => Promise<KeptPackage | Unsent>;
}

/** The network comes first, for which nobody holds the lock: run it, then make the edit again. */
export interface Unsent {
  readonly send: () => Promise<void>;
}

/** An edit that could be made: what changes, and what is told of it. */
export type AppliedEdit = Extract<Edited, { edits: unknown }>;

/** An edit as a commit on the branch that is checked out. */
export interface CommittedEdit {
  readonly commit: string;
  readonly branch: string;
  /** How others get it. */
  readonly next?: string;
}

/** What was kept: told of the edit. */
export interface KeptPackage {
  /** The branch here that holds it. */
  readonly branch?: string;
  readonly notes: readonly string[];
  readonly answer: Readonly<Record<string, unknown>>;
}

export interface EditContext {
  readonly name: string;
  readonly folder: string;
  readonly path: string;
  readonly input: Input;
  readonly io: Io;
  readonly request: EditRequest;
  readonly options: LoadOptions;
  readonly who: ActorIdentity;
}
