/**
 * An edit as a pull request: made again on the tip of the default branch, so that it holds this edit and nothing else of the
 * working tree, committed to a branch of its own beside the user's, pushed, and opened. Each step looks first whether it was
 * done before, so that the same command goes on where a run stopped.
 */
import { inRepository } from '../core/paths.ts';
import { EnvironmentError } from '../core/errors.ts';
import type { Workspace } from '../core/model.ts';
import { redactorOf } from '../core/redaction/workspace.ts';
import type { Edited, FileEdit, EditState } from '../edit/edit.ts';
import { commitFiles, refOf, type NewCommit } from '../git/writing/branch.ts';
import { identityOf, type CommitIdentity } from '../git/commits/identity.ts';
import { commitSource } from '../git/objects/commit-source.ts';
import { scratch, type Scratch } from '../git/stores/scratch.ts';
import { prefixOf } from '../git/process/location.ts';
import { evaluateCommits, type EvaluatedCommits } from '../evaluate/commits.ts';
import { load, type Loaded, type LoadOptions } from '../read/load.ts';
import { locateAll, type LocatedProblem } from '../read/positions.ts';
import type { Source } from '../read/source.ts';
import { messageOf, titleOf } from '../report/commit-message.ts';
import { code, decisionMarkdown } from '../report/markdown.ts';
import { branchFor, claimBranch } from './proposal-branch.ts';
import type { Connection } from '../github/connection.ts';
import { editStateOf, holds } from '../evaluate/edit-input.ts';
import { openPull, type OpenedPullRequest } from './open-pull-request.ts';
import { publicEvaluation } from '../evaluate/public-evaluation.ts';
import { fullName } from '../github/remotes.ts';
import { pushPackages, type StoreOf } from './push-packages.ts';
import { fetchFrom, pushTo } from './push.ts';
import { targetOf, type PushTarget } from './base-repository.ts';

export interface ProposalRequest {
  /** The configuration's folder on this machine, and what its user calls it. */
  readonly path: string;
  readonly folder: string;
  readonly options: LoadOptions;
  readonly edit: (given: EditState, who: { actor: string; now: number }) => Edited;
  readonly actor: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The words that say what is wanted, besides miniapp and version: they tell one edit of settings from another. */
  readonly words: readonly string[];
  /** What the folder holds now, the edit too. */
  readonly workspace: Workspace;
  /** The configuration as it is in the folder. */
  readonly source: Source;
  readonly storeOf: StoreOf;
}

/** How far it came. The files in the folder are edited in any case. */
export interface ProposalProgress {
  branch?: string;
  commit?: string;
  isPushed: boolean;
}

interface Proposed {
  readonly pullRequest: OpenedPullRequest;
  readonly target: PushTarget;
  readonly notes: readonly string[];
}

/** The default branch does not take the edit as it takes the folder's. */
interface Unproposable {
  readonly onBranch: string;
  readonly problems: readonly LocatedProblem[];
  readonly texts: ReadonlyMap<string, string>;
}

export type ProposalOutcome =
  | { readonly kind: 'proposed'; readonly proposed: Proposed }
  /** The default branch has it already. */
  | { readonly kind: 'there'; readonly onBranch: string; readonly why: string }
  /** The folder does not hold what the command makes: it was refused there, and this is no half-done run of it. */
  | { readonly kind: 'other' }
  | { readonly kind: 'refused'; readonly refused: Unproposable };

/** The proposal stopped on the way: what happened, and how far it had come. */
export class ProposalError extends EnvironmentError {
  readonly done: ProposalProgress;
  constructor({ message, code }: EnvironmentError, done: ProposalProgress) {
    super(message, code);
    this.done = done;
  }
}

export interface ProposalKnowledge {
  /**
   * Whether the edit was made just now or the folder is known to have it; else the folder is compared with what the edit makes of the
   * default branch.
   */
  readonly isSure: boolean;
}

