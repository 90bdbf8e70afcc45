/** What `--help` prints. */
import { COMMON, type Command } from './command.ts';

/** Every verb with its summary, in the order given. */
export function overview(verbs: Readonly<Record<string, { readonly summary: string }>>): string {
  const lines = Object.entries(verbs).map(([name, { summary }]) => `  ${name.padEnd(15)}${summary}`);
  return [
    'miniapp: the tool of a miniapp registry, whose whole state is files in Git',
    '',
    ...lines,
    '',
    'miniapp COMMAND --help says more. Exit codes: 0 fine, 1 the answer is no, 2 wrong usage or a failure outside.',
    '',
  ].join('\n');
}

/** The usage, summary and options of one command. */
export function help(command: Command): string {
  const options = Object.entries({ ...command.options, ...COMMON }).map(
    ([name, { value = '', describe }]) => `  ${`--${name} ${value}`.trim().padEnd(26)}  ${describe}`,
  );
  const usage = command.usage.flatMap((line, i) =>
    wrapped(line).map((part, j) => `${i + j === 0 ? 'usage: miniapp ' : ' '.repeat(j === 0 ? 15 : 19)}${part}`),
  );
  return [...usage, '', command.summary, '', ...options, ''].join('\n');
}

/** Columns of a usage, without what stands before it. */
const WIDEST = 100;

/** A usage in lines, broken between its options and fields, and never inside of one. */
function wrapped(usage: string): string[] {
  const parts = usage.split(/ (?=\[|--)|(?<=,) /);
  const whole: string[] = [];
  // What stands between brackets stays together: `[--commit [--approved-by LOGIN …]]`, `(ID | --all [--type smart|panel])`.
  for (const part of parts) {
    const before = whole.at(-1);
    if (before !== undefined && depthOf(before) > 0) whole[whole.length - 1] = `${before} ${part}`;
    else whole.push(part);
  }
  const lines: string[] = [];
  for (const part of whole) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + part.length < WIDEST) lines[lines.length - 1] = `${line} ${part}`;
    else lines.push(part);
  }
  return lines;
}

/** How many brackets a text leaves open. */
const depthOf = (text: string): number => (text.match(/[[(]/g)?.length ?? 0) - (text.match(/[\])]/g)?.length ?? 0);
