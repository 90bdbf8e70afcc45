/** What a pull request is told besides its verdict: which others it does not go together with. */
import { missingCommits, type Remote } from '../git/fetch.ts';
import { conflictsMarkdown, conflictsOf, type Candidate, type Memory, type Place } from './conflicts.ts';
import { fetchThose } from './fetching.ts';
import { nameOf } from './identity.ts';
import type { PullFact, Situation } from './model.ts';

export interface Neighbours {
  readonly place: Place;
  readonly memory: Memory;
  readonly others: readonly Candidate[];
}

/** The open pull requests into the default branch, their commits fetched as data. */
export async function neighboursOf(
  place: Place,
  remote: Remote,
  situation: Situation,
  memory: Memory,
): Promise<Neighbours> {
  const { open, branch, given } = situation;
  const pulls = open.filter((pull) => pull.base === branch);
  const heads = pulls.map(({ head }) => head.sha);
  const missing = new Set(missingCommits(place.path, heads));
  const wanted = pulls.filter(({ head }) => missing.has(head.sha));
  await fetchThose(place.path, remote, wanted);
  const gone = new Set(missingCommits(place.path, heads));
  const others = pulls
    .filter(({ head }) => !gone.has(head.sha))
    .map((pull) => ({ number: pull.number, head: pull.head.sha, actor: nameOf(pull.author, given.workspace) }));
  return { place, memory, others };
}

/** As Markdown; empty when there is nothing to tell. */
export function conflictNote({ place, memory, others }: Neighbours, { number }: Pick<PullFact, 'number'>): string {
  const own = others.find((one) => one.number === number);
  return own ? conflictsMarkdown(conflictsOf(place, own, others, { memory })) : '';
}
