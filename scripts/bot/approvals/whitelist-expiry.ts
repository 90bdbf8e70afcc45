/**
 * Whitelist rows that have expired, or expire within days: one pull request for each miniapp removes them. It is merged when somebody who
 * may edit the whitelist approves it and the last row has expired; until then it announces that access is about to end.
 */
import { maskAccount } from '../../core/identity/account.ts';
import { holdersOf } from '../../core/policy/roles.ts';
import type { Miniapp, WhitelistRow } from '../../core/model.ts';
import { rightOf } from '../../core/policy/policy.ts';
import { textIn } from '../../core/localized-text.ts';
import { endOf } from '../../core/dates.ts';
import { toolCommand } from '../../core/tool-command.ts';
import { removeRows } from '../../edit/whitelist.ts';
import { code, plain } from '../../report/markdown.ts';
import type { ReviewResponse, CommitAuthors } from './review-responses.ts';
import { changesOf } from './pull-requests.ts';
import { cleanUpBranch } from '../branch-names.ts';
import { isByBot, type Action, type EvaluatedPullRequest, type Snapshot } from '../types.ts';
import type { FileChange, PullRequestSummary } from '../../github/types.ts';
import { shownAlone } from '../../evaluate/public-evaluation.ts';
import { leastLoaded, loadOf } from './reviewers.ts';

const DAY_MS = 86_400_000;
/** How long before its expiry a row is listed. */
const NOTICE_MS = 7 * DAY_MS;
/** How many rows a body names. */
const MAX_ROWS = 100;

/** The rows that have ended or end soon. */
export const dueRows = ({ whitelist }: Miniapp, now: number): WhitelistRow[] =>
  whitelist.filter(({ expires }) => expires !== undefined && endOf(expires) - NOTICE_MS <= now);

/** The pull requests to open and to close. `closed` of the snapshot includes the closed ones of these branches. */
export function cleanUpPulls(snapshot: Snapshot): Action[] {
  const { given, bot, open, now } = snapshot;
  const own = open.filter((pull) => isByBot(pull, bot) && cleanUpBranch.parse(pull.head.ref) !== undefined);
  const covered = new Set(own.map(({ head }) => head.ref));
  const isIdle = ({ head }: PullRequestSummary) => {
    const miniapp = given.workspace.miniapps.get(cleanUpBranch.parse(head.ref)!);
    return miniapp === undefined || dueRows(miniapp, now).length === 0;
  };
  const closing = own.filter(isIdle).flatMap(({ number, head }): Action[] => [
    { kind: 'close', number, why: 'No whitelist row of this miniapp has ended or ends soon any more.' },
    { kind: 'delete-branch', branch: head.ref, head: head.sha },
  ]);
  const load = loadOf(given.workspace, open, bot);
  const opening = [...given.workspace.miniapps.values()].flatMap((miniapp): Action[] => {
    const branch = cleanUpBranch.name(miniapp.id);
    const rows = dueRows(miniapp, now);
    if (rows.length === 0 || covered.has(branch) || isStopped(snapshot, branch, rows)) return [];
    const files = filesWithout(snapshot, miniapp, rows);
    const editors = editorsOf(snapshot, miniapp);
    const reviewer = leastLoaded(editors, load);
    // Nobody could approve it, so it would stay open for ever.
    if (reviewer === undefined || files.length === 0) return [];
    load.set(reviewer, (load.get(reviewer) ?? 0) + 1);
    const title = titleOf(miniapp);
    const body = bodyOf(snapshot, miniapp, rows, editors);
    return [
      { kind: 'open-pull', branch, from: snapshot.tip, files, message: title, title, body, reviewers: [reviewer] },
    ];
  });
  return [...closing, ...opening];
}

const titleOf = ({ id }: Miniapp): string => `Clean up the whitelist of ${id}`;

/** The logins that may remove rows. */
const editorsOf = ({ given: { workspace } }: Snapshot, miniapp: Miniapp): string[] =>
  holdersOf(workspace, rightOf(workspace.policy, 'edit-whitelist').by, miniapp, [])
    .filter((login) => login !== workspace.platform.bot?.login)
    .sort();

/** Whether somebody closed it, and no other row has become due since. */
const isStopped = ({ closed, bot }: Snapshot, branch: string, rows: readonly WhitelistRow[]): boolean =>
  closed.some(
    (pull) =>
      pull.head.ref === branch &&
      isByBot(pull, bot) &&
      !pull.isMerged &&
      rows.every(({ expires = '' }) => endOf(expires) - NOTICE_MS <= (pull.closedAt ?? 0)),
  );

