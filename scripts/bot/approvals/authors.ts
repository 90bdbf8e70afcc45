/** The authors of what the bot is to approve, by the addresses of commits: a claim, which is enough to prevent an automatic approval. */
import { accountIndex, GITHUB_ADDRESS } from '../../core/history/commit-authors.ts';
import type { Identity } from '../../core/identity/login.ts';
import type { Person, Workspace } from '../../core/model.ts';
import { inRepository, pathOf } from '../../core/paths.ts';
import type { Range } from '../../git/commits/branch-commits.ts';
import { writtenIn } from '../../git/history/contributors.ts';
import type { Scratch } from '../../git/stores/scratch.ts';
import type { CommitAuthors } from './review-responses.ts';
import type { Account } from '../../github/types.ts';

export interface AuthoredChange {
  /** The configuration's folder on this machine, and its path from the top of the repository. */
  readonly path: string;
  readonly prefix: string;
  readonly tip: string;
  readonly head: string;
  /** The temporary store in which merges are made again, to see whether somebody changed them. */
  readonly temporary: Scratch;
  readonly base: Workspace;
  readonly bot: Account;
  readonly miniapp: string;
  readonly version: string;
}

/**
 * Who wrote the commits between `tip` and `head` (`pushers`), and which authors of the version's file are not internal people of today
 * (`outsiders`). A login where an address is that of a person, else the address or name as the commit has it. Throws EnvironmentError
 * when Git fails.
 */
export function writersOf({
  path,
  prefix,
  tip,
  head,
  temporary,
  base,
  bot,
  miniapp,
  version,
}: AuthoredChange): CommitAuthors {
  const start = inRepository(prefix);
  const file = start + pathOf.version(miniapp, version);
  const { inAddress, inText } = accountIndex(base.people);
  const byId = new Map<Identity, Person>([...base.people.values()].map((person) => [person.githubId, person]));
  /** Every author name of these commits, with the accounts that it stands for. */
  const namesIn = (range: Range) => {
    const { commits } = writtenIn(path, range, temporary);
    const addresses = new Set(commits.flatMap((commit) => commit.addresses));
    // GitHub is the committer of commits on its site; the author field names the person.
    addresses.delete(GITHUB_ADDRESS);
    const coAuthors = new Set(commits.flatMap((commit) => commit.coAuthors));
    return [
      ...[...addresses].map((name) => ({ name, ids: inAddress(name) })),
      ...[...coAuthors].map((name) => ({ name, ids: inText(name) })),
    ].filter(({ ids }) => ids.length === 0 || ids.some((id) => id !== bot.id));
  };
  const named = (names: readonly { name: string; ids: readonly Identity[] }[]) => {
    const logins = names.flatMap(({ name, ids }) => {
      const people = ids.flatMap((id) => byId.get(id)?.login ?? []);
      return people.length === 0 ? [name] : people;
    });
    return [...new Set(logins)];
  };
  const isOutsider = (id: Identity) => {
    const person = byId.get(id);
    return id !== bot.id && (person?.internal !== true || person.left !== undefined);
  };
  // A private address does not identify a person.
  const outsiders = namesIn({ head: tip, file }).flatMap(({ name, ids }) => {
    const those = ids.filter(isOutsider);
    return those.length === 0 ? [] : [{ name, ids: those }];
  });
  return { pushers: named(namesIn({ base: tip, head })), outsiders: named(outsiders) };
}
