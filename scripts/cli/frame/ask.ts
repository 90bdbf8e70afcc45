/** Asking somebody at a terminal. */
import { EnvironmentError } from '../../core/errors.ts';

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  /** Standard error: standard output is for answers. */
  readonly output: NodeJS.WritableStream;
}

/** The line that is typed after the question. Throws EnvironmentError where somebody leaves instead: by Ctrl+C, or at the end of the input. */
export async function askAtTerminal(
  question: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const line = createInterface({ input, output, terminal: true });
  const left = new Promise<never>((_, reject) => {
    line.once('close', () => reject(new EnvironmentError('left at a question, before anything was changed')));
  });
  line.once('SIGINT', () => {
    output.write('\n');
    line.close();
  });
  try {
    return await Promise.race([line.question(question), left]);
  } finally {
    line.close();
  }
}
