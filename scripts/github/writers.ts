/** Who wrote what the bot is to approve: what the addresses of commits claim, which is enough to let it not be automatic. */
import { currentLogin, identityIn } from '../core/identity.ts';
import type { Workspace } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { addressesIn } from '../git/contributors.ts';
import type { GitOptions } from '../git/run.ts';
import type { Writers } from './answers.ts';
import type { Account } from './model.ts';

export interface Written {
  /** The configuration's folder on this machine, and its path from the top of the repository. */
  readonly path: string;
  readonly prefix: string;
  readonly tip: string;
  readonly head: string;
  readonly env?: GitOptions['env'];
  readonly base: Workspace;
  readonly bot: Account;
  readonly miniapp: string;
  readonly version: string;
}

export function writersOf({ path, prefix, tip, head, env = {}, base, bot, miniapp, version }: Written): Writers {
  const start = prefix === '' ? '' : `${prefix}/`;
  const file = start + pathOf.version(miniapp, version);
  const personIn = (address: string) =>
    [...base.people.values()].find(({ githubId }) => githubId === identityIn(address));
  const nameOf = (address: string) => personIn(address)?.login ?? address;
  const isBot = (address: string) => identityIn(address) === bot.id;
  const pushers = addressesIn(path, { base: tip, head }, env).filter((address) => !isBot(address));
  const outsiders = addressesIn(path, { head: tip, file }, env).filter((address) => {
    const id = identityIn(address);
    // An address of their own tells nothing of who somebody is.
    if (id === undefined || id === bot.id) return false;
    const person = personIn(address);
    return person?.internal !== true || person.left !== undefined;
  });
  const names = (addresses: readonly string[]) => [
    ...new Set(addresses.map(nameOf).map((login) => currentLogin(base.people, login))),
  ];
  return { pushers: names(pushers), outsiders: names(outsiders) };
}
