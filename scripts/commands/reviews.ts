/** What waits for a review: how long, for whom, and since when it is late. */
import { judgesByBytes } from '../core/by-bytes.ts';
import { currentLogin } from '../core/identity/login.ts';
import { pushStep } from '../core/lifecycle/lifecycle.ts';
import type { Workspace } from '../core/model.ts';
import { textIn } from '../core/localized-text.ts';
import { painter, plural, safe, table, type Paint } from '../report/terminal.ts';
import {
  EXIT,
  isJson,
  nowOf,
  printJson,
  text,
  UsageError,
  words,
  type Command,
  type Io,
} from '../cli/frame/command.ts';
import { pastOrNone } from '../cli/config/load-history.ts';
import { configFolder, soundConfig } from '../cli/config/load-config.ts';
import { NO_CACHE, soundSummary } from './validate/whole.ts';
import { bytesLackText, type ShownMiniapp } from './bytes-lack-text.ts';
import { waitingReviews, waitingText, type ReviewedWorkspace, type WaitingReview } from './waiting-reviews.ts';

export const reviewsCommand: Command = {
  name: 'reviews',
  takesLogins: true,
  summary: 'versions under review, longest waiting first: how long, and who may review them',
  usage: ['reviews [--for LOGIN] [--late] [--now TIME] [--no-cache]'],
  options: {
    for: { type: 'string', value: 'LOGIN', describe: 'only what this person may review' },
    late: { type: 'boolean', describe: 'only what waits longer than platform.yaml promises (review.slaHours)' },
    now: { type: 'string', value: 'TIME', describe: 'the clock (default: now)' },
    ...NO_CACHE,
  },
  async run(input, io) {
    words(input);
    const config = await soundSummary(input, io);
    if (!config) return EXIT.no;
    const pending = [...config.miniapps].flatMap(([id, miniapp]) => (miniapp.pending === undefined ? [] : [id]));
    // Of what waits, everything is asked.
    const checked = await soundConfig(input, io, { miniapps: pending });
    if (!checked) return EXIT.no;
    const workspace = await withLacks(checked.workspace, configFolder(input, io).path, io);
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

/** The configuration with what reviews are refused for, where the platform judges by bytes. */
async function withLacks(workspace: Workspace, path: string, io: Io): Promise<ReviewedWorkspace> {
  if (!judgesByBytes(workspace.platform)) return workspace;
  const { withBytesLacks } = await import('./bytes-lacks.ts');
  const miniapps = await withBytesLacks(workspace, [...workspace.miniapps.values()], path, io);
  return { ...workspace, miniapps: new Map(miniapps.map((miniapp) => [miniapp.id, miniapp])) };
}

function page({ platform, miniapps }: ReviewedWorkspace, shown: readonly WaitingReview[], paint: Paint): string {
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
    ...shown.flatMap((one) => lackLines(miniapps.get(one.miniapp)!, one.version, paint)),
    paint('dim', 'to see one: npx miniapp show ID VERSION'),
  ].join('\n');
}

/** What a version lacks of its bytes, and how they are brought. */
function lackLines(miniapp: ShownMiniapp, number: string, paint: Paint): string[] {
  const version = miniapp.versions.get(number)!;
  const [lack, push] = [bytesLackText(miniapp, version), pushStep(miniapp, version)];
  if (lack === undefined) return [];
  return [paint('red', `${miniapp.id} ${number}: ${lack}`), ...(push ? [`  ${paint('bold', push.command)}`] : [])];
}
