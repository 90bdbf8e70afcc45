/** A unified diff of edits, as `git apply` and `patch` take it. */
import { structuredPatch } from 'diff';
import type { FileContent, FileEdit } from './edit.ts';

const CONTEXT = 3;

/** `folder`: what stands before the paths, `config` for example. */
export const unifiedDiff = (edits: readonly FileEdit[], folder: string): string =>
  edits.map((edit) => fileDiff(edit, folder)).join('');

function fileDiff({ path, before, after }: FileEdit, folder: string): string {
  const name = `${folder.replace(/(?<!\/)\/+$/, '')}/${path}`.replace(/^(?:\.?\/)+/, '');
  const from = before === null ? '/dev/null' : `a/${name}`;
  const to = after === null ? '/dev/null' : `b/${name}`;
  const head = [
    `diff --git a/${name} b/${name}`,
    ...(before === null ? ['new file mode 100644'] : []),
    ...(after === null ? ['deleted file mode 100644'] : []),
  ];
  const [old, next] = [textOf(before), textOf(after)];
  const body =
    old === undefined || next === undefined
      ? [`Binary files ${from} and ${to} differ`]
      : [`--- ${from}`, `+++ ${to}`, ...hunksOf(old, next)];
  return `${[...head, ...body].join('\n')}\n`;
}

/** Undefined: it is no text. */
function textOf(content: FileContent): string | undefined {
  if (content === null || typeof content === 'string') return content ?? '';
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** With more lines that come or go, all come and go: finding what stays takes time by the square of their number. */
const MOST_CHANGED_LINES = 2_000;

function hunksOf(before: string, after: string): string[] {
  const limits = { context: CONTEXT, maxEditLength: MOST_CHANGED_LINES };
  const hunks = structuredPatch('', '', before, after, '', '', limits)?.hunks ?? [replacement(before, after)];
  return hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
    ...lines,
  ]);
}

function replacement(before: string, after: string) {
  const gone = structuredPatch('', '', before, '').hunks[0]!;
  const come = structuredPatch('', '', '', after).hunks[0]!;
  return { ...come, oldStart: 1, oldLines: gone.oldLines, lines: [...gone.lines, ...come.lines] };
}

/** A part of no lines is named by the line before it. */
const range = (line: number, count: number): string =>
  count === 0 ? `${line - 1},0` : count === 1 ? `${line}` : `${line},${count}`;
