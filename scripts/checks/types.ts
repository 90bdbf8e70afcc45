/**
 * npm run types: every file of tsconfig.json, pages and the rest alike. `astro check` looks at TypeScript beside its own files, with the same
 * findings, so the compiler is not run once more. Astro's telemetry, and its notice of it, are off on every platform alike.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
const check = [join('node_modules', 'astro', 'bin', 'astro.mjs'), 'check', '--root', 'site'];
const { status } = spawnSync(process.execPath, check, { cwd: ROOT, env, stdio: 'inherit' });
process.exitCode = status ?? 1;
