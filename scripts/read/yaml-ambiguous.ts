/** Forms of a text that readers of YAML take for different texts: found by `checks/differential.ts`, and refused. */
import { SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

export interface Ambiguity {
  readonly offset: number;
  readonly detail: string;
}

/** Where a scalar is written so that js-yaml, which reads, and package yaml, which edits, may differ. */
export function ambiguityOf(text: string, event: ScalarEvent): Ambiguity | undefined {
  switch (event.style) {
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK:
      return inBlock(text, event);
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return inDoubleQuotes(text, event);
    default:
      return undefined;
  }
}

/** After `|2`, a longer line of spaces alone, and after `|+` one at the end of the file: text to one, no text to the other. */
function inBlock(text: string, { valueStart, valueEnd, indent }: ScalarEvent): Ambiguity | undefined {
  const mark = markBefore(text, valueStart);
  const last = text.lastIndexOf('\n') + 1;
  const isOpenEnd = last < text.length && isBlank(text.slice(last)) && isBlank(text.slice(valueEnd));
  if (mark.includes('+') && isOpenEnd) {
    return { offset: last, detail: 'after |+ spaces at the end of the file are read in two ways: remove them' };
  }
  if (!/[1-9]/.test(mark)) return undefined;
  for (let start = valueStart; start < valueEnd;) {
    const end = text.indexOf('\n', start) === -1 ? text.length : text.indexOf('\n', start);
    const line = text.slice(start, end);
    if (line.length > indent && isBlank(line)) {
      const detail = 'after |1 to |9, a line of spaces alone is read in two ways: write the text in quotes';
      return { offset: start, detail };
    }
    start = end + 1;
  }
  return undefined;
}

const isBlank = (text: string): boolean => text.trim() === '';

/** What stands after `|` or `>`, where the line before a block text ends with that: `2`, `1-` or `+`. */
function markBefore(text: string, valueStart: number): string {
  const header = text.slice(text.lastIndexOf('\n', valueStart - 2) + 1, valueStart);
  const [own = ''] = header.split(/[ \t]#/, 1);
  return /[|>]([1-9+-]{1,2})$/.exec(own.trimEnd())?.[1] ?? '';
}

/** A line end that a backslash takes out, and an empty line after it: a line end to one, nothing to the other. */
function inDoubleQuotes(text: string, { valueStart, valueEnd }: ScalarEvent): Ambiguity | undefined {
  for (let at = text.indexOf('\\', valueStart); at !== -1 && at < valueEnd; at = text.indexOf('\\', at + 2)) {
    if (text[at + 1] !== '\n') continue;
    const end = text.indexOf('\n', at + 2);
    if (end === -1 || end >= valueEnd || text.slice(at + 2, end).trim() !== '') continue;
    return { offset: at, detail: 'an empty line after a backslash is read in two ways: write \\n for a line end' };
  }
  return undefined;
}
