/** One issue that says that something is wrong, whatever the number of nights: it is made once, and then commented on. */
import type { GitHubReader, GitHubWriter } from './client.ts';
import { ask, GitHubError, listAll } from './request.ts';
import type { Repository } from './types.ts';

const LABEL = 'miniapp: alarm';
const AUDIT = 'audit.yml';

export interface Alarm {
  readonly title: string;
  /** The address of the run that found it. */
  readonly run: string;
  /** Of how many nights in a row, with this one, it must be so before it is said; then it is said once. */
  readonly nights: number;
}

/** `off`: the repository has no issues; `early`: it was not so for long enough. Throws GitHubError. */
export async function alarm(
  client: GitHubWriter,
  repository: Repository,
  alarm: Alarm,
): Promise<'said' | 'early' | 'off'> {
  try {
    if (!(await wasSo(client, repository, alarm.nights - 1))) return 'early';
    await say(client, repository, alarm);
    return 'said';
  } catch (error) {
    if (error instanceof GitHubError && error.status === 410) return 'off';
    throw error;
  }
}

/** Whether the nights before ended badly, too. */
async function wasSo(client: GitHubReader, repository: Repository, nights: number): Promise<boolean> {
  if (nights === 0) return true;
  const { data } = await ask('read the runs of the nights before', () =>
    client.rest.actions.listWorkflowRuns({
      ...repository,
      workflow_id: AUDIT,
      event: 'schedule',
      status: 'completed',
      per_page: nights,
    }),
  );
  const ended = data.workflow_runs.map(({ conclusion }) => conclusion);
  return ended.length === nights && ended.every((conclusion) => conclusion !== 'success');
}

async function say(client: GitHubWriter, repository: Repository, { title, run, nights }: Alarm): Promise<void> {
  const body = `${run} says what. Close this when it is dealt with.`;
  const open = await listAll('list the issues', (page) =>
    client.rest.issues.listForRepo({ ...repository, state: 'open', labels: LABEL, ...page }),
  );
  const known = open.find((issue) => issue.pull_request === undefined && issue.title === title);
  if (known && nights > 1) return;
  if (known) {
    await ask(`comment on #${known.number}`, () =>
      client.rest.issues.createComment({ ...repository, issue_number: known.number, body }),
    );
    return;
  }
  await ask('open an issue', () => client.rest.issues.create({ ...repository, title, body, labels: [LABEL] }));
}
