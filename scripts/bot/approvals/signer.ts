/** Who signs an approval: whoever gave it. The name that stands in the file is only who was asked. */

/**
 * The login for `reviewedBy`. `named`: who stands there; `approvers`: whose approvals of this content count, oldest first;
 * `eligible`: who may approve the version now.
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
