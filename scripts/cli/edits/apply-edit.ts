/**
 * An edit made in the folder: by one command at a time, judged before it is written, and written whole. Longer than most files: the steps
 * of one edit, which are made under one lock.
 */
import type { Workspace } from '../../core/model.ts';
import { identify, pathOf } from '../../core/paths.ts';
import { at, problem } from '../../core/problems/problem.ts';
import type { Edited } from '../../edit/edit.ts';
import { recover, type RecoveredEdit } from '../../edit/journal.ts';
import { LockError, withLock } from '../../edit/lock.ts';
import {
  entriesOf,
  followEdits,
  forgetCommit,
  isAsWritten,
  noteStop,
  rememberCommit,
  type PendingCommit,
} from '../../edit/pending-commits.ts';
import { ChangedMeanwhileError, writeEdits } from '../../edit/write.ts';
import { committedReleases } from '../../git/history/committed-releases.ts';
import { loadFiles, loadWorkingTree, workingTree } from '../../git/working-tree/working-tree.ts';
import { editStateOf } from '../../evaluate/edit-input.ts';
import type { EvaluatedEdits } from '../../evaluate/edits.ts';
import { editPlace } from '../../read/edit-state.ts';
import { load, type Loaded } from '../../read/load.ts';
import type { Source } from '../../read/source.ts';
import { count, locateAll, type LocatedProblem } from '../../read/positions.ts';
import { messageOf } from '../../report/commit-message.ts';
import { safe } from '../../report/terminal.ts';
import { EnvironmentError } from '../frame/command.ts';
import { commitEdit, isCommitWanted, readyToCommit } from './commit-edit.ts';
import { commitStop, withCommittedRelease } from './finish-commit.ts';
import {
  commitOf,
  interruptedEdit,
  interruptedState,
  isSameEdit,
  changedMeanwhile,
  pathsOf,
  takeBackInterrupted,
  withoutInterrupted,
} from './interrupted-edit.ts';
import { evaluateEdit } from './evaluate-edit.ts';
import { mayStop, tolerant } from './tolerant.ts';
import { requestOf } from './distinction.ts';
import type { AppliedEdit, CommittedEdit, EditContext, KeptPackage, Unsent } from '../frame/edit-context.ts';

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

/** Milliseconds for which a stop waits; what it changes is one file, compared before it is written. */
const STOP_PATIENCE = 3000;

/**
 * Makes an edit in the folder: takes the lock, reads, edits in memory, judges, and writes only what is accepted. Gives what became of it:
 * written, already there, refused, not yet approved, or impossible, with the state that it was made on. A dry run judges it, takes no lock
 * and writes nothing. What goes over the network is sent while nobody holds the lock; then the edit is made again. A stop waits 3000 ms for
 * the lock, and continues without it. Throws EnvironmentError when files cannot be written or
 * somebody holds the lock for too long.
 */
export async function applyEdit(context: EditContext): Promise<Applied> {
  const { input, io, request } = context;
  request.prepare?.();
  if (input.values['dry-run'] === true) return dryRun(context);
  const say = (sentence: string) => io.stderr(`${safe(sentence)}\n`);
  const work: Work = (how) => (how === 'beside' ? appliedBeside(context) : applied(context, recovered(context, say)));
  for (;;) {
    const found = await lockedFor(context, work, say);
    if (!('send' in found)) return found;
    await found.send();
  }
}

/** `alone`: nobody else edits. `beside`: somebody does, or did and hangs, and what is theirs is left to them. */
type Work = (how: 'alone' | 'beside') => Promise<Applied | Unsent>;

async function lockedFor(
  { path, request }: EditContext,
  work: Work,
  say: (sentence: string) => void,
): Promise<Applied | Unsent> {
  let isHeld = false;
  const locked = () => {
    isHeld = true;
    return work('alone');
  };
  try {
    return await withLock(editPlace(path), locked, { say, ...(request.isStop ? { longest: STOP_PATIENCE } : {}) });
  } catch (error) {
    const isUnlocked = error instanceof LockError || (request.isStop === true && error instanceof EnvironmentError);
    if (!isUnlocked || isHeld) throw error;
    say(`${error.message}; going on without`);
    // Where there are no locks at all, nobody else can clear what was interrupted.
    return work(error instanceof LockError ? 'alone' : 'beside');
  }
}

