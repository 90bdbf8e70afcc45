/** App accounts: an e-mail, a phone number in E.164 form, or a user id; how they are compared and how they are shown. */

/** The canonical form that files hold: input as people type it, brought to it. Never throws; nonsense stays nonsense. */
export function canonicalAccount(input: string): string {
  const text = input.trim();
  if (text.includes('@')) return text.toLowerCase();
  const digits = text.replace(/[\s().-]/g, '');
  if (/^\+[0-9]+$/.test(digits)) return digits;
  if (/^00[1-9][0-9]{6,14}$/.test(digits)) return `+${digits.slice(2)}`;
  return text;
}

/**
 * An account as the portal may show it: enough to tell one's own from another's, not enough to write to it.
 * `qa@example.com` → `q•••@example.com`, `+491701234567` → `+49•••67`, a user id → its first two and last characters.
 */
export function maskAccount(account: string): string {
  const [local = '', domain] = account.split('@');
  if (domain !== undefined) return `${local.length > 2 ? local.slice(0, 1) : ''}•••@${domain}`;
  if (account.startsWith('+')) return `${account.slice(0, 3)}•••${account.slice(-2)}`;
  return account.length < 8 ? '•••' : `${account.slice(0, 2)}•••${account.slice(-1)}`;
}
