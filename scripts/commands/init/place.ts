/** Where a platform may begin: the folder, what a run before left there, and whether something stands in the way. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { isExample, isOfExample } from '../../core/example.ts';
import { othersUntil } from '../../git/history/beginning.ts';
import { refOf } from '../../git/writing/branch.ts';
import { gitAnswer, gitText } from '../../git/process/run.ts';
import { workingTree } from '../../git/working-tree/working-tree.ts';
import { load, type Loaded } from '../../read/load.ts';
import { text, UsageError, type Input, type Io } from '../../cli/frame/command.ts';

export interface InitPlace {
  /** The project's folder, the configuration in it, and its path from there. */
  readonly root: string;
  readonly path: string;
  readonly prefix: string;
  /** Whether the project's folder is the top of a Git repository, and whether something is committed in it. */
  readonly hasGit: boolean;
  readonly hasCommit: boolean;
}

/** The place that the words and the working folder name. Throws UsageError where it is no copy of the project, or is in another repository. */
export function placeOf(input: Input, io: Io): InitPlace {
  const given = text(input, 'config') ?? 'config';
  const path = isAbsolute(given) ? given : join(io.cwd, given);
  const root = dirname(path);
  if (!existsSync(join(root, 'schemas/platform.schema.json'))) {
    throw new UsageError(`${root} is no copy of the registry's project (it has no schemas/): run this in its folder`);
  }
  const hasGit = existsSync(join(root, '.git'));
  const { status } = hasGit ? { status: 1 } : gitAnswer(root, ['rev-parse', '--git-dir'], { accept: [128] });
  if (status === 0) {
    throw new UsageError(
      `${root} is a folder of another Git repository, whose history would be this platform's: git init here first, or copy it elsewhere`,
    );
  }
  const hasCommit = hasGit && refOf(root, 'HEAD') !== undefined;
  return { root, path, prefix: relative(root, path), hasGit, hasCommit };
}

/** What a run that did not come to its end was about. */
export interface InitJournal {
  readonly beginning: string;
  readonly owner: string;
}

/** The absolute path of the file that says what a run is about, while it writes. */
export const journalFile = ({ root }: InitPlace): string => join(root, '.cache/init.json');

function readJournal(place: InitPlace): InitJournal | undefined {
  const file = journalFile(place);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as InitJournal;
  } catch {
    // Killed while it wrote this: nothing else was written yet.
    return undefined;
  }
}

const already = (beginning: string): string =>
  `a platform of its own stands here already (beginning ${beginning} in platform.yaml); to change its name, regions or people edit it, or use person, app and edit`;

/** Why nothing may begin here, where the example does not stand alone. */
function reasonNotTo(
  place: InitPlace,
  { workspace }: Loaded,
  journal: InitJournal | undefined,
  isCommitWanted: boolean,
): string | undefined {
  const { root, path, prefix, hasCommit } = place;
  const isOurs = (login: string): boolean => isOfExample(login) || login === journal?.owner;
  const others = [...workspace.people.keys()].filter((login) => !isOurs(login));
  if (!isExample(workspace) && others.length > 0) {
    return `a platform of its own stands here already: people/${others[0]}.yaml is nobody of the example. Without a beginning its audit counts from its first commit`;
  }
  if (!hasCommit) return undefined;
  const [before] = othersUntil(root, 'HEAD', prefix);
  if (before !== undefined) {
    return `this repository had people/${before}.yaml before, so its history is not the example's alone and no beginning counts in it. Begin in a fresh copy, or without its history: rm -rf .git && git init`;
  }
  const changed = journal
    ? ''
    : gitText(root, ['status', '--porcelain', '--untracked-files=all', '--', ...(isCommitWanted ? [] : [path])]);
  if (changed === '') return undefined;
  const [first = ''] = changed.split('\n');
  return `${first.slice(3)} is changed and not committed; what is in ${prefix}/ would be gone. Commit it, or take it back (git restore, git clean)`;
}

function isUncommitted({ root, prefix, hasCommit }: InitPlace, beginning: string): boolean {
  if (!hasCommit) return true;
  const { stdout } = gitAnswer(root, ['show', `HEAD:${prefix}/platform.yaml`], { accept: [128] });
  return !stdout.toString('utf8').includes(beginning);
}

/** What stands in a place: nothing may begin there, a beginning lacks its commit, or one may begin or go on. */
export type InitState =
  | { readonly refused: string }
  | { readonly recorded: string; readonly loaded: Loaded }
  | { readonly journal: InitJournal | undefined };

/** `isCommitWanted`: whether the first commit is to be made too. */
export function stateOf(place: InitPlace, isCommitWanted: boolean): InitState {
  const journal = readJournal(place);
  const loaded = existsSync(place.path) ? load(workingTree(place.path)) : undefined;
  const { beginning: recorded } = loaded?.workspace.platform ?? {};
  const isEnded = recorded !== undefined && (recorded !== journal?.beginning || !isUncommitted(place, recorded));
  if (loaded && isEnded) {
    rmSync(journalFile(place), { force: true });
    return isCommitWanted && isUncommitted(place, recorded) ? { recorded, loaded } : { refused: already(recorded) };
  }
  const refused = loaded && reasonNotTo(place, loaded, journal, isCommitWanted);
  return refused === undefined ? { journal } : { refused };
}