/** Attempts of a stop beside somebody who edits: what changed in between is read again. */
const MOST_ATTEMPTS = 5;

/** A stop made in the files as they are. An edit of theirs that is not in place yet is not in these, and finds this one there. */
async function appliedBeside(context: EditContext): Promise<Applied | Unsent> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applied(context, [], () => loadFiles(context.path, context.options));
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !(error instanceof ChangedMeanwhileError)) throw error;
    }
  }
}

function recovered({ path, folder }: EditContext, say: (sentence: string) => void): RecoveredEdit[] {
  const found = recover(path);
  for (const { outcome, paths, why } of found) {
    const files = paths.map((file) => `${folder.replace(/(?<!\/)\/+$/, '')}/${file}`).join(', ');
    const what = { finished: 'was finished', 'taken-back': 'was taken back', left: 'could not be finished' }[outcome];
    say(`an edit that was interrupted ${what}: ${files}${why === undefined ? '' : ` (${why})`}`);
  }
  return found;
}

async function dryRun(context: EditContext): Promise<Applied> {
  const found = await applied(context, []);
  if ('send' in found) throw new Error('a dry run keeps nothing');
  return found;
}

async function applied(
  context: EditContext,
  before: readonly RecoveredEdit[],
  read = () => loadWorkingTree(context.path, context.options),
): Promise<Applied | Unsent> {
  const { path, io, options } = context;
  const key = requestOf(context);
  const isDry = context.input.values['dry-run'] === true;
  const ended = isCommitWanted(context) ? interruptedEdit(path, key) : undefined;
  const state = ended && interruptedState(path, ended);
  if (ended && state === 'committed') {
    if (!isDry) forgetCommit(path, key);
    // Whoever was told that nothing is committed, and committed it since, asks for it once more.
    if (ended.isTold !== true) {
      const why = 'it was interrupted, and is committed by now';
      return { kind: 'already', why, workspace: read().workspace, finished: pathsOf(ended) };
    }
    const made = commitOf(path, ended)?.slice(0, 10);
    io.stderr(
      `what was not committed when this command ran before is committed by now, as ${made}: it is done once more\n`,
    );
  }
  const open = state === 'open' ? ended : undefined;
  const source = open ? withoutInterrupted(path, open) : workingTree(path);
  const here = open ? load(source, options) : read();
  const { workspace } = here;
  const resumed = ended ? undefined : before.find((one) => one.outcome === 'finished' && one.request === key)?.paths;
  if (resumed) return { kind: 'already', why: 'it was interrupted, and is finished now', workspace, finished: resumed };
  const found = await edited(context, { here, source, key, ended, open });
  if (open && !isDry && !('send' in found) && found.kind !== 'written') {
    takeBackInterrupted(path, open);
    io.stderr('what this command wrote before it was interrupted is taken back\n');
  }
  return found;
}

interface EditedState {
  readonly here: Loaded;
  readonly source: Source;
  /** By which the request is known again. */
  readonly key: string;
  /** The same request, when it did not come to its commit. */
  readonly ended: PendingCommit | undefined;
  /** The same request, interrupted: `here` and `source` are without it, and it still stands on disk. */
  readonly open: PendingCommit | undefined;
}

