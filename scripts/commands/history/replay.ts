/** The history of a configuration for the commands that tell it: each step read, with what its commit claims. */
import { defined } from '../../core/defined.ts';
import { claimsOf, type Claims } from '../../core/history/commit-trailers.ts';
import type { Workspace } from '../../core/model.ts';
import { identify } from '../../core/paths.ts';
import { branchReason, mergedTips, type LoggedCommit, type MergedTip } from '../../git/commits/log.ts';
import { mergedLines, type MergedLine } from '../../git/merges/merged-lines.ts';
import { replay, type Replay, type ReplayStep } from '../../git/history/replay.ts';
import { writtenMerges, type UnseenReason } from '../../git/merges/written-merges.ts';
import { KnownFiles } from '../../read/known-files.ts';
import { load, type Loaded } from '../../read/load.ts';

export interface ReplayedStep {
  readonly step: ReplayStep;
  readonly before: Loaded;
  readonly after: Loaded;
  readonly claims: Claims;
  /** Why, as the commit says it, or the newest of the branch that it merged and that is no merge: of a merge of merges Git is asked. */
  reason(): string | undefined;
}

/** On what it depends whose a merge is, by its id. */
export interface MergeFacts {
  /** Those in which somebody wrote. */
  readonly written: ReadonlySet<string>;
  /** Those that could not be looked at, or that brought such a one, and why: nobody is taken to have written in it. */
  readonly unseen: ReadonlyMap<string, UnseenReason>;
  /** What each brought; among its commits are the merges in which somebody wrote. */
  readonly lines: ReadonlyMap<string, MergedLine>;
  /** Their second parents: the newest commits of the branches that they merged. */
  readonly tips: ReadonlyMap<string, MergedTip>;
}

/**
 * Looks into the merges among commits of a first-parent history, oldest first. `first`: the one that the history begins with; `continued`: those
 * of histories that it continues, by id; `isAsked`: whether it matters that somebody wrote in a merge.
 */
export function mergeFacts(
  folder: string,
  commits: readonly LoggedCommit[],
  {
    first = commits[0],
    continued = [],
    isAsked = () => true,
  }: {
    first?: LoggedCommit | undefined;
    continued?: readonly string[];
    isAsked?: (commit: LoggedCommit) => boolean;
  } = {},
): MergeFacts {
  const merges = commits.filter(({ parents }) => parents.length > 1);
  if (first === undefined || merges.length === 0)
    return { written: new Set(), unseen: new Map(), lines: new Map(), tips: new Map() };
  const brought = mergedLines(folder, first, commits.at(-1)!.id, continued);
  const asked = merges.filter(isAsked).map(({ id }) => id);
  const inside = (id: string) => [...(brought.get(id)?.merges.keys() ?? [])];
  const { written, unseen } = writtenMerges(folder, [...asked, ...asked.flatMap(inside)]);
  const whyUnseen = (id: string) => [id, ...inside(id)].map((one) => unseen.get(one)).find((why) => why !== undefined);
  const lines = new Map(
    [...brought].map(([id, line]) => {
      const wrote = [...line.merges].flatMap(([merge, own]) => (written.has(merge) ? [own] : []));
      return [id, { ...line, commits: [...line.commits, ...wrote] }] as const;
    }),
  );
  const reasons = asked.flatMap((id): [string, UnseenReason][] => {
    const why = whyUnseen(id);
    return why === undefined ? [] : [[id, why]];
  });
  const tips = new Map(
    merges.flatMap(({ id, parents }) => {
      const tip = brought.get(id)?.tip;
      return tip ? [[parents[1]!, tip] as const] : [];
    }),
  );
  const others = merges.map(({ parents }) => parents[1]!).filter((tip) => !tips.has(tip));
  return { written, unseen: new Map(reasons), lines, tips: new Map([...tips, ...mergedTips(folder, others)]) };
}

/** Who made a commit and who approved it, wherever it is told. `authority`: the people before it. */
export function claimsIn({ written, lines, tips }: MergeFacts, commit: LoggedCommit, authority: Workspace): Claims {
  const tip = tips.get(commit.parents[1] ?? '');
  const merged = tip ? { mergedEmail: tip.email } : {};
  const branch = lines.get(commit.id)?.commits ?? [];
  return claimsOf({ ...commit, ...merged, isWritten: written.has(commit.id), branch }, authority);
}

/** What is replayed, and what is known of its merges already. */
export interface ReplayedHistory extends Replay {
  readonly merges?: MergeFacts;
}

/** Every step that is asked for, oldest first. */
export function* replaySteps(folder: string, asked: ReplayedHistory): Iterable<ReplayedStep> {
  const merges = asked.merges ?? mergeFacts(folder, asked.log.commits);
  const states = lastKnown();
  const known = new KnownFiles();
  for (const step of replay(folder, asked)) {
    const miniapps = asked.scope(step);
    const options = { known, ...defined({ miniapps }) };
    const before = states.of(miniapps) ?? load(step.before, options);
    const after = load(step.after, options);
    states.learn(step, miniapps, after);
    const tip = merges.tips.get(step.commit.parents[1] ?? '');
    const reason = () => step.commit.reason ?? (tip?.isMerge ? branchReason(folder, step.commit.parents) : tip?.reason);
    // People are those before the change; of the first one those that it brings.
    const authority = (step.isFirst ? after : before).workspace;
    yield { step, before, after, claims: claimsIn(merges, step.commit, authority), reason };
  }
}

/**
 * What one miniapp and all that is shared were after the last step that touched either, which is what they are before the
 * next: reading is most of what a walk costs, and most steps are of one miniapp.
 */
function lastKnown() {
  const states = new Map<string, Loaded>();
  return {
    of: (miniapps: readonly string[] | undefined): Loaded | undefined =>
      miniapps?.length === 1 ? states.get(miniapps[0]!) : undefined,
    learn(
      { differences }: Pick<ReplayStep, 'differences'>,
      miniapps: readonly string[] | undefined,
      after: Loaded,
    ): void {
      const touched = differences.map(({ path }) => identify(path)?.miniapp);
      if (touched.includes(undefined)) states.clear();
      for (const miniapp of touched) if (miniapp !== undefined) states.delete(miniapp);
      if (miniapps?.length === 1) states.set(miniapps[0]!, after);
    },
  };
}
