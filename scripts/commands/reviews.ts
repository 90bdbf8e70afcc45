/** What waits for a review: how long, for whom, and since when it is late. */
import { automaticApproval, type Automatic } from '../core/policy/auto-approval.ts';
import type { History } from '../core/history/history.ts';
import { currentLogin } from '../core/policy/identity.ts';
import { pendingVersion } from '../core/transitions/lifecycle.ts';
import type { Miniapp, Workspace } from '../core/model.ts';
import { textIn } from '../core/localized-text.ts';
import { reviewersOf } from '../bot/approvals/reviewers.ts';
import { painter, plural, safe, table, type Paint } from '../report/terminal.ts';
import { EXIT, isJson, nowOf, printJson, text, UsageError, words, type Command } from '../cli/command.ts';
import { pastOrNone } from '../cli/load-history.ts';
import { configFolder, soundConfig } from '../cli/load-config.ts';

const HOUR = 3_600_000;

export interface WaitingReview {
  readonly miniapp: string;
  readonly version: string;
  readonly uploadedBy: string;
  readonly submittedBy: string;
  /** UTC; null where there is no history that says it. */
  readonly submittedAt: string | null;
  /** Whole hours since then. */
  readonly waitingHours: number | null;
  /** Whether it waits longer than `review.slaHours` of platform.yaml promises; false where nothing is promised. */
  readonly isLate: boolean;
  /** Who may approve or reject it by the policy. */
  readonly reviewers: readonly string[];
  /** Whether the platform approves it by itself. */
  readonly automatic: Automatic['state'];
}

export const reviewsCommand: Command = {
  name: 'reviews',
  summary: 'versions under review, longest waiting first: how long, and who may review them',
  usage: ['reviews [--for LOGIN] [--late] [--now TIME]'],
  options: {
    for: { type: 'string', value: 'LOGIN', describe: 'only what this person may review' },
    late: { type: 'boolean', describe: 'only what waits longer than platform.yaml promises (review.slaHours)' },
    now: { type: 'string', value: 'TIME', describe: 'the clock (default: now)' },
  },
  async run(input, io) {
    words(input);
    const checked = await soundConfig(input, io);
    if (!checked) return EXIT.no;
    const { workspace } = checked;
    const reviewer = text(input, 'for');
    if (reviewer !== undefined && !workspace.people.has(currentLogin(workspace.people, reviewer)))
      throw new UsageError(`--for ${safe(reviewer)}: there is no such login in people/`);
    const history = await pastOrNone(configFolder(input, io).path, io);
    const all = waitingReviews(workspace, history, nowOf(input, io));
    const mine = reviewer === undefined ? undefined : currentLogin(workspace.people, reviewer);
    const shown = all
      .filter(({ reviewers }) => mine === undefined || reviewers.includes(mine))
      .filter(({ isLate }) => isLate || input.values['late'] !== true);
    if (isJson(input)) printJson(io, { reviews: shown });
    else io.stdout(`${page(workspace, shown, painter(io.isColoured))}\n`);
    return EXIT.fine;
  },
};

/** Every version under review, longest waiting first; those of which nobody knows since when come last. */
export function waitingReviews(workspace: Workspace, history: History, now: number): WaitingReview[] {
  const found = [...workspace.miniapps.values()].flatMap((miniapp) => {
    const number = pendingVersion(miniapp);
    return number === undefined ? [] : [waitingReview(workspace, miniapp, number, history, now)];
  });
  const since = ({ submittedAt }: WaitingReview) => (submittedAt === null ? Infinity : Date.parse(submittedAt));
  return found.sort((a, b) => since(a) - since(b) || (a.miniapp < b.miniapp ? -1 : 1));
}

function waitingReview(
  workspace: Workspace,
  miniapp: Miniapp,
  number: string,
  history: History,
  now: number,
): WaitingReview {
  const version = miniapp.versions.get(number)!;
  const submittedAt = history.submittedAt(miniapp.id, number);
  const { slaHours } = workspace.platform.review ?? {};
  const waited = submittedAt === undefined ? undefined : Math.max(0, now - submittedAt);
  return {
    miniapp: miniapp.id,
    version: number,
    uploadedBy: version.uploadedBy,
    submittedBy: version.review!.submittedBy,
    submittedAt: submittedAt === undefined ? null : new Date(submittedAt).toISOString(),
    waitingHours: waited === undefined ? null : Math.floor(waited / HOUR),
    // To the millisecond: an age of exactly what is promised is not late.
    isLate: waited !== undefined && slaHours !== undefined && waited > slaHours * HOUR,
    reviewers: reviewersOf(workspace, 'approve', miniapp, version),
    automatic: automaticApproval(workspace, miniapp, version, submittedAt, now).state,
  };
}

function page({ platform, miniapps }: Workspace, shown: readonly WaitingReview[], paint: Paint): string {
  if (shown.length === 0) return 'nothing waits for a review';
  const rows = shown.map((one) => [
    one.miniapp,
    one.version,
    one.waitingHours === null ? 'unknown' : `${waitingText(one.waitingHours)}${one.isLate ? ', late' : ''}`,
    one.submittedBy,
    [...one.reviewers, ...(one.automatic === 'refused' ? [] : ['the bot, by itself'])].join(', ') || 'nobody may',
    textIn(miniapps.get(one.miniapp)!.basics.name, platform.languages),
  ]);
  const late = shown.filter(({ isLate }) => isLate).length;
  const { slaHours } = platform.review ?? {};
  const promise = slaHours === undefined ? '' : `; ${late} late (promised within ${plural(slaHours, 'hour')})`;
  return [
    table([['id', 'version', 'waits', 'submitted by', 'may review', 'name'], ...rows], paint),
    paint('dim', `${plural(shown.length, 'version')} under review${promise}`),
    paint('dim', 'to see one: npx miniapp show ID VERSION'),
  ].join('\n');
}

/** "3 hours", "2 days". */
export const waitingText = (hours: number): string =>
  hours < 48 ? plural(hours, 'hour') : plural(Math.floor(hours / 24), 'day');
