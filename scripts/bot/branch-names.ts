/** Branches of the bot's: their names say what they are for, and nobody else may write them. */
export const branchOf = {
  review: (miniapp: string, version: string): string => `review/${miniapp}/${version}`,
  transition: (run: number): string => `transition/${run}`,
  cleanUp: (miniapp: string): string => `clean-up/whitelist/${miniapp}`,
};
