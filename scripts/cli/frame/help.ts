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
  const usage = command.usage.map((line, i) => `${i === 0 ? 'usage: miniapp ' : '               '}${line}`);
  return [...usage, '', command.summary, '', ...options, ''].join('\n');
}
