/** An edit made on files that are read: in memory first, judged there, and written whole only where it is accepted. */
import { defined } from '../../core/defined.ts';
import type { Workspace } from '../../core/model.ts';
import { identify, pathOf } from '../../core/paths.ts';
import { at, problem } from '../../core/problems/problem.ts';
import type { Edited } from '../../edit/edit.ts';
import {
  entriesOf,
  followEdits,
  forgetCommit,
  isAsWritten,
  noteStop,
  rememberCommit,
  type PendingCommit,
} from '../../edit/pending-commits.ts';
import { writeEdits } from '../../edit/write.ts';
import { editStateOf } from '../../evaluate/edit-input.ts';
import type { EvaluatedEdits } from '../../evaluate/edits.ts';
import { committedReleases } from '../../git/history/committed-releases.ts';
import type { Loaded } from '../../read/load.ts';
import { count, locateAll, type LocatedProblem } from '../../read/positions.ts';
import type { Source } from '../../read/source.ts';
import { messageOf } from '../../report/commit-message.ts';
import type { AppliedEdit, CommittedEdit, EditContext, KeptPackage, Unsent } from '../frame/edit-context.ts';
import { commitEdit, isCommitWanted, readyToCommit, type ReadyToCommit } from './commit-edit.ts';
import { evaluateEdit } from './evaluate-edit.ts';
import { commitStop, withCommittedRelease } from './finish-commit.ts';
import { changedMeanwhile, isSameEdit, pathsOf, takeBackInterrupted } from './interrupted-edit.ts';
import { mayStop, tolerant } from './tolerant.ts';

/** What came of it, with the state that it was made on. */
export type Applied = { readonly workspace: Workspace } & (
  | {
      readonly kind: 'written';
      readonly made: AppliedEdit;
      readonly judged: EvaluatedEdits;
      readonly committed?: CommittedEdit;
    }
  /** It is to be committed, and somebody has to agree first. */
  | { readonly kind: 'unapproved'; readonly judged: EvaluatedEdits }
  /** Nothing is left to do. `finished`: the files of the same command, which was interrupted and is done now. */
  | {
      readonly kind: 'already';
      readonly why: string;
      readonly finished?: readonly string[];
      readonly committed?: CommittedEdit;
      readonly kept?: KeptPackage;
    }
  /** Of the files as they are, or of what would come of them. `judged`: what is known of the edit. */
  | {
      readonly kind: 'refused';
      readonly problems: readonly LocatedProblem[];
      readonly texts: ReadonlyMap<string, string>;
      readonly judged?: EvaluatedEdits;
    }
  /** The edit itself cannot be made. */
  | { readonly kind: 'impossible'; readonly problems: readonly LocatedProblem[]; readonly texts: Loaded['texts'] }
);

/** The files that an edit is made on. */
interface EditStart {
  readonly here: Loaded;
  readonly source: Source;
  /** By which the request is known again. */
  readonly key: string;
  /** The same request, when it did not come to its commit. */
  readonly ended: PendingCommit | undefined;
  /** The same request, interrupted: `here` and `source` are without it, and it still stands on disk. */
  readonly open: PendingCommit | undefined;
}

/** The state that an edit is made on, once it is known to be readable. */
interface EditBase extends EditStart {
  /** What the commit waits for; undefined where nothing is to be committed. */
  readonly ready: ReadyToCommit | undefined;
  /** The state that the edit is judged on: a stop that is to be committed is one of what HEAD holds. */
  readonly base: Loaded;
  readonly edit: (given: Loaded) => Edited;
}

/** An edit that may be written: judged, and with what was kept beside it. */
interface AcceptedEdit {
  readonly made: AppliedEdit;
  readonly judged: EvaluatedEdits;
  readonly kept: KeptPackage | undefined;
}

/** Whether nothing is to be written, committed or kept. */
export const isDryRun = ({ input }: EditContext): boolean => input.values['dry-run'] === true;

const releaseOf = ({ request }: EditContext): string => pathOf.file(request.miniapp ?? '', 'release');

/**
 * Makes the edit in memory, judges it, and writes and commits it where it is accepted and no dry run. Gives what came of it, or what has to
 * be sent before it is made again. Throws EnvironmentError when files cannot be written or committed, ChangedMeanwhileError when somebody
 * else changed them.
 */
