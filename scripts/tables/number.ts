/**
 * Figures as spreadsheets of many countries write them: with separators of thousands, and a comma or a point before a fraction.
 * Only what can be read in one way is a figure.
 */

/** A figure; or the two that a cell may mean, each as it is read in one way alone; or undefined: it is none. */
export type ReadFigure = { readonly value: number } | { readonly readings: readonly [string, string] } | undefined;

const GROUPED = /^[0-9]{1,3}(?:([ \u00A0\u202F'’])[0-9]{3}(?:\1[0-9]{3})*)?(?:[.,][0-9]{1,6})?$/;
/** `12.000`, `12,000`: a thousand times as much in one country as in another. `0.125` groups nothing. */
const EITHER = /^([1-9][0-9]{0,2})[.,]([0-9]{3})$/;

/** The figure that a cell holds. */
export function readFigure(cell: string): ReadFigure {
  const either = EITHER.exec(cell);
  if (either) return { readings: [`${either[1]}.${either[2]}0`, `${either[1]}${either[2]}`] };
  const plain = plainText(cell);
  return plain === undefined ? undefined : { value: Number(plain) };
}

/** With a point before the fraction and nothing else between digits. */
function plainText(cell: string): string | undefined {
  // No separators, or a mark of the two that stands once: it begins the fraction.
  if (/^(?:0|[1-9][0-9]{0,14})(?:[.,][0-9]{1,6})?$/.test(cell)) return cell.replace(',', '.');
  if (/^[1-9]/.test(cell) && cell.length <= 30) {
    // 1 234,5 and 1'234.5
    if (GROUPED.test(cell)) return cell.replace(/[ \u00A0\u202F'’]/g, '').replace(',', '.');
    // 1.234.567 and 1.234,5; 1,234,567 and 1,234.5
    for (const [group, fraction] of [
      ['.', ','],
      [',', '.'],
    ] as const) {
      const [whole = '', part, more] = cell.split(fraction);
      const groups = whole.split(group);
      const isGrouped = groups.length > 1 && groups.slice(1).every((three) => /^[0-9]{3}$/.test(three));
      const isFraction = more === undefined && (part === undefined || /^[0-9]{1,6}$/.test(part));
      if (isGrouped && isFraction && /^[0-9]{1,3}$/.test(groups[0]!))
        return part === undefined ? groups.join('') : `${groups.join('')}.${part}`;
    }
  }
  return undefined;
}
