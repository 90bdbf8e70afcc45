/**
 * Resolves the actor of a pull request. A person's pull request acts for that person. The bot's acts for nobody, unless a person started
 * the workflow run that made it. GitHub's API says who started the run. The run's name, which is made of its inputs, must ask for exactly
 * this change: otherwise somebody who can push to a branch of the bot's could act for the person who started the run.
 */
import type { Workspace } from '../../core/model.ts';
import type { FirstParent } from '../../git/commits/fetch.ts';
import { nameOf } from '../../github/accounts.ts';
import type { Account, PullRequestSummary } from '../../github/types.ts';
import { cleanUpBranch, reviewBranch, transitionBranch } from '../branch-names.ts';
import { WORKFLOW, type WorkflowRun } from '../manual-transition/workflow-run.ts';
import { isByBot } from '../types.ts';

export interface ResolvedActor {
  readonly actor: string;
  /** Why it acts for nobody, not even for the bot, as text. Then it is refused, and no approval can allow it. */
  readonly actsForNobody?: string;
  /** What the person asked the run to do. */
  readonly asked?: string;
}

/** What says for whom a pull request acts. */
export interface ActorContext {
  readonly base: Workspace;
  readonly bot: Account;
  /** The default branch, and its first parents, newest first. A tag or another branch can have its name, so the run must have been on one of them. */
  readonly branch: string;
  readonly past: readonly Pick<FirstParent, 'commit'>[];
  /** The run that the pull request's branch names, where it names one. */
  readonly run?: WorkflowRun | undefined;
}

/** Resolves the actor; never fails: what cannot be attributed acts for nobody. */
export function resolveActor(pull: PullRequestSummary, context: ActorContext): ResolvedActor {
  const { base, bot, branch, past, run } = context;
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
