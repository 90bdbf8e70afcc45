/** Who may review a version, and which of them is requested, by the base's policy and people alone. */
import { holdersOf } from '../../core/policy/roles.ts';
import { ineligibleApprovers } from '../../core/policy/authorship.ts';
import { identityOf } from '../../core/identity/login.ts';
import type { Miniapp, Version, Workspace } from '../../core/model.ts';
import { rightOf } from '../../core/policy/policy.ts';
import { isByBot } from '../types.ts';
import type { Account, PullRequestSummary } from '../../github/types.ts';

/** The sorted logins that may approve or reject a version: never its submitter or uploader, never the bot. */
export function reviewersOf(base: Workspace, step: 'approve' | 'reject', miniapp: Miniapp, version: Version): string[] {
  const authors = ineligibleApprovers(base.people, { versions: [version] });
  const { by } = rightOf(base.policy, step);
  const isAnother = (login: string) =>
    login !== base.platform.bot?.login && !authors.has(identityOf(base.people, login));
  return holdersOf(base, by, miniapp, []).filter(isAnother).sort();
}

/** How many open review requests of the bot's each person of people/ has. */
export function loadOf({ people }: Workspace, pulls: readonly PullRequestSummary[], bot: Account): Map<string, number> {
  const byId = new Map([...people.values()].map(({ githubId, login }) => [githubId, login]));
  const load = new Map<string, number>();
  for (const pull of pulls) {
    if (pull.state !== 'open' || !isByBot(pull, bot)) continue;
    for (const { id } of pull.asked) {
      const login = byId.get(id);
      if (login !== undefined) load.set(login, (load.get(login) ?? 0) + 1);
    }
  }
  return load;
}

/** The reviewer with the fewest open requests; of several the first by login. */
export const leastLoaded = (logins: readonly string[], load: ReadonlyMap<string, number>): string | undefined =>
  logins.toSorted((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0) || (a < b ? -1 : 1))[0];
