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

const MINIAPP = '[a-z0-9]{8,32}';
const VERSION = '(?:0|[1-9][0-9]{0,8})\\.(?:0|[1-9][0-9]{0,8})\\.(?:0|[1-9][0-9]{0,8})';

/** The folders whose files are named by what they hold. */
const NAMED: readonly (readonly [FileKind, RegExp])[] = [
  ['app', /^apps\/(?<id>[a-z0-9][a-z0-9_-]{0,63})\.yaml$/],
  ['person', /^people\/(?<id>[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9])){0,38})\.yaml$/],
  ['version', new RegExp(`^miniapps/(?<miniapp>${MINIAPP})/versions/(?<id>${VERSION})\\.yaml$`)],
  ['report', new RegExp(`^miniapps/(?<miniapp>${MINIAPP})/reports/(?<id>[0-9]{4}-(?:0[1-9]|1[0-2]))\\.yaml$`)],
  [
    'avatar',
    new RegExp(`^miniapps/(?<miniapp>${MINIAPP})/(?<id>[A-Za-z0-9][A-Za-z0-9_-]*\\.(?:png|jpg|jpeg|webp|svg))$`),
  ],
];

const IN_MINIAPP = new RegExp(`^miniapps/(?<miniapp>${MINIAPP})/(?<kind>[a-z]+)\\.yaml$`);
const MINIAPP_KINDS: ReadonlySet<string> = new Set<FileKind>([
  'miniapp',
  'release',
  'trafficking',
  'whitelist',
  'members',
  'domains',
  'scenarios',
  'languages',
]);
const TOP: ReadonlyMap<string, FileKind> = new Map([
  ['README.md', 'readme'],
  ['platform.yaml', 'platform'],
  ['policy.yaml', 'policy'],
]);

/** Whether Windows takes the name of a file for a device, whatever its ending. */
const isDevice = (path: string): boolean => /(?:^|\/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/]*)?$/i.test(path);

/** What the path says, or undefined when no file may stand there. A device name of Windows (`con.yaml`) is none. */
export function identify(path: string): PathIdentity | undefined {
  const top = TOP.get(path);
  if (top) return { kind: top };
  const own = IN_MINIAPP.exec(path)?.groups;
  if (own) {
    const { miniapp = '', kind = '' } = own;
    return MINIAPP_KINDS.has(kind) ? { kind: kind as FileKind, miniapp } : undefined;
  }
  for (const [kind, pattern] of NAMED) {
    const groups = pattern.exec(path)?.groups;
    if (groups) return isDevice(path) ? undefined : { kind, ...groups };
  }
  return undefined;
}

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
