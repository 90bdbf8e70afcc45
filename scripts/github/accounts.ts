/** Who an account is in people/: by its number. A login can be renamed, taken by a stranger, or written in other letter case. */
import type { Workspace } from '../core/model.ts';
import type { Account } from './types.ts';

/** The login that people/ has for an account; undefined for a stranger. */
export function personOf(account: Account | null, { people }: Workspace): string | undefined {
  if (!account) return undefined;
  return [...people.values()].find(({ githubId }) => githubId === account.id)?.login;
}

/** A name for an account that no login can be, so that it holds no right whatever people/ says. */
export const unlistedAccountName = (account: Account | null): string => `<${account?.login ?? 'ghost'}>`;

/** The login of people/, or such a name. */
export const nameOf = (account: Account | null, base: Workspace): string =>
  personOf(account, base) ?? unlistedAccountName(account);
