/** Turns a run of the form's workflow into a pull request. */
import { EnvironmentError, UsageError } from '../../core/errors.ts';
import { seemsToNameAccount } from '../../core/redaction/plain.ts';
import { treeIfHere } from '../../git/commits/fetch.ts';
import { prefixOf } from '../../git/process/location.ts';
import { executeAction, type ExecutionContext } from '../actions/action-executors.ts';
import { WORKFLOW } from '../manual-transition/workflow-run.ts';
import { ask } from '../../github/request.ts';
import { personOf, unlistedAccountName } from '../../github/accounts.ts';
import { oneLine, shortened } from '../../github/one-line.ts';
import { transitionBranch } from '../branch-names.ts';
import { openPulls } from '../../github/pull-requests.ts';
import { readerOf } from '../../github/reader.ts';
import type { GitHubReader } from '../../github/client.ts';
import type { Workspace } from '../../core/model.ts';
import type { Action } from '../types.ts';
import type { ReconcileOptions } from '../state/reconcile-context.ts';
import { observedState } from '../state/observed-state.ts';
import { takeSnapshot } from '../state/snapshot.ts';
import {
  editsOf,
  runNameOf,
  settingOf,
  withoutArguments,
  wordsOf,
  type CommandLine,
  type TransitionForm,
} from '../manual-transition/command-line.ts';

export interface DispatchRequest {
  /** The run's number. */
  readonly run: number;
  readonly form: TransitionForm;
}

const ACCOUNT_IN_RUN_NAME =
  'accounts are kept as digests here, and the arguments seem to name one: this run’s name tells it to all who may read here. Delete the run (its page: … › Delete workflow run), and give the digest that npx miniapp accounts hash prints';

/** The outcome: the number of the pull request, a refusal of the command, or nothing to do. */
export async function proposeTransition(
  options: ReconcileOptions,
  request: DispatchRequest,
  commandLine: CommandLine,
): Promise<{ number: number } | 'refused' | 'nothing'> {
  const { client, repository, path, log } = options;
  const { run, form } = request;
  const words = wordsOf(form);
  const prefix = prefixOf(path);
  const reader = readerOf(client, repository, log);
  const seen = observedState(await reader.overview([]));
  const { branch } = seen;
  const { snapshot } = await takeSnapshot(options, { reader, seen, prefix });
  const started = await startedRun(options, request, branch);
  const actor = actorOf(started, form, snapshot.given.workspace);
  const tip = { path, commit: snapshot.tip, prefix };
  const files = await editsOf(tip, words, form.miniapp, (line, folder) => commandLine(line, folder, actor));
  if (files === undefined) return 'refused';
  if (files.length === 0) return 'nothing';
  const title = titleOf(started);
  return openTransition(options, branch, {
    ...{ kind: 'open-pull', branch: transitionBranch.name(run), from: snapshot.tip, files, message: title, title },
    ...{ body: `On behalf of ${actor}, who started ${started.html_url}.`, reviewers: [] },
  });
}

type StartedRun = Awaited<ReturnType<GitHubReader['rest']['actions']['getWorkflowRun']>>['data'];

/** The run as GitHub knows it. Throws where it is none of the form's workflow, or its name is not all that the form says. */
async function startedRun(
  { client, repository }: ReconcileOptions,
  { run, form }: DispatchRequest,
  branch: string,
): Promise<StartedRun> {
  const { data: started } = await ask(`read the run ${run}`, () =>
    client.rest.actions.getWorkflowRun({ ...repository, run_id: run }),
  );
  if (started.path.replace(/@.*$/s, '') !== WORKFLOW || started.head_branch !== branch)
    throw new EnvironmentError(`run ${run} is none of ${WORKFLOW} on ${branch}`);
  // The evaluation later reads the rows of a setting from that name alone.
  const named = settingOf(runNameOf(form));
  if (named && named.version !== form.version)
    throw new UsageError(`${form.transition} takes no version; leave that field empty`);
  if (named && started.display_title.trim() !== runNameOf(form))
    throw new EnvironmentError(
      `GitHub calls run ${run} "${titleOf(started)}", which is not all that the form says: use the command line`,
    );
  return started;
}

const titleOf = ({ display_title }: StartedRun): string => shortened(oneLine(withoutArguments(display_title)), 200);

/** Who started it. Only people of people/ may ask; the command line would take any other name for an unknown login. */
function actorOf({ triggering_actor, actor: first }: StartedRun, form: TransitionForm, workspace: Workspace): string {
  const by = triggering_actor ?? first;
  const account = by ? { id: by.id, login: by.login } : null;
  const actor = personOf(account, workspace);
  if (actor === undefined)
    throw new EnvironmentError(
      `${unlistedAccountName(account)} is not in people/, so nothing can be done on their behalf`,
    );
  if (workspace.platform.accounts === 'digest' && seemsToNameAccount(form.arguments))
    throw new UsageError(ACCOUNT_IN_RUN_NAME);
  return actor;
}

/** Opens the pull request, or finds the one that the same run opened before; a dry run says that it would. */
async function openTransition(
  { client, writer, repository, path, log, sleep }: ReconcileOptions,
  branch: string,
  action: Extract<Action, { kind: 'open-pull' }>,
): Promise<{ number: number } | 'nothing'> {
  if (writer === undefined) {
    log(`would open a pull request from ${action.branch}: ${action.title}`);
    return 'nothing';
  }
  const treeOf = (commit: string) => treeIfHere(path, commit);
  const execution: ExecutionContext = { client: writer, repository, branch, treeOf, log, sleep };
  const done = await executeAction(execution, action);
  if (done.pull) return { number: done.pull.number };
  // A run that is started again finds what it made before.
  const known = (await openPulls(client, repository)).find(
    (pull) => pull.head.isOwn && pull.head.ref === action.branch,
  );
  if (known) return { number: known.number };
  throw new EnvironmentError(`the pull request could not be opened: ${done.moved ?? 'nobody says why'}`);
}
