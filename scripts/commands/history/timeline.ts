/**
 * The story that the portal tells: the newest events with what they changed, and for each file that decides answers the newest
 * commit that touched it. One log for all of it; merges are looked into, and people read, only of as many commits as are told with who made
 * them, however long the history is.
 */
import { defined } from '../../core/defined.ts';
import { pullRequestOf, type Claims } from '../../core/history/commit-trailers.ts';
import { versionOrCode } from '../../core/resolution/resolution.ts';
import { answersByApp, effectsOf, groupEffects } from '../../core/resolution/resolution-table.ts';
import type { MiniappBasics, Workspace } from '../../core/model.ts';
import { type FileKind, identify, inRepository, pathOf } from '../../core/paths.ts';
import { isEqual } from '../../core/transitions/changes.ts';
import type {
  BasicsChange,
  ChangeRecord,
  PlatformPart,
  Timeline,
  TimelineEvent,
  TimelineStep,
  TimelineTable,
} from '../../core/history/timeline.ts';
import { readPlatformLog } from '../../git/history/beginning.ts';
import { filesIn, headOf, type Log, type LoggedCommit } from '../../git/commits/log.ts';
import { replay } from '../../git/history/replay.ts';
import { gitAnswer } from '../../git/process/run.ts';
import { prefixOf } from '../../git/process/location.ts';
import { committedAt } from '../../git/commits/time.ts';
import { KnownFiles } from '../../read/known-files.ts';
import { load } from '../../read/load.ts';
import { recognised } from './history.ts';
import { claimsIn, mergeFacts, replaySteps, type MergeFacts, type ReplayedStep } from './replay.ts';

/** As many commits are replayed: some 2 ms each, and another for a merge; more where people come, of whom all are read again. */
const REPLAYED = 4000;

/** Of those before as many, the newest by which a file was touched last, are told with who made and approved them; the others only with when. */
const NAMED = 1000;

/** What an answer of the resolution depends on. */
const DECIDING: ReadonlySet<FileKind> = new Set<FileKind>(['app', 'release', 'trafficking', 'version', 'whitelist']);

/** What decides who somebody was. */
const AUTHORITY: ReadonlySet<FileKind> = new Set<FileKind>(['platform', 'person']);

/**
 * Steps that change at once what users get: the portal says why, of a commit that takes no others. Of others nothing that a commit says is
 * repeated, as a message may hold what only readers of the configuration are to know, such as the notes of a whitelist.
 */
const EXPLAINED: ReadonlySet<string> = new Set([
  ...['publish', 'rollback', 'disable', 'enable', 'revoke'],
  ...['start-rollout', 'widen-rollout', 'stop-rollout'],
]);

/**
 * The story up to HEAD of the repository that holds the folder. `replayed`: commits that are told as events; `named`: how many before them are
 * told with who made them. Throws EnvironmentError where Git has none.
 */
export async function storyOf(
  path: string,
  workspace: Workspace,
  replayed = REPLAYED,
  named = NAMED,
): Promise<Timeline> {
  const commit = headOf(path);
  const prefix = prefixOf(path);
  const folder = inRepository(prefix);
  const paths = prefix === '' ? [] : [prefix];
  const log = readPlatformLog(path, commit, prefix, { paths });
  // Where a shallow clone ends, a commit seems to bring everything: it tells nothing.
  const { isShallow } = log;
  const known = isShallow ? log.commits.filter(({ parents }) => parents.length > 0) : log.commits;
  const newest = known.slice(-replayed);
  const touching = touchedIn(known, folder);
  const last = new Set(touching.values());
  const before = known.slice(0, known.length - newest.length);
  const older = before.filter((one) => last.has(one)).slice(-named);
  const merges = mergeFacts(path, [...older, ...newest], { first: log.commits[0] });
  const todayIn = loginsToday(workspace);
  const recordOf = changeRecords(todayIn, merges);
  const parent = newest[0]?.parents[0];
  const start = parent === undefined ? new Map() : filesIn(path, parent, paths);
  const asked = { log: { commits: newest, isShallow }, prefix, start, scope: touchedMiniapps, merges };
  const events: TimelineEvent[] = [];
  const records = new Map<string, ChangeRecord>();
  for (const replayedStep of replaySteps(path, asked)) {
    const event = eventOf(replayedStep, todayIn);
    const isExplained = event.steps.length > 0 && event.steps.every(({ kind }) => EXPLAINED.has(kind));
    const reason = isExplained ? replayedStep.reason() : undefined;
    const { step, before, after, claims } = replayedStep;
    const record = recordOf(step.commit, claims, (step.isFirst ? after : before).workspace);
    records.set(step.commit.id, record);
    events.push({ record: reason === undefined ? record : { ...record, reason }, ...event });
  }
  const people = peopleBefore(path, { log: { commits: before, isShallow }, prefix, paths }, new Set(older));
  for (const { commit: one, authority } of people)
    records.set(one.id, recordOf(one, claimsIn(merges, one, authority), authority));
  const touched = new Map<string, ChangeRecord>();
  for (const [file, { id, time, subject, trailers }] of touching) {
    const pullRequest = pullRequestOf(subject, trailers.get('pull-request') ?? []);
    const unnamed = { commit: id, time, approvedBy: [], isBeyond: true as const, ...defined({ pullRequest }) };
    touched.set(file, records.get(id) ?? unnamed);
  }
  return {
    events: events.reverse(),
    isCut: newest.length < log.commits.length,
    isShallow,
    touched,
    head: { commit, time: committedAt(path, commit), tree: word(path, ['rev-parse', `${commit}:${prefix}`]) },
    isChanged: word(path, ['status', '--porcelain', '--untracked-files=all', '--', '.']) !== '',
    branch: branchOf(path),
    folder,
  };
}

