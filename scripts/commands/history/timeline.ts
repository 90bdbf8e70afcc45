/**
 * The story that the portal tells: the newest events with what they changed, and for each file that decides answers the newest
 * commit that touched it. One log for all of it; only as many commits are replayed as are told.
 */
import type { Claims } from '../../core/history/commit-trailers.ts';
import { effectsOf, groupEffects, resolutionTable } from '../../core/resolution/resolution-table.ts';
import type { Workspace } from '../../core/model.ts';
import { type FileKind, identify, inRepository } from '../../core/paths.ts';
import type {
  ChangeRecord,
  Timeline,
  TimelineEvent,
  TimelineStep,
  TimelineTable,
} from '../../core/history/timeline.ts';
import { readPlatformLog } from '../../git/beginning.ts';
import { commitSource } from '../../git/commit-source.ts';
import { filesIn, headOf, type Log, type LoggedCommit } from '../../git/log.ts';
import { git, gitAnswer } from '../../git/run.ts';
import { committedAt } from '../../git/time.ts';
import { load } from '../../read/load.ts';
import { recognised } from './history.ts';
import { claimsIn, mergeFacts, replaySteps, type ReplayedStep } from './replay.ts';

/** As many commits are replayed: some 2 ms each. Merges are asked about in the whole history, 1 ms each, as the audit does. */
const REPLAYED = 4000;

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

