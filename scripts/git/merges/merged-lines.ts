/** What each merge of a first-parent history brought by its other lines: who wrote it, and what of it does not follow the first commit. */
import { defined } from '../../core/defined.ts';
import { coAuthorsIn } from '../../core/history/commit-authors.ts';
import type { BranchStatement } from '../../core/history/commit-trailers.ts';
import { mergedTip, type MergedTip } from '../commits/log.ts';
import { gitText } from '../process/run.ts';

export interface MergedLine {
  /** Those that are no merges. */
  readonly commits: readonly BranchStatement[];
  /** Those that are, by id: who merged is an author where somebody wrote in it. */
  readonly merges: ReadonlyMap<string, BranchStatement>;
  /** The newest commits of it, by id, that do not come after the first one. */
  readonly apart: readonly string[];
  /** The second parent of the merge, where it is not in the history before the first commit. */
  readonly tip?: MergedTip;
}

interface GraphCommit extends BranchStatement {
  readonly parents: readonly string[];
  readonly message: string;
}

/**
 * By the id of the merge. `first`: the commit that the history begins with, one of the first parents of `tip`; what it brought itself follows
 * it. `continued`: the first commits of histories that it continues, by id: what follows one of these follows it. One Git process.
 */
export function mergedLines(
  folder: string,
  first: { readonly id: string; readonly parents: readonly string[] },
  tip: string,
  continued: readonly string[] = [],
): Map<string, MergedLine> {
  const graph = graphOf(folder, first.parents[0], tip);
  const following = followersOf(graph, [first.id, ...continued]);
  const line: string[] = [];
  for (let id: string | undefined = tip; id !== undefined && graph.has(id); id = graph.get(id)!.parents[0])
    line.push(id);
  const seen = new Set<string>();
  const lines = new Map<string, MergedLine>();
  for (const id of line.toReversed()) {
    seen.add(id);
    const { parents } = graph.get(id)!;
    const commits: BranchStatement[] = [];
    const merges = new Map<string, BranchStatement>();
    const apart: string[] = [];
    const open = parents.slice(1).map((parent) => ({ id: parent, isReached: true }));
    for (let next = open.pop(); next; next = open.pop()) {
      const own = graph.get(next.id);
      if (!own || seen.has(next.id)) continue;
      seen.add(next.id);
      const isFollowing = following.has(next.id);
      if (!isFollowing && next.isReached) apart.push(next.id);
      if (own.parents.length < 2) commits.push(own);
      else merges.set(next.id, own);
      for (const parent of own.parents) open.push({ id: parent, isReached: isFollowing });
    }
    const tip = graph.get(parents[1] ?? '');
    if (parents.length > 1)
      lines.set(id, { commits, merges, apart: id === first.id ? [] : apart, ...defined({ tip: tip && tipOf(tip) }) });
  }
  return lines;
}

const tipOf = ({ author, parents, message }: GraphCommit): MergedTip =>
  mergedTip({ email: author, isMerge: parents.length > 1, message });

/** The commits up to a tip without what is in another, parents before their children. */
function graphOf(folder: string, without: string | undefined, tip: string): Map<string, GraphCommit> {
  const format = '--format=%H %P%n%ae%n%ce%n%B';
  const order = ['-z', '--topo-order', '--reverse', '--no-mailmap', '--encoding=UTF-8'];
  const text = gitText(folder, ['log', ...order, format, tip, ...(without === undefined ? [] : [`^${without}`]), '--']);
  const commits = text.split('\0').flatMap((told): [string, GraphCommit][] => {
    const [ids = '', author = '', committer = '', ...lines] = told.replace(/^\n/, '').split('\n');
    const message = lines.join('\n');
    const [id = '', ...parents] = ids.trim().split(' ');
    if (id === '') return [];
    return [[id, { parents, author, addresses: [author, committer], coAuthors: coAuthorsIn(message), message }]];
  });
  return new Map(commits);
}

/** These commits and all that come after one of them. */
function followersOf(graph: ReadonlyMap<string, GraphCommit>, firsts: readonly string[]): Set<string> {
  const following = new Set(firsts);
  for (const [id, { parents }] of graph) if (parents.some((parent) => following.has(parent))) following.add(id);
  return following;
}