const word = (path: string, args: readonly string[], accept: readonly number[] = []): string =>
  gitAnswer(path, args, { accept }).stdout.toString('utf8').trim();

/** The branch that a clone's remote calls its default; GitHub's editor needs a name, as it refuses HEAD. */
function branchOf(path: string): string {
  const remote = word(path, ['symbolic-ref', '--quiet', `${ORIGIN}HEAD`], [1, 128]);
  return remote.startsWith(ORIGIN) ? remote.slice(ORIGIN.length) : 'main';
}

const ORIGIN = 'refs/remotes/origin/';

/** The login that somebody has today: none where people/ has nobody of that kind any more. `authority`: the people among whom they had the given one. */
type LoginToday = (login: string, authority: Pick<Workspace, 'people'>) => string | undefined;

function loginsToday(today: Workspace): LoginToday {
  const people = [...today.people.values()];
  const byId = new Map(people.map(({ githubId, login }) => [githubId, login]));
  const byName = new Map(people.flatMap(({ login, formerLogins = [] }) => formerLogins.map((name) => [name, login])));
  for (const { login } of people) byName.set(login, login);
  const bot = today.platform.bot?.login;
  if (bot !== undefined) byName.set(bot, bot);
  return (login, authority) => {
    const id = authority.people.get(login)?.githubId;
    return id === undefined ? byName.get(login) : byId.get(id);
  };
}

/** What is told of a commit: people as they are called today, and none who is there no more. `authority`: the people before it. */
const changeRecords =
  (
    todayIn: LoginToday,
    { unseen }: Pick<MergeFacts, 'unseen'>,
  ): ((commit: LoggedCommit, claims: Claims, authority: Workspace) => ChangeRecord) =>
  (commit, { actor, approvedBy, pullRequest }, authority) => ({
    commit: commit.id,
    time: commit.time,
    ...defined({ actor: actor === undefined ? undefined : todayIn(actor, authority) }),
    approvedBy: approvedBy.flatMap((login) => todayIn(login, authority) ?? []),
    ...defined({ isUnseen: unseen.has(commit.id) ? (true as const) : undefined, pullRequest }),
  });

/**
 * With each of these commits of a log, oldest first, the people before it; with the first commit those that it brings. The log tells which
 * files those were, so that their contents are read by one Git process.
 */
function* peopleBefore(
  path: string,
  { log, prefix, paths }: { log: Log; prefix: string; paths: readonly string[] },
  asked: ReadonlySet<LoggedCommit>,
): Iterable<{ commit: LoggedCommit; authority: Workspace }> {
  const from = log.commits.findIndex((one) => asked.has(one));
  const first = log.commits[from];
  if (first === undefined) return;
  const start = filesIn(path, from > 0 || log.isShallow ? first.parents[0]! : first.id, paths);
  const folder = inRepository(prefix);
  const isDeciding = ({ changes }: LoggedCommit): boolean =>
    changes.some((one) => {
      const kind = one.path.startsWith(folder) ? identify(one.path.slice(folder.length))?.kind : undefined;
      return kind !== undefined && AUTHORITY.has(kind);
    });
  const commits = log.commits.slice(from).filter((one) => asked.has(one) || isDeciding(one));
  const known = new KnownFiles();
  let authority: Workspace | undefined;
  for (const { commit, before } of replay(path, { log: { ...log, commits }, prefix, start, scope: () => [] })) {
    if (asked.has(commit)) {
      authority ??= load(before, { miniapps: [], kinds: AUTHORITY, known }).workspace;
      yield { commit, authority };
    }
    if (isDeciding(commit)) authority = undefined;
  }
}

/** By the file the newest commit that touched it, of those on which an answer depends. */
function touchedIn(commits: readonly LoggedCommit[], folder: string): Map<string, LoggedCommit> {
  const touched = new Map<string, LoggedCommit>();
  for (const commit of commits) {
    for (const { path } of commit.changes) {
      const own = path.startsWith(folder) ? path.slice(folder.length) : undefined;
      const kind = own === undefined ? undefined : identify(own)?.kind;
      if (own !== undefined && kind !== undefined && DECIDING.has(kind)) touched.set(own, commit);
    }
  }
  return touched;
}

