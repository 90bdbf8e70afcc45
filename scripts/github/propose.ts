/**
 * An edit as a pull request: made again on the tip of the default branch, so that it holds this edit and nothing else of the
 * working tree, committed to a branch of its own beside the user's, pushed, and opened. Each step looks first whether it was
 * done before, so that the same command goes on where a run stopped.
 */
import { OutsideError } from '../core/failure.ts';
import type { Workspace } from '../core/model.ts';
import type { Transition } from '../core/transitions/index.ts';
import type { Edited, Given } from '../edit/edit.ts';
import { commitFiles, identityOf, refOf, type Identity } from '../git/branch.ts';
import { commitSource } from '../git/commit-source.ts';
import { scratch, type Scratch } from '../git/merge.ts';
import { gitText } from '../git/run.ts';
import { judgeCommits, type Judged } from '../judge/commits.ts';
import { load, type LoadOptions } from '../read/load.ts';
import { locateAll, type LocatedProblem } from '../read/locate.ts';
import type { Source } from '../read/source.ts';
import { code, verdictMarkdown } from '../report/markdown.ts';
import { branchFor, claimBranch } from './branches.ts';
import type { Connection } from './connection.ts';
import { givenOf, holds } from './content.ts';
import { openPull, type Opened } from './opening.ts';
import { fullName } from './remote.ts';
import { fetchFrom, pushTo } from './sending.ts';
import { targetOf, type Target } from './target.ts';

export interface Wanted {
  /** The configuration's folder on this machine, and what its user calls it. */
  readonly path: string;
  readonly folder: string;
  readonly options: LoadOptions;
  readonly edit: (given: Given, who: { actor: string; now: number }) => Edited;
  readonly actor: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The words that say what is wanted, besides miniapp and version: they tell one edit of settings from another. */
  readonly words: readonly string[];
  /** What the folder holds now, the edit too. */
  readonly workspace: Workspace;
  /** The configuration as it is in the folder. */
  readonly source: Source;
}

/** How far it came. The files in the folder are edited in any case. */
export interface Done {
  branch?: string;
  commit?: string;
  isPushed: boolean;
}

export interface Proposed {
  readonly pullRequest: Opened;
  readonly target: Target;
  readonly notes: readonly string[];
}

/** The default branch does not take the edit as it takes the folder's. */
export interface Unproposable {
  readonly onBranch: string;
  readonly problems: readonly LocatedProblem[];
  readonly texts: ReadonlyMap<string, string>;
}

export type Outcome =
  | { readonly kind: 'proposed'; readonly proposed: Proposed }
  /** The default branch has it already. */
  | { readonly kind: 'there'; readonly onBranch: string; readonly why: string }
  /** The folder does not hold what the command makes: it was refused there, and this is no half-done run of it. */
  | { readonly kind: 'other' }
  | { readonly kind: 'refused'; readonly refused: Unproposable };

/** It stopped on the way: what happened, and how far it had come. */
export class ProposalError extends OutsideError {
  readonly done: Done;
  constructor(message: string, done: Done) {
    super(message);
    this.done = done;
  }
}

/**
 * Proposes an edit that the folder has. `isSure`: whether it was made just now, or the folder is known to have it; else it is
 * looked at whether the folder holds what the edit makes of the default branch. Throws ProposalError.
 */
export async function propose(wanted: Wanted, connection: Connection, isSure: boolean): Promise<Outcome> {
  const done: Done = { isPushed: false };
  const temporary = scratch(wanted.path);
  try {
    return await steps(wanted, connection, isSure, done, temporary);
  } catch (error) {
    if (error instanceof OutsideError) throw new ProposalError(error.message, done);
    throw error;
  } finally {
    temporary.remove();
  }
}

