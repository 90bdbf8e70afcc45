/** What GitHub says otherwise than the commits: asked in the order that leaves nothing out for ever, and as far as requests reach. */
import { defined } from '../../core/defined.ts';
import type { Platform } from '../../core/model.ts';
import type { MergeParts } from '../../git/commits/branch-commits.ts';
import { isAutomaticMerge } from '../../git/history/contributors.ts';
import { firstParents } from '../../git/commits/fetch.ts';
import { parentsOf } from '../../git/commits/revisions.ts';
import { requestsLeft } from '../../github/client.ts';
import { GitHubError } from '../../github/request.ts';
import { connection } from '../../github/connection.ts';
import { contradictions, type ClaimedTransition } from '../../bot/evaluate/verify-claims.ts';
import { targetOf } from '../../propose/base-repository.ts';
import { safe } from '../../report/terminal.ts';
import { EnvironmentError, type Io } from '../../cli/frame/command.ts';
import type { ClaimedChange } from './evaluate-history.ts';
import type { HistoryFinding } from './report.ts';

/** Requests of an hour that are left to the bot, which asks by the same token: half of what the workflow token has. */
const KEPT = 500;
/** The newest changes, which are asked about every night; after them a part that moves on by the day. */
const NEWEST = 50;
const DAY = 24 * 3_600_000;

export interface ClaimsInput {
  /** What GitHub contradicts, by commit. */
  readonly wrong: ReadonlyMap<string, readonly string[]>;
  readonly asked: number;
  /** Why not all were asked about. */
  readonly stopped?: { readonly why: string; readonly isFault: boolean };
}

/** `claimed`: oldest first. Throws EnvironmentError where nobody can be asked at all. */
export async function askGitHub(
  claimed: readonly ClaimedTransition[],
  path: string,
  io: Io,
  platform: Platform,
): Promise<ClaimsInput> {
  const found = await connection(path, io.env, (sentence) => io.stderr(`${safe(sentence)}\n`));
  if ('missing' in found) throw new EnvironmentError(`GitHub cannot be asked: ${found.why}`);
  const { client } = found;
  const { base, defaultBranch: branch } = await targetOf(path, found, platform);
  const witness = {
    client,
    branch,
    repository: { owner: base.owner, repo: base.repo },
    pastOf: (commit: string) => firstParents(path, commit),
    parentsOf: (commit: string) => parentsOf(path, commit),
    isAutomatic: (merge: MergeParts) => isAutomaticMerge(path, merge),
  };
  const wrong = new Map<string, readonly string[]>();
  let asked = 0;
  let failed: ClaimsInput['stopped'];
  for (const claim of inTurns(claimed, io.now)) {
    const left = requestsLeft(client);
    if (left !== undefined && left < KEPT) {
      const why = `GitHub lets ${left} more requests through for now, which are the bot's; the next night begins with others`;
      return { wrong, asked, stopped: failed ?? { why, isFault: false } };
    }
    try {
      const said = await contradictions(witness, claim);
      if (said.length > 0) wrong.set(claim.commit, said);
      asked += 1;
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error;
      failed ??= { why: error.message, isFault: true };
      // What fails for one alone keeps the others from nothing.
      if (error.isWholesale) break;
    }
  }
  return { wrong, asked, ...defined({ stopped: failed }) };
}

/** The newest first, then the others from a place that moves on each day. Pure. */
export function inTurns<T>(oldestFirst: readonly T[], now: number): T[] {
  const all = oldestFirst.toReversed();
  const older = all.slice(NEWEST);
  const start = older.length === 0 ? 0 : (Math.floor(now / DAY) * NEWEST) % older.length;
  return [...all.slice(0, NEWEST), ...older.slice(start), ...older.slice(0, start)];
}

/** What was found, and what GitHub contradicts: with the first finding of its commit where there is one, else as another. Pure. */
export function contradicted(
  findings: readonly HistoryFinding[],
  claimed: readonly ClaimedChange[],
  wrong: ClaimsInput['wrong'],
): HistoryFinding[] {
  const left = new Map(wrong);
  const told = findings.map((finding) => {
    const github = left.get(finding.commit);
    left.delete(finding.commit);
    return github ? { ...finding, github } : finding;
  });
  const others = claimed.flatMap((claim) => {
    const github = left.get(claim.commit);
    return github ? [{ ...nothingFound(claim), github }] : [];
  });
  return [...told, ...others];
}

const nothingFound = ({ told: { step, claims } }: ClaimedChange): HistoryFinding => ({
  commit: step.commit.id,
  when: new Date(step.commit.time).toISOString(),
  actor: claims.actor ?? null,
  pullRequest: claims.pullRequest ?? null,
  subject: step.commit.subject,
  transitions: [],
  problems: [],
  approvals: { required: 0, given: [], missing: 0 },
  contradiction: null,
});