/** The story up to HEAD of the repository that holds the folder. Throws EnvironmentError where Git has none. */
export async function storyOf(path: string, workspace: Workspace, replayed = REPLAYED): Promise<Timeline> {
  const prefix = await git(path).prefix();
  const folder = inRepository(prefix);
  const paths = prefix === '' ? [] : [prefix];
  const commit = headOf(path);
  const log = readPlatformLog(path, commit, prefix, { paths });
  const merges = mergeFacts(path, log.commits);
  const recordOf = changeRecords(workspace);
  // Where a shallow clone ends, a commit seems to bring everything: it tells nothing.
  const known = log.isShallow ? log.commits.filter(({ parents }) => parents.length > 0) : log.commits;
  const newest = known.slice(-replayed);
  const parent = newest[0]?.parents[0];
  const start = parent === undefined ? new Map() : filesIn(path, parent, paths);
  const asked = { log: { commits: newest, isShallow: log.isShallow }, prefix, start, scope: touchedMiniapps, merges };
  const events: TimelineEvent[] = [];
  const records = new Map<string, ChangeRecord>();
  for (const replayedStep of replaySteps(path, asked)) {
    const event = eventOf(replayedStep);
    const isExplained = event.steps.length > 0 && event.steps.every(({ kind }) => EXPLAINED.has(kind));
    const reason = isExplained ? replayedStep.reason() : undefined;
    const { step, before, after, claims } = replayedStep;
    const record = recordOf(step.commit, claims, (step.isFirst ? after : before).workspace);
    records.set(step.commit.id, record);
    events.push({ record: reason === undefined ? record : { ...record, reason }, ...event });
  }
  // What is older than what is replayed is told by its own people.
  const authorityOf = authorities(path, prefix, { commits: known, isShallow: log.isShallow });
  const recordBefore = (one: LoggedCommit): ChangeRecord => {
    const authority = authorityOf(one.id);
    return recordOf(one, claimsIn(merges, one, authority), authority);
  };
  const touched = new Map<string, ChangeRecord>();
  for (const [file, one] of touchedIn(known, folder)) {
    const record = records.get(one.id) ?? recordBefore(one);
    records.set(one.id, record);
    touched.set(file, record);
  }
  return {
    events: events.reverse(),
    isCut: newest.length < log.commits.length,
    isShallow: log.isShallow,
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
  const remote = word(path, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'], [1, 128]);
  return remote.startsWith('origin/') ? remote.slice('origin/'.length) : 'main';
}

/** What is told of a commit: people as they are called today, and none who is there no more. `authority`: the people before it. */
function changeRecords(today: Workspace): (commit: LoggedCommit, claims: Claims, authority: Workspace) => ChangeRecord {
  const people = [...today.people.values()];
  const byId = new Map(people.map(({ githubId, login }) => [githubId, login]));
  const byName = new Map(people.flatMap(({ login, formerLogins = [] }) => formerLogins.map((name) => [name, login])));
  for (const { login } of people) byName.set(login, login);
  const bot = today.platform.bot?.login;
  if (bot !== undefined) byName.set(bot, bot);
  return (commit, { actor, approvedBy, pullRequest }, authority) => {
    const nameOf = (login: string): string[] => {
      const id = authority.people.get(login)?.githubId;
      const name = id === undefined ? byName.get(login) : byId.get(id);
      return name === undefined ? [] : [name];
    };
    const [named] = actor === undefined ? [] : nameOf(actor);
    return {
      commit: commit.id,
      time: commit.time,
      ...(named === undefined ? {} : { actor: named }),
      approvedBy: approvedBy.flatMap(nameOf),
      ...(pullRequest === undefined ? {} : { pullRequest }),
    };
  };
}

/** The people before each of these commits, as they are asked for; before the first those that it brings. */
function authorities(path: string, prefix: string, { commits, isShallow }: Log): (commit: string) => Workspace {
  const folder = inRepository(prefix);
  const before = new Map<string, string>();
  let newest: string | undefined;
  for (const { id, parents, changes } of commits) {
    before.set(id, newest ?? (isShallow ? parents[0]! : id));
    const kinds = changes.map((one) =>
      one.path.startsWith(folder) ? identify(one.path.slice(folder.length))?.kind : undefined,
    );
    if (newest === undefined || kinds.some((kind) => kind !== undefined && AUTHORITY.has(kind))) newest = id;
  }
  const read = new Map<string, Workspace>();
  return (commit) => {
    const at = before.get(commit)!;
    const known = read.get(at) ?? load(commitSource(path, at, prefix), { miniapps: [], kinds: AUTHORITY }).workspace;
    read.set(at, known);
    return known;
  };
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

function eventOf(told: ReplayedStep): Omit<TimelineEvent, 'record'> {
  const { step, before, after } = told;
  if (step.isFirst) {
    const brought = miniappsIn(step.differences).map((miniapp) => ({ kind: 'bootstrap', miniapp }));
    return { steps: brought.length > 0 ? brought : [{ kind: 'bootstrap' }], effects: [], tables: [] };
  }
  const steps = recognised(told).map(({ kind, miniapp, version, percent }): TimelineStep => ({
    kind,
    ...(miniapp === undefined ? {} : { miniapp }),
    ...(version === undefined ? {} : { version }),
    ...(percent === undefined ? {} : { percent }),
  }));
  const effects = effectsOf(before.workspace, after.workspace, miniappsIn(step.differences), step.commit.time);
  const changed = [...new Set(effects.map(({ miniapp }) => miniapp))].filter((id) => after.workspace.miniapps.has(id));
  return {
    steps,
    effects: groupEffects(effects),
    tables: changed.map((miniapp) => tableOf(after.workspace, miniapp, step.commit.time)),
  };
}

function tableOf(workspace: Workspace, miniapp: string, now: number): TimelineTable {
  const rows: TimelineTable['rows'][number][] = [];
  const byApp = Map.groupBy(resolutionTable(workspace, miniapp, now), ({ app }) => app);
  for (const [app, cells] of byApp) {
    const byRegion = [...Map.groupBy(cells, ({ region }) => region)].map(([region, own]) => {
      const answers = (isRollout: boolean) =>
        own
          .filter(({ audience }) => (audience === 'rollout') === isRollout)
          .map(({ resolution }) => (resolution.outcome === 'opens' ? resolution.version : resolution.code));
      return { region, answers: answers(false), rollout: answers(true) };
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
  return { miniapp, rows, ...(percent === undefined ? {} : { percent }) };
}
