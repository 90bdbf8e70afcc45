/** The people who could give the approvals that are missing, as text. */
import type { ApprovalWait } from '../core/policy/required-approvals.ts';

/** Their names as `names` writes them; where several sets of people are asked, how many of each: "1 by rex or rita, 1 by olga". */
export const waitsText = (waits: readonly ApprovalWait[], names: (logins: readonly string[]) => string): string =>
  waits.map(({ missing, from }) => (waits.length > 1 ? `${missing} by ${names(from)}` : names(from))).join(', ');
