/** Where a folder is in its repository, what is checked out there, and whether the clone is whole. */
import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EnvironmentError } from '../../core/errors.ts';
import { gitAnswer, PLACES } from './run.ts';

/** Where a folder is in its repository, and where the repository keeps what. All paths but `prefix` are absolute. */
export interface Location {
  /** The top of the working tree. */
  readonly top: string;
  /** The path of the folder from the top, `''` for the top itself; it may end in a space or a line end. */
  readonly prefix: string;
  /** The repository's own folder, of this working tree where there are several. */
  readonly own: string;
  readonly objects: string;
  /** The index, which may not be there yet. */
  readonly index: string;
  /** The file that is there in a clone of the end of a history alone, and names where that ends. */
  readonly shallow: string;
  /** The hash that ids are made with: `sha1` or `sha256`. */
  readonly format: string;
}

/** An argument that `git rev-parse` echoes, as a separator of answers: a path may hold any character, a line end too, but no two slashes side by side. */
const MARK = '--next//';
const ASKED = [
  ['--show-toplevel'],
  ['--show-prefix'],
  ['--absolute-git-dir'],
  ['--git-path', 'objects'],
  ['--git-path', 'index'],
  ['--git-path', 'shallow'],
  ['--show-object-format'],
].flatMap((words) => [...words, MARK]);
/** Answers to these. */
const FEWEST = 7;

/**
 * Locations that Git told, by folder and by Git's variables of places: each stays what it is as long as the `.git` by which Git finds the
 * repository is the same one, which is looked at each time. What a repository holds is never kept here.
 */
const remembered = new Map<string, { readonly mark: string; readonly location: Location }>();

interface FolderKey {
  readonly key: string;
  /** Which `.git` is found from the folder; undefined where there is none. */
  readonly mark: string | undefined;
}

function placeOf(folder: string): FolderKey {
  let real: string;
  try {
    real = realpathSync(folder);
  } catch {
    // Git says what is wrong with it.
    return { key: '', mark: undefined };
  }
  const variables = PLACES.map((name) => process.env[name]);
  const isAsked = variables.some((value) => value !== undefined);
  return { key: JSON.stringify([real, ...(isAsked ? [process.cwd(), variables] : [])]), mark: markAbove(real) };
}

function markAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const stats = lstatSync(join(at, '.git'), { throwIfNoEntry: false });
    if (stats) return [at, stats.dev, stats.ino, stats.birthtimeMs].join(' ');
    if (dirname(at) === at) return undefined;
  }
}

function rememberedOf({ key, mark }: FolderKey): Location | undefined {
  const found = remembered.get(key);
  return found && found.mark === mark ? found.location : undefined;
}

/** Asks where a folder is and, by the same process, for more words (`head`), whose answer is empty where they have none. Throws EnvironmentError. */
function ask(
  folder: string,
  { key, mark }: FolderKey,
  head: readonly string[] = [],
): { readonly location: Location; readonly answer: string } {
  const words = [...FIRST_MEANING, 'rev-parse', '--path-format=absolute', ...ASKED];
  const { stdout, status } = gitAnswer(folder, [...words, ...head], { accept: head.length === 0 ? [] : [128] });
  const answers = stdout.toString('utf8').split(`\n${MARK}\n`);
  // Where it is not what is asked besides that is at fault, this throws and says what is.
  if (answers.length <= FEWEST) gitAnswer(folder, words);
  const [top = '', prefix = '', own = '', objects = '', index = '', shallow = '', format = '', rest = ''] = answers;
  const location = { top, prefix: prefix.replace(/\/$/, ''), own, objects, index, shallow, format };
  if (mark !== undefined) remembered.set(key, { mark, location });
  return { location, answer: status === 0 ? rest : '' };
}

/** Where a folder is, asked once as long as that stays so. Throws EnvironmentError outside of a working tree. */
export function locationOf(folder: string): Location {
  const place = placeOf(folder);
  return rememberedOf(place) ?? ask(folder, place).location;
}

