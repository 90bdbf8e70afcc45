/**
 * Names that Git takes for something of its own on some machine. `git fsck --strict` refuses them, and so do servers that look at what
 * is pushed (GitHub does): fsck.c, path.c (is_ntfs_dotgit) and utf8.c (is_hfs_dot_str) of Git.
 */

/** Characters that macOS passes over in names. */
const PASSED_OVER = /[\u200C-\u200F\u202A-\u202E\u206A-\u206F\uFEFF]/g;
/** `.git` and its short name on Windows, which ignores dots and spaces at the end, and what follows a colon. */
const WINDOWS = /^(?:\.git|git~1)[ .]*(?:$|:)/i;
/** Bytes of one name: what file systems have at most. */
const LONGEST = 255;

/** Why Git does not take a path; undefined where it does. */
export function refusedName(path: string): string | undefined {
  const names = path.split('/');
  for (const [i, name] of names.entries()) {
    if (name === '' || name === '.' || name === '..') return `"${name}" is no name of a file`;
    const isGit = WINDOWS.test(name) || name.replace(PASSED_OVER, '').toLowerCase() === '.git';
    if (isGit) return `"${name}" is read as .git, Git's own folder, on some machines`;
    const own = i < names.length - 1 ? ownFile(name) : undefined;
    if (own !== undefined) return `"${name}" is a folder, and Git reads ${own} as a file`;
    if (Buffer.byteLength(name) > LONGEST) return `"${name.slice(0, 40)}…" has more than ${LONGEST} bytes`;
  }
  return undefined;
}

/** The files whose content Git looks at, by the names that some machine takes for theirs. */
const OWN_FILES = [
  { name: '.gitmodules', windows: /^(?:\.gitmodules|gitmod~[1-4])[ .]*(?:$|:)/i, short: 'gi7eba' },
  { name: '.gitattributes', windows: /^(?:\.gitattributes|gitatt~[1-4])[ .]*(?:$|:)/i, short: 'gi7d29' },
] as const;

export type OwnFile = (typeof OWN_FILES)[number]['name'];

/** Which of Git's own files some machine takes this path for. */
export function ownFile(path: string): OwnFile | undefined {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const plain = last.replace(PASSED_OVER, '').toLowerCase();
  return OWN_FILES.find(({ name, windows, short }) => windows.test(last) || isShort(last, short) || plain === name)
    ?.name;
}

/** Short names that Windows makes of many alike: eight characters, of which the digits take more and more. */
function isShort(name: string, start: string): boolean {
  const [, letters = '', digits = ''] = /^([a-z0-9]{0,6})~([1-9]\d*)[ .]*(?:$|:)/i.exec(name) ?? [];
  return letters.length + digits.length === 7 && start.startsWith(letters.toLowerCase());
}

/** Bytes that a line of attributes may have (attr.h). */
const LINE = 2048;

/** Why Git does not take the content of one of its own files. A module's settings can be used against whoever clones it. */
export function refusedContent(file: OwnFile, content: string): string | undefined {
  if (file === '.gitattributes') {
    const isLong = content.split('\n').some((line) => Buffer.byteLength(line) >= LINE);
    return isLong ? `a line of it has ${LINE} bytes or more` : undefined;
  }
  const isPlain = content.split(/\r?\n/).every((line) => PLAIN.some((form) => form.test(line)));
  return isPlain ? undefined : 'its settings could be used against whoever clones it, or are not written plainly';
}

/**
 * The lines that a file of modules may have. Git's own reader of settings knows more forms (quotes, continued lines, a setting beside its
 * header), in each of which something can be hidden; nobody needs them here.
 */
const PLAIN = [
  /^[ \t]*(?:[#;].*)?$/,
  /^\[submodule "(?!(?:[^"]*\/)?\.\.(?:\/|"))[\w./ @+-]+"\]$/,
  /^[ \t]*path[ \t]*=[ \t]*\w[\w./ @+-]*$/i,
  /^[ \t]*url[ \t]*=[ \t]*(?:(?:https?|ssh|git):\/\/\w[\w.:@-]*\/|\w[\w.-]*@\w[\w.-]*:|(?:\.\.?\/)+)\w[\w./@+~-]*$/i,
  /^[ \t]*(?:branch|ignore|shallow|fetchRecurseSubmodules|update)[ \t]*=[ \t]*\w[\w./-]*$/i,
];
