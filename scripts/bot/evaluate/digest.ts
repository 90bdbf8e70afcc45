/** The digest of a change as a reviewer sees it: two changes with one digest are the same change. */
import { createHash } from 'node:crypto';
import { inRepository } from '../../core/paths.ts';
import { approvalDigest, touchedBy, type OmittedReviewPart } from '../../core/policy/approval-digest.ts';
import { cached } from '../../git/stores/cache.ts';
import { gitAnswer } from '../../git/process/run.ts';
import type { Scratch } from '../../git/stores/scratch.ts';
import type { CommitComparison } from '../../evaluate/commits.ts';
import type { Loaded } from '../../read/load.ts';
import type { EvaluationContext } from './evaluation-context.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The digest of a change; undefined when the two do not merge. It covers the state before and after: with another base, the same result is
 * another change, such as one that reverts what was merged since. Files outside the configuration make a change mixed, so no approval
 * of it counts; they are part of the digest all the same.
 */
export function digestOf(
  { path, prefix, temporary }: EvaluationContext,
  comparison: CommitComparison,
  unseen: OmittedReviewPart,
): string | undefined {
  const { base, merge, differences, otherFiles, before, after } = comparison;
  if (merge.tree === undefined) return undefined;
  const start = inRepository(prefix);
  const touched = touchedBy(differences.map((difference) => difference.path));
  const folders = [...touched.miniapps.map((miniapp) => `miniapps/${miniapp}`), ...touched.files].map(
    (one) => start + one,
  );
  const digest = (tree: string, { workspace }: Loaded) => {
    const files = folders.length === 0 ? [] : filesIn(path, tree, folders, start, temporary.env);
    return approvalDigest(files, workspace, touched, sha256, unseen);
  };
  return sha256([digest(base, before), digest(merge.tree, after), JSON.stringify(otherFiles)].join(' '));
}

function filesIn(path: string, tree: string, paths: readonly string[], start: string, env: Scratch['env']) {
  const args = ['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...paths];
  const ask = () => gitAnswer(path, args, { env }).stdout.toString('utf8');
  const lines = cached(path, [tree], args, ask).split('\0');
  return lines.flatMap((line) => {
    const [, mode, id, name] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return mode === undefined || id === undefined || name === undefined
      ? []
      : [{ path: name.slice(start.length), mode, id }];
  });
}
