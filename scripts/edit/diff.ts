/** A unified diff of edits, as `git apply` and `patch` take it. */
import type { Content, FileEdit } from './edit.ts';

const CONTEXT = 3;

/** `folder`: what stands before the paths, `config` for example. */
export const unifiedDiff = (edits: readonly FileEdit[], folder: string): string =>
  edits.map((edit) => fileDiff(edit, folder)).join('');

function fileDiff({ path, before, after }: FileEdit, folder: string): string {
  const name = `${folder.replace(/(?<!\/)\/+$/, '')}/${path}`.replace(/^(?:\.?\/)+/, '');
  const isText = (content: Content) => content === null || typeof content === 'string' || textOf(content) !== undefined;
  const from = before === null ? '/dev/null' : `a/${name}`;
  const to = after === null ? '/dev/null' : `b/${name}`;
  const head = [
    `diff --git a/${name} b/${name}`,
    ...(before === null ? ['new file mode 100644'] : []),
    ...(after === null ? ['deleted file mode 100644'] : []),
  ];
  if (!isText(before) || !isText(after)) return `${[...head, `Binary files ${from} and ${to} differ`].join('\n')}\n`;
  const hunks = hunksOf(linesOf(before), linesOf(after));
  return `${[...head, `--- ${from}`, `+++ ${to}`, ...hunks].join('\n')}\n`;
}

function textOf(content: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Lines with their line end; only the last may lack it. */
function linesOf(content: Content): string[] {
  const text = content instanceof Uint8Array ? textOf(content)! : (content ?? '');
  return text === '' ? [] : text.split(/(?<=\n)/);
}

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

function hunksOf(before: readonly string[], after: readonly string[]): string[] {
  const script = compare(before, after);
  const isNear = script.map((_, i) =>
    script.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  );
  const out: string[] = [];
  let [oldLine, newLine] = [1, 1];
  for (let i = 0; i < script.length;) {
    if (!isNear[i]) {
      oldLine += 1;
      newLine += 1;
      i += 1;
      continue;
    }
    const start = i;
    while (i < script.length && isNear[i]) i += 1;
    const hunk = script.slice(start, i);
    const olds = hunk.filter(({ sign }) => sign !== '+').length;
    const news = hunk.filter(({ sign }) => sign !== '-').length;
    out.push(`@@ -${range(oldLine, olds)} +${range(newLine, news)} @@`, ...hunk.flatMap(shown));
    oldLine += olds;
    newLine += news;
  }
  return out;
}

/** A part of no lines is named by the line before it. */
const range = (line: number, count: number): string =>
  count === 0 ? `${line - 1},0` : count === 1 ? `${line}` : `${line},${count}`;

const shown = ({ sign, text }: Line): string[] =>
  text.endsWith('\n') ? [sign + text.slice(0, -1)] : [sign + text, '\\ No newline at end of file'];

/** The longest common subsequence between what both sides do not begin and end with alike. */
function compare(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let [oldEnd, newEnd] = [before.length, after.length];
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd -= 1;
    newEnd -= 1;
  }
  const same = (lines: readonly string[]): Line[] => lines.map((text) => ({ sign: ' ', text }));
  const middle = between(before.slice(start, oldEnd), after.slice(start, newEnd));
  return [...same(before.slice(0, start)), ...middle, ...same(before.slice(oldEnd))];
}

/** Pairs of lines that are compared; with more, all that is between goes and comes. */
const MOST_PAIRS = 4_000_000;

function between(before: readonly string[], after: readonly string[]): Line[] {
  const all = (sign: Line['sign'], lines: readonly string[]) => lines.map((text): Line => ({ sign, text }));
  if (before.length * after.length > MOST_PAIRS) return [...all('-', before), ...all('+', after)];
  const common = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const isSame = before[i] === after[j];
      common[i]![j] = isSame ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const script: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      script.push({ sign: ' ', text: before[i]! });
      i += 1;
      j += 1;
    } else if (j >= after.length || (i < before.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      script.push({ sign: '-', text: before[i]! });
      i += 1;
    } else {
      script.push({ sign: '+', text: after[j]! });
      j += 1;
    }
  }
  return script;
}
