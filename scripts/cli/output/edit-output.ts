/** What an editing command says: of an edit that was made, and of one that was refused. */
import { basename, isAbsolute, relative } from 'node:path';
import { unifiedDiff } from '../../edit/diff.ts';
import type { EvaluatedEdits } from '../../evaluate/edits.ts';
import { isInRepository, prefixOf } from '../../git/process/location.ts';
import { locateAll, type LocatedProblem } from '../../read/positions.ts';
import { painter, safe } from '../../report/terminal.ts';
import { EXIT, isJson, printJson } from '../frame/command.ts';
import { approvalLine, effectLines, stepLine, decisionJson } from './decision-output.ts';
import type { AppliedEdit, CommittedEdit, EditContext } from '../frame/edit-context.ts';
import { printProblems } from '../config/load-config.ts';

/** What was said of the edit, and what is still to say. */
export interface EditResult {
  /** As JSON. */
  readonly answer: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
  readonly tell: (text: string) => void;
}

/** The fields of an answer that changed nothing. */
export const NOTHING = { transitions: [], files: [], approvals: { required: 0, given: [], missing: 0 } };

/** The miniapp of an edit, as a field of its answer. */
export const subject = ({ request: { miniapp } }: EditContext) => (miniapp === undefined ? {} : { miniapp });

/** Prints why an edit is refused, as text or JSON; nothing was written. Gives the exit code. */
export function refused(
  problems: readonly LocatedProblem[],
  texts: ReadonlyMap<string, string>,
  context: EditContext,
  judged?: EvaluatedEdits,
): number {
  const { input, io, folder } = context;
  const found = judged ? decisionJson(judged.decision, problems) : { problems };
  if (isJson(input)) printJson(io, { ok: false, ...subject(context), ...NOTHING, ...found });
  else printProblems({ problems, folder, texts }, input, io);
  return EXIT.no;
}

/** Prints that approvals are missing: what is committed counts at once, so nobody can agree to it afterwards. Gives the exit code. */
export function unapproved({ decision, problems, texts }: EvaluatedEdits, context: EditContext): number {
  const { input, io, folder } = context;
  const line = approvalLine(decision.approvals);
  const error = `nothing was edited and nothing committed: ${line}. --approved-by LOGIN says who agreed; --no-pr edits the files, to be shown first`;
  if (isJson(input)) {
    printJson(io, {
      ok: false,
      ...subject(context),
      files: [],
      ...decisionJson(decision, problems),
      code: 'approvals-missing',
      error,
    });
    return EXIT.no;
  }
  if (problems.length > 0) printProblems({ problems, folder, texts }, input, io);
  io.stderr(`miniapp ${context.name}: ${error}\n`);
  return EXIT.no;
}

/** What the decision found, and what making the edit found. `folder`: as places name it. */
export function withWarnings(
  judged: EvaluatedEdits,
  { warnings = [], texts = new Map() }: AppliedEdit,
  folder: string,
): EvaluatedEdits {
  if (warnings.length === 0) return judged;
  const problems = [...judged.problems, ...locateAll(warnings, texts, folder)];
  return { ...judged, problems, texts: new Map([...judged.texts, ...texts]) };
}

/** The commit that was made, as lines of text; none without one. */
export function committedLines(committed: CommittedEdit | undefined, { who }: EditContext): string[] {
  if (!committed) return [];
  const { commit, branch, next } = committed;
  const line = `  committed ${commit.slice(0, 10)} on ${safe(branch)}, as ${safe(who.actor)}'s`;
  return next === undefined ? [line] : [line, `  next: ${safe(next)}`];
}

/** What stands before the paths of a patch: as `git apply` takes them, from the top of the repository; without one, from here or from beside the folder. */
function diffFolder({ path, io }: EditContext): string {
  if (isInRepository(path)) return prefixOf(path);
  const fromHere = relative(io.cwd, path).replaceAll('\\', '/');
  return fromHere.startsWith('..') || isAbsolute(fromHere) ? basename(path) : fromHere;
}

/** Says what was edited; the JSON is printed once all of it is known. */
export function accepted(
  { edits, notes = [], answer: more }: AppliedEdit,
  judged: EvaluatedEdits,
  context: EditContext,
  committed?: CommittedEdit,
): EditResult {
  const { input, io, folder, request } = context;
  const { decision, problems, texts, workspace } = judged;
  const files = edits.map(({ path }) => `${folder.replace(/(?<!\/)\/+$/, '')}/${path}`);
  const dry =
    input.values['dry-run'] === true ? { dryRun: true, diff: unifiedDiff(edits, diffFolder(context)) } : undefined;
  const id = request.id === undefined ? {} : { id: request.id };
  const said = notes.length > 0 ? { notes } : {};
  const answer = {
    ok: true,
    ...id,
    ...subject(context),
    files,
    ...decisionJson(decision, problems),
    ...dry,
    ...said,
    ...more,
    ...(committed ? { committed } : {}),
  };
  if (isJson(input)) return { answer, files, tell: io.stdout };
  const paint = painter(io.isColoured);
  const { approvals } = decision;
  const lines = [
    ...decision.transitions.map((transition) => paint('bold', stepLine(transition))),
    ...notes.map((note) => `  ${safe(note)}`),
    ...(dry ? [] : edits.map(({ after }, i) => `  ${after === null ? 'removed' : 'wrote'} ${files[i]}`)),
    ...(approvals.required > 0 ? [`  approvals of the pull request: ${approvalLine(approvals)}`] : []),
    ...effectLines(decision, workspace).map((line) => `  ${line}`),
    ...committedLines(committed, context),
  ];
  // What other programs take is alone on standard output: a diff, or the id of what is new.
  const alone = dry?.diff ?? (request.id === undefined ? undefined : `${request.id}\n`);
  if (alone !== undefined) io.stdout(alone);
  const tell = alone === undefined ? io.stdout : io.stderr;
  tell(`${lines.join('\n')}\n`);
  if (problems.length > 0) printProblems({ problems, folder, texts }, input, { ...io, stdout: tell });
  return { answer, files, tell };
}
