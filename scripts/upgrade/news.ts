/** What is new for people between two versions, as their change logs say. Pure. */

/** The lines of the later change log that the earlier one has not: each entry below its version and kind. */
export function newsBetween(earlier: string, later: string): string[] {
  const known = new Set(entriesOf(earlier).map(({ text }) => text));
  const fresh = entriesOf(later).filter(({ text }) => !known.has(text));
  const lines: string[] = [];
  let heading = '';
  for (const { version, kind, text } of fresh) {
    const next = [version, kind].filter((word) => word !== '').join(', ');
    if (next !== heading) lines.push(next);
    heading = next;
    lines.push(`- ${text}`);
  }
  return lines;
}

interface ChangelogEntry {
  readonly version: string;
  readonly kind: string;
  /** On one line. */
  readonly text: string;
}

function entriesOf(text: string): ChangelogEntry[] {
  const entries: { version: string; kind: string; text: string }[] = [];
  let version = '';
  let kind = '';
  let isInEntry = false;
  for (const line of text.split('\n')) {
    const [, marks = '', rest = ''] = /^(##|###) (.*)$/.exec(line) ?? [];
    const title = rest.trim();
    const [, item] = /^- (.*)$/.exec(line) ?? [];
    if (marks === '##') [version, kind] = [title.replace(/[[\]]/g, ''), ''];
    else if (marks === '###') kind = title;
    else if (item !== undefined) entries.push({ version, kind, text: item.trim() });
    else if (isInEntry && line.trim() !== '') entries.at(-1)!.text += ` ${line.trim()}`;
    // As in Markdown, a line that is not indented goes on with the entry too.
    isInEntry = item !== undefined || (isInEntry && marks === '' && line.trim() !== '');
  }
  return entries;
}
