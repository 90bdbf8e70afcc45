/** The state at the tip of the default branch, from the API and from Git. */
import { EnvironmentError } from '../../core/errors.ts';
import { redactorOf } from '../../core/redaction/workspace.ts';
import { commitSource } from '../../git/objects/commit-source.ts';
import {
  fetchRefs,
  firstParents,
  isAncestor,
  missingCommits,
  type FirstParent,
  type FetchRemote,
} from '../../git/commits/fetch.ts';
import { formerAccounts } from '../../git/history/former-accounts.ts';
import { pastOf } from '../../git/history/past.ts';
import { load } from '../../read/load.ts';
import { dueRows } from '../approvals/whitelist-expiry.ts';
import { editStateOf } from '../../evaluate/edit-input.ts';
import { cleanUpBranch, reviewBranch } from '../branch-names.ts';
import { isByBot, type Snapshot } from '../types.ts';
import type { PullRequestSummary, Repository } from '../../github/types.ts';
import type { Reader } from '../../github/reader-types.ts';
import type { ObservedState } from './observed-state.ts';

export interface SnapshotPlace {
  readonly repository: Repository;
  /** Where Git fetches from, and the configuration's folder in the clone that it fetches into. */
  readonly remote: FetchRemote;
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What is read of a tip once, and is valid as long as it is the tip. */
export interface BranchSnapshot extends Pick<Snapshot, 'tip' | 'given' | 'history' | 'redact' | 'bot'> {
  /** All accounts that were ever on a whitelist or in a scenario, up to this tip. */
  readonly former: ReadonlySet<string>;
  /** Its first parents, newest first. */
  readonly past: readonly FirstParent[];
}

/**
 * Fetches the tip and reads it. `prefix`: the configuration's path from the top of the repository; `last`: the tip as it was read before,
 * which is used again if it did not move. Throws NetworkError when the fetch fails.
 */
export async function takeSnapshot(
  { repository, remote, path, now }: SnapshotPlace,
  {
    reader,
    seen,
    prefix,
    last,
  }: { reader: Reader; seen: ObservedState; prefix: string; last?: BranchSnapshot | undefined },
): Promise<{ snapshot: Snapshot; at: BranchSnapshot }> {
  const { branch, tip } = seen;
  const open = [...seen.open.values()];
  if (missingCommits(path, [tip]).length > 0) await fetchRefs(path, remote, [`refs/heads/${branch}`]);
  const at = last?.tip === tip ? last : read(path, tip, prefix, last);
  const { given, history, redact, bot } = at;
  const snapshot = { repository, branch, tip, prefix, given, bot, open, history, redact, now };
  return { snapshot: { ...snapshot, closed: await closedOf(reader, seen, snapshot) }, at };
}

function read(path: string, tip: string, prefix: string, last: BranchSnapshot | undefined): BranchSnapshot {
  const source = commitSource(path, tip, prefix);
  const given = editStateOf(load(source), source);
  const account = given.workspace.platform.bot;
  if (!account) {
    throw new EnvironmentError(
      'platform.yaml names no bot, so nobody could tell its pull requests and comments from those of others: bot: { login, githubId }',
    );
  }
  const bot = { id: account.githubId, login: account.login };
  // Only the commits since the last tip are read.
  const isKnown = last !== undefined && isAncestor(path, last.tip, tip);
  const since = formerAccounts(path, tip, isKnown ? [last.tip] : []);
  const former = new Set([...(isKnown ? last.former : []), ...since]);
  const redact = redactorOf(given.workspace, former);
  return { tip, given, history: pastOf(path, tip, prefix), redact, former, bot, past: firstParents(path, tip) };
}

/** The branches that the bot would open pull requests from and that have none open; their closed pull requests are requested. */
async function closedOf(
  reader: Reader,
  { closed }: ObservedState,
  { given, open, bot, now }: Pick<Snapshot, 'given' | 'open' | 'bot' | 'now'>,
): Promise<PullRequestSummary[]> {
  const isOpen = new Set(open.filter((pull) => isByBot(pull, bot)).map(({ head }) => head.ref));
  const branches = [...given.workspace.miniapps.values()].flatMap((miniapp) => [
    ...[...miniapp.versions.values()]
      .filter(({ review }) => review?.status === 'pending')
      .map(({ version }) => reviewBranch.name(miniapp.id, version)),
    ...(dueRows(miniapp, now).length > 0 ? [cleanUpBranch.name(miniapp.id)] : []),
  ]);
  const wanted = branches.filter((branch) => !isOpen.has(branch));
  const unknown = wanted.filter((branch) => !closed.has(branch));
  const found = unknown.length === 0 ? [] : await reader.closed(unknown);
  for (const branch of unknown)
    closed.set(
      branch,
      found.filter(({ head }) => head.ref === branch),
    );
  return wanted.flatMap((branch) => closed.get(branch) ?? []);
}
