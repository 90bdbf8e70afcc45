/** What all commands that edit have in common: read, edit in memory, judge, and only then write. */
import type { Miniapp, Workspace } from '../core/model.ts';
import { identify, pathOf } from '../core/paths.ts';
import { problem } from '../core/problems/problem.ts';
import { unifiedDiff } from '../edit/diff.ts';
import type { Edited, EditState } from '../edit/edit.ts';
import { workingTree } from '../git/working-tree.ts';
import type { ProposalRequest } from '../propose/propose.ts';
import type { EvaluatedEdits } from '../judge/edits.ts';
import { locateAll, type LocatedProblem } from '../read/positions.ts';
import { painter, safe } from '../report/terminal.ts';
import { actorOf, connectionOf } from './actor.ts';
import { applyEdit, type AppliedEdit, type Applied } from './apply-edit.ts';
import {
  ACTING,
  EXIT,
  isJson,
  nowOf,
  printJson,
  UsageError,
  type Command,
  type Input,
  type Io,
  type Options,
} from './command.ts';
import { hiddenWords } from './account-form.ts';
import { othersHave } from './known-branch.ts';
import { printList, type ListOutput } from './list-output.ts';
import { distinction, proposal, printProposal } from './pull-request-output.ts';
import type { EditRequest, EditContext, ActorIdentity } from './edit-context.ts';
import { approvalLine, effectLines, stepLine, verdictJson } from './decision-output.ts';
import type { CommittedEdit } from './commit-edit.ts';
import { configFolder, printProblems, soundConfig } from './load-config.ts';

/** What the words of a command line ask for: an edit, or a list of what is there. */
export type CommandRequest = EditRequest | ListRequest;

interface ListRequest {
  readonly miniapp: string;
  readonly list: (miniapp: Miniapp, workspace: Workspace) => ListOutput;
}

interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly usage: readonly string[];
  /** Which word after the verb names a miniapp. */
  readonly miniappWord?: Command['miniappWord'];
  readonly takesNames?: boolean;
  readonly options?: Options;
  readonly request: (input: Input, io: Io) => CommandRequest;
}

/** `ACTING` of `command.ts`, as a usage line writes it. */
export const ACTS = '[--actor LOGIN] [--dry-run] [--no-pr] [--commit [--approved-by LOGIN …]] [--now TIME]';

/** With what every edit takes, at the end of each form that edits. */
const withActs = (usage: readonly string[]): string[] =>
  usage.map((line, i) => (IS_LIST.test(line) || usage[i + 1]?.startsWith(' ') ? line : `${line} ${ACTS}`));

const IS_LIST = /^[a-z]+ (?:list|show) /;

/** A command from the little that is its own. */
export const editingCommand = ({
  name,
  summary,
  usage,
  miniappWord,
  takesNames,
  options = {},
  request,
}: Definition): Command => ({
  name,
  summary,
  usage: withActs(usage),
  ...(miniappWord === undefined ? {} : { miniappWord }),
  ...(takesNames === undefined ? {} : { takesNames }),
  options: { ...options, ...ACTING },
  async run(input, io) {
    const wished = request(input, io);
    if ('list' in wished) return list(wished, input, io);
    return edit(name, wished, input, io);
  },
});

/** An edit of a miniapp that is there. */
export const onMiniapp = (
  id: string,
  make: (given: EditState, miniapp: Miniapp, who: ActorIdentity) => Edited,
): EditRequest => ({
  miniapp: id,
  edit(given, who) {
    const miniapp = given.workspace.miniapps.get(id);
    if (miniapp) return make(given, miniapp, who);
    const near = 'npx miniapp list shows all of them';
    const file = pathOf.file(id, 'miniapp');
    return { problems: [problem('reference-unknown', { file }, { kind: 'miniapp', name: id, near })] };
  },
});

/** The first word, which says what is done, and the input without it. */
export function split<T extends string>(input: Input, allowed: readonly T[]): { verb: T; rest: Input } {
  const [verb, ...positionals] = input.positionals;
  const known = allowed.find((word) => word === verb);
  if (!known)
    throw new UsageError(
      `${verb === undefined ? 'a word is missing' : `"${verb}"`}: it is one of ${allowed.join(', ')}`,
    );
  return { verb: known, rest: { ...input, positionals } };
}

async function list({ miniapp: id, list: make }: ListRequest, input: Input, io: Io): Promise<number> {
  const checked = await soundConfig(input, io, { miniapps: [id] });
  if (!checked) return EXIT.no;
  const miniapp = checked.workspace.miniapps.get(id);
  if (!miniapp) throw new UsageError(`there is no miniapp "${id}". npx miniapp list shows all of them`);
  printList(make(miniapp, checked.workspace), input, io);
  return EXIT.fine;
}