function filesWithout({ given, prefix }: Snapshot, miniapp: Miniapp, rows: readonly WhitelistRow[]): FileChange[] {
  try {
    const edited = removeRows(given, miniapp, rows);
    return 'edits' in edited ? changesOf(prefix, edited.edits) : [];
  } catch {
    // A file of one miniapp that cannot be edited must not stop the others.
    return [];
  }
}

function bodyOf(
  { given, redact, now }: Snapshot,
  miniapp: Miniapp,
  rows: readonly WhitelistRow[],
  editors: readonly string[],
): string {
  const shown = shownAlone(given.workspace, miniapp, redact);
  const { apps, platform } = shown;
  const { id, basics } = shown.miniapps.get(miniapp.id)!;
  const sorted = rows.toSorted((a, b) => endOf(a.expires!) - endOf(b.expires!));
  const lines = sorted.slice(0, MAX_ROWS).map(({ app, account, expires = '' }) => {
    const name = plain(textIn(apps.get(app)?.name ?? app, platform.languages));
    return `| ${name} | ${code(maskAccount(account))} | ${code(expires)} | ${endOf(expires) <= now ? 'has ended' : 'ends soon'} |`;
  });
  const left = rows.length - lines.length;
  const last = endOf(sorted.at(-1)!.expires!);
  return `${[
    `Rows of the whitelist of **${plain(textIn(basics.name, platform.languages))}** ${code(id)} that have ended, or end within ${NOTICE_MS / DAY_MS} days:`,
    [
      '| app | account | expires | |',
      '| --- | --- | --- | --- |',
      ...lines,
      ...(left > 0 ? [`| … | and ${left} more | | |`] : []),
    ].join('\n'),
    `- **Let them go**: approve this pull request (${editors.slice(0, 20).map(code).join(', ')}). It is merged when the last of them has ended, ${new Date(last).toISOString().slice(0, 16).replace('T', ' ')} UTC, so nobody loses access early.`,
    `- **Keep somebody**: ${code(toolCommand(`whitelist add ${id} --app APP --account ACCOUNT --expires YYYY-MM-DD`))}`,
    '- **Not now**: close this pull request. It comes again when another row is about to end.',
  ].join('\n\n')}\n`;
}

/** What an open clean-up still needs; undefined for any other pull request. */
export function cleanUpAnswer(
  snapshot: Snapshot,
  { pull, evaluation }: EvaluatedPullRequest,
  { pushers }: Pick<CommitAuthors, 'pushers'>,
): ReviewResponse | undefined {
  const { given, bot, branch, now, tip } = snapshot;
  const id = isByBot(pull, bot) && pull.base === branch ? cleanUpBranch.parse(pull.head.ref) : undefined;
  const miniapp = id === undefined ? undefined : given.workspace.miniapps.get(id);
  if (!miniapp || !evaluation) return undefined;
  const rows = dueRows(miniapp, now);
  const left = evaluation.workspace.miniapps.get(miniapp.id)?.whitelist ?? [];
  const isLeft = (row: WhitelistRow) => left.some(({ app, account }) => app === row.app && account === row.account);
  const gone = miniapp.whitelist.filter((row) => !isLeft(row));
  const isDue = (row: WhitelistRow) => rows.includes(row);
  const isStale = evaluation.merge.conflicts.length > 0 || gone.length === 0 || !gone.every(isDue);
  if (isStale) {
    const files = filesWithout(snapshot, miniapp, rows);
    const next = 'The whitelist changed since, so this is begun again.';
    // What people wrote into the branch is theirs to take away.
    if (pushers.length > 0 || files.length === 0) return { actions: [], mayMerge: false };
    const { number, head } = pull;
    const body = bodyOf(snapshot, miniapp, rows, editorsOf(snapshot, miniapp));
    const message = titleOf(miniapp);
    const again: Action = { kind: 'restart', number, branch: head.ref, head: head.sha, from: tip, files, message };
    return { actions: [again, { kind: 'edit-pull', number, body }], mayMerge: false, next };
  }
  const until = Math.max(...gone.map(({ expires }) => endOf(expires!)));
  if (now >= until) return { actions: [], mayMerge: true };
  const next = `It is merged when the last of these rows has ended, ${new Date(until).toISOString().slice(0, 19)}Z.`;
  return { actions: [], mayMerge: false, next, wakeAt: until };
}
