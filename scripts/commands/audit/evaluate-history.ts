/** Changes judged again: what a commit claims against what its trees show, by the policy of the commit before it. */
import { defined } from '../../core/defined.ts';
import { severityOf } from '../../core/problems/messages.ts';
import type { Problem } from '../../core/problems/problem.ts';
import { checkRules } from '../../core/rules/index.ts';
import type { Review } from '../../core/policy/circumstances.ts';
import { decide, type Decision } from '../../core/transitions/decide.ts';
import type { ClaimedTransition } from '../../bot/evaluate/verify-claims.ts';
import { filesIn, type Log, type LoggedCommit } from '../../git/commits/log.ts';
import type { Blob } from '../../git/objects/blobs.ts';
import { addedBefore, growingPast, type AddedFiles } from '../../git/history/past.ts';
import { readPlatformLog } from '../../git/history/beginning.ts';
import { differencesIn, type Replay } from '../../git/history/replay.ts';
import { touchedOnly } from '../../evaluate/touched.ts';
import { locateAll } from '../../read/positions.ts';
import { mergeFacts, replaySteps, type ReplayedStep } from '../history/replay.ts';
import { apartMerges, isInUse, mergedBefore, unclearFindings, type ApartMerge } from './apart.ts';
import { firstsOf, hasPullRequest, lineageOf } from './lineage.ts';
import type { HistoryFinding, HistoryReport, UnseenMerge } from './report.ts';

/** Changes that GitHub is asked about, two or three requests each: the newest, by their place and not by their date. */
export const ASKED_ABOUT = 300;

/** A change since the bot's first pull request, in this history or one that it continues, with what its commit claims, whatever its decision; what came before is taken as it is. */
export interface ClaimedChange extends ClaimedTransition {
  readonly told: Pick<ReplayedStep, 'step' | 'claims'>;
}

interface JudgedChanges extends HistoryReport {
  readonly unseen: readonly UnseenMerge[];
  readonly claimed: readonly ClaimedChange[];
  /** Merges that may have brought what this platform was before. */
  readonly apart: readonly ApartMerge[];
  /** How many of the commits that were asked about come before the first that could not be looked at, and what was found of these. */
  readonly seen: { readonly commits: number; readonly judged: number; readonly findings: number };
}

const scopeOf: Replay['scope'] = ({ differences }) => touchedOnly(differences.map(({ path }) => path)).miniapps;

interface HistoryContext {
  readonly log: Log;
  readonly path: string;
  readonly folder: string;
  readonly prefix: string;
  added(): AddedFiles;
  /** Lines that are judged already, by their newest commits. */
  readonly known?: Set<string> | undefined;
  /** The commit that continues this history, as the first one of another. */
  readonly continuedBy?: LoggedCommit;
}

/** Judges the commits from a place on; from those before it is only learnt. */
export function evaluateFrom(
  from: number,
  { log, path, folder, prefix, added, known, continuedBy }: HistoryContext,
): JudgedChanges {
  const [earlier, asked] = [log.commits.slice(0, from), log.commits.slice(from)];
  const first = log.commits.find((commit) => differencesIn(commit, prefix).length > 0);
  const none = { judged: 0, bootstrap: first?.id ?? null, findings: [], unseen: [], claimed: [], apart: [] };
  const [next] = asked;
  if (next === undefined) return { ...none, seen: { commits: 0, judged: 0, findings: 0 } };
  const { past, reach, learn } = growingPast(added());
  const { before } = lineageOf(path, prefix, log.commits);
  let isUnderBot = before.some(hasPullRequest);
  for (const commit of earlier) {
    const differences = differencesIn(commit, prefix);
    if (differences.length === 0) continue;
    reach(commit.id);
    isUnderBot ||= commit.trailers.has('pull-request');
    learn({ commit, differences });
  }
  const parent = from === 0 ? undefined : next.parents[0];
  const start = parent === undefined ? new Map<string, Blob>() : filesIn(path, parent, [prefix]);
  // Where there was nothing before, nobody had a right to anything.
  const scope: Replay['scope'] = (step) => (step.isFirst ? [] : scopeOf(step));
  const isAsked = (commit: LoggedCommit) => differencesIn(commit, prefix).length > 0;
  const merges = mergeFacts(path, asked, { first, continued: before.flatMap(firstsOf), isAsked });
  let judged = 0;
  const findings: HistoryFinding[] = [];
  const claimed: ClaimedChange[] = [];
  const firstUnseen = asked.findIndex(({ id }) => merges.unseen.has(id));
  let seen: JudgedChanges['seen'] | undefined;
  for (const replayed of replaySteps(path, { log: { ...log, commits: asked }, prefix, start, scope, merges })) {
    const { commit } = replayed.step;
    reach(commit.id);
    isUnderBot ||= commit.trailers.has('pull-request');
    if (merges.unseen.has(commit.id)) seen ??= { commits: firstUnseen, judged, findings: findings.length };
    if (commit.id !== first?.id) {
      judged += 1;
      const finding = findingOf(replayed, folder, past);
      if (isUnderBot)
        claimed.push({
          commit: commit.id,
          claims: replayed.claims,
          before: replayed.before.workspace,
          after: replayed.after.workspace,
          told: replayed,
        });
      if (claimed.length > ASKED_ABOUT) claimed.shift();
      if (finding) findings.push(finding);
    }
    learn(replayed.step);
  }
  const unseen = asked.flatMap(({ id, time, subject }) => {
    const why = merges.unseen.get(id);
    return why === undefined ? [] : [{ commit: id, when: new Date(time).toISOString(), subject, why }];
  });
  const apart = apartMerges(asked, merges.lines);
  seen ??= { commits: asked.length, judged, findings: findings.length };
  const tip = asked.at(-1)!.id;
  const isUnclear = continuedBy !== undefined && !isInUse(asked, prefix);
  const told = isUnclear ? unclearFindings(findings, { merge: continuedBy, tip, folder }) : findings;
  const own = { ...none, judged, findings: told, unseen, claimed, apart, seen };
  return first && asked.includes(first) ? withBefore(own, first, { path, folder, prefix, known }) : own;
}

