/** The private form of a configuration, for a host's own servers: all that resolution reads, and resolution itself as one file. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../core/errors.ts';
import { exportOf } from '../core/hosts/exported.ts';
import { isLitter } from '../read/litter.ts';
import { gitAnswer } from '../git/process/run.ts';
import { clearLeftovers, reserve } from '../git/stores/temporary.ts';
import { plural, safe } from '../report/terminal.ts';
import {
  EXIT,
  isJson,
  EnvironmentError,
  nowOf,
  printJson,
  required,
  UsageError,
  words,
  type Command,
} from '../cli/frame/command.ts';
import { configFolder, ifSound } from '../cli/config/load-config.ts';
import { isInside, outputPlace, realPlace } from '../cli/output/output-place.ts';
import { withBytesLacks } from './bytes-lacks.ts';
import { NO_CACHE, readWhole } from './validate/whole.ts';

const RESOLVE = fileURLToPath(new URL('../core/hosts/resolve.generated.mjs', import.meta.url));
const FILES = ['data.json', 'resolve.mjs', 'README.md'] as const;
/** How the name of a file begins that is not whole yet. */
const FRESH = '.miniapp-export-';

export const exportCommand: Command = {
  name: 'export',
  summary:
    'what resolution reads and resolve.mjs, which answers as resolve does, for a host’s own servers; holds accounts',
  usage: ['export --out DIR [--no-cache]'],
  options: {
    out: {
      type: 'string',
      value: 'DIR',
      describe: 'a folder of your own, outside of what Git tracks and of what a portal serves',
    },
    ...NO_CACHE,
  },
  async run(input, io) {
    words(input);
    const out = required(input, 'out');
    const { path } = configFolder(input, io);
    const dir = outputPlace(out, path, io);
    refuseLeaks(dir, out, path, io.cwd);
    const checked = ifSound(await readWhole(input, io, nowOf(input, io)), input, io);
    if (!checked) return EXIT.no;
    // What is refused without bytes is no fix; what they lack is looked for as `resolve` does.
    const miniapps = await withBytesLacks(checked.workspace, [...checked.workspace.miniapps.values()], path, io);
    const data = exportOf({ ...checked.workspace, miniapps: new Map(miniapps.map((one) => [one.id, one])) });
    const contents: Record<(typeof FILES)[number], string> = {
      'data.json': `${JSON.stringify(data)}\n`,
      'resolve.mjs': readFileSync(RESOLVE, 'utf8'),
      'README.md': ABOUT,
    };
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      clearLeftovers(dir, FRESH);
      for (const file of FILES) replace(join(dir, file), contents[file]);
    } catch (error) {
      throw new EnvironmentError(`${out} cannot be written: ${messageOf(error)}`);
    }
    const warnings = readableByOthers(dir, out);
    if (isJson(input)) printJson(io, { ok: true, out, files: FILES, miniapps: miniapps.length, warnings });
    else io.stdout(`${plural(miniapps.length, 'miniapp')} in ${safe(out)}: ${FILES.join(', ')}\n`);
    if (!isJson(input)) for (const warning of warnings) io.stderr(`warning: ${warning}\n`);
    return EXIT.fine;
  },
};

/**
 * A file in the place of what is there: a link would carry the accounts to where it leads, and a file of several names to where the others
 * are. Who may read it stays as its owner set it.
 */
function replace(path: string, content: string): void {
  const known = lstatSync(path, { throwIfNoEntry: false });
  const { path: fresh, remove } = reserve(dirname(path), FRESH);
  try {
    writeFileSync(fresh, content, { mode: 0o600, flag: 'wx' });
    if (known?.isFile() && known.nlink === 1) chmodSync(fresh, known.mode & 0o777);
    renameSync(fresh, path);
  } finally {
    remove();
  }
}

