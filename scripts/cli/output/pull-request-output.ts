/** What an editing command says of the pull request: that it is open and where, or how far it came and how to go on. */
import { shellWord, toolCommand } from '../../core/tool-command.ts';
import type { ProposalKnowledge, ProposalOutcome, ProposalError, ProposalRequest } from '../../propose/propose.ts';
import type { PushTarget } from '../../propose/base-repository.ts';
import type { MissingConnection } from '../../github/connection.ts';
import { titleOf } from '../../report/commit-message.ts';
import { safe } from '../../report/terminal.ts';
import { connectionOf } from '../input/actor.ts';
import { byHand } from './commit-by-hand.ts';
import { EXIT, isJson, printJson, type Input, type Io } from '../frame/command.ts';
import { printProblems } from '../config/load-config.ts';

/** What became of an edit that was to be proposed. */
export type ProposedEdit =
  | ProposalOutcome
  /** There is nobody to propose it to. */
  | { readonly kind: 'local'; readonly missing: MissingConnection; readonly actor: string }
  | { readonly kind: 'stopped'; readonly error: ProposalError };

/**
 * Opens the pull request of an edit. `local` where no connection to GitHub is set up, `stopped` with the error where it came only so
 * far. Throws what is neither.
 */
export async function proposal(wanted: ProposalRequest, io: Io, known: ProposalKnowledge): Promise<ProposedEdit> {
  const connection = await connectionOf(io, wanted.path);
  if ('missing' in connection) return { kind: 'local', missing: connection, actor: wanted.actor };
  const { propose, ProposalError } = await import('../../propose/propose.ts');
  try {
    return await propose(wanted, connection, known);
  } catch (error) {
    if (error instanceof ProposalError) return { kind: 'stopped', error };
    throw error;
  }
}

export interface ProposalOutput {
  readonly result: ProposedEdit;
  /** The name of the command, and for what is new its id. */
  readonly name: string;
  readonly id?: string;
  /** What is said of the edit itself, as JSON. */
  readonly answer: Readonly<Record<string, unknown>>;
  /** The files that were edited, as the user calls them. */
  readonly files: readonly string[];
  readonly folder: string;
  readonly input: Input;
  readonly io: Io;
  /** Where people read what programs do not. */
  readonly tell: (text: string) => void;
}

/** Says it, after what was said of the edit; gives the exit code. */
export function printProposal(output: ProposalOutput): number {
  const { result, answer, input, io, tell } = output;
  switch (result.kind) {
    case 'local':
      return result.missing.missing === 'token' ? withoutToken(result.missing.why, output) : local(result, output);
    case 'proposed': {
      const { pullRequest, notes, target } = result.proposed;
      const { number, url, branch, isNew } = pullRequest;
      if (isJson(input)) {
        const all = [...((answer['notes'] as string[] | undefined) ?? []), ...notes];
        printJson(io, { ...answer, pullRequest: { number, url, branch }, ...(all.length > 0 ? { notes: all } : {}) });
        return EXIT.fine;
      }
      const first = `pull request #${number} ${isNew ? 'opened' : 'is open'}, from the branch ${safe(branch)}:\n  ${safe(url)}\n`;
      tell(`${first}${notes.map((note) => `note: ${safe(note)}\n`).join('')}${afterwards(output, target)}`);
      return EXIT.fine;
    }
    case 'there': {
      const message = `${result.why}, on ${result.onBranch} too`;
      if (isJson(input)) printJson(io, { ...answer, message });
      else tell(`nothing to propose: ${safe(message)}\n`);
      return EXIT.fine;
    }
    case 'refused':
      return refused(output, result.refused);
    case 'stopped':
      return stopped(output, result.error);
    case 'other':
      throw new Error('whether the folder has the edit is for the command to know');
  }
}

