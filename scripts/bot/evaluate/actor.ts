/**
 * Resolves the actor of a pull request. A person's pull request acts for that person. The bot's acts for nobody, unless a person started
 * the workflow run that made it. GitHub's API says who started the run. The run's name, which is made of its inputs, must ask for exactly
 * this change: otherwise somebody who can push to a branch of the bot's could act for the person who started the run.
 */
import type { TransitionKind } from '../../core/transitions/lifecycle.ts';
import type { Workspace } from '../../core/model.ts';
import type { Transition } from '../../core/transitions/index.ts';
import type { MergeParts } from '../../git/branch-commits.ts';
import type { FirstParent } from '../../git/fetch.ts';
import type { GitHubReader } from '../../github/client.ts';
import { ask, askOptional, listAll } from '../../github/request.ts';
import { nameOf } from '../../github/accounts.ts';
import { closedPulls, GITHUB } from '../../github/pull-requests.ts';
import { cleanUpBranch, reviewBranch, transitionBranch } from '../branch-names.ts';
import { isByBot } from '../types.ts';
import type { Account, PullRequestSummary, Repository } from '../../github/types.ts';

export interface ResolvedActor {
  readonly actor: string;
  /** Why it acts for nobody, not even for the bot, as text. Then it is refused, and no approval can allow it. */
  readonly actsForNobody?: string;
  /** What the person asked the run to do. */
  readonly asked?: string;
}

/** A workflow run as the API returns it. */
export interface WorkflowRun {
  readonly id: number;
  readonly path: string;
  readonly event: string;
  readonly branch: string | null;
  /** Whether it ran in this repository. */
  readonly isOwn: boolean;
  /** The commit that it ran on. */
  readonly commit: string;
  readonly title: string;
  /** Who started it; for a run that was started again, who started the attempt that made the pull request. */
  readonly by: Account | null;
  /** The period in which it can have made a pull request, in milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** Whether the pull request is the first that the bot opened from its branch. */
  readonly isFirst: boolean;
  /** Whether GitHub's signatures prove that the bot made every commit of the branch. */
  readonly isUntouched: boolean;
  /** Whether only the author field names the bot, as on a server that does not sign its commits. */
  readonly isUnsigned?: true;
}

/** Commits of a pull request that GitHub lists at most; further commits have unknown authors. */
const MAX_LISTED_COMMITS = 250;

/** Milliseconds that a run may continue after GitHub's last update of it, and by which clocks differ. */
const RUN_MARGIN_MS = 60 * 60_000;

export const WORKFLOW = '.github/workflows/transition.yml';

/**
 * Reads the run that a pull request's branch names, and whether others wrote to that branch; undefined when there is no such run.
 * `isAutomatic`: whether a merge is exactly what Git makes of its parents. Throws GitHubError.
 */
export async function readRun(
  client: GitHubReader,
  repository: Repository,
  id: number,
  pull: Pick<PullRequestSummary, 'number' | 'createdAt' | 'head'>,
  bot: Account,
  isAutomatic: (merge: MergeParts) => boolean,
): Promise<WorkflowRun | undefined> {
  const answer = await askOptional(`read the run ${id}`, () =>
    client.rest.actions.getWorkflowRun({ ...repository, run_id: id }),
  );
  if (!answer) return undefined;
  const commits = await listAll(`read the commits of #${pull.number}`, (page) =>
    client.rest.pulls.listCommits({ ...repository, pull_number: pull.number, ...page }),
  );
  // GitHub signs what an app or a workflow commits by its API. An author's address alone could be anybody's, and a signature
  // vouches for the committer only: people can sign what they commit in the name of another.
  // "Update branch" is a merge in the name of who pressed it: one that GitHub signed, and that Git makes of the same parents,
  // holds nothing of theirs.
  const isWhole = commits.length < MAX_LISTED_COMMITS;
  const isEachUntouched = commits.every(({ author, committer, parents, commit }) => {
    const isByGitHub = committer?.login === GITHUB.login || commit.committer?.email === GITHUB.address;
    const isBots = author?.id === bot.id && (isByGitHub || committer?.id === bot.id);
    const merge = { tree: commit.tree.sha, parents: parents.map(({ sha }) => sha) };
    return commit.verification?.verified === true && (isBots || (isByGitHub && isAutomatic(merge)));
  });
  const isUnsigned =
    commits.length > 0 &&
    commits.every(({ author, commit }) => author?.id === bot.id && commit.verification?.reason === 'unsigned');
  const { data } = answer;
  // A run makes one pull request. A second one from its branch would repeat what the person asked for once.
  const before = (await closedPulls(client, repository, pull.head.ref)).filter((one) => isByBot(one, bot));
  const own = `${repository.owner}/${repository.repo}`.toLowerCase();
  const by = await starterOf(client, repository, data, pull.createdAt);
  return {
    id: data.id,
    path: data.path,
    event: data.event,
    branch: data.head_branch,
    commit: data.head_sha,
    from: Date.parse(data.created_at),
    until: Date.parse(data.updated_at) + RUN_MARGIN_MS,
    isFirst: before.every(({ number }) => number >= pull.number),
    isOwn: data.head_repository.full_name.toLowerCase() === own,
    title: data.display_title,
    by: by ? { id: by.id, login: by.login } : null,
    isUntouched: isWhole && isEachUntouched,
    ...(isUnsigned ? { isUnsigned } : {}),
  };
}

