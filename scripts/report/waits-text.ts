/** The people who could give the approvals that are missing, as text. */
import type { ApprovalWait } from '../core/policy/required-approvals.ts';

/**
 * Their names as `names` writes them, and how many are too few. Where several sets of people are asked, how many of each: "1 by rex or rita,
 * 1 by olga".
 */
export const waitsText = (waits: readonly ApprovalWait[], names: (logins: readonly string[]) => string): string =>
  waits
    .map(({ missing, from }) => {
      const lacking = from.length === 0 ? 0 : Math.max(0, missing - from.length);
      const who = lacking > 0 ? `${names(from)}, and ${lacking} who must be given the right first` : names(from);
      return waits.length > 1 ? `${missing} by ${who}` : who;
    })
    .join(', ');
