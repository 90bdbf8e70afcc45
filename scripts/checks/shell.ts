/** Programs as the checks start them: by one line, without input, their output kept. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Passes the output on as it comes. */
  readonly isShown?: boolean;
  readonly timeoutSeconds?: number;
}

export function command(
  line: string,
  { cwd, env, isShown = false, timeoutSeconds = 600 }: CommandOptions,
): Promise<Ended> {
  const child = spawn(line, {
    cwd,
    env: env ?? process.env,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutSeconds * 1000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (isShown) process.stdout.write(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