/**
 * With what is found of the lines that the first commit continues, each of which is judged as a history of its own. What is found of one
 * that does not show that it was a platform in use is told as one finding, of the commit that continues it.
 */
function withBefore(
  own: JudgedChanges,
  first: LoggedCommit,
  { path, folder, prefix, known = new Set() }: Pick<HistoryContext, 'path' | 'folder' | 'prefix' | 'known'>,
): JudgedChanges {
  const { continued, apart } = mergedBefore(path, prefix, first);
  const lines = continued.flatMap((tip) => {
    if (known.has(tip)) return [];
    known.add(tip);
    const added = () => addedBefore(path, tip, prefix);
    const log = readPlatformLog(path, tip, prefix);
    return evaluateFrom(0, { log, path, folder, prefix, added, known, continuedBy: first });
  });
  const all = [...lines, own];
  const isSeen = lines.every(({ unseen }) => unseen.length === 0) && own.unseen[0]?.commit !== first.id;
  const before = {
    judged: lines.reduce((sum, line) => sum + line.judged, 0),
    findings: lines.reduce((sum, line) => sum + line.findings.length, 0),
  };
  return {
    ...own,
    judged: before.judged + own.judged,
    findings: all.flatMap(({ findings }) => findings),
    unseen: all.flatMap(({ unseen }) => unseen),
    claimed: all.flatMap(({ claimed }) => claimed).slice(-ASKED_ABOUT),
    apart: [...apart, ...all.flatMap((one) => one.apart)],
    seen: isSeen
      ? {
          commits: own.seen.commits,
          judged: before.judged + own.seen.judged,
          findings: before.findings + own.seen.findings,
        }
      : { commits: 0, judged: 0, findings: 0 },
  };
}

function findingOf(
  { step, before, after, claims }: ReplayedStep,
  folder: string,
  history: Parameters<typeof decide>[0]['history'],
) {
  const { commit, differences, otherFiles } = step;
  // No login holds such a character, so an address is nobody's right.
  const actor = claims.actor ?? `<${commit.email}>`;
  const decision = decide({
    base: before.workspace,
    merged: after.workspace,
    differences,
    fileProblems: after.problems,
    pullRequest: { author: actor, otherFiles },
    reviews: [...reviews(claims.approvedBy, 'approved'), ...reviews(claims.changesRequestedBy, 'changes-requested')],
    history,
    now: commit.time,
  });
  const problems = newErrors(decision, () => [...before.problems, ...checkRules(before.workspace, commit.time)]);
  const { contradiction = null } = claims;
  const { required, given, missing } = decision.approvals;
  if (problems.length === 0 && missing === 0 && contradiction === null) return undefined;
  return {
    commit: commit.id,
    when: new Date(commit.time).toISOString(),
    actor: claims.actor ?? null,
    pullRequest: claims.pullRequest ?? null,
    subject: commit.subject,
    transitions: decision.transitions.map(({ kind, miniapp, version }) => ({
      kind,
      ...defined({ miniapp, version }),
    })),
    problems: locateAll(problems, after.texts, folder),
    approvals: { required, given, missing },
    contradiction,
  };
}

const reviews = (logins: readonly string[], state: Review['state']): Review[] =>
  logins.map((login) => ({ login, state }));

/** The errors that the commit before did not have: a fault is found where it came in, not in everything after it. */
function newErrors({ problems }: Decision, before: () => readonly Problem[]): Problem[] {
  const errors = problems.filter(({ code }) => severityOf(code) === 'error');
  if (errors.length === 0) return errors;
  const key = ({ code, at, args }: Problem) => JSON.stringify([code, at.file, args]);
  const known = new Set(before().map(key));
  return errors.filter((found) => !known.has(key(found)));
}
