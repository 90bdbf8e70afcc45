/** One issue that says that something is wrong, whatever the number of nights: it is made once, and then commented on. */
import { ask, listAll, type Client } from './client.ts';
import type { Repository } from './model.ts';

const LABEL = 'miniapp: alarm';

/** `run`: the address of the run that found it. */
export async function alarm(
  client: Client,
  repository: Repository,
  said: { title: string; run: string },
): Promise<void> {
  const body = `${said.run} says what. Close this when it is dealt with.`;
  const open = await listAll('list the issues', (page) =>
    client.rest.issues.listForRepo({ ...repository, state: 'open', labels: LABEL, ...page }),
  );
  const known = open.find(({ title, pull_request: pull }) => pull === undefined && title === said.title);
  if (known) {
    await ask(`comment on #${known.number}`, () =>
      client.rest.issues.createComment({ ...repository, issue_number: known.number, body }),
    );
    return;
  }
  await ask('open an issue', () =>
    client.rest.issues.create({ ...repository, title: said.title, body, labels: [LABEL] }),
  );
}
