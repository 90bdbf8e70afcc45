/**
 * Executes one action. Each action carries the state that it was decided on. If that state has changed, the caller reads again; nothing
 * is forced. An action that is done already counts as done.
 */
import { defined } from '../../core/defined.ts';
import type { GitHubWriter } from '../../github/client.ts';
import { ask, GitHubError, hasMoved } from '../../github/request.ts';
import { commitFiles } from '../../github/commits.ts';
import type { Action } from '../types.ts';
import type { Account, IssueComment, PullRequestSummary, Repository } from '../../github/types.ts';
import { accountOf, branchTip, summaryOfPull } from '../../github/pull-requests.ts';
import { startedStatus } from '../commit-status.ts';

export interface ExecutionContext {
  readonly client: GitHubWriter;
  readonly repository: Repository;
  readonly branch: string;
  /** The tree of a commit, where it is known without asking GitHub. */
  readonly treeOf?: (commit: string) => string | undefined;
  readonly log: (sentence: string) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface ActionResult {
  /** The reason to read everything again; undefined when the action was done. */
  readonly moved?: string;
  /** GitHub's answer, where it is that reason. */
  readonly answer?: GitHubError;
  /** The pull request that was opened. */
  readonly pull?: PullRequestSummary;
  /** The logins that GitHub refused as reviewers, and the logins that are requested now. */
  readonly unasked?: readonly string[];
  readonly asked?: readonly Account[];
  /** The commit that a merge made, or that a branch is at now. */
  readonly merged?: string;
  readonly head?: string;
  /** The comment that was written, and whose a status is. */
  readonly comment?: IssueComment;
  readonly by?: Account | null;
}

/** Executes it. Throws GitHubError when GitHub refuses or fails. */
export async function executeAction(execution: ExecutionContext, action: Action): Promise<ActionResult> {
  try {
    return await EXECUTORS[action.kind](execution, action as never);
  } catch (error) {
    // Reading again does not help when the workflow does not exist.
    if (hasMoved(error) && action.kind !== 'dispatch') return { moved: error.message, answer: error };
    throw error;
  }
}

type Executors = {
  [Kind in Action['kind']]: (
    execution: ExecutionContext,
    action: Extract<Action, { kind: Kind }>,
  ) => Promise<ActionResult>;
};

const DONE: ActionResult = {};

const EXECUTORS: Executors = {
  async 'open-pull'(execution, action) {
    const { client, repository, branch: base } = execution;
    const { branch: head, title, body, reviewers } = action;
    await beginBranch(execution, action);
    const { data } = await ask(`open a pull request from ${head}`, () =>
      client.rest.pulls.create({ ...repository, base, head, title, body, maintainer_can_modify: true }),
    );
    const { unasked, asked } = await askReview(execution, data.number, reviewers);
    return {
      pull: { ...summaryOfPull(data), asked },
      ...defined({ unasked: unasked.length === 0 ? undefined : unasked }),
    };
  },
  async push(execution, { branch, parent, files, message }) {
    const { client, repository } = execution;
    const sha = await commitFiles(execution, { parent, files, message });
    await ask(`push to ${branch}`, () =>
      client.rest.git.updateRef({ ...repository, ref: `heads/${branch}`, sha, force: false }),
    );
    return { head: sha };
  },
  async restart(execution, { branch, head, from, files, message }) {
    const { client, repository } = execution;
    const sha = await commitFiles(execution, { parent: from, files, message });
    const now = await branchTip(client, repository, branch);
    if (now !== head) return { moved: `${branch} was pushed to` };
    await ask(`begin ${branch} again`, () =>
      client.rest.git.updateRef({ ...repository, ref: `heads/${branch}`, sha, force: true }),
    );
    return { head: sha };
  },
  async 'edit-pull'({ client, repository }, { number, title, body }) {
    const words = defined({ title, body });
    await ask(`edit pull request #${number}`, () =>
      client.rest.pulls.update({ ...repository, pull_number: number, ...words }),
    );
    return DONE;
  },
  async close({ client, repository, log }, { number, why }) {
    await ask(`close #${number}`, () =>
      client.rest.pulls.update({ ...repository, pull_number: number, state: 'closed' }),
    );
    // The comment comes after the closing: if the closing failed, the next run would write the comment again.
    await tolerateFailure(log, () =>
      ask(`comment on #${number}`, () =>
        client.rest.issues.createComment({ ...repository, issue_number: number, body: why }),
      ),
    );
    return DONE;
  },
  async 'delete-branch'({ client, repository }, { branch, head }) {
    const now = await branchTip(client, repository, branch);
    if (now !== head) return { moved: `${branch} was pushed to` };
    await ask(`delete ${branch}`, () => client.rest.git.deleteRef({ ...repository, ref: `heads/${branch}` }));
    return DONE;
  },
  async 'ask-review'(execution, { number, logins }) {
    const { unasked, asked } = await askReview(execution, number, logins);
    return unasked.length === 0 ? { asked } : { unasked };
  },
  async 'unask-review'({ client, repository }, { number, logins }) {
    const { data } = await ask(`take back a request for review of #${number}`, () =>
      client.rest.pulls.removeRequestedReviewers({ ...repository, pull_number: number, reviewers: [...logins] }),
    );
    return { asked: summaryOfPull(data).asked };
  },
  async 'dismiss-review'({ client, repository }, { number, id, message }) {
    await ask(`dismiss a review of #${number}`, () =>
      client.rest.pulls.dismissReview({ ...repository, pull_number: number, review_id: id, message }),
    );
    return DONE;
  },
  async 'set-status'({ client, repository }, { sha, status }) {
    const { data } = await ask('set a status', () =>
      client.rest.repos.createCommitStatus({ ...repository, sha, ...status }),
    );
    return { by: accountOf(data.creator) };
  },
  async comment({ client, repository }, { number, body }) {
    const { data } = await ask(`comment on #${number}`, () =>
      client.rest.issues.createComment({ ...repository, issue_number: number, body }),
    );
    return { comment: { id: data.id, account: accountOf(data.user), body } };
  },
  async 'edit-comment'({ client, repository }, { id, body }) {
    await ask('edit its comment', () => client.rest.issues.updateComment({ ...repository, comment_id: id, body }));
    return DONE;
  },
  async 'delete-comment'({ client, repository }, { id }) {
    await ask('delete its comment', () => client.rest.issues.deleteComment({ ...repository, comment_id: id }));
    return DONE;
  },
  async 'add-label'({ client, repository }, { number, label }) {
    await ask(`label #${number}`, () =>
      client.rest.issues.addLabels({ ...repository, issue_number: number, labels: [label] }),
    );
    return DONE;
  },
  async 'remove-label'({ client, repository }, { number, label }) {
    await ask(`take a label off #${number}`, () =>
      client.rest.issues.removeLabel({ ...repository, issue_number: number, name: label }),
    );
    return DONE;
  },
  async 'update-branch'(execution, { number, head }) {
    const { client, repository } = execution;
    await ask(`bring #${number} up to date`, () =>
      client.rest.pulls.updateBranch({ ...repository, pull_number: number, expected_head_sha: head }),
    );
    const now = await movedHead(execution, number, head);
    return now === undefined ? { moved: `#${number} is still being brought up to date` } : { head: now };
  },
  async merge({ client, repository }, { number, head, title, message }) {
    const { data } = await ask(`merge #${number}`, () =>
      client.rest.pulls.merge({
        ...repository,
        pull_number: number,
        sha: head,
        merge_method: 'merge',
        commit_title: title,
        commit_message: message,
      }),
    );
    return { merged: data.sha };
  },
  async dispatch({ client, repository, branch }, { workflow, sha }) {
    await ask(`start ${workflow}`, () =>
      client.rest.actions.createWorkflowDispatch({ ...repository, workflow_id: workflow, ref: branch }),
    );
    await ask('set a status', () =>
      client.rest.repos.createCommitStatus({ ...repository, sha, ...startedStatus(workflow) }),
    );
    return DONE;
  },
};

/** Executes an optional request. A refusal of GitHub's is logged and otherwise ignored. */
export async function tolerateFailure(log: ExecutionContext['log'], attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof GitHubError) || error.isWholesale) throw error;
    log(error.message);
  }
}

