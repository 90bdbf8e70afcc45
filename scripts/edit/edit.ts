/** What an edit is: from the state and its arguments to the files that differ. Pure: writing them is somebody else's. */
import type { Release, Workspace } from '../core/model.ts';
import { identify, pathOf } from '../core/paths.ts';
import type { Problem } from '../core/problems/problem.ts';
import { rewrite, written } from './yaml.ts';

/** The state that is edited. */
export interface EditState {
  readonly workspace: Workspace;
  /** The text of every YAML file that was read, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** The bytes of any file as it stands; null when there is none. */
  readonly bytes: (path: string) => FileContent;
  /** The release that Git holds, where the state may be ahead of it; undefined there when it holds none yet. */
  readonly releaseCommitted?: (miniapp: string) => Release | undefined;
}

/** What a file holds; null when there is none. */
export type FileContent = string | Uint8Array | null;

export interface FileEdit {
  /** Relative to `config/`. */
  readonly path: string;
  readonly before: FileContent;
  readonly after: FileContent;
}

export type Edited =
  /** `notes`: what was done otherwise than asked, or counted. */
  | {
      readonly edits: readonly FileEdit[];
      readonly notes?: readonly string[];
      /** What is told beside it and keeps nothing from being written, with the texts outside the configuration in which it shows. */
      readonly warnings?: readonly Problem[];
      readonly texts?: ReadonlyMap<string, string>;
      /** What the answer as JSON says besides. */
      readonly answer?: Readonly<Record<string, unknown>>;
    }
  /** Why nothing is left to do. */
  | { readonly already: string }
  /** Why it cannot be done; `texts`: files outside the configuration in which that shows. */
  | { readonly problems: readonly Problem[]; readonly texts?: ReadonlyMap<string, string> };

type EditedValue = Readonly<Record<string, unknown>>;

/** A YAML file that says `value` afterwards; without a value the file goes. */
export function fileEdits({ workspace, texts }: EditState, path: string, value: EditedValue | undefined): FileEdit {
  const before = texts.get(path) ?? null;
  if (value === undefined) return { path, before, after: null };
  if (before === null) return { path, before, after: written(value, schemaLine(texts.get(pathOf.platform), path)) };
  if (workspace.broken.has(path)) throw new Error(`${path} cannot be read`);
  return { path, before, after: rewrite(before, value) };
}

/** A file in which nothing may be left: it goes with its last entry, unless somebody's comment would go with it. */
export function saveOrRemove(given: EditState, path: string, value: EditedValue): FileEdit {
  const text = given.texts.get(path) ?? '';
  const hasComment = text.split('\n').some((line) => /(?:^|\s)#/.test(line) && !SCHEMA_LINE.test(line));
  const isEmpty = Object.keys(value).length === 0;
  return fileEdits(given, path, isEmpty && !hasComment ? undefined : value);
}

const SCHEMA_LINE = /^# yaml-language-server:/;
const PLATFORM_SCHEMA = /^# yaml-language-server: \$schema=(.*)platform\.schema\.json\s*$/m;

/** The comment by which editors find the schema, where platform.yaml begins with it too. */
function schemaLine(platform: string | undefined, path: string): string {
  const folder = PLATFORM_SCHEMA.exec(platform ?? '')?.[1];
  const kind = identify(path)?.kind;
  if (folder === undefined || kind === undefined) return '';
  const isRelative = !folder.startsWith('/') && !folder.includes(':');
  const up = isRelative ? '../'.repeat(path.split('/').length - 1) : '';
  return `# yaml-language-server: $schema=${up}${folder}${kind}.schema.json\n`;
}

/** A copy without the keys whose value is undefined. */
export const present = <T extends object>(value: T): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));

/** The edits that change something; when none does, why. */
export function edited(edits: readonly FileEdit[], already: string): Edited {
  const real = edits.filter(({ before, after }) => !isSame(before, after));
  return real.length > 0 ? { edits: real } : { already };
}

function isSame(before: FileContent, after: FileContent): boolean {
  if (before instanceof Uint8Array && after instanceof Uint8Array) {
    return before.length === after.length && before.every((byte, i) => byte === after[i]);
  }
  return before === after;
}