async function edited(
  context: EditContext,
  { here, source, key, ended, open }: EditedState,
): Promise<Applied | Unsent> {
  const { folder, path, input, request, who } = context;
  const isDry = input.values['dry-run'] === true;
  const { workspace } = here;
  const ready = isCommitWanted(context) ? readyToCommit(context, workspace, open ? pathsOf(open) : []) : undefined;
  // What a file that cannot be read would say is not known; an image alone can be replaced unread.
  const unknown = [...workspace.broken].filter((file) => identify(file)?.kind !== 'avatar');
  const release = pathOf.file(request.miniapp ?? '', 'release');
  const bears = (file: string) => !request.isStop || file === release || release.startsWith(`${file}/`);
  if (unknown.some(bears)) {
    const problems = locateAll(here.problems, here.texts, folder);
    return { kind: 'refused', problems, texts: here.texts, workspace };
  }
  const releaseCommitted = committedReleases(path);
  const editOf = (given: Loaded) => request.edit({ ...editStateOf(given, source), releaseCommitted }, who);
  const base = ready && request.isStop ? withCommittedRelease(context, here) : here;
  const made = editOf(base);
  if ('already' in made) {
    const refused = base === here ? undefined : await stoppedOnDisk(context, { here, source, key }, editOf(here));
    if (refused) return refused;
    if (request.isStop && !isDry && mayStop(here, context)) noteStop(path, release);
    const kept = isDry ? undefined : await request.keep?.({ path, workspace, who });
    if (kept && 'send' in kept) return kept;
    return { kind: 'already', why: made.already, workspace, ...(kept ? { kept } : {}) };
  }
  if ('problems' in made) {
    const texts = new Map([...base.texts, ...(made.texts ?? [])]);
    return { kind: 'impossible', problems: locateAll(made.problems, texts, folder), texts, workspace };
  }
  const found = await evaluateEdit(context, made.edits, base, source);
  const judged = request.isStop ? tolerant(found, made.edits, base, context) : found;
  if (ended?.isStopped && isBackInService(base.workspace, judged.workspace, request.miniapp)) {
    // It is said once: whoever asks again means it.
    if (!isDry && !open) forgetCommit(path, key);
    const state = `${request.miniapp} was stopped after this was first asked for, so that this would put it back into service`;
    const possible = 'the same command once more, where that is meant';
    const stopped = problem('step-not-now', at(release, 'online', 'enabled'), {
      step: context.name,
      state,
      possible,
    });
    return { kind: 'refused', problems: locateAll([stopped], base.texts, folder), texts: base.texts, workspace };
  }
  const { problems, texts } = judged;
  if (count(problems).errors > 0) return { kind: 'refused', problems, texts, judged, workspace };
  if (ready && judged.decision.approvals.missing > 0 && !request.isStop)
    return { kind: 'unapproved', judged, workspace };
  if (isDry) return { kind: 'written', made, judged, workspace };
  if (request.isStop) noteStop(path, release);
  const kept = await request.keep?.({ path, workspace, who });
  if (kept && 'send' in kept) return kept;
  const answered = kept ? withKept(made, kept) : made;
  if (!ready) {
    writeEdits(path, made.edits, key);
    return { kind: 'written', made: answered, judged, workspace };
  }
  const { transitions, approvals } = judged.decision;
  const message = messageOf(transitions, who.actor, approvals.given);
  if (request.isStop) {
    const onDisk = base === here ? made : editOf(here);
    if ('edits' in onDisk) writeEdits(path, onDisk.edits, key);
    const committed = commitStop(context, ready, made.edits, message);
    if ('edits' in onDisk) followEdits(path, { onDisk: entriesOf(onDisk.edits), committed: entriesOf(made.edits) });
    return { kind: 'written', made: answered, judged, workspace, committed };
  }
  const pending: PendingCommit = {
    ...{ request: key, entries: entriesOf(made.edits), message },
    ...{ actor: who.actor, approvers: approvals.given, head: ready.head },
    branches: kept?.branch === undefined ? [] : [kept.branch],
  };
  const isThere = open !== undefined && isSameEdit(open, pending);
  if (open && !isThere) takeBackInterrupted(path, open);
  if (isThere && !isAsWritten(path, pending)) throw changedMeanwhile(pathsOf(pending).join(', '));
  rememberCommit(path, pending);
  if (!isThere) writeEdits(path, made.edits, key);
  const committed = commitEdit(context, ready, pending);
  return { kind: 'written', made: answered, judged, workspace, committed };
}

/**
 * What is stopped in HEAD already is stopped in the files too, where an edit that is not committed yet puts it back into service. Gives what
 * keeps it from that; a dry run writes nothing.
 */
async function stoppedOnDisk(
  context: EditContext,
  { here, source, key }: Pick<EditedState, 'here' | 'source' | 'key'>,
  made: Edited,
): Promise<Applied | undefined> {
  const { path, io, input } = context;
  if (!('edits' in made)) return undefined;
  const judged = tolerant(await evaluateEdit(context, made.edits, here, source), made.edits, here, context);
  const { problems, texts } = judged;
  if (count(problems).errors > 0) return { kind: 'refused', problems, texts, judged, workspace: here.workspace };
  if (input.values['dry-run'] === true) return undefined;
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
