/**
 * Path is identity: which file of `config/` is of which kind, and what its name says.
 * Paths are relative to `config/`, with forward slashes.
 */

export type FileKind =
  | 'readme'
  | 'platform'
  | 'policy'
  | 'app'
  | 'person'
  | 'miniapp'
  | 'avatar'
  | 'release'
  | 'version'
  | 'trafficking'
  | 'whitelist'
  | 'members'
  | 'domains'
  | 'scenarios'
  | 'languages'
  | 'report';

/** What a path says: its kind, the miniapp whose folder it is in, and the id that the file name stands for. */
export interface PathIdentity {
  readonly kind: FileKind;
  readonly miniapp?: string;
  readonly id?: string;
}

const VERSION = '(?:0|[1-9][0-9]{0,8})\\.(?:0|[1-9][0-9]{0,8})\\.(?:0|[1-9][0-9]{0,8})';
const MINIAPP_ID = /^[a-z0-9]{8,32}$/;

/** The files that a name stands for, at the top and in a miniapp's folder. */
const TOP: ReadonlyMap<string, FileKind> = new Map([
  ['README.md', 'readme'],
  ['platform.yaml', 'platform'],
  ['policy.yaml', 'policy'],
]);
const IN_MINIAPP: ReadonlyMap<string, FileKind> = new Map(
  (['miniapp', 'release', 'trafficking', 'whitelist', 'members', 'domains', 'scenarios', 'languages'] as const).map(
    (kind) => [`${kind}.yaml`, kind],
  ),
);

/** The files that are named by what they hold. */
const NAMED_AT_TOP: readonly (readonly [FileKind, RegExp])[] = [
  ['app', /^apps\/(?<id>[a-z0-9][a-z0-9_-]{0,63})\.yaml$/],
  ['person', /^people\/(?<id>[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9])){0,38})\.yaml$/],
];
const NAMED_IN_MINIAPP: readonly (readonly [FileKind, RegExp])[] = [
  ['version', new RegExp(`^versions/(?<id>${VERSION})\\.yaml$`)],
  ['report', /^reports\/(?<id>[0-9]{4}-(?:0[1-9]|1[0-2]))\.yaml$/],
  ['avatar', /^(?<id>[A-Za-z0-9][A-Za-z0-9_-]*\.(?:png|jpg|jpeg|webp|svg))$/],
];

/** Whether Windows takes the name of a file for a device, whatever its ending. */
const isDevice = (path: string): boolean => /(?:^|\/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/]*)?$/i.test(path);

const FOLDER = 'miniapps/';

/** What the path says, or undefined when no file may stand there. A device name of Windows (`con.yaml`) is none. */
export function identify(path: string): PathIdentity | undefined {
  if (!path.startsWith(FOLDER)) {
    const top = TOP.get(path);
    return top ? { kind: top } : named(path, NAMED_AT_TOP);
  }
  const end = path.indexOf('/', FOLDER.length);
  const miniapp = path.slice(FOLDER.length, end);
  if (end === -1 || !MINIAPP_ID.test(miniapp)) return undefined;
  const rest = path.slice(end + 1);
  const kind = IN_MINIAPP.get(rest);
  if (kind) return { kind, miniapp };
  const found = named(rest, NAMED_IN_MINIAPP);
  return found && { ...found, miniapp };
}

function named(path: string, patterns: readonly (readonly [FileKind, RegExp])[]): PathIdentity | undefined {
  for (const [kind, pattern] of patterns) {
    const id = pattern.exec(path)?.groups?.['id'];
    if (id !== undefined) return isDevice(path) ? undefined : { kind, id };
  }
  return undefined;
}

/** The miniapp in whose folder a path stands, whatever the file is and whether one may stand there; undefined for all others. */
export const miniappOf = (path: string): string | undefined => /^miniapps\/([^/]+)\//.exec(path)?.[1];

/** A path of the configuration from the top of the repository. `prefix`: where the configuration stands there; empty for the top itself. */
export const inRepository = (prefix: string, path = ''): string => (prefix === '' ? path : `${prefix}/${path}`);

/** The path of each kind of file, the inverse of `identify`. */
export const pathOf = {
  platform: 'platform.yaml',
  policy: 'policy.yaml',
  app: (app: string) => `apps/${app}.yaml`,
  person: (login: string) => `people/${login}.yaml`,
  folder: (miniapp: string) => `miniapps/${miniapp}`,
  file: (miniapp: string, kind: FileKind) => `miniapps/${miniapp}/${kind}.yaml`,
  avatar: (miniapp: string, name: string) => `miniapps/${miniapp}/${name}`,
  version: (miniapp: string, version: string) => `miniapps/${miniapp}/versions/${version}.yaml`,
  report: (miniapp: string, month: string) => `miniapps/${miniapp}/reports/${month}.yaml`,
} as const;

const HOLDS_FILES = /^(?:apps|people|miniapps(?:\/[a-z0-9]{8,32}(?:\/(?:versions|reports))?)?)$/;

/** Whether files of a configuration stand in a folder of this path. */
export const isFolderOfFiles = (path: string): boolean => HOLDS_FILES.test(path);