/** Throws UsageError for a folder from which accounts would get out. `shown`: as it was named; `config`: the configuration's folder. */
function refuseLeaks(dir: string, shown: string, config: string, cwd: string): void {
  const place = realPlace(dir);
  const refuse = (why: string): never => {
    throw new UsageError(`--out ${shown}: ${why}. What is exported holds accounts: name a folder elsewhere`);
  };
  // Where `portal build` writes when nobody says otherwise, built or not.
  const portals = [dirname(realPlace(config)), realPlace(cwd)].map((folder) => join(folder, 'dist'));
  if (portals.some((folder) => isInside(place, folder))) refuse('it is where the portal is built');
  const portal = portalAbove(place);
  if (portal !== undefined) refuse(`${portal} is a portal, which everybody may read`);
  if (existsSync(dir) && !statSync(dir).isDirectory()) refuse('it is no folder');
  const isOurs = (name: string) => (FILES as readonly string[]).includes(name) || name.startsWith(FRESH);
  const others = existsSync(dir) ? readdirSync(dir).filter((name) => !isLitter(name, false) && !isOurs(name)) : [];
  if (others.length > 0) refuse(`it holds something else already (${safe(others[0]!)})`);
  if (isTracked(place)) refuse('Git tracks it, or would with the next git add');
}

/** The nearest folder above, or this one, that is a portal: it has the API beside its pages. */
function portalAbove(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(join(at, 'api/v1/index.json')) && existsSync(join(at, 'index.html'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** Whether the folder is in a working tree that does not ignore it. Outside of Git, and where Git is not, nothing is tracked. */
function isTracked(place: string): boolean {
  let there = place;
  while (!existsSync(there)) there = dirname(there);
  const ask = (...args: string[]) => {
    try {
      return gitAnswer(there, args, { accept: [1, 128] });
    } catch (error) {
      if (error instanceof EnvironmentError) return undefined;
      throw error;
    }
  };
  const inside = ask('rev-parse', '--is-inside-work-tree');
  if (inside === undefined || inside.status !== 0 || inside.stdout.toString().trim() !== 'true') return false;
  const files = FILES.map((file) => join(place, file));
  // What was added in spite of being ignored is tracked all the same.
  const listed = ask('ls-files', '--', ...files);
  if (listed === undefined || listed.stdout.length > 0) return true;
  return files.some((file) => ask('check-ignore', '--quiet', '--', file)?.status !== 0);
}

/** The folder or files that others on this machine may read, as warnings. */
function readableByOthers(dir: string, shown: string): string[] {
  if (process.platform === 'win32') return [];
  const open = (path: string, bits: number) => (statSync(path).mode & bits) !== 0;
  // Whoever may write in the folder may put a file of theirs in the place of any; where each may only touch their own, nobody can.
  const mayReplace = open(dir, 0o022) && !open(dir, 0o1000);
  const writable = `others on this machine may replace what is in ${safe(shown)}: chmod go-w ${safe(shown)}`;
  const warnings = mayReplace ? [writable] : [];
  if (!open(dir, 0o011)) return warnings;
  const names = FILES.filter((file) => open(join(dir, file), 0o044));
  if (names.length === 0) return warnings;
  return [
    ...warnings,
    `others on this machine may read ${names.join(', ')} in ${safe(shown)}: chmod -R go= ${safe(shown)}`,
  ];
}

const ABOUT = `# A configuration for a host's servers

\`data.json\` holds all that resolution reads, accounts as the platform keeps them: keep it where accounts may be.
\`resolve.mjs\` answers as \`npx miniapp resolve --format json\` does. It needs no package, no module of Node, no \`Intl\`, no \`crypto\`.

\`\`\`js
import { resolver } from './resolve.mjs';
const ask = resolver(data); // data: JSON.parse of data.json; { accountsKey } where accounts are kept as digests
ask({ miniapp, app, region, account, appVersion }); // the whole answer: outcome, version, channel, url, trace; or code, message, fix
ask.decide({ miniapp, app, region, account }); // the same without reasons and link: { outcome, version, channel } or { outcome, code }
\`\`\`

A question has the names of the command's options: \`miniapp\`, \`app\`, \`region\`, and where they matter \`account\`, \`audience\` ("rollout"), \`entry\`
("link" or "experience"), \`page\`, \`device\`, \`appVersion\`, \`now\` (milliseconds since 1970, or a day or a time with its zone). \`resolve(data, question)\` asks once.
What the command would refuse (another \`entry\`, a \`now\` that is no time, a number for a text) throws a TypeError that names it.

Engines need the language of 2022 (Node 16.9, Chrome 94, Safari 16.4, and newer). With Node 20.16 or newer it is a program too, in the words of the command:

\`\`\`sh
node resolve.mjs ID --app APP --region REGION --account ACCOUNT   # JSON; 0: it opens, 1: it does not, 2: wrong usage
\`\`\`
`;
