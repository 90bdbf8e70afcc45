import { isDigest, keyOfDigest, maskAccount } from '../identity/account.ts';
import type { Platform } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, problem, type Place, type Problem } from '../problems/problem.ts';
import { seemsToNameAccount } from '../redaction/plain.ts';
import type { Rule } from './rule.ts';

export const accountsAreKeptAsAsked: Rule = {
  id: 'accounts-are-kept-as-asked',
  why: 'Ensure that whitelists and scenarios hold accounts in the one form that the platform chose, digests by its own key.',
  *check({ platform, miniapps }) {
    if (platform.accounts === 'digest' && platform.accountsKey === undefined) {
      yield problem('accounts-key-missing', at(pathOf.platform, 'accounts'), {});
    }
    for (const [id, { whitelist, scenarios }] of miniapps) {
      const lists = pathOf.file(id, 'whitelist');
      for (const [i, { account, note }] of whitelist.entries()) {
        yield* faultOf(platform, id, account, at(lists, 'whitelist', i, 'account'));
        yield* textFault(platform, note, at(lists, 'whitelist', i, 'note'));
      }
      const promises = pathOf.file(id, 'scenarios');
      for (const [i, { account, name }] of scenarios.entries()) {
        if (account !== undefined) yield* faultOf(platform, id, account, at(promises, 'scenarios', i, 'account'));
        yield* textFault(platform, name, at(promises, 'scenarios', i, 'name'));
      }
    }
  },
};

function* faultOf(
  { accounts = 'plain', accountsKey }: Platform,
  miniapp: string,
  account: string,
  place: Place,
): Iterable<Problem> {
  // Masked: what a refused change names is told where everybody reads it.
  const shown = () => maskAccount(account);
  if (accounts === 'digest' && !isDigest(account)) {
    yield problem('account-plain', place, { account: shown(), miniapp });
  } else if (accounts === 'plain' && isDigest(account)) {
    yield problem('account-digest', place, { account: shown() });
  } else if (isDigest(account) && accountsKey !== undefined && keyOfDigest(account) !== accountsKey) {
    yield problem('account-key-differs', place, {
      account: shown(),
      key: keyOfDigest(account) ?? '',
      expected: accountsKey,
    });
  }
}

/** A note that names the account would tell what the digest beside it does not. */
function* textFault({ accounts }: Platform, text: string | undefined, place: Place): Iterable<Problem> {
  if (accounts === 'digest' && text !== undefined && seemsToNameAccount(text)) {
    yield problem('account-in-text', place, {});
  }
}
