/**
 * The digest that an approval is bound to: what its author saw. It covers the folder of every miniapp that the change touches and every
 * touched file of the platform, and nothing else, so that other people's work does not void the approval.
 *
 * Compared are two trees: the one that merging the reviewed commit gave when it was reviewed, and the one that merging gives
 * now. A rebase, or a merge of the base branch, that leaves those folders equal keeps the approval; anything that changes them,
 * on either side, voids it.
 */
import type { Version, Workspace } from '../model.ts';
import { identify, miniappOf } from '../paths.ts';

/** A file of a tree. */
export interface TreeFile {
  /** Relative to the configuration. */
  readonly path: string;
  readonly mode: string;
  /** Git's id of its content. */
  readonly id: string;
}

/** What a change touches. */
export interface AffectedMiniapps {
  readonly miniapps: readonly string[];
  /** Files that are in no miniapp's folder. */
  readonly files: readonly string[];
}

/** What these paths, relative to the configuration, touch. */
export function touchedBy(paths: readonly string[]): AffectedMiniapps {
  const folder = (path: string) => miniappOf(path);
  const once = (all: readonly string[]) => [...new Set(all)].sort();
  return {
    miniapps: once(paths.flatMap((path) => folder(path) ?? [])),
    files: once(paths.filter((path) => folder(path) === undefined)),
  };
}

/** Hashes a text; collision-resistant, such as SHA-256. */
export type Hash = (text: string) => string;

/**
 * The fields of a version's review that its author could not see. For an approval: only `reviewedBy`. For a request for changes that the
 * bot turns into a rejection: also the status and the reason, which is the review's own text.
 */
export type OmittedReviewPart = 'stamp' | 'outcome';

/**
 * The digest of what somebody sees of a change. `files`: the tree, or at least all of what is touched. `workspace`: the same
 * tree, read. A version file counts by what it says without the stamp `review.reviewedBy`, which is written after the approval
 * that it names; one that cannot be read counts by its bytes.
 */
export function approvalDigest(
  files: Iterable<TreeFile>,
  workspace: Workspace,
  { miniapps, files: others }: AffectedMiniapps,
  hash: Hash,
  unseen: OmittedReviewPart = 'stamp',
): string {
  const [folders, single] = [new Set(miniapps), new Set(others)];
  const lines: string[] = [];
  for (const { path, mode, id } of files) {
    const folder = miniappOf(path);
    const isTouched = folder === undefined ? single.has(path) : folders.has(folder);
    if (isTouched) lines.push(JSON.stringify([path, mode, valueOf(workspace, path, unseen) ?? id]));
  }
  // The names are part of it: a change that touches one miniapp more, or none of a file any more, is another change.
  return hash(JSON.stringify([[...folders].sort(), [...single].sort(), lines.sort()]));
}

/** A version without what is unseen, or undefined when the path is no version that could be read. */
function valueOf(workspace: Workspace, path: string, unseen: OmittedReviewPart): { value: unknown } | undefined {
  const { kind, miniapp = '', id = '' } = identify(path) ?? {};
  const version = kind === 'version' ? workspace.miniapps.get(miniapp)?.versions.get(id) : undefined;
  return version && { value: canonical(seen(version, unseen)) };
}

function seen({ review, ...rest }: Version, unseen: OmittedReviewPart): unknown {
  if (!review) return rest;
  const { reviewedBy: _, ...unsigned } = review;
  return { ...rest, review: unseen === 'stamp' ? unsigned : { submittedBy: review.submittedBy } };
}

/** A copy whose keys are in alphabetical order, so that equal values have one JSON text. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, canonical(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