type RunData = Awaited<ReturnType<GitHubReader['rest']['actions']['getWorkflowRun']>>['data'];

/** The attempt that made the pull request: somebody who starts the run again later did not ask for what it made before. */
async function starterOf(client: GitHubReader, repository: Repository, newest: RunData, madeAt: number) {
  let attempt = newest;
  for (let number = (newest.run_attempt ?? 1) - 1; number > 0 && startOf(attempt) > madeAt; number--) {
    const { data } = await ask(`read attempt ${number} of run ${newest.id}`, () =>
      client.rest.actions.getWorkflowRunAttempt({ ...repository, run_id: newest.id, attempt_number: number }),
    );
    attempt = data;
  }
  return attempt.triggering_actor ?? attempt.actor;
}

const startOf = ({ run_started_at: at, created_at: made }: RunData): number => Date.parse(at ?? made);

/**
 * Resolves the actor. `run`: the run that its branch names, where it names one; `past`: the first parents of the default branch, newest first.
 * The run must have been on one of these commits, because a tag or another branch can have the default branch's name.
 */
export function resolveActor(
  pull: PullRequestSummary,
  base: Workspace,
  bot: Account,
  branch: string,
  past: readonly Pick<FirstParent, 'commit'>[],
  run?: WorkflowRun,
): ResolvedActor {
  if (!isByBot(pull, bot)) return { actor: pull.author?.id === bot.id ? '<bot>' : nameOf(pull.author, base) };
  const { ref } = pull.head;
  const nobody = (actsForNobody: string): ResolvedActor => ({ actor: bot.login, actsForNobody });
  const id = transitionBranch.parse(ref);
  // Any workflow with the workflow token can open one in the bot's name: only approvals and clean-ups are the bot's own.
  const isOwn = reviewBranch.parse(ref) !== undefined || cleanUpBranch.parse(ref) !== undefined;
  if (id === undefined) return isOwn ? { actor: bot.login } : nobody(`the bot makes no branch ${ref}`);
  if (!run || run.id !== id) return nobody(`there is no run ${id} that could have made it`);
  // A file's path may be followed by the ref that it ran from.
  const isWorkflow = run.path.replace(/@.*$/s, '') === WORKFLOW && run.event === 'workflow_dispatch' && run.isOwn;
  if (!isWorkflow) return nobody(`run ${id} is none of the workflow that makes transitions`);
  if (run.branch !== branch) return nobody(`run ${id} ran from another branch than ${branch}`);
  if (!past.some(({ commit }) => commit === run.commit))
    return nobody(`run ${id} ran on a commit that is not ${branch}'s`);
  const isOfItsTime = pull.createdAt >= run.from && pull.createdAt <= run.until;
  if (!isOfItsTime) return nobody(`it was not opened while run ${id} ran`);
  if (!run.isFirst) return nobody(`run ${id} made another pull request before; start a new run`);
  if (!run.isUntouched && run.isUnsigned) return nobody(UNSIGNED);
  if (!run.isUntouched) return nobody("its branch holds commits that GitHub does not know to be the bot's");
  return { actor: nameOf(run.by, base), asked: run.title };
}

/** GitHub Enterprise Server signs nothing until that is switched on. */
const UNSIGNED =
  'GitHub did not sign its commits, so nothing proves that the bot made them. On GitHub Enterprise Server an administrator of the server switches on web commit signing (documentation: Configuring web commit signing); then start a new run';

/** The transitions of the workflow's choices, where they have another name. */
const KINDS: Readonly<Record<string, TransitionKind>> = {
  archive: 'edit-basics',
  unarchive: 'edit-basics',
  whitelist: 'edit-whitelist',
  trafficking: 'edit-trafficking',
  member: 'edit-members',
  domain: 'edit-domains',
  cloud: 'edit-domains',
  language: 'edit-languages',
  scenario: 'edit-scenarios',
};

/** Steps of one version: the run's name must name it too. */
const OF_A_VERSION: ReadonlySet<string> = new Set<TransitionKind>([
  ...([
    'submit',
    'withdraw',
    'approve',
    'reject',
    'revoke',
    'publish',
    'rollback',
    'delete',
    'set-experience',
    'start-rollout',
  ] as const),
]);

/**
 * Whether the transitions found are exactly the one that the run's name says: "publish ty0000000000000001 1.2.0", with
 * --update-scenarios beside the promises that follow it.
 */
export function isTransitionRequested(
  title: string,
  transitions: readonly Pick<Transition, 'kind' | 'miniapp' | 'version'>[],
): boolean {
  const [word = '', miniapp, ...rest] = title.split(' ').filter((part) => part !== '');
  const [version, option] = rest;
  const isRollout = word === 'start-rollout' || word === 'widen-rollout';
  const isUpdate = isRollout ? rest.includes('--update-scenarios') : option === '--update-scenarios';
  const mayFollow = (one: Pick<Transition, 'kind'>) => isUpdate && one.kind === 'edit-scenarios';
  const [found, ...others] = transitions.length > 1 ? transitions.filter((one) => !mayFollow(one)) : transitions;
  if (!found || others.length > 0 || transitions.some((one) => one.miniapp !== miniapp)) return false;
  const isKind = found.kind === (KINDS[word] ?? word);
  const isOtherVersion = word === 'widen-rollout' && /^\d/.test(version ?? '') && found.version !== version;
  return isKind && !isOtherVersion && (!OF_A_VERSION.has(found.kind) || found.version === version);
}
