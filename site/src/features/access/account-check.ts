/** Whether an account may stand in rows whose accounts are masked. Pure; what is asked stays in the browser. */
import { canonicalAccount, maskAccount } from '#core/identity/account.ts';

/**
 * Of each row whether it may be of this account, as somebody types it: no other mask than its own is made of an account, and others may
 * share that. Undefined where nothing is asked.
 */
export function mayBeOf(account: string, masks: readonly string[]): readonly boolean[] | undefined {
  if (account.trim() === '') return undefined;
  const own = maskAccount(canonicalAccount(account));
  return masks.map((mask) => mask === own);
}
