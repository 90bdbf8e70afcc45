/**
 * Builds everything there is to publish, in a process of its own: Astro keeps state between builds, and the pages read
 * the environment (build-input.ts). The portal command starts it.
 */
import { cpSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'astro';
import { buildInput } from '../build-input.ts';
import { miniappFiles } from './miniapp-files.ts';

// The parent process has ended, so nobody uses the result.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();

const root = resolve(import.meta.dirname, '..');
const { outDir, finalDir } = buildInput(process.env);
const rendered = resolve(root, outDir);
if (finalDir === undefined) throw new Error('MINIAPP_FINAL_DIR is not set: where is the portal to stand?');

await build({ root, logLevel: 'warn', integrations: [miniappFiles(finalDir)] });
// Astro writes to a folder beside its packages.
if (finalDir !== rendered) cpSync(rendered, finalDir, { recursive: true });
const pages = readdirSync(finalDir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
process.send?.({ pages: pages.length });
