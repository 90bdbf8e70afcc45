/** Programs as the checks start them: by one line, without input, their output kept. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface ExitStatus {
  readonly code: number | null;
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Passes the output on as it comes. */
  readonly isShown?: boolean;
  /** After these it is ended with all that it started, its code null and the last line of its output says so. */
  readonly timeoutSeconds?: number;
}

/** Runs a line in a shell and waits for its end. A program that fails is an exit code; nothing is thrown. */
export function command(
  line: string,
  { cwd, env, isShown = false, timeoutSeconds = 600 }: CommandOptions,
): Promise<ExitStatus> {
  const child = spawn(line, {
    cwd,
    env: env ?? process.env,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: what the shell started holds its output open, and would be waited for after the shell is gone.
    detached: true,
  });
  let output = '';
  const take = (text: string): void => {
    output += text;
    if (isShown) process.stdout.write(text);
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take);
  const end = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  const stop = (): void => {
    end();
    process.exit(1);
  };
  const timer = setTimeout(() => {
    end();
    take(`\nended after ${timeoutSeconds} s: ${line}\n`);
  }, timeoutSeconds * 1000);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return new Promise<ExitStatus>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  }).finally(() => {
    clearTimeout(timer);
    process.off('SIGINT', stop).off('SIGTERM', stop);
  });
}
