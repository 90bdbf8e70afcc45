/**
 * What systems and editors leave beside the files that somebody works on: no part of a configuration as long as nobody has
 * added it to Git. After GitHub's collection (https://github.com/github/gitignore/tree/main/Global) and the editors' manuals.
 */

/** Where an edit is prepared that has no Git folder to be prepared in. */
export const EDIT_FOLDER = '.miniapp-edit';

const FOLDERS: ReadonlySet<string> = new Set([
  EDIT_FOLDER,
  ...['.idea', '.vscode', '.vs', '.fleet', '.zed', '.history', '.settings', '.metadata'],
  ...['.appledouble', '.spotlight-v100', '.trashes', '.fseventsd', '.temporaryitems', '.documentrevisions-v100'],
  ...['__macosx', '$recycle.bin', 'system volume information', '@eadir', '.stfolder', '.stversions', '.dropbox.cache'],
  ...['.cache', '.direnv'],
]);

const FILES: ReadonlySet<string> = new Set([
  ...['.ds_store', '.localized', '.volumeicon.icns', 'icon\r', '.apdisk', '.lsoverride'],
  ...['thumbs.db', 'thumbs.db:encryptable', 'ehthumbs.db', 'ehthumbs_vista.db', 'desktop.ini', '.directory'],
  // Vim tries with this name whether it may write.
  '4913',
]);

/** Each by who leaves it. */
const PATTERNS: readonly RegExp[] = [
  /^\._/, // macOS, on file systems of others
  /^\.(?:nfs|fuse_hidden|goutputstream-|trash-|smbdelete|syncthing\.|#)/, // removed while open, saved half-way, Emacs' locks
  /^~\$|^\.~lock\.|^#.*#$/, // Office, LibreOffice, Emacs
  /~$/, // Vim, Emacs, nano, Kate
  /\.(?:sw[a-p]|kate-swp|orig|rej|bak|tmp|temp|old|save)$/, // swap files, merges, patches, nano
  /___jb_(?:tmp|old|bak)___$/, // JetBrains
  /:zone\.identifier$/, // Windows, seen by Linux
  /\.(?:code-workspace|sublime-(?:project|workspace))$/,
];

/** Whether a file or folder of this name is litter. No file of a configuration is called so. */
export function isLitter(name: string, isFolder: boolean): boolean {
  const folded = name.toLowerCase();
  if (isFolder) return FOLDERS.has(folded) || /^\.(?:trash-|~)/.test(folded);
  return FILES.has(folded) || PATTERNS.some((pattern) => pattern.test(folded));
}

/** Whether a file is litter, or in a folder that is. */
export function isLitterPath(path: string): boolean {
  const parts = path.split('/');
  return parts.some((part, index) => isLitter(part, index < parts.length - 1));
}
