/** The processes that render the pages: how many there are, how they are started, and what they said when they failed. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { EnvironmentError } from '../core/errors.ts';
import type { Shard } from '../core/shard.ts';

/** The project itself: where its pages and its packages are, wherever the command runs. */
export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * What Node is started with: the renderer, which is never imported, as nothing here depends on the pages. Pages are short-lived
 * objects by the million: with a large young generation the collector has less to copy. It collects before the old one has grown by two
 * fifths: left alone it holds twice as much on a machine with much memory, and takes longer.
 */
export const rendererArguments = (project = PROJECT): string[] => [
  '--max-semi-space-size=64',
  '--heap-growing-percent=40',
  join(project, 'site/src/render.ts'),
];

/** The same for what compiles the pages, where they are not kept (compiled.ts). */
export const compilerArguments = (project = PROJECT): string[] => [join(project, 'site/compile.ts')];

/**
 * From so many miniapps on a second renderer pays. For 1,000 miniapps two take a quarter more of processor time, as each warms up by itself;
 * on two idle processors they took as long as one. For 5,000 they took 0.80 of its time, with 1.15 of its processor time.
 */
const MINIAPPS_FOR_TWO = 3000;

/** How many renderers a build of this shard has; more than two would each hold the whole configuration once more. */
export function renderersFor(config: string, { parts }: Shard): number {
  const folder = join(config, 'miniapps');
  const miniapps = existsSync(folder) ? readdirSync(folder).length : 0;
  return availableParallelism() > 1 && miniapps / parts >= MINIAPPS_FOR_TWO ? 2 : 1;
}

/**
 * The miniapps of a shard, parted among renderers: a list of smaller shards for each. The first one makes everything else besides, which takes as
 * long as a fifth of 10,000 miniapps, so it gets two parts where each other one gets three.
 */
export function shardsOf(shard: Shard, renderers: number): Shard[][] {
  if (renderers === 1) return [[shard]];
  const each = 3;
  const parts = each * renderers - 1;
  const slices = Array.from({ length: parts }, (_, index) => ({
    part: shard.part + index * shard.parts,
    parts: parts * shard.parts,
  }));
  return Array.from({ length: renderers }, (_, at) => slices.slice(Math.max(0, at * each - 1), (at + 1) * each - 1));
}

/** What a renderer said before it failed, whole. */
export class RenderingError extends EnvironmentError {
  readonly words: string;

  constructor(words: string) {
    super(`the pages could not be rendered: ${reasonIn(words)}`);
    this.words = words;
  }
}

/** A renderer that works. */
export interface Renderer {
  /** Takes what the pages show: the bytes of a PortalContent. */
  readonly input: Writable;
  /** How many pages it made. Rejects with a RenderingError. */
  readonly done: Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts a renderer, or what compiles for it; its words are shown only when it fails. `words`: of one of the two functions above; `input`: the
 * variables of `site/build-input.ts`.
 */
export function render(words: readonly string[], project: string, input: Readonly<Record<string, string>>): Renderer {
  const env = { ...process.env, ...input, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  // It ends when the channel between the two closes, so that none is left of a command that was killed.
  const child = spawn(process.execPath, words, {
    cwd: project,
    env,
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  const done = new Promise<number>((fine, fail) => {
    let said = '';
    let pages: number | undefined;
    child.on('message', (made) => (pages = Number(made)));
    const hear = (chunk: Buffer) => (said += chunk.toString());
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0 && pages !== undefined) fine(pages);
      else fail(new RenderingError(said));
    });
  });
  // A renderer that failed takes nothing more; what it failed of is said by `done`.
  child.stdin!.on('error', () => undefined);
  done.catch(() => undefined);
  const stop = async (): Promise<void> => {
    child.kill();
    await done.catch(() => undefined);
  };
  return { input: child.stdin!, done, stop };
}

/** What a renderer said that failed: the first line that names an error, and with DEBUG all of it. */
function reasonIn(words: string): string {
  if (process.env['DEBUG']) return words.trim();
  const lines = words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:at |node:|file:|\^)/.test(line));
  return lines.find((line) => /\bE[A-Z]{3,}\b|Error/.test(line)) ?? lines.at(-1) ?? 'it ended without a word';
}