async function edit(name: string, request: EditRequest, input: Input, io: Io): Promise<number> {
  const now = nowOf(input, io);
  const { folder, path } = configFolder(input, io);
  const actor = await actorOf(input, io, path);
  const options = request.miniapp === undefined ? {} : { miniapps: [request.miniapp] };
  const situation: EditContext = { name, folder, path, input, io, request, options, who: { actor, now } };
  const applied = await applyEdit(situation);
  const { workspace } = applied;
  switch (applied.kind) {
    case 'already':
      return nothingToDo(applied, situation);
    case 'impossible':
      return (await goneOn(situation, workspace)) ?? refused(applied.problems, applied.texts, situation);
    case 'refused':
      return refused(applied.problems, applied.texts, situation, applied.judged);
    case 'unapproved':
      return unapproved(applied.judged, situation);
    case 'written': {
      const judged = withWarnings(applied.judged, applied.made, folder);
      const told = accepted(applied.made, judged, situation, applied.committed);
      const isProposed = !isLocal(situation);
      if (isJson(input) && !isProposed) printJson(io, told.answer);
      return isProposed ? propose(situation, workspace, told) : EXIT.fine;
    }
  }
}

const isLocal = ({ input: { values } }: EditContext) =>
  values['dry-run'] === true || values['no-pr'] === true || values['commit'] === true;

/** What was said of the edit, and what is still to say. */
interface EditResult {
  /** As JSON. */
  readonly answer: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
  readonly tell: (text: string) => void;
}

const asked = (
  { name, folder, path, input, io, request, options, who }: EditContext,
  workspace: Workspace,
): ProposalRequest => ({
  ...{ ...who, path, folder, options, workspace, edit: request.edit },
  words: hiddenWords(distinction(name, input, request.id), input, io, workspace.platform),
  source: workingTree(path),
  // It loads what few proposals need.
  storeOf: async (platform) => (await import('./package-stores.ts')).packageStores(path, platform, io).store,
});

