/** Who signs an approval: the person who gave it. The name in the file is that of the requested reviewer until then. */

/**
 * The login for `reviewedBy`. `named`: the login in the file; `approvers`: the logins whose approvals of this content count, oldest first;
 * `eligible`: the logins that may approve the version now.
 */
export function signerOf(
  named: string | undefined,
  approvers: readonly string[],
  eligible: readonly string[],
): { readonly login: string; readonly hasApproved: boolean } | undefined {
  const signers = approvers.filter((login) => eligible.includes(login));
  const [first] = signers;
  if (first !== undefined) {
    const isNamed = named !== undefined && signers.includes(named);
    return { login: isNamed ? named : first, hasApproved: true };
  }
  return named !== undefined && eligible.includes(named) ? { login: named, hasApproved: false } : undefined;
}
