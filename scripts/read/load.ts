/**
 * The only door in: a Source becomes a workspace and everything that is wrong with its files. Never throws on bad data. Longer than most
 * files: one pass over one state, which parts would have to hand about.
 */
import { defined } from '../core/defined.ts';
import { emptyMiniapp } from '../core/empty-miniapp.ts';
import { EnvironmentError } from '../core/errors.ts';
import { isFolderOfFiles, pathOf, identify, type FileKind, type PathIdentity } from '../core/paths.ts';
import type {
  App,
  Avatar,
  Domains,
  Languages,
  Member,
  Miniapp,
  MiniappBasics,
  Person,
  Platform,
  Policy,
  Release,
  Report,
  Scenario,
  TraffickingRow,
  Version,
  WhitelistRow,
  Workspace,
} from '../core/model.ts';
import { nearest } from '../core/problems/suggest.ts';
import type { Domains as DomainsFile } from '../core/types.generated.ts';
import { problem, type Problem } from '../core/problems/problem.ts';
import { AVATAR_LIMIT } from './avatar.ts';
import { readFile, type KnownFiles } from './known-files.ts';
import type { Source, SourceEntry } from './source.ts';
import { isLfsPointer } from './yaml.ts';

/** Bytes of a YAML file or README; a month's report of a large miniapp has about 300 KB. */
export const FILE_LIMIT = 1024 * 1024;

/** How many files where none belongs are named one by one. */
export const STRAYS = 1000;

export interface Loaded {
  readonly workspace: Workspace;
  /** What is wrong with the files themselves; the rules of `core/rules` come after. */
  readonly problems: readonly Problem[];
  /** The text of every YAML file that was read, to show where a problem is. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface LoadOptions {
  /** Read only these miniapps (and everything that is not a miniapp). */
  readonly miniapps?: readonly string[];
  /** Besides these miniapps: files to look at wherever they are, also where none belongs. */
  readonly also?: readonly string[];
  /** Read only files of these kinds; the others are known to be there, and what they hold is empty. */
  readonly kinds?: ReadonlySet<FileKind>;
  /** What the miniapps of the source stand beside, read before: platform, policy, apps, people. The source has none of them. */
  readonly beside?: Workspace;
  /** What was read before, where the same files come again. */
  readonly known?: KnownFiles;
}

/**
 * Reads a configuration. Takes a source of files, and which part to read. Gives the workspace, the problems of the files themselves (without
 * the rules) and the texts. A file that cannot be read is in `workspace.broken`. Never throws for the content of a file; passes on what the
 * source throws (EnvironmentError for Git or the disk).
 */
export function load(source: Source, options: LoadOptions = {}): Loaded {
  return new Loader(source, options.known).load(options);
}

/** What a miniapp has while its files come in. */
type Draft = { -readonly [K in keyof Miniapp]: Miniapp[K] } & {
  versions: Map<string, Version>;
  reports: Map<string, Report>;
};

const EMPTY_PLATFORM: Platform = { name: '-', regions: {}, languages: ['en'], link: { link: '-', experience: '-' } };

class Loader {
  readonly #source: Source;
  readonly #problems: Problem[] = [];
  readonly #texts = new Map<string, string>();
  readonly #files = new Set<string>();
  readonly #broken = new Set<string>();
  /** Files where none belongs, and the first of them that is not named. */
  readonly #strays: { count: number; unnamed?: string } = { count: 0 };
  readonly #apps = new Map<string, App>();
  readonly #people = new Map<string, Person>();
  readonly #miniapps = new Map<string, Draft>();
  /** The images in each miniapp's folder, by path. */
  readonly #images = new Map<string, Map<string, Avatar | undefined>>();
  #platform = EMPTY_PLATFORM;
  #policy: Policy = { transitions: {} };

  readonly #known: KnownFiles | undefined;

  constructor(source: Source, known?: KnownFiles) {
    this.#source = source;
    this.#known = known;
  }

