/** Reads a folder of a working tree as a configuration: without ignored files, and with an edit in progress applied. */
import { diskSource, type DiskSource, type GitView } from '../../read/disk.ts';
import { editStamp, withPendingEdits } from '../../read/edit-state.ts';
import { load, type Loaded, type LoadOptions } from '../../read/load.ts';
import type { Source } from '../../read/source.ts';
import { EnvironmentError } from '../../core/errors.ts';
import { gitAnswer } from '../process/run.ts';
import { isInRepository } from '../process/location.ts';

/** A source of the files of a folder as they are now. A file that cannot be read throws when it is read. */
export const workingTree = (folder: string): Source => withPendingEdits(folder, filesOf(folder));

/** The files as they are on disk, where an edit of several files may be half in place. Asks Git only where it has to. */
export const filesOf = (folder: string): DiskSource => diskSource(folder, gitView(folder));

/** Loads the files as they are on disk, where an edit of several files may be half in place. Throws EnvironmentError. */
export const loadFiles = (folder: string, options: LoadOptions = {}): Loaded => load(filesOf(folder), options);

/** Attempts to read a folder while other commands edit it; after so many the last reading is used. */
const MOST_READINGS = 5;

/** Loads a folder in a consistent state: where an edit of several files came in between, it is read again. Throws EnvironmentError. */
export function loadWorkingTree(folder: string, options: LoadOptions = {}): Loaded {
  for (let reading = 1; ; reading += 1) {
    const before = editStamp(folder);
    const loaded = load(workingTree(folder), options);
    if (reading === MOST_READINGS || editStamp(folder) === before) return loaded;
  }
}

/** Without Git or a repository nothing is tracked or ignored, and modes count where the file system has them. */
function gitView(folder: string): GitView {
  const paths = (args: readonly string[], input = ''): string[] => {
    try {
      // 1: none of them is ignored.
      const { stdout } = gitAnswer(folder, args, { input, accept: [1] });
      return stdout.toString('utf8').split('\0').slice(0, -1);
    } catch (error) {
      if (error instanceof EnvironmentError) return [];
      throw error;
    }
  };
  // Asked once, however many miniapps a folder is read by.
  let tracked: readonly string[] | undefined;
  let modes: { readonly are: boolean | undefined } | undefined;
  const hasModes = () =>
    isInRepository(folder)
      ? paths(['config', '-z', '--type=bool', '--get', 'core.fileMode'])[0] !== 'false'
      : undefined;
  return {
    tracked: () => (tracked ??= paths(['ls-files', '-z', '--cached', '--', '.'])),
    ignored: (asked) => new Set(paths(['check-ignore', '-z', '--stdin'], asked.map((path) => `${path}\0`).join(''))),
    hasModes: () => (modes ??= { are: hasModes() }).are,
  };
}
