/** What waits for a review: how long, for whom, and since when it is late. */
import { currentLogin } from '../core/identity/login.ts';
import type { Workspace } from '../core/model.ts';
import { textIn } from '../core/localized-text.ts';
import { painter, plural, safe, table, type Paint } from '../report/terminal.ts';
import { EXIT, isJson, nowOf, printJson, text, UsageError, words, type Command } from '../cli/frame/command.ts';
import { pastOrNone } from '../cli/config/load-history.ts';
import { configFolder, soundConfig } from '../cli/config/load-config.ts';
import { NO_CACHE, soundSummary } from './validate/whole.ts';
import { waitingReviews, waitingText, type WaitingReview } from './waiting-reviews.ts';

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
