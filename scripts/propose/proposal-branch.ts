/** The branch of a proposal: named by what it does, so that a run finds what a run before it left. */
import { createHash } from 'node:crypto';
import { inRepository } from '../core/paths.ts';
import { EnvironmentError } from '../core/errors.ts';
import type { Transition } from '../core/transitions/index.ts';
import type { FileEdit, EditState } from '../edit/edit.ts';
import { isCheckedOut, moveBranch, refOf } from '../git/writing/branch.ts';
import { isAncestor } from '../git/commits/fetch.ts';
import { commitSource } from '../git/objects/commit-source.ts';
import { merge } from '../git/merges/merge.ts';
import type { Scratch } from '../git/stores/scratch.ts';
import { load, type LoadOptions } from '../read/load.ts';
import { editStateOf, holds } from '../evaluate/edit-input.ts';

/**
 * `miniapp/submit-ty4f0c2a9b71de83-1.2.0`; where there are more words than these, their digest at the end. Everything in it
 * is of a kind that a name of a branch may hold.
 */
export function branchFor(transitions: readonly Transition[], words: readonly string[]): string {
  const { kind = 'edit', miniapp = 'platform', version } = transitions[0] ?? {};
  const digest = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 8);
  return `miniapp/${[kind, miniapp, version, words.length > 0 ? digest : undefined].filter((word) => word !== undefined).join('-')}`;
}

interface ProposalBranch {
  readonly path: string;
  readonly prefix: string;
  readonly stem: string;
  /** Where it is pushed to. */
  readonly remote: string;
  /** The tip of the default branch, and what the edit makes of it. */
  readonly tip: string;
  readonly edits: readonly FileEdit[];
  readonly options: LoadOptions;
  readonly temporary: Scratch;
  /** Whether a state has what is wanted. */
  readonly isDone: (given: EditState) => boolean;
  readonly commit: () => string;
}

export interface ClaimedBranch {
  readonly branch: string;
  readonly commit: string;
}

/** More than that many proposals of the same thing are a mistake. */
const MOST = 20;

/**
 * The branch that already holds this edit, else a new commit on one that nobody uses. What somebody else pushed under the
 * name is never used as one's own: the pull request would give it its author's rights.
 */
export function claimBranch(claim: ProposalBranch): ClaimedBranch {
  const { path, stem, tip } = claim;
  for (let number = 1; number <= MOST; number++) {
    const branch = number === 1 ? stem : `${stem}-${number}`;
    const local = refOf(path, `refs/heads/${branch}`);
    const pushed = refOf(path, `refs/remotes/${claim.remote}/${branch}`);
    const found = [local, pushed].filter((id) => id !== undefined);
    const isFree =
      found.every((id) => isAncestor(path, id, tip)) && !(local !== undefined && isCheckedOut(path, branch));
    if (isFree) {
      const commit = claim.commit();
      moveBranch(path, branch, local, commit);
      return { branch, commit };
    }
    const commit = newest(path, local, pushed);
    if (commit !== undefined && holdsIt(claim, commit, commit === local)) {
      if (local === undefined) moveBranch(path, branch, undefined, commit);
      return { branch, commit };
    }
  }
  throw new EnvironmentError(`${MOST} branches are called ${stem}: delete those that nobody needs`);
}

/** Of a branch here and there the one that is further; undefined when each has what the other has not. */
function newest(path: string, local: string | undefined, pushed: string | undefined): string | undefined {
  if (local === undefined || pushed === undefined) return local ?? pushed;
  if (isAncestor(path, local, pushed)) return pushed;
  return isAncestor(path, pushed, local) ? local : undefined;
}

/** Whether merging the branch changes exactly these files to exactly this; of a branch made here, to what is wanted. */
function holdsIt(claim: ProposalBranch, commit: string, isOwn: boolean): boolean {
  const { path, prefix, tip, edits, options, temporary } = claim;
  const { tree, differences } = merge(path, tip, commit, temporary);
  const start = inRepository(prefix);
  const isOnlyThis =
    differences.length === edits.length &&
    edits.every((edit) => differences.some((one) => one.path === start + edit.path));
  if (tree === undefined || !isOnlyThis) return false;
  const source = commitSource(path, tree, prefix, temporary.env);
  return holds(source, edits) || (isOwn && claim.isDone(editStateOf(load(source, options), source)));
}
