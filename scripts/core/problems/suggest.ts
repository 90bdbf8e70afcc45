/** Naming fields and suggesting what somebody may have meant. */
import type { YamlPath } from './problem.ts';

/** A path as people write it: `online.version`, `whitelist[2].account`; "the file" for the root. */
export function fieldName(path: YamlPath): string {
  if (path.length === 0) return 'the file';
  return path.reduce<string>((name, step) => {
    if (typeof step === 'number') return `${name}[${step}]`;
    return name === '' ? step : `${name}.${step}`;
  }, '');
}

/** "Did you mean …?" when one of the known names is close, else what is allowed; at most `limit` names. */
export function nearest(name: string, known: readonly string[], limit = 12): string {
  if (known.length === 0) return '';
  const [best] = known
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  if (best && best.distance <= Math.max(1, Math.floor(name.length / 3))) return `Did you mean ${best.candidate}?`;
  const more = known.length > limit ? `, … (${known.length} in all)` : '';
  return `Known: ${known.slice(0, limit).join(', ')}${more}`;
}

/**
 * Edit distance with insertions, deletions, substitutions and two neighbours that changed places (optimal string alignment); names
 * are short, so the quadratic way will do.
 */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8) return 99;
  let beforeLast: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? beforeLast[j - 2]! + 1 : Infinity;
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + same, swapped));
    }
    [beforeLast, previous] = [previous, row];
  }
  return previous[b.length]!;
}
