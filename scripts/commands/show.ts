import { isLive } from '../core/dates.ts';
import { defined } from '../core/defined.ts';
import { judgesByBytes } from '../core/by-bytes.ts';
import { bytesLackOf, stateOf, versionsByState } from '../core/lifecycle/lifecycle.ts';
import type { Miniapp, Stage, Version, Workspace } from '../core/model.ts';
import { noHistory } from '../core/lifecycle/history.ts';
import { brokenPromises } from '../core/resolution/broken-promises.ts';
import { textIn } from '../core/localized-text.ts';
import { newestFirst } from '../core/version.ts';
import { toolCommand } from '../core/tool-command.ts';
import { isInRepository } from '../git/process/location.ts';
import type { PackageComparison } from '../packages/comparison.ts';
import { painter, safe, type Paint } from '../report/terminal.ts';
import { EXIT, isJson, printJson, UsageError, words, type Command, type Input, type Io } from '../cli/frame/command.ts';
import { configFolder, momentOf, soundConfig, type CheckedConfig } from '../cli/config/load-config.ts';
import { bytesLackText, type ShownMiniapp } from './bytes-lack-text.ts';
import { offeredSteps, stepJson, stepLines } from './step-lines.ts';
import { unknownMiniapp } from '../cli/input/unknown-miniapp.ts';

const STAGES: readonly Stage[] = ['online', 'review', 'development', 'superseded'];

export const show: Command = {
  name: 'show',
  summary:
    'one miniapp: its versions by stage and what can be done now; or one version in full, as whoever reviews it needs it',
  usage: ['show ID [VERSION] [--at COMMIT|DATE]'],
  miniappWord: 0,
  options: {
    at: { type: 'string', value: 'COMMIT|DATE', describe: 'as it was at this commit, branch, tag, date or time' },
  },
  async run(input, io) {
    const [id = '', number] = input.positionals.length > 1 ? words(input, 'ID', 'VERSION') : words(input, 'ID');
    const checked = await soundConfig(input, io, { miniapps: [id] });
    if (!checked) return EXIT.no;
    const { workspace } = checked;
    const found = workspace.miniapps.get(id);
    if (!found) throw new UsageError(unknownMiniapp(id));
    const { now, source } = await momentOf(input, io);
    const miniapp: ShownMiniapp = {
      ...(source === undefined ? await withLacks(workspace, found, input, io) : found),
      brokenBy: (change) => brokenPromises(workspace, found, change, now).map(({ name }) => name),
    };
    if (number !== undefined) return showVersion(input, io, checked, miniapp, number);
    if (isJson(input)) printJson(io, miniappJson(workspace, miniapp, now));
    else io.stdout(`${page(workspace, miniapp, now, painter(io.isColoured))}\n`);
    return EXIT.fine;
  },
};

/** The miniapp with what its versions' next steps are refused for, where the platform judges by bytes. */
async function withLacks(workspace: Workspace, miniapp: Miniapp, input: Input, io: Io): Promise<ShownMiniapp> {
  if (!judgesByBytes(workspace.platform)) return miniapp;
  const { withBytesLacks } = await import('./bytes-lacks.ts');
  const [shown = miniapp] = await withBytesLacks(workspace, [miniapp], configFolder(input, io).path, io);
  return shown;
}

async function showVersion(
  input: Input,
  io: Io,
  { workspace }: CheckedConfig,
  miniapp: ShownMiniapp,
  number: string,
): Promise<number> {
  const version = miniapp.versions.get(number);
  if (!version) {
    const known = newestFirst(miniapp.versions.keys()).join(', ') || 'none yet';
    throw new UsageError(`${miniapp.id} has no version "${safe(number)}". It has ${known}`);
  }
  const [{ waitingReviews }, { versionJson, versionPage }, { pastOrNone }] = await Promise.all([
    import('./waiting-reviews.ts'),
    import('./version/version-page.ts'),
    import('../cli/config/load-history.ts'),
  ]);
  const { now, source } = await momentOf(input, io);
  const isPending = version.review?.status === 'pending';
  // How long something waits is asked of today: of a past state, the history until then is another.
  const history = isPending && source === undefined ? await pastOrNone(configFolder(input, io).path, io) : noHistory;
  const [waiting] = isPending
    ? waitingReviews({ ...workspace, miniapps: new Map([[miniapp.id, miniapp]]) }, history, now)
    : [];
  const bytes = source === undefined ? await bytesHere(configFolder(input, io).path, miniapp, version) : undefined;
  const facts = { workspace, miniapp, version, now, ...defined({ waiting, bytes }) };
  if (isJson(input)) printJson(io, versionJson(facts));
  else io.stdout(`${versionPage(facts, painter(io.isColoured))}\n`);
  return EXIT.fine;
}

