/** Looks at the folders of miniapps: those that hold what they held before are not judged again, the others are. */
import type { MiniappFolder, DiskSource } from '../../read/disk.ts';
import { defined } from '../../core/defined.ts';
import { pathOf } from '../../core/paths.ts';
import { FILE_LIMIT, load, type Loaded } from '../../read/load.ts';
import type { SourceEntry } from '../../read/source.ts';
import { stampOf, stampOfLooks } from '../../cache/written.ts';
import type { PartFinding } from './part-finding.ts';

/** The files that all miniapps share, read once. */
export interface SharedFiles {
  readonly entries: readonly SourceEntry[];
  /** By path: what the file holds, or why it cannot be read. */
  readonly contents: ReadonlyMap<string, Uint8Array | string>;
}

/** The state of a folder when its finding was made. */
export interface FolderState {
  /** Its folders and files, by their paths below it. */
  readonly names: readonly string[];
  /** Of these, as the file system knows them; undefined where it cannot be told whether they are written again. */
  readonly stamp?: string | undefined;
  /** A digest of all that is in it. */
  readonly content: string;
}

export interface ExaminedFolder {
  readonly id: string;
  /** Absent where what is in the folder depends on more than the folder. */
  readonly folderState?: FolderState;
  /** Absent where the finding that is known still holds. */
  readonly finding?: PartFinding;
}

export interface Examination {
  readonly root: string;
  /** The same folder. */
  readonly source: DiskSource;
  readonly shared: SharedFiles;
  /** The states of the folders whose findings are known and hold at this moment. */
  readonly known: ReadonlyMap<string, FolderState>;
  /** Whether findings are kept, for which contents are digested. */
  readonly isKept: boolean;
  /** Whether all that is read of a miniapp is asked for. */
  readonly isWhole: boolean;
  /** The clock of the rules, and that of this machine when the examination began; milliseconds since 1970. */
  readonly now: number;
  readonly began: number;
}

/** A function that examines the miniapps with some ids, in their order. */
export function examiner(examination: Examination): (ids: readonly string[]) => Promise<ExaminedFolder[]> {
  const { source, shared, known, now, began, isKept, isWhole } = examination;
  let loadedShared: Loaded | undefined;
  return async (ids) => {
    const looked = source.miniapps(ids, FILE_LIMIT);
    const contents = new Map(looked.flatMap((folder) => [...folder.contents]));
    const folderStates = new Map(looked.map((folder) => [folder.id, folderStateOf(folder)]));
    const isKnown = (id: string) =>
      folderStates.get(id) !== undefined && folderStates.get(id)!.content === known.get(id)?.content;
    const unknown = looked.filter(({ id }) => !isKnown(id));
    const findings = new Map<string, PartFinding>();
    if (unknown.length > 0) {
      const { checkPart } = await import('./part.ts');
      loadedShared ??= loadShared(shared);
      const read = (path: string) => contents.get(path) ?? source.read(path);
      const found = checkPart(unknown, read, loadedShared.workspace, now, isWhole);
      for (const [i, { id }] of unknown.entries()) findings.set(id, found[i]!);
    }
    return ids.map((id) => {
      const [folderState, finding] = [folderStates.get(id), findings.get(id)];
      return { id, ...defined({ folderState, finding }) };
    });
  };

  /** Undefined where what is in the folder may mean another thing tomorrow, or is too large for a configuration. */
  function folderStateOf(folder: MiniappFolder): FolderState | undefined {
    const { id, entries, folders, isPlain, looks } = folder;
    if (!isKept || !isPlain || entries.some(({ size }) => size > FILE_LIMIT)) return undefined;
    const own = pathOf.folder(id);
    const names = [...folders, ...entries.map(({ path }) => path)].map((path) => path.slice(own.length + 1));
    const stamp = stampOfLooks(names, (name) => looks.get(name === '' ? own : `${own}/${name}`), began);
    const content = contentOf(folder);
    return content === undefined ? undefined : { names, stamp, content };
  }

  /** Undefined where a file cannot be read. */
  function contentOf({ entries, contents }: MiniappFolder): string | undefined {
    const digest = process.getBuiltinModule('node:crypto').createHash('sha256');
    try {
      for (const { path } of entries.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
        const bytes = contents.get(path) ?? source.read(path);
        digest.update(`${path}\n${bytes.length}\n`).update(bytes);
      }
    } catch {
      // Loading says what it is.
      return undefined;
    }
    return digest.digest('base64url').slice(0, 22);
  }
}

const placeOf = (root: string, id: string): string => `${root}/${pathOf.folder(id)}`;

/** Whether the folder of a miniapp stands as it did, so that it need not be looked at. `began`: as of an examination. */
export const isUnchanged = (root: string, id: string, { stamp, names }: FolderState, began: number): boolean =>
  stamp !== undefined && stamp === stampOf(placeOf(root, id), names, began);

/**
 * A workspace of the files that all miniapps share, from contents that were read before; a text in place of bytes is why a file could
 * not be read.
 */
export function loadShared({ entries, contents }: SharedFiles): Loaded {
  return load({
    list: () => [...entries],
    read(path) {
      const content = contents.get(path)!;
      if (typeof content === 'string') throw new Error(content);
      return content;
    },
  });
}
