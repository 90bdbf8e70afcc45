/** Merges that bring what this platform was before somebody began its history anew: the new beginning would hide all of it. */
import type { Platform } from '../../core/model.ts';
import { pathOf } from '../../core/paths.ts';
import { problem, type Problem } from '../../core/problems/problem.ts';
import { everAnywhere, everSince, type EverThere } from '../../git/history/beginning.ts';
import { commitSource } from '../../git/objects/commit-source.ts';
import { newestWithPeople, parentsOfSameConfig } from '../../git/history/continued-lines.ts';
import type { LoggedCommit } from '../../git/commits/log.ts';
import type { MergedLine } from '../../git/merges/merged-lines.ts';
import { differencesIn } from '../../git/history/replay.ts';
import { parentsOf } from '../../git/commits/revisions.ts';
import { gitText, TooMuchError } from '../../git/process/run.ts';
import { UnfoldingError } from '../../git/objects/unfolding.ts';
import { load } from '../../read/load.ts';
import { locateAll } from '../../read/positions.ts';
import { mayPass, type HistoryFinding } from './report.ts';

export interface BegunHistory {
  readonly path: string;
  readonly folder: string;
  readonly prefix: string;
  /** The commit that the history begins with. */
  readonly first: string;
  /** The newest. */
  readonly tip: string;
}

/** The platform.yaml of a commit, read. `path`: a folder in the repository; `prefix`: the configuration's path from its top. */
export const platformAt = (path: string, commit: string, prefix: string): Platform =>
  load(commitSource(path, commit, prefix), { miniapps: [], kinds: new Set(['platform']) }).workspace.platform;

/** A merge whose other lines do not all come after the first commit, and the newest commits of those that do not. */
export interface ApartMerge extends Pick<LoggedCommit, 'id' | 'time' | 'subject'> {
  readonly others: readonly string[];
}

/** Those among these commits. `lines`: what merges brought, by their ids. */
export const apartMerges = (commits: readonly LoggedCommit[], lines: ReadonlyMap<string, MergedLine>): ApartMerge[] =>
  commits.flatMap(({ id, time, subject }) => {
    const others = lines.get(id)?.apart ?? [];
    return others.length === 0 ? [] : [{ id, time, subject, others }];
  });

/** What was merged before a history had a configuration, or by the commit that brought it. */
export interface MergedBefore {
  /** The newest commits of lines that brought this very configuration: their history is that of the platform. */
  readonly continued: readonly string[];
  /** The first commit, where there are other lines that held people. */
  readonly apart: readonly ApartMerge[];
}

/** `prefix`: the configuration's path from the top; the commit: the one that a history begins with. Throws EnvironmentError. */
export function mergedBefore(path: string, prefix: string, { id, time, subject }: LoggedCommit): MergedBefore {
  if (parentsOf(path, id).length === 0) return { continued: [], apart: [] };
  const listed = gitText(path, ['rev-list', '--first-parent', '--merges', '--parents', id]).split('\n');
  const merges = listed.map((line) => line.split(' '));
  const [, ...parents] = merges.find(([merge]) => merge === id) ?? [];
  const continued = parentsOfSameConfig(path, prefix, { id, parents });
  const others = merges.flatMap(([merge, , ...tips]) => tips.filter((tip) => merge !== id || !continued.includes(tip)));
  const apart = newestWithPeople(path, prefix, others);
  return {
    continued: newestWithPeople(path, prefix, continued),
    apart: apart.length > 0 ? [{ id, time, subject, others: apart }] : [],
  };
}

/** A finding for each of these merges that brought this very platform. It rests on all that this platform ever held until its newest commit. */
export function apartFindings(merges: readonly ApartMerge[], begun: BegunHistory): HistoryFinding[] {
  let known: EverThere | undefined;
  const ours = () => (known ??= everSince(begun.path, begun.first, begun.tip, begun.prefix));
  return merges.flatMap((merge) => {
    const other = merge.others.find((id) => isOfThisPlatform(id, begun, ours));
    return other === undefined ? [] : [apartFinding(merge, other, begun)];
  });
}

/**
 * The tool's own history is another, in which nobody but the example's people ever was, and so is that of another platform, which has no
 * miniapp of this one: who begins anew keeps those. Where one of the two has none yet, the people tell. That a beginning differs proves
 * nothing: whoever begins anew writes it. What unfolds to more than anybody lists, or reads, could hide anything, so it counts as this one's.
 */
function isOfThisPlatform(commit: string, begun: BegunHistory, ours: () => EverThere): boolean {
  try {
    return isAlike(commit, begun, ours);
  } catch (error) {
    if (error instanceof UnfoldingError || error instanceof TooMuchError) return true;
    throw error;
  }
}

function isAlike(commit: string, { path, prefix, first }: BegunHistory, own: () => EverThere): boolean {
  const { beginning } = platformAt(path, first, prefix);
  if (beginning !== undefined && platformAt(path, commit, prefix).beginning === beginning) return true;
  const theirs = everAnywhere(path, commit, prefix);
  if (theirs.people.size === 0) return false;
  const ours = own();
  const kind = theirs.miniapps.size > 0 && ours.miniapps.size > 0 ? 'miniapps' : 'people';
  return [...theirs[kind]].some((one) => ours[kind].has(one));
}

/** A line that the first commit of a history continues, whose commits may as well have set the platform up. */
export interface UnclearLine {
  readonly merge: Pick<LoggedCommit, 'id' | 'time' | 'subject'>;
  /** Its newest commit. */
  readonly tip: string;
  readonly folder: string;
}

/** What was found of such a line: one finding for all that an owner may let pass, beside those that nobody lets pass. */
export function unclearFindings(
  findings: readonly HistoryFinding[],
  { merge, tip, folder }: UnclearLine,
): readonly HistoryFinding[] {
  const count = findings.filter(mayPass).length;
  if (count === 0) return findings;
  const args = { other: tip.slice(0, 10), count };
  const one = beginningFinding(merge, problem('beginning-unclear', { file: pathOf.platform }, args), folder);
  return [...findings.filter((finding) => !mayPass(finding)), one];
}

/**
 * Whether a line shows that it was a platform in use: after its first commit with a configuration, a change says who acted, or which pull
 * request or step it is, as the bot and `--commit` write, or is a merge. Changes made by hand show nothing: so a platform is set up, too.
 */
export const isInUse = (commits: readonly LoggedCommit[], prefix: string): boolean =>
  commits
    .filter((commit) => differencesIn(commit, prefix).length > 0)
    .slice(1)
    .some(({ parents, trailers }) => parents.length > 1 || USE_TRAILERS.some((key) => trailers.has(key)));

const USE_TRAILERS = ['pull-request', 'transition', 'actor'];

function apartFinding(merge: ApartMerge, other: string, { first, folder }: BegunHistory): HistoryFinding {
  const args = { first: first.slice(0, 10), other: other.slice(0, 10) };
  return beginningFinding(merge, problem('beginning-apart', { file: pathOf.platform }, args), folder);
}

function beginningFinding(merge: UnclearLine['merge'], found: Problem, folder: string): HistoryFinding {
  return {
    commit: merge.id,
    when: new Date(merge.time).toISOString(),
    actor: null,
    pullRequest: null,
    subject: merge.subject,
    transitions: [],
    problems: locateAll([found], new Map(), folder),
    approvals: { required: 0, given: [], missing: 0 },
    contradiction: null,
  };
}