/**
 * Opens a pull request for an edit that the folder has: makes it again on the newest default branch, judges, commits, pushes and opens. Each
 * step is skipped if an earlier run did it. Gives the pull request, or why there is none. Throws ProposalError, which says
 * how far it came.
 */
export async function propose(
  wanted: ProposalRequest,
  connection: Connection,
  { isSure }: ProposalKnowledge,
): Promise<ProposalOutcome> {
  const done: ProposalProgress = { isPushed: false };
  const temporary = scratch(wanted.path);
  try {
    return await steps(wanted, connection, { isSure, done, temporary });
  } catch (error) {
    if (error instanceof EnvironmentError) throw new ProposalError(error, done);
    throw error;
  } finally {
    temporary.remove();
  }
}

async function steps(
  wanted: ProposalRequest,
  connection: Connection,
  { isSure, done, temporary }: ProposalKnowledge & { readonly done: ProposalProgress; readonly temporary: Scratch },
): Promise<ProposalOutcome> {
  const start = await startOf(wanted, connection);
  const { onBranch, loaded } = start;
  const made = wanted.edit(editStateOf(loaded, start.source), wanted);
  if ('already' in made) return { kind: 'there', onBranch, why: made.already };
  const isOther = !isSure && ('problems' in made || !holds(wanted.source, made.edits));
  if (isOther) return { kind: 'other' };
  if ('problems' in made) {
    const texts = new Map([...loaded.texts, ...(made.texts ?? [])]);
    return { kind: 'refused', refused: { onBranch, problems: locateAll(made.problems, texts, wanted.folder), texts } };
  }
  const { edits } = made;
  const account = await connection.account();
  const author = identityOf(wanted.path) ?? noreply(account) ?? noreply(personOf(wanted.actor, loaded.workspace));
  if (!author) throw new EnvironmentError(NO_IDENTITY);
  const commit = newCommit(start, edits, author);
  const judged = evaluateDraft(wanted, start, commit, temporary);
  if (judged.problems.some(({ severity }) => severity === 'error')) {
    return { kind: 'refused', refused: { onBranch, problems: judged.problems, texts: judged.texts } };
  }
  const pullRequest = await publish({ wanted, connection, start, edits, commit, judged, temporary, done });
  const notes = notesOf(account?.id, wanted.actor, loaded.workspace);
  return { kind: 'proposed', proposed: { pullRequest, target: start.target, notes } };
}

/** Where it begins: the newest default branch. */
interface Start {
  readonly target: PushTarget;
  /** The default branch as Git calls it here: `origin/main`. */
  readonly onBranch: string;
  readonly tip: string;
  /** The configuration's path from the top of the repository. */
  readonly prefix: string;
  readonly source: Source;
  readonly loaded: Loaded;
}

async function startOf({ path, options, workspace }: ProposalRequest, connection: Connection): Promise<Start> {
  const target = await targetOf(path, connection, workspace.platform);
  const { base, defaultBranch } = target;
  const onBranch = `${base.name}/${defaultBranch}`;
  await fetchFrom(path, base, connection, [`+refs/heads/${defaultBranch}:refs/remotes/${onBranch}`]);
  const tip = refOf(path, `refs/remotes/${onBranch}`);
  if (tip === undefined)
    throw new EnvironmentError(`${fullName(base)} has no branch ${defaultBranch} yet: push it first`);
  const prefix = prefixOf(path);
  const source = commitSource(path, tip, prefix);
  return { target, onBranch, tip, prefix, source, loaded: load(source, options) };
}

type CommitWithout = Omit<NewCommit, 'message'>;

function newCommit({ tip, prefix }: Start, edits: readonly FileEdit[], author: CommitIdentity): CommitWithout {
  const top = inRepository(prefix);
  const files = edits.map(({ path, after }) => ({ path: top + path, content: after }));
  return { parent: tip, files, author };
}

