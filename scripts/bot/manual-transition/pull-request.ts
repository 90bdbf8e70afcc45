/** Turns a run of the form's workflow into a pull request. */
import { EnvironmentError, UsageError } from '../../core/errors.ts';
import { seemsToNameAccount } from '../../core/redaction/plain.ts';
import { treeIfHere } from '../../git/commits/fetch.ts';
import { gitText } from '../../git/process/run.ts';
import { executeAction, type ExecutionContext } from '../action-executors.ts';
import { WORKFLOW } from './workflow-run.ts';
import { ask } from '../../github/request.ts';
import { personOf, unlistedAccountName } from '../../github/accounts.ts';
import { oneLine, shortened } from '../../github/one-line.ts';
import { transitionBranch } from '../branch-names.ts';
import { openPulls } from '../../github/pull-requests.ts';
import { readerOf } from '../../github/reader.ts';
import type { ReconcileOptions } from '../reconcile-context.ts';
import { observedState } from '../observed-state.ts';
import { takeSnapshot } from '../snapshot.ts';
import {
  editsOf,
  runNameOf,
  settingOf,
  withoutArguments,
  wordsOf,
  type CommandLine,
  type TransitionForm,
} from './command-line.ts';

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
  { run, form }: DispatchRequest,
  commandLine: CommandLine,
): Promise<{ number: number } | 'refused' | 'nothing'> {
  const { client, writer, repository, path, log, sleep } = options;
  const words = wordsOf(form);
  const prefix = gitText(path, ['rev-parse', '--show-prefix']).replace(/\/$/, '');
  const reader = readerOf(client, repository, log);
  const seen = observedState(await reader.overview([]));
  const { branch } = seen;
  const { snapshot } = await takeSnapshot(options, { reader, seen, prefix });
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
      `GitHub calls run ${run} "${shortened(oneLine(withoutArguments(started.display_title)), 200)}", which is not all that the form says: use the command line`,
    );
  const by = started.triggering_actor ?? started.actor;
  const account = by ? { id: by.id, login: by.login } : null;
  // Only people of people/ may ask; the command line would take any other name for an unknown login.
  const actor = personOf(account, snapshot.given.workspace);
  if (actor === undefined)
    throw new EnvironmentError(
      `${unlistedAccountName(account)} is not in people/, so nothing can be done on their behalf`,
    );
  if (snapshot.given.workspace.platform.accounts === 'digest' && seemsToNameAccount(form.arguments))
    throw new UsageError(ACCOUNT_IN_RUN_NAME);
  const tip = { path, commit: snapshot.tip, prefix };
  const files = await editsOf(tip, words, form.miniapp, (line, folder) => commandLine(line, folder, actor));
  if (files === undefined) return 'refused';
  if (files.length === 0) return 'nothing';
  const title = shortened(oneLine(withoutArguments(started.display_title)), 200);
  const head = transitionBranch.name(run);
  if (writer === undefined) {
    log(`would open a pull request from ${head}: ${title}`);
    return 'nothing';
  }
  const execution: ExecutionContext = {
    client: writer,
    repository,
    branch,
    treeOf: (commit) => treeIfHere(path, commit),
    log,
    sleep,
  };
  const body = `On behalf of ${actor}, who started ${started.html_url}.`;
  const done = await executeAction(execution, {
    kind: 'open-pull',
    branch: head,
    from: snapshot.tip,
    files,
    message: title,
    title,
    body,
    reviewers: [],
  });
  if (done.pull) return { number: done.pull.number };
  // A run that is started again finds what it made before.
  const known = (await openPulls(client, repository)).find((pull) => pull.head.isOwn && pull.head.ref === head);
  if (known) return { number: known.number };
  throw new EnvironmentError(`the pull request could not be opened: ${done.moved ?? 'nobody says why'}`);
}