/** The branch as a run before left it is taken where it holds something, and moved on where main holds all of it. */
async function beginBranch(execution: ExecutionContext, action: Extract<Action, { kind: 'open-pull' }>): Promise<void> {
  const { client, repository } = execution;
  const { branch, from, files, message } = action;
  const sha = await commitFiles(execution, { parent: from, files, message });
  const is = (error: unknown, status: number) => error instanceof GitHubError && error.status === status;
  try {
    await ask(`make the branch ${branch}`, () =>
      client.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha }),
    );
  } catch (error) {
    if (!is(error, 422)) throw error;
    try {
      await ask(`move the branch ${branch}`, () =>
        client.rest.git.updateRef({ ...repository, ref: `heads/${branch}`, sha, force: false }),
      );
    } catch (refusal) {
      if (!is(refusal, 422)) throw refusal;
    }
  }
}

interface ReviewRequest {
  /** Who cannot be asked. */
  readonly unasked: readonly string[];
  /** Who is asked now. */
  readonly asked: readonly Account[];
}

/**
 * Returns the logins that GitHub refuses as reviewers, such as those of people who are no collaborators. GitHub refuses the whole list
 * when it refuses one login, so several logins are requested one by one.
 */
async function askReview(
  execution: ExecutionContext,
  number: number,
  logins: readonly string[],
): Promise<ReviewRequest> {
  if (logins.length === 0) return { unasked: [], asked: [] };
  const { client, repository, log } = execution;
  try {
    const { data } = await ask(`ask ${logins.join(', ')} for a review of #${number}`, () =>
      client.rest.pulls.requestReviewers({ ...repository, pull_number: number, reviewers: [...logins] }),
    );
    return { unasked: [], asked: summaryOfPull(data).asked };
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 422) throw error;
    log(error.message);
    if (logins.length === 1) return { unasked: logins, asked: [] };
    const each: ReviewRequest[] = [];
    for (const login of logins) each.push(await askReview(execution, number, [login]));
    return { unasked: each.flatMap(({ unasked }) => unasked), asked: each.flatMap(({ asked }) => asked) };
  }
}

/** GitHub does it afterwards, as a rule within a second. */
const MAX_READS = 10;

async function movedHead(
  { client, repository, sleep }: ExecutionContext,
  number: number,
  head: string,
): Promise<string | undefined> {
  for (let look = 0; look < MAX_READS; look++) {
    const { data } = await ask(`read pull request #${number}`, () =>
      client.rest.pulls.get({ ...repository, pull_number: number }),
    );
    if (data.head.sha !== head) return data.head.sha;
    await sleep(1000);
  }
  return undefined;
}
