/** What a command is given of the process that runs it. */
import { join } from 'node:path';
import { askAtTerminal } from './ask.ts';
import type { Io } from './command.ts';
import { isTTY, writeOut, type OutputName } from './process-output.ts';

/** Outputs, environment, folder and clock of this process; `project` is the folder of this checkout. */
export function processIo(): Io {
  const { env } = process;
  const isTerminal = (name: OutputName) => isTTY(name) && env['TERM'] !== 'dumb';
  return {
    stdout: (text) => writeOut('stdout', text),
    stderr: (text) => writeOut('stderr', text),
    env,
    cwd: process.cwd(),
    project: join(import.meta.dirname, '..', '..', '..'),
    get isColoured() {
      return isTerminal('stdout') && !env['NO_COLOR'];
    },
    get showsProgress() {
      return isTerminal('stderr');
    },
    now: Date.now(),
    get ask() {
      return process.stdin.isTTY && isTTY('stderr') ? (question: string) => askAtTerminal(question) : undefined;
    },
  };
}
