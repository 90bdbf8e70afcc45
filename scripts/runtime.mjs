/**
 * Which Node runs this project, and where compiled code is kept. Plain JavaScript for the machine's own Node (18 or newer), because it
 * decides whether that one can read TypeScript or the one among the packages (`node-<platform>-<arch>`) has to.
 */
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// By `require`: an `import` of `node:fs` also loads the streams that it has for those who ask.
const { existsSync, readFileSync } = createRequire(import.meta.url)('node:fs');

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What `npm` leaves when an installation is complete. */
export const INSTALLED = join(ROOT, 'node_modules/.package-lock.json');

/** Whether npm has installed packages here; which ones is not looked at. */
export const hasPackages = () => existsSync(INSTALLED);

const packageJson = () => JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/**
 * The lowest Node that reads TypeScript as it is. `engines` in package.json names a lower one: an older Node is enough to
 * install the project's own and to start it.
 */
export const requiredNode = () => '22.18.0';

/** Whether the Node that runs this reads TypeScript. */
export const readsTypeScript = Boolean(process.features.typescript);

/** Whether package.json has a Node for this machine's platform among its packages. */
export const hasBundledNode = () => `node-${process.platform}-${process.arch}` in packageJson().optionalDependencies;

/** The Node among the packages, or undefined where it is not installed. */
export function bundledNode() {
  const path = join(ROOT, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  return existsSync(path) ? path : undefined;
}

/** Keeps compiled code between runs. Where the folder cannot be written it does nothing, and says so only to who asks. */
export function keepCompiled() {
  if (!process.env.NODE_COMPILE_CACHE) module.enableCompileCache?.(join(ROOT, '.cache/compile'));
}
