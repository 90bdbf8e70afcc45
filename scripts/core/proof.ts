/**
 * Proof of approval: an approval is bound to what its author saw. What they saw is the folder of every miniapp that the change
 * touches, and every file of the platform that it touches; nothing else, so that work of others does not void it.
 *
 * Compared are two trees: the one that merging the reviewed commit gave when it was reviewed, and the one that merging gives
 * now. A rebase, or a merge of the base branch, that leaves those folders equal keeps the approval; anything that changes them,
 * on either side, voids it.
 */
import type { Version, Workspace } from './model.ts';
import { identify } from './paths.ts';

/** A file of a tree. */
export interface TreeFile {
  /** Relative to the configuration. */
  readonly path: string;
  readonly mode: string;
  /** Git's id of its content. */
  readonly id: string;
}

/** What a change touches. */
export interface Touched {
  readonly miniapps: readonly string[];
  /** Files that are in no miniapp's folder. */
  readonly files: readonly string[];
}

/** What these paths, relative to the configuration, touch. */
export function touchedBy(paths: readonly string[]): Touched {
  const folder = (path: string) => /^miniapps\/([^/]+)\//.exec(path)?.[1];
  const once = (all: readonly string[]) => [...new Set(all)].sort();
  return {
    miniapps: once(paths.flatMap((path) => folder(path) ?? [])),
    files: once(paths.filter((path) => folder(path) === undefined)),
  };
}

/** Hashes a text: SHA-256 or another that nobody can collide. */
export type Hash = (text: string) => string;

/**
 * What of a version's review was not there to be seen: of an approval only who gave it. Whoever requests changes of an approval
 * that the bot then turns into a rejection saw neither its status nor its reason: the reason is their own words.
 */
export type Unseen = 'stamp' | 'verdict';

/**
 * The digest of what somebody sees of a change. `files`: the tree, or at least all of what is touched. `workspace`: the same
 * tree, read. A version file counts by what it says without the stamp `review.reviewedBy`, which is written after the approval
 * that it names; one that cannot be read counts by its bytes.
 */
export function approvalDigest(
  files: Iterable<TreeFile>,
  workspace: Workspace,
  { miniapps, files: others }: Touched,
  hash: Hash,
  unseen: Unseen = 'stamp',
): string {
  const [folders, single] = [new Set(miniapps), new Set(others)];
  const lines: string[] = [];
  for (const { path, mode, id } of files) {
    const folder = /^miniapps\/([^/]+)\//.exec(path)?.[1];
    const isTouched = folder === undefined ? single.has(path) : folders.has(folder);
    if (isTouched) lines.push(JSON.stringify([path, mode, valueOf(workspace, path, unseen) ?? id]));
  }
  // The names are part of it: a change that touches one miniapp more, or none of a file any more, is another change.
  return hash(JSON.stringify([[...folders].sort(), [...single].sort(), lines.sort()]));
}

/** A version without what is unseen, or undefined when the path is no version that could be read. */
function valueOf(workspace: Workspace, path: string, unseen: Unseen): { value: unknown } | undefined {
  const { kind, miniapp = '', id = '' } = identify(path) ?? {};
  const version = kind === 'version' ? workspace.miniapps.get(miniapp)?.versions.get(id) : undefined;
  return version && { value: canonical(seen(version, unseen)) };
}

function seen({ review, ...rest }: Version, unseen: Unseen): unknown {
  if (!review) return rest;
  const { reviewedBy: _, ...unsigned } = review;
  return { ...rest, review: unseen === 'stamp' ? unsigned : { submittedBy: review.submittedBy } };
}

/** The same value whatever the order of its keys. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, canonical(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Who submitted or uploaded a version that the change touches, before it or after: their approval of it never counts. */
export function authorsOfTouched(base: Workspace, merged: Workspace, paths: readonly string[]): Set<string> {
  const logins = new Set<string>();
  for (const path of paths) {
    const { kind, miniapp = '', id = '' } = identify(path) ?? {};
    if (kind !== 'version') continue;
    for (const side of [base, merged]) {
      const version = side.miniapps.get(miniapp)?.versions.get(id);
      if (version) logins.add(version.uploadedBy);
      if (version?.review) logins.add(version.review.submittedBy);
    }
  }
  return logins;
}

export interface Approval {
  readonly login: string;
  /** What its author saw. */
  readonly digest: string;
}

/** The change as it stands. */
export interface Standing {
  readonly digest: string;
  /** Who opened it. */
  readonly author: string;
  /** Who wrote any of it: authors and co-authors of its commits, submitter and uploader of what it touches. */
  readonly wrote: ReadonlySet<string>;
}

/** GitHub takes logins that differ by letter case for one. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Whether an approval still holds: of exactly this, by somebody who made none of it. Whether its author may give it is judged
 * anew, on the tip.
 */
export function isStillValid(approval: Approval, now: Standing): boolean {
  const isOwn = [now.author, ...now.wrote].some((login) => isSame(login, approval.login));
  return approval.digest === now.digest && !isOwn;
}