/** The top folder of the working tree around a folder. Throws EnvironmentError outside of one. */
export const topOf = (folder: string): string => locationOf(folder).top;

/** The path of a folder from the top of its repository, `''` for the top itself; it may end in a space or a line end. */
export const prefixOf = (folder: string): string => locationOf(folder).prefix;

/** Whether the clone holds only the end of its history, as it is now. */
export const isShallow = (folder: string): boolean => existsSync(locationOf(folder).shallow);

export interface CheckedOut {
  readonly commit: string;
  /** The branch, by its name without refs/heads/; undefined where none is checked out. */
  readonly branch?: string;
}

/** What is checked out, as it is now; undefined where nothing is committed. Throws EnvironmentError outside of a working tree. */
export function checkedOut(folder: string): CheckedOut | undefined {
  const place = placeOf(folder);
  const answer =
    rememberedOf(place) === undefined
      ? ask(folder, place, HEAD).answer
      : gitAnswer(folder, [...FIRST_MEANING, 'rev-parse', ...HEAD], { accept: [128] }).stdout.toString('utf8');
  // A name that stands for nothing is echoed.
  const [, commit, ref = ''] = /^([0-9a-f]{40,64})\n(.*)\n$/.exec(answer) ?? [];
  if (commit === undefined) return undefined;
  return { commit, ...(ref.startsWith(BRANCHES) ? { branch: ref.slice(BRANCHES.length) } : {}) };
}

const BRANCHES = 'refs/heads/';
/** Git's own short name of a branch is longer where a tag is called so. */
const HEAD = ['HEAD^{commit}', '--symbolic-full-name', 'HEAD'];
/** Without it Git tells no full name of HEAD where a tag or a branch is called HEAD too, which anybody may push. */
const FIRST_MEANING = ['-c', 'core.warnAmbiguousRefs=false'];

/** The commit that is checked out, as it is now; undefined where nothing is committed. Throws EnvironmentError outside of a working tree. */
export const headIn = (folder: string): string | undefined => checkedOut(folder)?.commit;

/** Whether there is a repository around a folder. */
export const isInRepository = (folder: string): boolean => {
  const place = placeOf(folder);
  if (rememberedOf(place) !== undefined) return true;
  try {
    if (place.mark === undefined) return gitAnswer(folder, ['rev-parse', '--git-dir'], { accept: [128] }).status === 0;
    ask(folder, place);
    return true;
  } catch (error) {
    if (error instanceof EnvironmentError) return false;
    throw error;
  }
};

export interface Head {
  readonly commit: string;
  /** The path of the folder from the top of the repository, `''` for the top itself. */
  readonly prefix: string;
  /** Whether the clone holds only the end of its history. */
  readonly isShallow: boolean;
}

/** What is checked out, and where a folder is in it. Throws EnvironmentError where nothing is committed, or there is no repository. */
export async function headOf(folder: string): Promise<Head> {
  // The name of it throws and says why there is none.
  const commit = headIn(folder) ?? (await git(folder).commit('HEAD'));
  return { commit, prefix: prefixOf(folder), isShallow: isShallow(folder) };
}

export interface Git {
  /** Standard output of a command. Throws EnvironmentError with Git's own words. */
  run(...args: string[]): Promise<string>;
  /** The id of the commit with this name. Throws EnvironmentError where there is none. */
  commit(name: string): Promise<string>;
  /** The path of this folder from the top of the repository, `''` for the top itself. */
  prefix(): Promise<string>;
}