export async function makeEdit(context: EditContext, start: EditStart): Promise<Applied | Unsent> {
  const { request, path, who } = context;
  const { workspace } = start.here;
  const ready = isCommitWanted(context)
    ? readyToCommit(context, workspace, start.open ? pathsOf(start.open) : [])
    : undefined;
  const unreadable = refusedUnreadable(context, start.here);
  if (unreadable) return unreadable;
  const base = baseOf(context, start, ready);
  const made = base.edit(base.base);
  if ('already' in made) return alreadyThere(context, base, made.already);
  if ('problems' in made) return impossible(context, base, made);
  const judged = await judgedEdit(context, base, made);
  const refused = refusal(context, base, judged);
  if (refused) return refused;
  if (isDryRun(context)) return { kind: 'written', made, judged, workspace };
  if (request.isStop) noteStop(path, releaseOf(context));
  const kept = await request.keep?.({ path, workspace, who });
  if (kept && 'send' in kept) return kept;
  const committed = save(context, base, { made, judged, kept });
  return {
    ...{ kind: 'written', made: kept ? withKept(made, kept) : made, judged, workspace },
    ...defined({ committed }),
  };
}

/** What a file that cannot be read would say is not known: no edit is made beside one. An image alone can be replaced unread. */
function refusedUnreadable(context: EditContext, { workspace, problems, texts }: Loaded): Applied | undefined {
  const release = releaseOf(context);
  const unknown = [...workspace.broken].filter((file) => identify(file)?.kind !== 'avatar');
  const bears = (file: string) => !context.request.isStop || file === release || release.startsWith(`${file}/`);
  if (!unknown.some(bears)) return undefined;
  return { kind: 'refused', problems: locateAll(problems, texts, context.folder), texts, workspace };
}

function baseOf(context: EditContext, start: EditStart, ready: ReadyToCommit | undefined): EditBase {
  const { path, request, who } = context;
  const { here, source } = start;
  const releaseCommitted = committedReleases(path);
  return {
    ...start,
    ready,
    base: ready && request.isStop ? withCommittedRelease(context, here) : here,
    edit: (given) => request.edit({ ...editStateOf(given, source), releaseCommitted }, who),
  };
}

async function alreadyThere(context: EditContext, base: EditBase, why: string): Promise<Applied | Unsent> {
  const { path, request, who } = context;
  const { here } = base;
  const refused = base.base === here ? undefined : await stoppedOnDisk(context, base, base.edit(here));
  if (refused) return refused;
  if (request.isStop && !isDryRun(context) && mayStop(here, context)) noteStop(path, releaseOf(context));
  const { workspace } = here;
  const kept = isDryRun(context) ? undefined : await request.keep?.({ path, workspace, who });
  if (kept && 'send' in kept) return kept;
  return { kind: 'already', why, workspace, ...defined({ kept }) };
}

function impossible(
  { folder }: EditContext,
  { base, here }: EditBase,
  made: Extract<Edited, { problems: unknown }>,
): Applied {
  const texts = new Map([...base.texts, ...(made.texts ?? [])]);
  const problems = locateAll(made.problems, texts, folder);
  return { kind: 'impossible', problems, texts, workspace: here.workspace };
}

async function judgedEdit(
  context: EditContext,
  { base, source }: EditBase,
  { edits }: AppliedEdit,
): Promise<EvaluatedEdits> {
  const found = await evaluateEdit(context, edits, base, source);
  return context.request.isStop ? tolerant(found, edits, base, context) : found;
}

/** Why a judged edit is not written; undefined where it may be. */
function refusal(context: EditContext, base: EditBase, judged: EvaluatedEdits): Applied | undefined {
  const { isStop } = context.request;
  const { workspace } = base.here;
  const undone = refusedAfterStop(context, base, judged);
  if (undone) return undone;
  const { problems, texts, decision } = judged;
  if (count(problems).errors > 0) return { kind: 'refused', problems, texts, judged, workspace };
  return base.ready && decision.approvals.missing > 0 && !isStop
    ? { kind: 'unapproved', judged, workspace }
    : undefined;
}

