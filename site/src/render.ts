/**
 * Renders everything there is to publish, in a process of its own, as the pages read the environment (build-input.ts). The portal command
 * starts it, and is told how many pages there are.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildInput } from '../build-input.ts';
import { writeFiles, type PortalPages } from './write-files.ts';

// The parent process has ended, so nobody uses the result.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();

const { compiledDir, finalDir, isOnlyMiniapps } = buildInput(process.env);
if (finalDir === undefined) throw new Error('MINIAPP_FINAL_DIR is not set: where is the portal to stand?');

const pages = (await import(pathToFileURL(join(compiledDir, 'server/index.mjs')).href)) as PortalPages;
if (!isOnlyMiniapps) cpSync(join(compiledDir, 'client'), finalDir, { recursive: true });
const written = await writeFiles(pages, finalDir, isOnlyMiniapps);
process.send?.(written);
