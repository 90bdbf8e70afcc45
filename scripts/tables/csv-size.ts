/** Whether a table is one that anybody has: looked at character by character before anything is made of it. */

/** Rows that a table may have: a year of figures of a large miniapp has 60,000. */
export const MOST_ROWS = 200_000;
/** Cells: those 60,000 rows have 540,000. */
const MOST_CELLS = 1_000_000;
/** Characters of a cell; the longest text that a file of a configuration may hold is far shorter. */
export const LONGEST_CELL = 100_000;

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** Too much of something, and from which line on; undefined for a table that may be read. */
export function excessOf(text: string, delimiter: string): { line: number; detail: string } | undefined {
  const between = delimiter.charCodeAt(0);
  let [line, lineOfCell, cells, start, isQuoted] = [1, 1, 1, 0, false];
  for (let i = 0; i <= text.length; i += 1) {
    const code = i < text.length ? text.charCodeAt(i) : LINE_FEED;
    const isBreak = code === LINE_FEED || (code === RETURN && text.charCodeAt(i + 1) !== LINE_FEED);
    if (isQuoted && i < text.length) {
      if (code === QUOTE && text.charCodeAt(i + 1) === QUOTE) i += 1;
      else if (code === QUOTE) isQuoted = false;
    } else if (code === QUOTE && i === start) isQuoted = true;
    else if (code === between || isBreak) {
      if (i - start > LONGEST_CELL) {
        return { line: lineOfCell, detail: `it has a cell of more than ${LONGEST_CELL} characters` };
      }
      cells += 1;
      start = i + 1;
      lineOfCell = isBreak ? line + 1 : line;
    }
    if (cells > MOST_CELLS) return { line, detail: `it has more than ${MOST_CELLS} cells` };
    if (isBreak) line += 1;
  }
  return undefined;
}
