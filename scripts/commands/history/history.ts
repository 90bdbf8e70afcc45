/**
 * Who did what when: the first-parent history of the configuration as transitions. Longer than most files: from a step of history to its
 * one line, of which no part is of use alone.
 */
import { instantOf } from '../../core/dates.ts';
import { defined } from '../../core/defined.ts';
import { describe as sentences } from '../../core/problems/messages.ts';
import { changesIn } from '../../core/history/change-summary.ts';
import { changesOf } from '../../core/transitions/changes.ts';
import { rolloutText } from '../../core/transitions/release.ts';
import { stepText } from '../../core/lifecycle/transition.ts';
import { nearest } from '../../core/problems/suggest.ts';
import { identify, inRepository, pathOf } from '../../core/paths.ts';
import { DEFAULT_RIGHTS } from '../../core/policy/policy.ts';
import { problem, type Problem } from '../../core/problems/problem.ts';
import { recognise } from '../../core/transitions/index.ts';
import { readPlatformLog } from '../../git/history/beginning.ts';
import { filesIn, headOf } from '../../git/commits/log.ts';
import type { Replay } from '../../git/history/replay.ts';
import { prefixOf, SHALLOW } from '../../git/process/location.ts';
import { painter, plural, safe, table } from '../../report/terminal.ts';
import {
  EXIT,
  isJson,
  printJson,
  text,
  UsageError,
  type Command,
  type Input,
  type Io,
} from '../../cli/frame/command.ts';
import { unknownMiniapp } from '../../cli/input/unknown-miniapp.ts';
import { mergeFacts, replaySteps, type ReplayedHistory, type ReplayedStep } from './replay.ts';
import { configFolder } from '../../cli/config/load-config.ts';

/** Lines of the pretty form unless told otherwise. */
const SHOWN = 50;