/** A configuration that comes in one commit is no sum of transitions, and has no answers before it. */
const touchedMiniapps = ({ isFirst, differences }: Pick<ReplayedStep['step'], 'isFirst' | 'differences'>): string[] =>
  isFirst ? [] : miniappsIn(differences);

const miniappsIn = (differences: ReplayedStep['step']['differences']): string[] => [
  ...new Set(differences.flatMap(({ path }) => identify(path)?.miniapp ?? [])),
];

function eventOf(told: ReplayedStep, todayIn: LoginToday): Omit<TimelineEvent, 'record'> {
  const { step, before, after } = told;
  if (step.isFirst) {
    const brought = miniappsIn(step.differences).map((miniapp) => ({ kind: 'bootstrap', miniapp }));
    return { steps: brought.length > 0 ? brought : [{ kind: 'bootstrap' }], effects: [], tables: [] };
  }
  const steps = recognised(told).map(({ kind, miniapp, version, percent }): TimelineStep => ({
    kind,
    ...defined({
      ...{ miniapp, version, percent },
      parts: kind === 'edit-platform' ? partsOf(told, todayIn) : undefined,
      basics: kind === 'edit-basics' && miniapp !== undefined ? basicsOf(told, miniapp) : undefined,
    }),
  }));
  const effects = effectsOf(before.workspace, after.workspace, miniappsIn(step.differences), step.commit.time);
  const changed = [...new Set(effects.map(({ miniapp }) => miniapp))].filter((id) => after.workspace.miniapps.has(id));
  return {
    steps,
    effects: groupEffects(effects),
    tables: changed.map((miniapp) => tableOf(after.workspace, miniapp, step.commit.time)),
  };
}

/** What of the basics of a miniapp a step changed; undefined where one of both sides does not tell what they are. */
function basicsOf({ step, before, after }: ReplayedStep, miniapp: string): BasicsChange[] | undefined {
  const [old, now] = [before, after].map(({ workspace }) => basicsIn(workspace, miniapp));
  if (!old || !now) return undefined;
  const isAvatar = step.differences.some(({ path }) => {
    const found = identify(path);
    return found?.kind === 'avatar' && found.miniapp === miniapp;
  });
  const fields = (['name', 'description', 'category'] as const).filter((field) => !isEqual(old[field], now[field]));
  const [was, is] = [old.archived === true, now.archived === true];
  return [
    ...fields,
    ...(isAvatar || old.avatar !== now.avatar ? (['avatar'] as const) : []),
    ...(was === is ? [] : [is ? ('archived' as const) : ('unarchived' as const)]),
  ];
}

/** The basics as the file says them: undefined where it cannot be read, is not there, or is about another miniapp. */
function basicsIn({ miniapps, files, broken }: Workspace, miniapp: string): MiniappBasics | undefined {
  const file = pathOf.file(miniapp, 'miniapp');
  const basics = miniapps.get(miniapp)?.basics;
  return files.has(file) && !broken.has(file) && basics?.id === miniapp ? basics : undefined;
}

const isOfPlatform = (kind: FileKind): kind is PlatformPart['kind'] =>
  ['platform', 'policy', 'app', 'person', 'readme'].includes(kind);

/** Which files of the platform a step touched; whose file got another name, with a login, is as somebody of whom something changed. */
function partsOf({ step, before, after }: ReplayedStep, todayIn: LoginToday): PlatformPart[] {
  const parts = new Map<string, PlatformPart>();
  for (const { path, isInBase, isInMerged } of step.differences) {
    const { kind, id } = identify(path) ?? {};
    if (kind === undefined || !isOfPlatform(kind)) continue;
    const { workspace } = isInMerged ? after : before;
    const named = kind === 'person' && id !== undefined ? todayIn(id, workspace) : id;
    const key = `${kind} ${named ?? path}`;
    const change = parts.has(key) || (isInBase && isInMerged) ? 'changed' : isInMerged ? 'added' : 'removed';
    parts.set(key, { kind, ...defined({ id: named }), change });
  }
  return [...parts.values()];
}

function tableOf(workspace: Workspace, miniapp: string, now: number): TimelineTable {
  const rows: TimelineTable['rows'][number][] = [];
  for (const { app, rows: regions } of answersByApp(workspace, miniapp, now)) {
    const byRegion = regions.map(({ region, answers: cells }) => {
      const [rollout = [], answers = []] = [true, false].map((isRollout) =>
        cells.filter(({ audience }) => (audience === 'rollout') === isRollout).map(versionOrCode),
      );
      return { region, answers, rollout };
    });
    for (const alike of Map.groupBy(
      byRegion,
      ({ answers, rollout }) => `${answers.join(' ')}; ${rollout.join(' ')}`,
    ).values()) {
      const { answers, rollout } = alike[0]!;
      const part = rollout.length > 0 ? { rollout } : {};
      rows.push({ app, regions: alike.map(({ region }) => region), answers, ...part });
    }
  }
  const percent = workspace.miniapps.get(miniapp)?.release.rollout?.percent;
  return { miniapp, rows, ...defined({ percent }) };
}