/** An interrupted command that would put back into service what was stopped since. It is said once: whoever asks again means it. */
function refusedAfterStop(
  context: EditContext,
  { base, here, key, ended, open }: EditBase,
  judged: EvaluatedEdits,
): Applied | undefined {
  const { path, folder, name, request } = context;
  const { miniapp } = request;
  if (!ended?.isStopped || !isBackInService(base.workspace, judged.workspace, miniapp)) return undefined;
  if (!isDryRun(context) && !open) forgetCommit(path, key);
  const state = `${miniapp} was stopped after this was first asked for, so that this would put it back into service`;
  const possible = 'the same command once more, where that is meant';
  const place = at(releaseOf(context), 'online', 'enabled');
  const stopped = problem('step-not-now', place, { step: name, state, possible });
  const problems = locateAll([stopped], base.texts, folder);
  return { kind: 'refused', problems, texts: base.texts, workspace: here.workspace };
}

/** Writes an accepted edit, and commits it where that is wanted. Gives the commit. */
function save(context: EditContext, base: EditBase, accepted: AcceptedEdit): CommittedEdit | undefined {
  const { ready } = base;
  if (ready && context.request.isStop) return saveStop(context, { ...base, ready }, accepted);
  if (ready) return saveCommitted(context, { ...base, ready }, accepted);
  writeEdits(context.path, accepted.made.edits, base.key);
  return undefined;
}

type CommittingBase = EditBase & { readonly ready: ReadyToCommit };

/** A stop is committed whatever stands half done beside it; the files get what it is in them. */
function saveStop(context: EditContext, base: CommittingBase, { made, judged }: AcceptedEdit): CommittedEdit {
  const { path } = context;
  const onDisk = base.base === base.here ? made : base.edit(base.here);
  if ('edits' in onDisk) writeEdits(path, onDisk.edits, base.key);
  const committed = commitStop(context, base.ready, made.edits, messageFor(context, judged));
  if ('edits' in onDisk) followEdits(path, { onDisk: entriesOf(onDisk.edits), committed: entriesOf(made.edits) });
  return committed;
}

/** Writes and commits under a note that lets the same command go on where it is interrupted. */
function saveCommitted(
  context: EditContext,
  { ready, key, open }: CommittingBase,
  { made, judged, kept }: AcceptedEdit,
): CommittedEdit {
  const { path, who } = context;
  const pending: PendingCommit = {
    ...{ request: key, entries: entriesOf(made.edits), message: messageFor(context, judged) },
    ...{ actor: who.actor, approvers: judged.decision.approvers, head: ready.head },
    branches: kept?.branch === undefined ? [] : [kept.branch],
  };
  const isThere = open !== undefined && isSameEdit(open, pending);
  if (open && !isThere) takeBackInterrupted(path, open);
  if (isThere && !isAsWritten(path, pending)) throw changedMeanwhile(pathsOf(pending).join(', '));
  rememberCommit(path, pending);
  if (!isThere) writeEdits(path, made.edits, key);
  return commitEdit(context, ready, pending);
}

const messageFor = ({ who }: EditContext, { decision: { transitions, approvers } }: EvaluatedEdits): string =>
  messageOf(transitions, who.actor, approvers);

/**
 * What is stopped in HEAD already is stopped in the files too, where an edit that is not committed yet puts it back into service. Gives what
 * keeps it from that; a dry run writes nothing.
 */
async function stoppedOnDisk(
  context: EditContext,
  { here, source, key }: Pick<EditStart, 'here' | 'source' | 'key'>,
  made: Edited,
): Promise<Applied | undefined> {
  const { path, io } = context;
  if (!('edits' in made)) return undefined;
  const judged = tolerant(await evaluateEdit(context, made.edits, here, source), made.edits, here, context);
  const { problems, texts } = judged;
  if (count(problems).errors > 0) return { kind: 'refused', problems, texts, judged, workspace: here.workspace };
  if (isDryRun(context)) return undefined;
  writeEdits(path, made.edits, key);
  io.stderr('the files, which are not committed, put it back into service, and do so no more\n');
  return undefined;
}

/** Whether a miniapp that is out of service would be in service afterwards. */
function isBackInService(before: Workspace, after: Workspace, miniapp = ''): boolean {
  const isEnabled = ({ miniapps }: Workspace) => miniapps.get(miniapp)?.release.online?.enabled;
  return isEnabled(before) === false && isEnabled(after) === true;
}

const withKept = (made: AppliedEdit, { notes, answer }: KeptPackage): AppliedEdit => ({
  ...made,
  notes: [...(made.notes ?? []), ...notes],
  answer: { ...made.answer, ...answer },
});
