/**
 * What stands in a project's folder and is no part of its package: what package managers, version control, editors and operating
 * systems leave there. The vendor documents no setting of a project for it (`project.tuya.json` has none).
 */

const NAMES: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  '.git',
  '.hg',
  '.svn',
  'CVS',
  '.DS_Store',
  '.AppleDouble',
  '.Spotlight-V100',
  '.Trashes',
  '__MACOSX',
  'Thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '.idea',
  '.vscode',
  '.vs',
  '.cache',
  '.temp',
  '.tmp',
  '.ray',
  '.turbo',
  '.parcel-cache',
  '.eslintcache',
  '.stylelintcache',
  '.nyc_output',
  '.yarn',
  '.pnp.cjs',
  '.pnpm-store',
]);

/** Logs of package managers, what editors keep beside a file, and secrets of the machine, which belong in no package. */
const PATTERNS = [
  /^(?:npm|yarn|lerna)-(?:debug|error)\.log/,
  /\.sw[op]$/,
  /~$/,
  /^\._/,
  // Code may be called `.env.js`, and is read by other code.
  /^\.env(?:\.(?!(?:.*\.)?[cm]?[jt]s$).+)?$/,
];

/** Whether a file or folder of this name is no part of a package, wherever it is. */
export const isIgnored = (name: string): boolean => NAMES.has(name) || PATTERNS.some((pattern) => pattern.test(name));
