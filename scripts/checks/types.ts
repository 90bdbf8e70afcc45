/** npm run types: the pages, then everything. Astro's telemetry, and its notice of it, are off on every platform alike. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const CHECKS = [
  ['node_modules/astro/bin/astro.mjs', 'check', '--root', 'site'],
  ['node_modules/typescript/bin/tsc', '--noEmit'],
];

for (const args of CHECKS) {
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