/** Without a pull request it is the commit that tells who acted. */
function local({ missing, actor }: Extract<ProposedEdit, { kind: 'local' }>, output: ProposalOutput): number {
  const { answer, files, folder, input, io } = output;
  const stands = `no pull request was opened: ${missing.why}; the edit stands`;
  const subject = titleOf((answer['transitions'] ?? []) as Parameters<typeof titleOf>[0]);
  const next = byHand(files.length > 0 ? files : [folder], folder, subject || 'SUBJECT', actor);
  const isCommittable = missing.missing === 'remote';
  const how = isCommittable
    ? `: commit it so that the audit knows who acted (--commit does that at once)\n  next: ${next}`
    : '';
  if (isJson(input)) printJson(io, { ...answer, message: stands, ...(isCommittable ? { next } : {}) });
  io.stderr(`${safe(stands)}${how}\n`);
  return EXIT.fine;
}

/**
 * The repository is on GitHub and nobody could be asked there, so that nothing is changed for anybody: a stop did not stop. That is
 * no success, whatever the files say.
 */
function withoutToken(why: string, output: ProposalOutput): number {
  const { answer, name, input, io } = output;
  const sentence = `the files are edited here, and nothing is changed for anybody yet: no pull request was opened, because ${why}`;
  const next = `${goOn(output)}, with a token; or run the workflow "transition" on GitHub; --no-pr says that editing is all that is meant`;
  if (isJson(input)) printJson(io, { ...answer, ok: false, code: 'token-missing', error: sentence, next });
  io.stderr(`miniapp ${name}: ${safe(sentence)}\n  to go on: ${safe(next)}\n`);
  return EXIT.failed;
}

/** The files stay edited where the command ran; what to do with them once the branch has come back by a merge. */
function afterwards({ files, folder }: ProposalOutput, { base, defaultBranch }: PushTarget): string {
  if (files.length === 0) return '';
  const names = files.length > 4 ? [folder] : files;
  const command = `git stash push --include-untracked -- ${names.map(shellWord).join(' ')} && git pull ${base.name} ${shellWord(defaultBranch)}`;
  return `the files stay edited here too, uncommitted; once it is merged: ${safe(command)}\n`;
}

function refused(
  output: ProposalOutput,
  { onBranch, problems, texts }: Extract<ProposalOutcome, { kind: 'refused' }>['refused'],
): number {
  const { answer, folder, input, io, files } = output;
  const isEdited = files.length > 0;
  const message = `${isEdited ? 'the files are edited, but no' : 'no'} pull request was opened: on its own, ${onBranch} does not take this edit. Where it builds on a change that is not merged yet, the same command goes on once that is: ${goOn(output)}`;
  if (isJson(input)) {
    printJson(io, { ...answer, ok: false, problems, code: 'refused', error: message });
    return EXIT.no;
  }
  printProblems({ problems, folder, texts }, input, io);
  io.stderr(`${safe(message)}\n`);
  return EXIT.no;
}

function stopped(output: ProposalOutput, error: ProposalError): number {
  const { answer, name, input, io } = output;
  const { branch, commit, isPushed } = error.done;
  const next = goOn(output);
  const steps = [
    'the files are edited',
    ...(branch === undefined ? ['nothing is committed yet'] : [`committed on the branch ${branch}`]),
    ...(branch === undefined ? [] : [isPushed ? 'pushed' : 'not pushed yet']),
  ];
  const sentence = `${error.message}\n  done so far: ${steps.join(', ')}\n  to go on: ${next}`;
  if (isJson(input)) {
    const done = {
      edited: true,
      ...(branch === undefined ? {} : { branch }),
      ...(commit === undefined ? {} : { commit }),
      pushed: isPushed,
    };
    printJson(io, { ...answer, ok: false, code: error.code, error: error.message, done, next });
  }
  io.stderr(`miniapp ${name}: ${sentence.split('\n').map(safe).join('\n')}\n`);
  return EXIT.failed;
}

/** The same command again; what got a random id is called by it. */
function goOn({ name, id, input }: ProposalOutput): string {
  const values = id === undefined ? input.values : { ...input.values, id };
  const options = Object.entries(values).flatMap(([key, value]) =>
    [value]
      .flat()
      .flatMap((one) => (one === true ? [`--${key}`] : typeof one === 'string' ? [`--${key}`, shellWord(one)] : [])),
  );
  return toolCommand([name, ...input.positionals.map(shellWord), ...options].join(' '));
}
