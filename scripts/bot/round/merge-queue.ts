/**
 * Evaluates the attempt of a merge queue: several pull requests merged one after the other, which GitHub lands when the status on the last
 * merge is success. Each is evaluated on the result of the one before; the event's payload is only used for the commit ids.
 */
import { commitSource } from '../../git/objects/commit-source.ts';
import { fetchRefs, firstParents, missingCommits } from '../../git/commits/fetch.ts';
import { gitText } from '../../git/process/run.ts';
import { load } from '../../read/load.ts';
import { plural } from '../../report/terminal.ts';
import type { EvaluationContext } from '../evaluate/evaluation-context.ts';
import type { Action, Snapshot, EvaluationStatus } from '../types.ts';
import { statusOwner } from '../prioritize.ts';
import { details, observed } from '../state/load-pull-requests.ts';
import { evaluateOnce } from './evaluate-once.ts';
import { fetchPullRequests } from '../state/fetch-heads.ts';
import type { ReconcileRun } from '../state/reconcile-context.ts';
import { takeSnapshot } from '../state/snapshot.ts';
import { evaluationStatus } from '../evaluate/status.ts';
import { statusOf } from '../commit-status.ts';

export interface Group {
  /** The commits between which the queue merged. */
  readonly base: string;
  readonly head: string;
}

/** The status of the attempt. Throws GitHubError and NetworkError when it cannot be determined. */
export async function evaluateMergeGroup(run: ReconcileRun, { base, head }: Group): Promise<Action> {
  const { options, prefix, reader } = run;
  const { snapshot, at } = await takeSnapshot(options, { reader, seen: await observed(run), prefix });
  run.last = at;
  await fetchRefs(options.path, options.remote, missingCommits(options.path, [base, head]));
  const sentences: string[] = [];
  const merges = mergesIn(options.path, base, head);
  for (const merge of merges) {
    const fault = await faultOf(run, snapshot, merge);
    if (fault !== undefined) sentences.push(fault);
  }
  const isGood = merges.length > 0 && sentences.length === 0;
  const status: EvaluationStatus = isGood
    ? {
        state: 'ready',
        sentence: `${plural(merges.length, 'pull request')} of the queue may be merged`,
        isToMerge: false,
      }
    : { state: 'refused', sentence: sentences[0] ?? 'nothing is merged here', isToMerge: false };
  return { kind: 'set-status', number: 0, sha: head, status: statusOf(status) };
}

interface QueuedMerge {
  readonly commit: string;
  readonly tree: string;
  readonly parents: readonly string[];
}

/** The merges of the queue, oldest first. */
function mergesIn(path: string, base: string, head: string): QueuedMerge[] {
  const args = ['log', '--first-parent', '--reverse', '--format=%H %T %P', `${base}..${head}`];
  const lines = gitText(path, args)
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => {
    const [commit = '', tree = '', ...parents] = line.split(' ');
    return { commit, tree, parents };
  });
}

/** Why one merge of the queue is refused; undefined when it is accepted. */
async function faultOf(
  run: ReconcileRun,
  snapshot: Snapshot,
  { commit, tree, parents }: QueuedMerge,
): Promise<string | undefined> {
  const [before = '', head] = parents;
  const fact = head === undefined ? undefined : statusOwner(snapshot.open, head, snapshot);
  if (!fact) return `${commit.slice(0, 10)} is no merge of an open pull request: let the queue make merge commits`;
  const [pull] = await details(run, await observed(run), snapshot, [fact]);
  if (!pull) return `#${fact.number} could not be read`;
  await fetchPullRequests(run, [pull]);
  const context: EvaluationContext = contextAt(run, snapshot, before);
  const evaluated = await evaluateOnce(run, context, snapshot, pull);
  const { state, sentence } = evaluationStatus(evaluated);
  const isAllowed = state === 'ready' || state === 'elsewhere' || state === 'empty';
  if (!isAllowed) return `#${pull.number} ${sentence}`;
  return evaluated.evaluation?.merge.tree === tree
    ? undefined
    : `#${pull.number} merged to something else than was judged`;
}

/** The snapshot with the previous merge of the queue as its tip. */
function contextAt(
  { options, prefix, temporary }: ReconcileRun,
  { branch, bot, redact, now }: Snapshot,
  tip: string,
): EvaluationContext {
  const { path, folder, repository, serverUrl } = options;
  const base = load(commitSource(path, tip, prefix)).workspace;
  const place = { path, folder, prefix, repository, serverUrl };
  return { ...place, branch, tip, base, redact, bot, temporary, past: firstParents(path, tip), now };
}
