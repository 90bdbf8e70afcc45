/** One edit from request to answer: read, edit in memory, judge, and only then write; then the pull request. */
import type { Workspace } from '../../core/model.ts';
import { identify } from '../../core/paths.ts';
import { workingTree } from '../../git/working-tree/working-tree.ts';
import type { ProposalRequest } from '../../propose/propose.ts';
import { safe } from '../../report/terminal.ts';
import { actorOf, connectionOf } from '../input/actor.ts';
import { applyEdit } from './apply-edit.ts';
import type { Applied } from './make-edit.ts';
import { EXIT, isJson, nowOf, printJson, type Input, type Io } from '../frame/command.ts';
import { hiddenWords } from '../input/account-form.ts';
import { othersHave } from './known-branch.ts';
import { proposal, printProposal } from '../output/pull-request-output.ts';
import { distinction } from './distinction.ts';
import type { EditRequest, EditContext } from '../frame/edit-context.ts';
import {
  accepted,
  committedLines,
  NOTHING,
  refused,
  subject,
  unapproved,
  withWarnings,
  type EditResult,
} from '../output/edit-output.ts';
import { configFolder } from '../config/load-config.ts';

/** Runs an edit and prints what came of it. `name`: of the command. Gives the exit code; throws UsageError for options that are wrong. */
export async function runEdit(name: string, request: EditRequest, input: Input, io: Io): Promise<number> {
  const now = nowOf(input, io);
  const { folder, path } = configFolder(input, io);
  const actor = await actorOf(input, io, path);
  const options = request.miniapp === undefined ? {} : { miniapps: [request.miniapp] };
  const context: EditContext = { name, folder, path, input, io, request, options, who: { actor, now } };
  const applied = await applyEdit(context);
  const { workspace } = applied;
  switch (applied.kind) {
    case 'already':
      return nothingToDo(applied, context);
    case 'impossible':
      return (await goneOn(context, workspace)) ?? refused(applied.problems, applied.texts, context);
    case 'refused':
      return refused(applied.problems, applied.texts, context, applied.judged);
    case 'unapproved':
      return unapproved(applied.judged, context);
    case 'written': {
      const judged = withWarnings(applied.judged, applied.made, folder);
      const result = accepted(applied.made, judged, context, applied.committed);
      const isProposed = !isLocal(context);
      if (isJson(input) && !isProposed) printJson(io, result.answer);
      return isProposed ? propose(context, workspace, result) : EXIT.fine;
    }
  }
}

const isLocal = ({ input: { values } }: EditContext) =>
  values['dry-run'] === true || values['no-pr'] === true || values['commit'] === true;

const asked = (
  { name, folder, path, input, io, request, options, who }: EditContext,
  workspace: Workspace,
): ProposalRequest => ({
  ...{ ...who, path, folder, options, workspace, edit: request.edit },
  words: hiddenWords(distinction(name, input, request.id), input, io, workspace.platform),
  source: workingTree(path),
  // It loads what few proposals need.
  storeOf: async (platform) => (await import('../config/package-stores.ts')).packageStores(path, platform, io).store,
});

async function propose(context: EditContext, workspace: Workspace, told: EditResult): Promise<number> {
  const { name, request, folder, input, io } = context;
  const result = await proposal(asked(context, workspace), io, { isSure: true });
  return printProposal({
    result,
    name,
    folder,
    input,
    io,
    ...told,
    ...(request.id === undefined ? {} : { id: request.id }),
  });
}

/** Answers for an edit that the folder already holds. An earlier run may have made it, and stopped before the pull request was open. */
async function nothingToDo(applied: Extract<Applied, { kind: 'already' }>, context: EditContext): Promise<number> {
  const { input, io, request } = context;
  const { why, workspace, finished, kept, committed } = applied;
  // What was new in the run before has the id that it got then.
  const id = request.id === undefined ? undefined : identify(finished?.[0] ?? '')?.miniapp;
  const what = id === undefined ? subject(context) : { id, miniapp: id };
  const answer = { ok: true, ...what, ...NOTHING, problems: [], ...kept?.answer, ...(committed ? { committed } : {}) };
  const isOther = id !== undefined && id !== request.id;
  const connection = isOther || isLocal(context) ? undefined : await connectionOf(io, context.path);
  const isAlone = connection === undefined || 'missing' in connection;
  // The files are edited here alone, by a run before: as little a success as that run was.
  if (connection && 'missing' in connection && connection.missing === 'token' && !othersHave(context, workspace))
    return propose(context, workspace, { answer, files: [], tell: io.stdout });
  if (isAlone && isJson(input)) printJson(io, { ...answer, message: why });
  else if (!isJson(input)) {
    io.stdout(id === undefined ? `nothing to do: ${why}\n` : `${id}\n`);
    for (const note of kept?.notes ?? []) io.stdout(`  ${safe(note)}\n`);
    const tell = id === undefined ? io.stdout : io.stderr;
    for (const line of committedLines(committed, context)) tell(`${line}\n`);
  }
  return isAlone ? EXIT.fine : propose(context, workspace, { answer, files: [], tell: io.stdout });
}

/** What is new is there: made by a run before, that stopped before the pull request was open, or another of the same id. */
async function goneOn(context: EditContext, workspace: Workspace): Promise<number | undefined> {
  const { name, folder, input, io, request } = context;
  if (request.id === undefined || isLocal(context)) return undefined;
  const result = await proposal(asked(context, workspace), io, { isSure: false });
  const isSameRun = result.kind === 'proposed' || (result.kind === 'stopped' && result.error.done.branch !== undefined);
  if (!isSameRun) return undefined;
  const answer = { ok: true, id: request.id, ...subject(context), ...NOTHING, problems: [] };
  if (!isJson(input)) io.stdout(`${request.id}\n`);
  return printProposal({ result, name, id: request.id, answer, files: [], folder, input, io, tell: io.stderr });
}