/** Judged as the pull request will be; as a commit that is gone afterwards, because its name follows from what it is. */
function evaluateDraft(
  wanted: ProposalRequest,
  start: Start,
  commit: CommitWithout,
  temporary: Scratch,
): EvaluatedCommits {
  const { path, folder, actor, now, options } = wanted;
  const { prefix, tip, onBranch, target, loaded } = start;
  const head = commitFiles(path, { ...commit, message: 'draft', env: temporary.env, isDraft: true });
  return evaluateCommits({
    path,
    folder,
    prefix,
    base: tip,
    baseName: onBranch,
    baseOrigin: { remote: target.base.name, branch: target.defaultBranch },
    head,
    temporary,
    actor,
    reviews: [],
    now,
    known: { options, loaded },
  });
}

interface PublishInput {
  readonly wanted: ProposalRequest;
  readonly connection: Connection;
  readonly start: Start;
  readonly edits: readonly FileEdit[];
  readonly commit: CommitWithout;
  readonly judged: EvaluatedCommits;
  readonly temporary: Scratch;
  readonly done: ProposalProgress;
}

/** Commits, pushes and opens, each only where it is not done yet; `done` records the progress. Throws EnvironmentError. */
async function publish(input: PublishInput): Promise<OpenedPullRequest> {
  const { wanted, connection, start, edits, commit, judged, temporary, done } = input;
  const { path, options } = wanted;
  const { target, tip, prefix } = start;
  const { push } = target;
  const { transitions } = judged.decision;
  const stem = branchFor(transitions, wanted.words);
  await fetchFrom(path, push, connection, [`+refs/heads/${stem}*:refs/remotes/${push.name}/${stem}*`]);
  const claimed = claimBranch({
    path,
    prefix,
    stem,
    remote: push.name,
    tip,
    edits,
    options,
    temporary,
    isDone: (given) => 'already' in wanted.edit(given, wanted),
    commit: () => commitFiles(path, { ...commit, message: messageOf(transitions, wanted.actor) }),
  });
  done.branch = claimed.branch;
  done.commit = claimed.commit;
  // The bytes come first, because the judging looks for them.
  const { actor, now, storeOf } = wanted;
  await pushPackages({ path, target, connection, judged, actor, now, storeOf });
  await pushTo(path, push, connection, claimed);
  done.isPushed = true;
  const text = { branch: claimed.branch, title: titleOf(transitions), body: bodyOf(judged, start.loaded.workspace) };
  return openPull(connection, target, text);
}

const NO_IDENTITY =
  'Git does not know who you are, so nothing was committed: git config user.name "NAME"; git config user.email ADDRESS';

/** GitHub's private address of an account, which names it by its number. */
const noreply = (account: { id: number; login: string } | undefined): CommitIdentity | undefined =>
  account && { name: account.login, email: `${account.id}+${account.login}@users.noreply.github.com` };

function personOf(login: string, { people }: Workspace) {
  const person = people.get(login);
  return person && { id: person.githubId, login };
}

/** Why GitHub may judge it otherwise than it was judged here. */
function notesOf(accountId: number | undefined, actor: string, { people }: Workspace): string[] {
  const isActor = accountId === undefined || people.get(actor)?.githubId === accountId;
  if (isActor) return [];
  const who = [...people.values()].find(({ githubId }) => githubId === accountId)?.login ?? 'somebody not in people/';
  return [`the token is that of ${who}, so GitHub judges it as ${who}'s and not as ${actor}'s`];
}

const FOOT = `Judged on its author's machine before it was pushed; ${code('miniapp/check')} judges it again, and says here what is next.`;

function bodyOf(judged: EvaluatedCommits, all: Workspace): string {
  const { decision, problems, workspace } = publicEvaluation(judged, redactorOf(all));
  return `${decisionMarkdown({ decision, problems, workspace })}\n${FOOT}\n`;
}