const SHORT_ID = /^[0-9a-f]{4,63}$/i;
const REF_KINDS = ['refs/tags/', 'refs/heads/', 'refs/remotes/'];
/** What a name of a commit begins with: `main` of `main~2`. */
const rootOf = (name: string): string => /^(?:[^~^:@]|@(?!\{))*/.exec(name)?.[0] ?? '';

/**
 * The tags and branches that a name may mean, if they are here. Git takes a tag before a branch, and either before a commit whose id begins
 * so; anybody who may push gives a tag any name, also that of a branch or the beginning of an id.
 */
export function refsNamed(name: string): string[] {
  const root = rootOf(name);
  const isPlain =
    root !== '' && !root.startsWith('refs/') && !/^(?:[A-Z_]*HEAD|@|[0-9a-f]{40}|[0-9a-f]{64})$/.test(root);
  return isPlain ? REF_KINDS.map((kind) => kind + root) : [];
}

/** Whether a name may mean several commits: `commits` are those of the tags and branches of that name. */
export const isAmbiguous = (name: string, commits: readonly string[]): boolean =>
  mayBeId(name, commits) || new Set(commits).size > 1;

function mayBeId(name: string, commits: readonly string[]): boolean {
  const root = rootOf(name);
  return SHORT_ID.test(root) && commits.some((commit) => !commit.startsWith(root.toLowerCase()));
}

/** The commits here whose ids begin as a name does: of `20261130`, a date that names a tag, there are none in general. */
function commitsBegun(folder: string, name: string): string[] {
  const input = gitAnswer(folder, ['rev-parse', `--disambiguate=${rootOf(name)}`]).stdout;
  const { stdout } = gitAnswer(folder, ['cat-file', '--batch-check'], { input });
  return [...stdout.toString('utf8').matchAll(/^([0-9a-f]+) commit /gm)].map(([, id = '']) => id);
}

function ambiguity(name: string, refs: readonly { ref: string; commit: string }[], isId: boolean): string {
  const root = rootOf(name);
  const all = refs.map(({ ref, commit }) => `${ref} (${commit.slice(0, 10)})`);
  const also = isId ? [...all, 'the beginning of the id of a commit'] : all;
  const next = isId ? 'write the whole id, or the tag or branch with refs/' : 'write it with refs/';
  return `"${root}" may mean ${also.join(' and ')} here: ${next}`;
}

/** Git in a folder. */
export function git(folder: string): Git {
  return {
    run: async (...args) => gitAnswer(folder, args).stdout.toString('utf8'),
    async commit(name) {
      // A name that begins with a hyphen would be an option.
      if (name.startsWith('-')) throw new EnvironmentError(`"${name}" is no commit, branch or tag`);
      const asked = name === '' || name.includes('\n') ? [] : [name, ...refsNamed(name)];
      const input = asked.map((one) => `${one}^{commit}\n`).join('');
      const answer = gitAnswer(folder, ['cat-file', '--batch-check'], { input, accept: [128] });
      const ids = answer.stdout
        .toString('utf8')
        .split('\n')
        .map((line) => /^([0-9a-f]{40,64}) commit \d+$/.exec(line)?.[1]);
      const refs = asked.flatMap((ref, i) => (i > 0 && ids[i] !== undefined ? [{ ref, commit: ids[i] }] : []));
      const commits = refs.map(({ commit }) => commit);
      const begun = mayBeId(name, commits) ? commitsBegun(folder, name) : [];
      if (new Set([...commits, ...begun]).size > 1) throw new EnvironmentError(ambiguity(name, refs, begun.length > 0));
      const [found] = ids;
      if (found !== undefined) return found;
      // Throws where there is no repository.
      throw new EnvironmentError(`there is no commit, branch or tag "${name}" here${shallowAdvice(folder)}`);
    },
    prefix: async () => prefixOf(folder),
  };
}

/** How to deepen a clone that holds only the end of its history. */
export const SHALLOW = 'git fetch --unshallow';

/** What to add to "it is not here" when the clone is one that does not hold everything. */
export const shallowAdvice = (folder: string): string =>
  isShallow(folder) ? `; this clone is shallow, so its history ends early: ${SHALLOW}` : '';