export const history: Command = {
  name: 'history',
  takesLogins: true,
  summary:
    'who did what when, newest first: what each commit did to the configuration of the one before it.\n' +
    'Who it was is what the commit says (author, Actor, Approved-by, Pull-request); what it did is what the files show.',
  usage: ['history [ID] [--actor LOGIN] [--kind TRANSITION] [--since DATE] [--until DATE] [--limit N]'],
  miniappWord: 0,
  options: {
    actor: { type: 'string', value: 'LOGIN', describe: 'what this person did or approved' },
    kind: {
      type: 'string',
      value: 'TRANSITION',
      describe: 'only this one, as publish or edit-whitelist; several with commas',
    },
    since: {
      type: 'string',
      value: 'DATE',
      describe: 'from the beginning of this day on (UTC), or from a time on',
    },
    until: { type: 'string', value: 'DATE', describe: 'through the end of this day (UTC), or until a time' },
    limit: {
      type: 'string',
      value: 'N',
      describe: `at most so many entries (default: ${SHOWN}; with --format json all)`,
    },
  },
  async run(input, io) {
    const [id, extra] = input.positionals;
    if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many`);
    const isId = id === undefined || identify(pathOf.file(id, 'miniapp')) !== undefined;
    if (!isId) throw new UsageError(unknownMiniapp(id));
    const { path } = configFolder(input, io);
    const filter = filterOf(input);
    const { entries, isShallow, hasMore, unseen } = read(path, id, limitOf(input), filter);
    if (id !== undefined && entries.length === 0 && !filter) throw new UsageError(unknownMiniapp(id));
    const warnings = [
      ...(isShallow ? [`this clone is shallow: what happened before its first commit is not here (${SHALLOW})`] : []),
      ...(unseen > 0
        ? [
            `${plural(unseen, 'merge')} could not be looked at: who wrote in them is not told (npx miniapp audit names them, and why)`,
          ]
        : []),
    ];
    const warning = warnings.length === 0 ? undefined : warnings.join('; ');
    if (isJson(input)) printJson(io, { entries, ...defined({ warning }) });
    else print(entries, { hasMore, isFiltered: filter !== undefined, isShallow }, io);
    if (warning !== undefined) io.stderr(`warning: ${warning}\n`);
    return EXIT.fine;
  },
};

interface HistoryEntry {
  /** A transition; `bootstrap` for the commit that brought the configuration, `unexplained` for what is no transition. */
  readonly kind: string;
  readonly miniapp?: string;
  readonly version?: string;
  /** Null when the commit does not say who it was in a way that the configuration knows. */
  readonly actor: string | null;
  /** UTC. */
  readonly when: string;
  readonly pullRequest: number | null;
  readonly commit: string;
  readonly subject: string;
  readonly approvedBy: readonly string[];
  /** Why it is no transition. */
  readonly detail?: string;
  /** Of an edit or a rollout: what came (`+`), went (`-`) and is other than before (`~`). */
  readonly changes?: readonly string[];
}

type EntryFilter = (entry: HistoryEntry) => boolean;

const DAY = 86_400_000;

/** What the options ask for; undefined without any. */
function filterOf(input: Input): EntryFilter | undefined {
  const filters: EntryFilter[] = [];
  const actor = text(input, 'actor');
  if (actor !== undefined) filters.push((entry) => entry.actor === actor || entry.approvedBy.includes(actor));
  const kinds = text(input, 'kind')?.split(',');
  const strange = kinds?.find((kind) => !Object.hasOwn(DEFAULT_RIGHTS, kind) && kind !== 'unexplained');
  if (strange !== undefined)
    throw new UsageError(
      `--kind ${safe(strange)}: there is no such transition. ${nearest(strange, Object.keys(DEFAULT_RIGHTS))}`,
    );
  if (kinds) filters.push(({ kind }) => kinds.includes(kind));
  const [since, until] = [timeOf(input, 'since', 0), timeOf(input, 'until', DAY - 1)];
  if (since !== undefined) filters.push(({ when }) => Date.parse(when) >= since);
  if (until !== undefined) filters.push(({ when }) => Date.parse(when) <= until);
  return filters.length === 0 ? undefined : (entry) => filters.every((fits) => fits(entry));
}

/** A moment in milliseconds since 1970; a day is its beginning and `ofDay` more. */
function timeOf(input: Input, option: string, ofDay: number): number | undefined {
  const given = text(input, option);
  if (given === undefined) return undefined;
  const time = instantOf(given);
  if (time === undefined)
    throw new UsageError(`--${option} ${safe(given)}: write it as 2026-11-20 or 2026-11-20T08:00:00Z`);
  return given.length === 10 ? time + ofDay : time;
}

function limitOf(input: Input): number | undefined {
  const given = text(input, 'limit');
  if (given === undefined) return isJson(input) ? undefined : SHOWN;
  if (/^[1-9]\d{0,6}$/.test(given)) return Number(given);
  throw new UsageError(`--limit ${given}: write a number from 1 on`);
}

interface HistoryAnswer {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly isShallow: boolean;
  readonly hasMore: boolean;
  /** Merges of which nobody knows whether somebody wrote in them. */
  readonly unseen: number;
}

/** The end of the history first, and all of it when that does not hold as many entries as are wanted. */
function read(
  path: string,
  id: string | undefined,
  limit: number | undefined,
  filter: EntryFilter | undefined,
): HistoryAnswer {
  const head = headOf(path);
  const prefix = prefixOf(path);
  const start = inRepository(prefix);
  // For one miniapp its own files, and those that say who somebody was.
  const paths =
    id === undefined
      ? [prefix].filter((one) => one !== '')
      : [pathOf.folder(id), 'people', pathOf.platform].map((one) => start + one);
  for (const newest of limit === undefined ? [undefined] : [limit + 1, undefined]) {
    const log = readPlatformLog(path, head, prefix, { paths, newest });
    const [first] = log.commits;
    const parent = first?.parents[0];
    const before = newest === undefined || parent === undefined ? new Map() : filesIn(path, parent, paths);
    const merges = mergeFacts(path, log.commits);
    const replayed = { log, prefix, start: before, scope: scopeOf(id), merges };
    const all = entriesOf(path, replayed, id, log.isShallow).reverse();
    const entries = filter ? all.filter(filter) : all;
    const isAll = newest === undefined || log.commits.length < newest;
    const isEnough = limit !== undefined && entries.length > limit;
    if (!isAll && !isEnough) continue;
    return {
      entries: entries.slice(0, limit),
      isShallow: log.isShallow,
      hasMore: isEnough,
      unseen: merges.unseen.size,
    };
  }
  throw new Error('the whole history is always enough');
}

const scopeOf =
  (id: string | undefined): Replay['scope'] =>
  ({ differences }) => {
    const touched = new Set(differences.flatMap(({ path }) => identify(path)?.miniapp ?? []));
    return [...touched].filter((miniapp) => id === undefined || miniapp === id);
  };

function entriesOf(
  path: string,
  replayed: ReplayedHistory,
  id: string | undefined,
  isShallow: boolean,
): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  for (const replayedStep of replaySteps(path, replayed)) {
    const { commit } = replayedStep.step;
    const { actor = null, approvedBy, pullRequest = null } = replayedStep.claims;
    const whole = { commit: commit.id, subject: commit.subject, approvedBy };
    const isCut = isShallow && commit.parents.length === 0;
    const found = isCut
      ? claimed(replayedStep)
      : replayedStep.step.isFirst
        ? addedMiniapps(replayedStep, id)
        : recognised(replayedStep);
    for (const what of found) {
      const { kind, miniapp, version, detail } = what;
      if (id !== undefined && miniapp !== id) continue;
      const changes = changesBy(what, replayedStep);
      entries.push({
        kind,
        ...defined({ miniapp, version }),
        actor,
        when: new Date(commit.time).toISOString(),
        pullRequest,
        ...whole,
        ...defined({ detail, changes: changes.length > 0 ? changes : undefined }),
      });
    }
  }
  return entries;
}

type HistoryStep = Pick<HistoryEntry, 'kind' | 'miniapp' | 'version' | 'detail'> & { readonly percent?: number };

/** What a step did, as transitions and as what is none. */
export function recognised({ step, before, after }: ReplayedStep): HistoryStep[] {
  const [base, merged] = [before.workspace, after.workspace];
  const { transitions, problems } = recognise(
    { base, merged, now: step.commit.time },
    changesOf(base, merged, step.differences),
  );
  const strange = step.differences.filter(({ path, isInMerged }) => isInMerged && identify(path) === undefined);
  const unknown = strange.map(({ path: file }) => problem('file-unknown', { file }, { file, near: '' }));
  return [...transitions, ...[...problems, ...unknown].map(unexplained)];
}

/** What an edit changed in the files that it is about. */
function changesBy({ kind, miniapp }: HistoryStep, { step, before, after }: ReplayedStep): string[] {
  if (kind.endsWith('-rollout')) return [rolloutChange(miniapp, before, after)];
  if (!kind.startsWith('edit-')) return [];
  const own = step.differences.filter(({ path }) => identify(path)?.miniapp === miniapp && isEditOf(kind, path));
  return own.flatMap(({ path }) => changesIn(path, before.workspace, after.workspace));
}

function rolloutChange(miniapp: string | undefined, ...sides: readonly ReplayedStep['before'][]): string {
  const [was, is] = sides.map(({ workspace }) => workspace.miniapps.get(miniapp ?? '')?.release.rollout);
  if (!was) return `+ ${is ? rolloutText(is) : ''}`;
  return is ? `~ ${rolloutText(was)} → ${rolloutText(is)}` : `- ${rolloutText(was)}`;
}

/** Whether a file is what an edit of this kind is about. */
const isEditOf = (kind: string, path: string): boolean => {
  const of = identify(path)?.kind;
  return kind === 'edit-platform' || kind === `edit-${of}` || (kind === 'edit-basics' && of === 'miniapp');
};

function unexplained(found: Problem): HistoryStep {
  const { miniapp, kind, id } = identify(found.at.file) ?? {};
  return {
    kind: 'unexplained',
    ...defined({ miniapp, version: kind === 'version' && id !== undefined ? id : undefined }),
    detail: sentences(found).message,
  };
}

/** A configuration that comes in one commit is no sum of transitions. */
const addedMiniapps = ({ after }: ReplayedStep, id: string | undefined): HistoryStep[] =>
  id === undefined
    ? [{ kind: 'bootstrap' }]
    : after.workspace.miniapps.has(id)
      ? [{ kind: 'bootstrap', miniapp: id }]
      : [];

/** Where a shallow clone ends there is nothing to compare with: what the commit claims is all that there is. */
function claimed({ step }: ReplayedStep): HistoryStep[] {
  const { trailers } = step.commit;
  const [[miniapp], [version]] = [trailers.get('miniapp') ?? [], trailers.get('version') ?? []];
  return (trailers.get('transition') ?? [])
    .filter((kind) => Object.hasOwn(DEFAULT_RIGHTS, kind))
    .map((kind) => ({
      kind,
      ...defined({ miniapp, version: version === undefined || kind.startsWith('edit-') ? undefined : version }),
      detail: 'as the commit says; the clone ends here',
    }));
}

interface HistoryRow {
  readonly hasMore: boolean;
  readonly isFiltered: boolean;
  readonly isShallow: boolean;
}

/** How many changes of an edit are written out in a line. */
const NAMED = 3;

function changesText(changes: readonly string[]): string {
  const left = changes.length - NAMED;
  return `${changes.slice(0, NAMED).join('; ')}${left > 0 ? `; and ${left} more` : ''}`;
}

function print(entries: readonly HistoryEntry[], { hasMore, isFiltered, isShallow }: HistoryRow, io: Io): void {
  if (entries.length === 0) {
    const nothing = isShallow ? 'nothing of it is in this clone' : 'nothing of this configuration was committed yet';
    io.stdout(`${isFiltered ? 'nothing fits' : nothing}\n`);
    return;
  }
  const rows = entries.map(
    ({ when, actor, kind, miniapp, version, approvedBy, pullRequest, commit, detail, changes }) => [
      when.slice(0, 16).replace('T', ' '),
      actor ?? 'unknown',
      stepText({ kind, version }),
      miniapp ?? '',
      pullRequest === null ? '' : `#${pullRequest}`,
      commit.slice(0, 10),
      [
        ...(approvedBy.length > 0 ? [`approved by ${approvedBy.join(', ')}`] : []),
        ...(detail ? [detail] : []),
        ...(changes ? [changesText(changes)] : []),
      ].join('; '),
    ],
  );
  const head = ['when (UTC)', 'who', 'what', 'miniapp', 'PR', 'commit', ''];
  io.stdout(`${table([head, ...rows], painter(io.isColoured))}\n`);
  if (hasMore) io.stdout(`${safe('…')} and earlier: --limit ${entries.length * 2}\n`);
}
