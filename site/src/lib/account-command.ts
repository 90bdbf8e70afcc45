/** The command that knows whether an account is on the whitelist of a miniapp. */
export const accountCommand = (id: string): string =>
  `npx miniapp resolve ${id} --app APP --region REGION --entry experience --account ACCOUNT`;
