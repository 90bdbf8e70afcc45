/**
 * Builds everything there is to publish, in a process of its own: Astro keeps state between builds, and the pages read
 * the environment (build-input.ts). The portal command starts it.
 */
import { resolve } from 'node:path';
import { build } from 'astro';
import { buildInput } from '../build-input.ts';

const root = resolve(import.meta.dirname, '..');

await build({ root, logLevel: 'warn' });
const { writeFiles } = await import('./files.ts');
writeFiles(resolve(root, buildInput(process.env).outDir));
