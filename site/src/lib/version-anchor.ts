/** Where a version stands on its miniapp's page. */
export const versionAnchor = (version: string): string => `version-${version}`;
