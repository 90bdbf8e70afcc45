/** A long list over several pages, so that each stays light; the first has no number in its address. */

/** Rows of a table on one page: some 15 elements a row keep a page below 1,500. */
export const ROWS_PER_PAGE = 75;

/** As many rows of a list stand on a miniapp's page: with all lists full it stays below 5,000 elements. */
export const LISTED = 100;

export interface PagePart {
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

/** How many pages there are: at least one. */
export const partsOf = (rows: number, size = ROWS_PER_PAGE): number => Math.max(1, Math.ceil(rows / size));

/** The rows of a page; `part` counts from 1. */
export const rowsOf = <T>(rows: readonly T[], part: number, size = ROWS_PER_PAGE): T[] =>
  rows.slice((part - 1) * size, part * size);

/** The address of a part, below that of the list; `below` keeps it apart from whatever else stands there. */
export const partPath = (list: string, part: number, below = ''): string =>
  part === 1 ? list : `${list}${below}${part}/`;

/** The parts that are linked: the first, the last and those around; 0 stands for what is left out. */
export function linkedParts(part: number, parts: number, around = 2): number[] {
  const near = Array.from({ length: 2 * around + 1 }, (_one, index) => part - around + index);
  const wanted = [...new Set([1, ...near, parts])].filter((one) => one >= 1 && one <= parts).sort((a, b) => a - b);
  return wanted.flatMap((one, index) => (index > 0 && one > wanted[index - 1]! + 1 ? [0, one] : [one]));
}
