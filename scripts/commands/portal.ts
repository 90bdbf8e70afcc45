/** The static portal: build it, or build and serve it on loopback. */
import { defined } from '../core/defined.ts';
import { pendingVersion } from '../core/lifecycle/lifecycle.ts';
import type { Workspace } from '../core/model.ts';
import type { Timeline } from '../core/history/timeline.ts';
import type { PortalContent } from '../portal/content.ts';
import { ofShards, shardIn } from '../core/shard.ts';
import { formerAccounts } from '../git/history/former-accounts.ts';
import { SHALLOW } from '../git/process/location.ts';
import { plural } from '../report/terminal.ts';
import {
  EXIT,
  isJson,
  nowOf,
  printJson,
  text,
  ExpectedError,
  UsageError,
  words,
  type Command,
  type Input,
  type Io,
} from '../cli/frame/command.ts';
import { configFolder, printProblems } from '../cli/config/load-config.ts';
import { outputPlace } from '../cli/output/output-place.ts';
import type { ListedArchive } from './portal-archives.ts';
import { warningsIn } from './portal-warnings.ts';
import { NO_CACHE, readWhole, type WholeConfig } from './validate/whole.ts';

const DEFAULT_OUT = 'dist';
const DEFAULT_PORT = 4321;

export const portal: Command = {
  name: 'portal',
  summary: 'the static portal: build it, or build and serve it',
  usage: [
    'portal build [--out DIR] [--base PATH] [--shard I/N] [--ask-store] [--packages [--include-experience]]',
    '     [--now TIME] [--no-cache]',
    'portal serve [--port N] [--out DIR] [--base PATH] [--now TIME] [--no-cache]',
  ],
  options: {
    out: { type: 'string', value: 'DIR', describe: `where it is built (default: ${DEFAULT_OUT}); replaced as a whole` },
    base: { type: 'string', value: 'PATH', describe: 'the path that it is served under (default: /)' },
    shard: { type: 'string', value: 'I/N', describe: 'only the pages of the I-th of N parts of the miniapps' },
    port: {
      type: 'string',
      value: 'N',
      describe: `where it is served (default: ${DEFAULT_PORT}); the next free one when it is taken`,
    },
    packages: { type: 'boolean', describe: 'with build: a zip of each version that everybody can get, beside the API' },
    'ask-store': {
      type: 'boolean',
      describe: 'with build: say of each version whether its bytes are kept, and what changed, by asking the store',
    },
    'include-experience': {
      type: 'boolean',
      describe: 'with --packages: also of versions that only whitelisted accounts get',
    },
    now: { type: 'string', value: 'TIME', describe: 'the moment that the pages speak of (default: now)' },
    ...NO_CACHE,
  },
  async run(input, io) {
    const [verb = ''] = words(input, 'build or serve');
    if (verb !== 'build' && verb !== 'serve') throw new UsageError(`portal ${verb}: it is build or serve`);
    const port = portOf(input);
    const built = await build({ verb, input, io });
    if (!built) return EXIT.no;
    return verb === 'serve' ? serve(built, port, io) : EXIT.fine;
  },
};

function portOf(input: Input): number {
  const given = text(input, 'port') ?? String(DEFAULT_PORT);
  if (!/^[0-9]{1,5}$/.test(given) || Number(given) > 65535)
    throw new UsageError(`--port ${given}: it is a number up to 65535`);
  return Number(given);
}

interface PortalCall {
  readonly verb: 'build' | 'serve';
  readonly input: Input;
  readonly io: Io;
}

/** What the words of a call ask for. */
interface PortalRequest extends PortalCall {
  readonly now: number;
  /** The configuration. */
  readonly path: string;
  /** Where the portal is built: as it was named, and where that is. */
  readonly out: string;
  readonly dir: string;
  readonly base: string;
  readonly shard: string;
  readonly isPackaged: boolean;
}

/** Builds from a configuration without errors; undefined when it has some, which are printed. */
async function build(call: PortalCall): Promise<{ dir: string; base: string } | undefined> {
  const { basePath, buildChecked } = await import('../portal/build.ts');
  const request = requestOf(call, basePath);
  const { path, dir, base, now, shard } = request;
  const zips = request.isPackaged ? await zipsFor(request) : undefined;
  let warnings = 0;
  try {
    const built = await buildChecked(
      { config: path, out: dir, now, base, shard },
      async () => {
        const checked = await faultless(request);
        if (!checked) return undefined;
        warnings = checked.problems.length;
        return contentOf(request, checked, zips);
      },
      (folder) => zips?.moveInto(folder),
    );
    if (!built) return undefined;
    tell(request, { pages: built.pages, warnings, made: zips?.made() });
    return { dir, base };
  } finally {
    zips?.remove();
  }
}

function requestOf(call: PortalCall, basePath: (base: string) => string): PortalRequest {
  const { input, io } = call;
  const now = nowOf(input, io);
  const { path } = configFolder(input, io);
  const out = text(input, 'out') ?? DEFAULT_OUT;
  return {
    ...call,
    ...{ now, path, out, dir: outputPlace(out, path, io), base: basePath(text(input, 'base') ?? '/') },
    shard: text(input, 'shard') ?? '1/1',
    isPackaged: input.values['packages'] === true,
  };
}

/** Where a line about the build goes: standard output is the answer's alone where there is one, and the address's of what serves. */
const say = ({ verb, input, io }: PortalCall, line: string): void =>
  (verb === 'serve' || isJson(input) ? io.stderr : io.stdout)(`${line}\n`);