  load({ miniapps, also = [], kinds, beside }: LoadOptions): Loaded {
    const entries = miniapps ? this.#part(miniapps, also) : this.#source.list('');
    if (beside) this.#standBeside(beside);
    for (const { path } of entries) this.#files.add(path);
    this.#caseCollisions();
    for (const entry of entries) this.#take(entry, kinds);
    for (const draft of this.#miniapps.values()) this.#finish(draft);
    if (!this.#files.has(pathOf.platform)) this.#missing(pathOf.platform);
    const { count, unnamed: file } = this.#strays;
    if (file !== undefined) this.#problems.push(problem('files-unknown', { file }, { file, count: count - STRAYS }));
    const workspace: Workspace = {
      platform: this.#platform,
      policy: this.#policy,
      apps: sorted(this.#apps),
      people: sorted(this.#people),
      miniapps: sorted(this.#miniapps),
      files: this.#files,
      broken: this.#broken,
      ...defined({ isPartial: miniapps || beside ? (true as const) : undefined }),
    };
    return { workspace, problems: this.#problems, texts: this.#texts };
  }

  #standBeside({ platform, policy, apps, people, files, broken }: Workspace): void {
    this.#platform = platform;
    this.#policy = policy;
    for (const [id, app] of apps) this.#apps.set(id, app);
    for (const [login, person] of people) this.#people.set(login, person);
    for (const file of files) this.#files.add(file);
    for (const file of broken) this.#broken.add(file);
  }

  #part(miniapps: readonly string[], also: readonly string[]): SourceEntry[] {
    // A name that cannot be an id is not looked for: it may hold `..`.
    const ids = miniapps.filter((id) => identify(pathOf.file(id, 'miniapp')) !== undefined);
    const folders = [pathOf.platform, pathOf.policy, 'apps', 'people', ...ids.map(pathOf.folder)];
    const wanted = [...folders, ...also];
    const entries = this.#source.listEach?.(wanted) ?? wanted.flatMap((folder) => this.#source.list(folder));
    return [...new Map(entries.map((entry) => [entry.path, entry])).values()];
  }

  #missing(file: string): void {
    this.#problems.push(problem('file-missing', { file }, { file }));
    this.#broken.add(file);
  }

  #caseCollisions(): void {
    const seen = new Map<string, string>();
    for (const file of this.#files) {
      const folded = file.toLowerCase();
      // Two that differ by case are not both in lower case.
      if (folded === file) continue;
      const other = seen.get(folded) ?? (this.#files.has(folded) ? folded : undefined);
      if (other !== undefined) this.#problems.push(problem('file-case-collision', { file }, { file, other }));
      seen.set(folded, file);
    }
  }

  #take(entry: SourceEntry, kinds: LoadOptions['kinds']): void {
    const { path: file } = entry;
    const identity = identify(file);
    if (!identity) {
      this.#stray(entry);
      return;
    }
    const draft = identity.miniapp === undefined ? undefined : this.#draft(identity.miniapp);
    if (identity.kind === 'avatar') this.#imagesOf(identity.miniapp!).set(file, undefined);
    if (kinds && !kinds.has(identity.kind)) return;
    const bytes = this.#bytes(entry, identity.kind);
    if (bytes === undefined) {
      this.#broken.add(file);
      return;
    }
    const isYaml = identity.kind !== 'readme' && identity.kind !== 'avatar';
    if (!isYaml && isLfsPointer(bytes)) {
      this.#problems.push(problem('lfs-pointer', { file }, { file }));
      this.#broken.add(file);
      return;
    }
    if (identity.kind === 'readme') return;
    const { kind } = identity;
    const { yaml, problems, avatar } = this.#known?.of(kind, file, bytes) ?? readFile(kind, file, bytes);
    if (!yaml) {
      this.#imagesOf(identity.miniapp!).set(file, avatar);
      return;
    }
    this.#texts.set(file, yaml.text);
    if (problems.length > 0) {
      this.#problems.push(...problems);
      this.#broken.add(file);
    } else this.#keep(identity, yaml.value, draft);
  }

  /** What belongs nowhere is named, up to a number: a folder that was put here by mistake may hold any number of files. */
  #stray(entry: SourceEntry): void {
    const { path: file } = entry;
    this.#strays.count += 1;
    // What a link in the place of a folder leads to is not read, and so not known.
    if (isFolderOfFiles(file)) this.#broken.add(file);
    if (this.#strays.count > STRAYS) this.#strays.unnamed ??= file;
    else if (entry.kind === 'file' || entry.kind === 'executable')
      this.#problems.push(problem('file-unknown', { file }, { file, near: expectedNear(file) }));
    else this.#notPlain(entry);
  }

  /** The bytes of a file that may be read; otherwise says why not. */
  #bytes(entry: SourceEntry, kind: FileKind): Uint8Array | undefined {
    const { path: file, size } = entry;
    if (entry.kind !== 'file') {
      this.#notPlain(entry);
      return undefined;
    }
    const limit = kind === 'avatar' ? AVATAR_LIMIT : FILE_LIMIT;
    if (size > limit) {
      this.#problems.push(problem('file-too-large', { file }, { file, bytes: size, limit }));
      return undefined;
    }
    try {
      return this.#source.read(file);
    } catch (error) {
      // What Git cannot give is no fault of the file, and a file that seems empty would change what the others mean.
      if (error instanceof EnvironmentError) throw error;
      const detail = error instanceof Error ? error.message : String(error);
      this.#problems.push(problem('file-unreadable', { file }, { file, detail }));
      return undefined;
    }
  }

  #notPlain({ path: file, kind }: SourceEntry): void {
    if (kind !== 'file') this.#problems.push(problem('file-not-plain', { file }, { file, ...NOT_PLAIN[kind] }));
  }

