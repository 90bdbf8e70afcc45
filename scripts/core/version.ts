/** Version numbers: MAJOR.MINOR.PATCH of the schema, no pre-release, so that comparing needs no library. */

const [DOT, ZERO] = [46, 48];

/** Negative when `a` is lower than `b`, zero when equal, positive when higher. Makes nothing: hosts compare millions of times a second. */
export function compareVersions(a: string, b: string): number {
  let i = 0;
  let j = 0;
  for (let part = 0; part < 3; part += 1) {
    let left = 0;
    let right = 0;
    for (; i < a.length && a.charCodeAt(i) !== DOT; i += 1) left = left * 10 + a.charCodeAt(i) - ZERO;
    for (; j < b.length && b.charCodeAt(j) !== DOT; j += 1) right = right * 10 + b.charCodeAt(j) - ZERO;
    if (left !== right) return left - right;
    i += 1;
    j += 1;
  }
  return 0;
}

/** The given versions, highest first. */
export const newestFirst = (versions: Iterable<string>): string[] =>
  [...versions].sort((a, b) => compareVersions(b, a));
