/** Lines of a text, found without making a text of each: a file may consist of line ends. */

const [LINE_FEED, RETURN] = [0x0a, 0x0d];

/** The offsets at which lines begin, four bytes each. `withReturns`: a carriage return alone ends a line too. */
export function lineStarts(text: string, { withReturns = false } = {}): Uint32Array {
  const isEnd = (at: number): boolean => {
    const code = text.charCodeAt(at);
    return code === LINE_FEED || (withReturns && code === RETURN && text.charCodeAt(at + 1) !== LINE_FEED);
  };
  let count = 1;
  for (let i = 0; i < text.length; i += 1) if (isEnd(i)) count += 1;
  const starts = new Uint32Array(count);
  for (let [i, line] = [0, 1]; line < count; i += 1) if (isEnd(i)) starts[line++] = i + 1;
  return starts;
}

/** A line, from 1; undefined where the text has fewer. */
export function lineIn(text: string, line: number): string | undefined {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return undefined;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end);
}