  #imagesOf(id: string): Map<string, Avatar | undefined> {
    let images = this.#images.get(id);
    if (!images) this.#images.set(id, (images = new Map()));
    return images;
  }

  #draft(id: string): Draft {
    let draft = this.#miniapps.get(id);
    if (!draft) {
      draft = emptyMiniapp({ id, basics: { id, type: 'smart', name: {}, avatar: '' } });
      this.#miniapps.set(id, draft);
    }
    return draft;
  }

  /** Puts a value whose shape holds into its place; the casts are what the schema has just proved. */
  #keep({ kind, id = '' }: PathIdentity, value: unknown, draft: Draft | undefined): void {
    switch (kind) {
      case 'platform':
        this.#platform = value as Platform;
        return;
      case 'policy':
        this.#policy = value as Policy;
        return;
      case 'app':
        this.#apps.set(id, value as App);
        return;
      case 'person':
        this.#people.set(id, value as Person);
        return;
    }
    if (!draft) return;
    switch (kind) {
      case 'miniapp':
        draft.basics = value as MiniappBasics;
        return;
      case 'release':
        draft.release = value as Release;
        return;
      case 'version':
        draft.versions.set(id, value as Version);
        return;
      case 'trafficking':
        draft.trafficking = (value as { trafficking: TraffickingRow[] }).trafficking;
        return;
      case 'whitelist':
        draft.whitelist = (value as { whitelist: WhitelistRow[] }).whitelist;
        return;
      case 'members':
        draft.members = (value as { members: Member[] }).members;
        return;
      case 'domains':
        draft.domains = flat(value as DomainsFile);
        return;
      case 'scenarios':
        draft.scenarios = (value as { scenarios: Scenario[] }).scenarios;
        return;
      case 'languages':
        draft.strings = (value as Languages).strings;
        return;
      case 'report':
        draft.reports.set(id, value as Report);
        return;
    }
  }

  /** What only the whole folder shows: required files, and images that are not the avatar. */
  #finish(draft: Draft): void {
    const required = [pathOf.file(draft.id, 'miniapp'), pathOf.file(draft.id, 'members')];
    for (const file of required) if (!this.#files.has(file)) this.#missing(file);
    const images = this.#imagesOf(draft.id);
    const own = pathOf.avatar(draft.id, draft.basics.avatar);
    const avatar = images.get(own);
    if (avatar) draft.avatar = avatar;
    if (this.#broken.has(required[0]!)) return;
    const near = `The avatar of this miniapp is ${draft.basics.avatar}`;
    for (const file of images.keys()) {
      if (file !== own) this.#problems.push(problem('file-unknown', { file }, { file, near }));
    }
  }
}

/** `domains` and `cloud` of the file as one. */
const flat = ({ domains, cloud }: DomainsFile): Domains => ({ ...domains, ...defined({ cloud }) });

const NOT_PLAIN: Readonly<Record<Exclude<SourceEntry['kind'], 'file'>, { what: string; fix: string }>> = {
  symlink: { what: 'symbolic link', fix: 'Put the file itself here.' },
  executable: { what: 'file with the executable bit', fix: 'Clear the bit: git update-index --chmod=-x, or chmod -x' },
  submodule: { what: 'Git submodule', fix: 'Put the files themselves here.' },
  special: { what: 'special file', fix: 'Put a plain file here.' },
};

const sorted = <T>(map: Map<string, T>): Map<string, T> => new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

/** What may stand in the folder that somebody put an unknown file in. */
function expectedNear(file: string): string {
  const [top = '', second = '', third, fourth] = file.split('/');
  if (/\.yml$/i.test(file)) return 'Names end in .yaml';
  if (top === 'apps') return 'An app is apps/<id>.yaml, its id in lower-case letters, digits, hyphens';
  if (top === 'people') return 'A person is people/<login>.yaml, the login as on GitHub';
  if (top !== 'miniapps')
    return nearest(file, ['README.md', 'platform.yaml', 'policy.yaml', 'apps/', 'people/', 'miniapps/']);
  if (!/^[a-z0-9]{8,32}$/.test(second)) return 'A miniapp folder is its id: 8 to 32 lower-case letters and digits';
  if (third === 'versions') return 'A version is versions/MAJOR.MINOR.PATCH.yaml';
  if (third === 'reports') return 'A report is reports/YYYY-MM.yaml';
  if (third === undefined || fourth !== undefined) return '';
  const own = ['miniapp', 'release', 'trafficking', 'whitelist', 'members', 'domains', 'scenarios', 'languages'];
  return nearest(third, [...own.map((kind) => `${kind}.yaml`), 'versions/', 'reports/']);
}
