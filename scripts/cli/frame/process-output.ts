/**
 * What a process prints. Node's streams take milliseconds to open, and no file or pipe needs one: they are written to at once, as the
 * streams would. A terminal, and what else is neither, has its stream.
 */
import { fstatSync, writeSync } from 'node:fs';
import { isUnread } from '../../core/errors.ts';
import { EXIT } from './command.ts';

export type OutputName = 'stdout' | 'stderr';

const HANDLES = { stdout: 1, stderr: 2 } as const;

type TakesText = (text: string | Uint8Array) => void;

/** How each output takes texts, found out when there is the first. */
const writers = new Map<OutputName, TakesText>();

/** Prints a text. An output that takes nothing more is said in words on the other one, and ends the process. */
export function writeOut(name: OutputName, text: string): void {
  const write = writers.get(name) ?? writerOf(name);
  writers.set(name, write);
  write(text);
}

/** Whether an output is a terminal. */
export const isTTY = (name: OutputName): boolean => !isFileOrPipe(name) && Boolean(process[name].isTTY);

function isFileOrPipe(name: OutputName): boolean {
  try {
    const stats = fstatSync(HANDLES[name]);
    return stats.isFile() || stats.isFIFO() || stats.isSocket();
  } catch {
    // What is closed, or unknown to this system, is left to Node.
    return false;
  }
}

function writerOf(name: OutputName): TakesText {
  if (!isFileOrPipe(name)) return streamOf(name);
  const handle = HANDLES[name];
  return (text) => {
    const bytes = Buffer.from(text);
    let done = 0;
    try {
      while (done < bytes.length) done += writeSync(handle, bytes, done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A pipe that does not wait, and is full: the stream waits until it is read.
      const rest = code === 'EAGAIN' ? streamOf(name) : () => {};
      writers.set(name, rest);
      rest(bytes.subarray(done));
      // As of a stream: what is being done meanwhile is not torn apart.
      if (code !== 'EAGAIN') process.nextTick(ended, name, error);
    }
  };
}

function streamOf(name: OutputName): TakesText {
  const stream = process[name];
  stream.on('error', (error) => ended(name, error));
  return (text) => void stream.write(text);
}

function ended(name: OutputName, error: NodeJS.ErrnoException): void {
  // Nobody is left who could be told.
  if (name === 'stderr') process.exit(EXIT.failed);
  // Whoever reads may have seen enough (`| head`): that is no failure.
  if (isUnread(error)) process.exit();
  process.stderr.write(`miniapp: the answer cannot be written: ${error.message}\n`, () => process.exit(EXIT.failed));
}
