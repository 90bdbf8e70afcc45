/**
 * Builds everything there is to publish, in a process of its own: Astro keeps state between builds, and the pages read
 * the environment (build-input.ts). The portal command starts it.
 */
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'astro';
import config from '../astro.config.ts';
import { buildInput } from '../build-input.ts';
import { miniappFiles } from './miniapp-files.ts';

// The parent process has ended, so nobody uses the result.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();

const root = resolve(import.meta.dirname, '..');
const { outDir, finalDir, isOnlyMiniapps } = buildInput(process.env);
if (finalDir === undefined) throw new Error('MINIAPP_FINAL_DIR is not set: where is the portal to stand?');

/** Astro would write types for an editor, which takes a Vite of its own. */
const options = { devOutput: false, sync: false };
// To load its configuration itself it would start another one.
const own = { root, configFile: false, logLevel: 'warn' } as const;
await build({ ...config, ...own, integrations: [miniappFiles(finalDir, isOnlyMiniapps)] }, options);
// Astro empties its folder when it begins, so the files of the miniapps are never in it.
if (!isOnlyMiniapps) cpSync(resolve(root, outDir), finalDir, { recursive: true });
process.send?.('done');
