/** Version numbers: MAJOR.MINOR.PATCH of the schema, no pre-release, so that comparing needs no library. */

/** Negative when `a` is lower than `b`, zero when equal, positive when higher. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  return left[0]! - right[0]! || left[1]! - right[1]! || left[2]! - right[2]!;
}

/** The given versions, highest first. */
export const newestFirst = (versions: Iterable<string>): string[] =>
  [...versions].sort((a, b) => compareVersions(b, a));