async function steps(
  wanted: Wanted,
  connection: Connection,
  isSure: boolean,
  done: Done,
  temporary: Scratch,
): Promise<Outcome> {
  const { path, folder, options, actor, now, source } = wanted;
  const target = await targetOf(path, connection, wanted.workspace.platform.portal?.repository);
  const { base, push, defaultBranch } = target;
  const baseRef = `refs/remotes/${base.name}/${defaultBranch}`;
  await fetchFrom(path, base, connection, [`+refs/heads/${defaultBranch}:${baseRef}`]);
  const onBranch = `${base.name}/${defaultBranch}`;
  const tip = refOf(path, baseRef);
  if (tip === undefined) throw new OutsideError(`${fullName(base)} has no branch ${defaultBranch} yet: push it first`);
  const prefix = gitText(path, ['rev-parse', '--show-prefix']).replace(/\/$/, '');
  const before = commitSource(path, tip, prefix);
  const loaded = load(before, options);
  const made = wanted.edit(givenOf(loaded, before), { actor, now });
  if ('already' in made) return { kind: 'there', onBranch, why: made.already };
  if ('problems' in made) {
    if (!isSure) return { kind: 'other' };
    const texts = new Map([...loaded.texts, ...(made.texts ?? [])]);
    return { kind: 'refused', refused: { onBranch, problems: locateAll(made.problems, texts, folder), texts } };
  }
  const { edits } = made;
  if (!isSure && !holds(source, edits)) return { kind: 'other' };
  const account = await connection.account();
  const author = identityOf(path) ?? noreply(account) ?? noreply(personOf(actor, loaded.workspace));
  if (!author) throw new OutsideError(NO_IDENTITY);
  const start = prefix === '' ? '' : `${prefix}/`;
  const files = edits.map((edit) => ({ path: start + edit.path, content: edit.after }));
  // What it is called follows from what it is: judged first, as a commit that is gone afterwards.
  const draft = { parent: tip, files, message: 'draft', author, env: temporary.env, isDraft: true };
  const head = commitFiles(path, draft);
  const judged = judgeCommits({
    ...{ path, folder, prefix, base: tip, baseName: onBranch, head, temporary, actor, reviews: [], now },
  });
  if (judged.problems.some(({ severity }) => severity === 'error')) {
    return { kind: 'refused', refused: { onBranch, problems: judged.problems, texts: judged.texts } };
  }
  const { transitions } = judged.verdict;
  const stem = branchFor(transitions, wanted.words);
  await fetchFrom(path, push, connection, [`+refs/heads/${stem}*:refs/remotes/${push.name}/${stem}*`]);
  const isDone = (given: Given): boolean => 'already' in wanted.edit(given, { actor, now });
  const message = messageOf(transitions, actor);
  const claimed = claimBranch({
    ...{ path, prefix, stem, remote: push.name, tip, edits, options, temporary, isDone },
    commit: () => commitFiles(path, { parent: tip, files, message, author }),
  });
  done.branch = claimed.branch;
  done.commit = claimed.commit;
  await pushTo(path, push, connection, claimed.commit, claimed.branch);
  done.isPushed = true;
  const pullRequest = await openPull(connection, target, {
    branch: claimed.branch,
    title: titleOf(transitions),
    body: bodyOf(judged, onBranch, claimed.branch, actor),
  });
  return { kind: 'proposed', proposed: { pullRequest, target, notes: notesOf(account?.id, actor, loaded.workspace) } };
}

const NO_IDENTITY =
  'Git does not know who you are, so nothing was committed: git config user.name "NAME"; git config user.email ADDRESS';

/** GitHub's private address of an account, which names it by its number. */
const noreply = (account: { id: number; login: string } | undefined): Identity | undefined =>
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

const stepText = ({ kind, miniapp, version }: Transition): string =>
  [kind, miniapp, version].filter((word) => word !== undefined).join(' ');

/** Titles are cut where they would be too long to read. */
function titleOf(transitions: readonly Transition[]): string {
  const text = transitions.map(stepText).join(', ');
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** The subject, and for each transition the trailers that `history` and `audit` know. */
function messageOf(transitions: readonly Transition[], actor: string): string {
  const trailers = transitions.flatMap(({ kind, miniapp, version }) => [
    `Transition: ${kind}`,
    ...(miniapp === undefined ? [] : [`Miniapp: ${miniapp}`]),
    ...(version === undefined ? [] : [`Version: ${version}`]),
  ]);
  return `${titleOf(transitions)}\n\n${[...trailers, `Actor: ${actor}`].join('\n')}\n`;
}

function bodyOf({ verdict, problems, workspace }: Judged, onBranch: string, branch: string, actor: string): string {
  const command = `npx miniapp plan --base ${onBranch} --head ${branch} --actor ${actor}`;
  const foot = `Judged before it was pushed; ${code('miniapp/check')} judges it again. On your machine: ${code(command)}`;
  return `${verdictMarkdown({ verdict, problems, workspace })}\n${foot}\n`;
}