async function propose(situation: EditContext, workspace: Workspace, told: EditResult): Promise<number> {
  const { name, request, folder, input, io } = situation;
  const result = await proposal(asked(situation, workspace), io, true);
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

const NOTHING = { transitions: [], files: [], approvals: { required: 0, given: [], missing: 0 } };
const subject = ({ request: { miniapp } }: EditContext) => (miniapp === undefined ? {} : { miniapp });

/** The folder has it already; a run before may have edited it, and stopped before the pull request was open. */
async function nothingToDo(applied: Extract<Applied, { kind: 'already' }>, situation: EditContext): Promise<number> {
  const { input, io, request } = situation;
  const { why, workspace, finished, kept, committed } = applied;
  // What was new in the run before has the id that it got then.
  const id = request.id === undefined ? undefined : identify(finished?.[0] ?? '')?.miniapp;
  const what = id === undefined ? subject(situation) : { id, miniapp: id };
  const answer = { ok: true, ...what, ...NOTHING, problems: [], ...kept?.answer, ...(committed ? { committed } : {}) };
  const isOther = id !== undefined && id !== request.id;
  const connection = isOther || isLocal(situation) ? undefined : await connectionOf(io, situation.path);
  const isAlone = connection === undefined || 'missing' in connection;
  // The files are edited here alone, by a run before: as little a success as that run was.
  if (connection && 'missing' in connection && connection.missing === 'token' && !othersHave(situation, workspace))
    return propose(situation, workspace, { answer, files: [], tell: io.stdout });
  if (isAlone && isJson(input)) printJson(io, { ...answer, message: why });
  else if (!isJson(input)) {
    io.stdout(id === undefined ? `nothing to do: ${why}\n` : `${id}\n`);
    for (const note of kept?.notes ?? []) io.stdout(`  ${safe(note)}\n`);
    const tell = id === undefined ? io.stdout : io.stderr;
    for (const line of committedLines(committed, situation)) tell(`${line}\n`);
  }
  return isAlone ? EXIT.fine : propose(situation, workspace, { answer, files: [], tell: io.stdout });
}

/** What is new is there: made by a run before, that stopped before the pull request was open, or another of the same id. */
async function goneOn(situation: EditContext, workspace: Workspace): Promise<number | undefined> {
  const { name, folder, input, io, request } = situation;
  if (request.id === undefined || isLocal(situation)) return undefined;
  const result = await proposal(asked(situation, workspace), io, false);
  const isSameRun = result.kind === 'proposed' || (result.kind === 'stopped' && result.error.done.branch !== undefined);
  if (!isSameRun) return undefined;
  const answer = { ok: true, id: request.id, ...subject(situation), ...NOTHING, problems: [] };
  if (!isJson(input)) io.stdout(`${request.id}\n`);
  return printProposal({ result, name, id: request.id, answer, files: [], folder, input, io, tell: io.stderr });
}

function refused(
  problems: readonly LocatedProblem[],
  texts: ReadonlyMap<string, string>,
  situation: EditContext,
  judged?: EvaluatedEdits,
): number {
  const { input, io, folder } = situation;
  const found = judged ? verdictJson(judged.verdict, problems) : { problems };
  if (isJson(input)) printJson(io, { ok: false, ...subject(situation), ...NOTHING, ...found });
  else printProblems({ problems, folder, texts }, input, io);
  return EXIT.no;
}

/** What is committed counts at once, so nobody can agree to it afterwards. */
function unapproved({ verdict, problems, texts }: EvaluatedEdits, situation: EditContext): number {
  const { input, io, folder } = situation;
  const line = approvalLine(verdict.approvals);
  const error = `nothing was edited and nothing committed: ${line}. --approved-by LOGIN says who agreed; --no-pr edits the files, to be shown first`;
  if (isJson(input)) {
    printJson(io, { ok: false, ...subject(situation), files: [], ...verdictJson(verdict, problems), error });
    return EXIT.no;
  }
  if (problems.length > 0) printProblems({ problems, folder, texts }, input, io);
  io.stderr(`miniapp ${situation.name}: ${error}\n`);
  return EXIT.no;
}

/** What is told of an edit: what the decision found, and what making it found. */
function withWarnings(
  judged: EvaluatedEdits,
  { warnings = [], texts = new Map() }: AppliedEdit,
  folder: string,
): EvaluatedEdits {
  if (warnings.length === 0) return judged;
  const problems = [...judged.problems, ...locateAll(warnings, texts, folder)];
  return { ...judged, problems, texts: new Map([...judged.texts, ...texts]) };
}

function committedLines(committed: CommittedEdit | undefined, { who }: EditContext): string[] {
  if (!committed) return [];
  const { commit, branch, next } = committed;
  const line = `  committed ${commit.slice(0, 10)} on ${safe(branch)}, as ${safe(who.actor)}'s`;
  return next === undefined ? [line] : [line, `  next: ${safe(next)}`];
}

/** Says what was edited; the JSON is printed once all of it is known. */
function accepted(
  { edits, notes = [], answer: more }: AppliedEdit,
  judged: EvaluatedEdits,
  situation: EditContext,
  committed?: CommittedEdit,
): EditResult {
  const { input, io, folder, request } = situation;
  const { verdict, problems, texts, workspace } = judged;
  const files = edits.map(({ path }) => `${folder.replace(/(?<!\/)\/+$/, '')}/${path}`);
  const dry = input.values['dry-run'] === true ? { dryRun: true, diff: unifiedDiff(edits, folder) } : undefined;
  const id = request.id === undefined ? {} : { id: request.id };
  const said = notes.length > 0 ? { notes } : {};
  const answer = {
    ok: true,
    ...id,
    ...subject(situation),
    files,
    ...verdictJson(verdict, problems),
    ...dry,
    ...said,
    ...more,
    ...(committed ? { committed } : {}),
  };
  if (isJson(input)) return { answer, files, tell: io.stdout };
  const paint = painter(io.isColoured);
  const { approvals } = verdict;
  const lines = [
    ...verdict.transitions.map((transition) => paint('bold', stepLine(transition))),
    ...notes.map((note) => `  ${safe(note)}`),
    ...(dry ? [] : edits.map(({ after }, i) => `  ${after === null ? 'removed' : 'wrote'} ${files[i]}`)),
    ...(approvals.required > 0 ? [`  approvals of the pull request: ${approvalLine(approvals)}`] : []),
    ...effectLines(verdict, workspace).map((line) => `  ${line}`),
    ...committedLines(committed, situation),
  ];
  // What other programs take is alone on standard output: a diff, or the id of what is new.
  const alone = dry?.diff ?? (request.id === undefined ? undefined : `${request.id}\n`);
  if (alone !== undefined) io.stdout(alone);
  const tell = alone === undefined ? io.stdout : io.stderr;
  tell(`${lines.join('\n')}\n`);
  if (problems.length > 0) printProblems({ problems, folder, texts }, input, { ...io, stdout: tell });
  return { answer, files, tell };
}