/** What its bytes change, as far as they are in this clone: nothing is fetched to show a version. */
async function bytesHere(path: string, miniapp: Miniapp, version: Version): Promise<PackageComparison | undefined> {
  if (!isInRepository(path)) return undefined;
  const [{ comparison }, { gitStore }] = await Promise.all([
    import('../packages/comparison.ts'),
    import('../packages/git-store.ts'),
  ]);
  const store = gitStore({ folder: path, where: 'this clone', isFetchedToo: true });
  try {
    const found = await comparison(store, miniapp, version);
    return 'why' in found ? undefined : found;
  } finally {
    store.close();
  }
}

/** One miniapp with its versions by stage and the transitions possible now. */
function miniappJson(workspace: Workspace, miniapp: ShownMiniapp, now: number) {
  const { id, basics, release, trafficking, whitelist, members, domains } = miniapp;
  const versions = versionsByState(miniapp).map(({ version: { bytesLack: _told, ...version }, state }) => ({
    ...version,
    ...defined({ bytesLack: bytesLackOf(miniapp, miniapp.versions.get(version.version)!) }),
    stage: state.stage,
    experience: state.isExperience,
    rollout: state.isRolledOut,
    transitions: offeredSteps(workspace, miniapp, miniapp.versions.get(version.version)!, now).map((step) =>
      stepJson(workspace, step),
    ),
  }));
  const stages = Object.fromEntries(
    STAGES.map((stage) => [stage, versions.filter((version) => version.stage === stage).map(({ version }) => version)]),
  );
  const transitions = versions.flatMap(({ version, transitions: steps }) =>
    steps.map((step) => ({ version, ...step })),
  );
  return { ...basics, id, release, stages, versions, transitions, trafficking, whitelist, members, domains };
}

function page(workspace: Workspace, miniapp: ShownMiniapp, now: number, paint: Paint): string {
  const { id, basics, release, trafficking, whitelist, members } = miniapp;
  const { languages } = workspace.platform;
  const { online, experience } = release;
  const row = ({ app, account, expires }: (typeof whitelist)[number]) =>
    `${account} in ${app}${isLive(expires, now) ? '' : paint('red', ` (ended ${expires})`)}`;
  const lines = [
    `${paint('bold', safe(textIn(basics.name, languages)))}  ${id}  ${basics.type}`,
    ...(basics.description ? [safe(textIn(basics.description, languages))] : []),
    '',
    `online      ${online ? `${online.version}${online.enabled ? '' : paint('red', ' disabled')}` : 'none'}`,
    `experience  ${experience?.version ?? 'none'}`,
    `delivered   ${trafficking.map(({ app, regions }) => `${app} (${regions.join(', ')})`).join('; ') || deliveredText(basics.type)}`,
    `whitelist   ${whitelist.map(row).join('; ') || 'nobody'}`,
    `members     ${members.map(({ login, role }) => `${login} (${role})`).join(', ')}`,
  ];
  const all = versionsByState(miniapp);
  if (basics.archived === true) {
    const back = toolCommand(`edit ${id} --unarchive`);
    lines.push(
      '',
      'archived: given up, in no list, and nothing of it may be enabled online, tried or under review; to take it up again:',
      `      ${paint('dim', back)}`,
    );
  } else if (all.length === 0) {
    const upload = toolCommand(`upload ${id} DIR --version 1.0.0 --description TEXT`);
    lines.push('', 'no version yet; what comes next:', `      ${paint('dim', upload)}`);
  }
  for (const stage of STAGES) {
    const inStage = all.filter(({ state }) => state.stage === stage);
    if (inStage.length === 0) continue;
    lines.push('', paint('bold', stage));
    for (const { version } of inStage) {
      lines.push(`  ${versionLine(miniapp, version.version, paint)}  ${safe(version.description)}`);
      const { review } = version;
      if (review?.reason)
        lines.push(`      ${paint('red', 'rejected:')} ${safe(review.reason)} (${review.reviewedBy})`);
      const lack = bytesLackText(miniapp, version);
      if (lack !== undefined) lines.push(`      ${paint('red', lack)}`);
      const own = offeredSteps(workspace, miniapp, version, now);
      lines.push(...stepLines(workspace, miniapp, version, own, paint).map((line) => `      ${line}`));
    }
  }
  return lines.join('\n');
}

const deliveredText = (type: string): string => (type === 'panel' ? 'every app, as a panel' : 'nowhere');

function versionLine(miniapp: ShownMiniapp, number: string, paint: Paint): string {
  const version = miniapp.versions.get(number)!;
  const { status, isExperience, isRolledOut, stage } = stateOf(miniapp, version);
  const words = { pending: 'under review', approved: 'approved', rejected: 'rejected' };
  const marks = [
    ...(stage === 'review' && status ? [words[status]] : []),
    ...(isRolledOut ? [paint('blue', `rolled out to ${miniapp.release.rollout!.percent} %`)] : []),
    ...(isExperience ? [paint('blue', 'experience')] : []),
  ];
  return `${number}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`;
}
