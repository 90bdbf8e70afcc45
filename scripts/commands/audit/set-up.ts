/** Lines that set a platform up and were brought as one commit, by a squash or a rebase, whose branch was gone on with and merged later. */
import { addedBefore } from '../../git/history/past.ts';
import { everAnywhere, readPlatformLog } from '../../git/history/beginning.ts';
import { mergedLines } from '../../git/merges/merged-lines.ts';
import { UnfoldingError } from '../../git/objects/unfolding.ts';
import { gitText, TooMuchError } from '../../git/process/run.ts';
import type { ApartMerge, BegunHistory } from './apart.ts';
import { evaluateFrom } from './evaluate-history.ts';
import { firstsOf, hasPullRequest, lineageOf } from './lineage.ts';

/**
 * The merges without the lines of which nothing is hidden: each holds a commit with the very configuration that the history begins with, and the
 * history of that commit, judged as one of its own, has no finding and shows no pull request; all else in the line comes after it.
 * Throws EnvironmentError.
 */
export function withoutSetUps(merges: readonly ApartMerge[], begun: BegunHistory): ApartMerge[] {
  const firsts = [...new Set(merges.flatMap(({ others }) => others))].flatMap((other) => setUpIn(other, begun));
  if (firsts.length === 0) return [...merges];
  const lines = mergedLines(begun.path, { id: begun.first, parents: [] }, begun.tip, firsts);
  return merges.flatMap((merge) => {
    const others = merge.id === begun.first ? merge.others : (lines.get(merge.id)?.apart ?? []);
    return others.length === 0 ? [] : [{ ...merge, others }];
  });
}

/** The first commits of the history that such a line begins with; none where it is no such line. */
function setUpIn(other: string, { path, folder, prefix, first }: BegunHistory): string[] {
  const tip = sameConfigAs(path, prefix, first, other);
  if (tip === undefined || !isListable(path, other, prefix)) return [];
  const log = readPlatformLog(path, tip, prefix);
  const lineage = lineageOf(path, prefix, log.commits);
  if (hasPullRequest(lineage)) return [];
  const added = () => addedBefore(path, tip, prefix);
  const { findings, unseen, apart } = evaluateFrom(0, { log, path, folder, prefix, added });
  return findings.length + unseen.length + apart.length === 0 ? firstsOf(lineage) : [];
}

/** What unfolds to more than anybody lists, or reads, could hide anything. */
function isListable(path: string, commit: string, prefix: string): boolean {
  try {
    everAnywhere(path, commit, prefix);
    return true;
  } catch (error) {
    if (error instanceof UnfoldingError || error instanceof TooMuchError) return false;
    throw error;
  }
}

/** The newest commit among the first parents of another that has the very configuration of one. */
function sameConfigAs(path: string, prefix: string, commit: string, other: string): string | undefined {
  const ids = gitText(path, ['rev-list', '--first-parent', other]).split('\n');
  const input = [commit, ...ids].map((id) => `${id}:${prefix}\n`).join('');
  // One line for each; what is not there is said to be missing, and is nothing's equal.
  const [own, ...trees] = gitText(path, ['cat-file', '--batch-check=%(objectname)'], { input }).split('\n');
  return ids[trees.indexOf(own!)];
}
