/** The bot's branches. A name says what its branch is for; a ruleset lets nobody else write them. */
export const branchOf = {
  review: (miniapp: string, version: string): string => `review/${miniapp}/${version}`,
  transition: (run: number): string => `transition/${run}`,
  cleanUp: (miniapp: string): string => `clean-up/whitelist/${miniapp}`,
};