/** The configuration, with warnings at most; undefined where it has errors, which are printed. */
async function faultless(request: PortalRequest): Promise<WholeConfig | undefined> {
  const { input, io, now } = request;
  const checked = await readWhole(input, io, now);
  if (checked.problems.some(({ severity }) => severity !== 'warning')) {
    printProblems(checked, input, io);
    return undefined;
  }
  say(request, `Building the portal of ${plural(checked.workspace.miniapps.size, 'miniapp')} …`);
  return checked;
}

/** What the pages are made of. */
async function contentOf(request: PortalRequest, checked: WholeConfig, zips: Zips | undefined): Promise<PortalContent> {
  const { input, io, now, path, shard, isPackaged } = request;
  const { workspace, digest } = checked;
  const story = await storyOrNone(workspace, path, io);
  const former = story ? formerAccounts(path, story.head.commit) : new Set<string>();
  const archives = await zips?.make(workspace);
  const { packagesShown } = await import('./portal-packages.ts');
  const isAsked = isPackaged || input.values['ask-store'] === true;
  const miniapps = ofShards(workspace.miniapps.values(), [shardIn(shard)]);
  return {
    ...{ workspace, submitted: submittedIn(workspace, story), former, warnings: warningsIn(checked, now), digest },
    packages: await packagesShown({ workspace, miniapps, path, io, isAsked }),
    ...defined({ story, server: serverIn(io.env), archives }),
  };
}

/** The zips of packages: made beside the pages, and moved into the portal when these are done. */
interface Zips {
  /** Makes them, and gives them as the pages name them, by `<miniapp> <version>`. */
  make(workspace: Workspace): Promise<NonNullable<PortalContent['archives']>>;
  made(): readonly ListedArchive[];
  moveInto(portal: string): void;
  remove(): void;
}

async function zipsFor({ input, io, path, base }: PortalRequest): Promise<Zips> {
  const { archiveFolder, makeArchives, moveArchives } = await import('./portal-archives.ts');
  const folder = archiveFolder();
  const isExperience = input.values['include-experience'] === true;
  let listed: readonly ListedArchive[] = [];
  return {
    async make(workspace) {
      listed = await makeArchives({ workspace, path, io, base, isExperience, folder: folder.path });
      return new Map(
        listed.map(({ miniapp, version, url, sha256, bytes }) => [`${miniapp} ${version}`, { url, sha256, bytes }]),
      );
    },
    made: () => listed,
    moveInto: (portal) => moveArchives(listed, folder.path, portal),
    remove: () => folder.remove(),
  };
}

/** Says what was built. `made`: the zips, where they were asked for. */
function tell(
  request: PortalRequest,
  { pages, warnings, made }: { pages: number; warnings: number; made: readonly ListedArchive[] | undefined },
): void {
  const { verb, input, io, out } = request;
  const packages = made?.map(({ miniapp, version, url, sha256, bytes }) => ({ miniapp, version, url, sha256, bytes }));
  if (isJson(input) && verb === 'build') printJson(io, { ok: true, out, pages, ...defined({ packages }) });
  if (made) say(request, `${plural(made.length, 'package')} in ${out}/api/v1/packages`);
  say(request, `${plural(pages, 'page')} in ${out}`);
  if (warnings > 0) say(request, `${plural(warnings, 'warning')}; npx miniapp validate shows them`);
}

/** GitHub's address as its workflows know it, in GITHUB_SERVER_URL: of GitHub Enterprise Server another one. */
function serverIn(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const given = env['GITHUB_SERVER_URL'];
  return given !== undefined && /^https?:\/\/[^\s/?#]+\/*$/.test(given) ? given.replace(/(?<!\/)\/+$/, '') : undefined;
}

/** The story of the folder up to HEAD; where there is none, says so and goes on without. */
async function storyOrNone(workspace: Workspace, path: string, io: Io): Promise<Timeline | undefined> {
  try {
    const { storyOf } = await import('./history/timeline.ts');
    const story = await storyOf(path, workspace);
    if (story.isShallow) io.stderr(`history ends early, as this clone is shallow: ${SHALLOW}\n`);
    return story;
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    io.stderr(`history is left out: ${error.message}\n`);
    return undefined;
  }
}

/**
 * When each version under review was submitted, by `<miniapp> <version>`, as far as Git told: by its newest submit. What came with an import
 * was submitted nobody knows when.
 */
function submittedIn({ miniapps }: Workspace, story: Timeline | undefined): Map<string, number> {
  const pending = new Set(
    [...miniapps.values()].flatMap((miniapp) => {
      const version = pendingVersion(miniapp);
      return version === undefined ? [] : [`${miniapp.id} ${version}`];
    }),
  );
  const known = new Map<string, number>();
  for (const { record, steps } of story?.events ?? []) {
    for (const { kind, miniapp, version } of steps) {
      const key = `${miniapp} ${version}`;
      if (kind === 'submit' && pending.has(key) && !known.has(key)) known.set(key, record.time);
    }
  }
  return known;
}

/** Serves until it is interrupted. */
async function serve({ dir, base }: { dir: string; base: string }, port: number, io: Io): Promise<number> {
  const { servePortal } = await import('../portal/serve.ts');
  const server = await servePortal({ dir, port, base });
  if (port !== 0 && server.port !== port) io.stderr(`Port ${port} is taken; ${server.port} serves instead.\n`);
  io.stdout(`The portal is at ${server.url} (Ctrl+C ends it)\n`);
  await new Promise<void>((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await server.close();
  return EXIT.fine;
}
