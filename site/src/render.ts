/**
 * Builds everything there is to publish, in a process of its own: Astro keeps state between builds, and the pages read
 * the environment (build-input.ts). The portal command starts it.
 */
import { cpSync, readdirSync, renameSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'astro';
import { buildInput } from '../build-input.ts';

// Whoever started it is gone, and nobody waits for what it makes.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();

const root = resolve(import.meta.dirname, '..');
const { outDir, finalDir } = buildInput(process.env);
const rendered = resolve(root, outDir);
if (finalDir === undefined) throw new Error('MINIAPP_FINAL_DIR is not set: where is the portal to stand?');

await build({ root, logLevel: 'warn' });
// Astro writes where it finds its packages; the many files of the miniapps are written where they stay.
if (finalDir !== rendered) move(rendered, finalDir);
const { writeFiles } = await import('./files.ts');
const others = readdirSync(finalDir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
const { pages, frames } = writeFiles(finalDir);
process.send?.({ pages: others.length - frames + pages });

/** Renames a folder, or copies it to another file system. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    cpSync(from, to, { recursive: true });
  }
}
