/** The bytes of versions: what is kept, proven, brought back, brought in, and compared. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Miniapp, Workspace } from '../core/model.ts';
import { unifiedDiff } from '../edit/diff.ts';
import { identityOf } from '../git/branch.ts';
import { isInRepository } from '../git/run.ts';
import { temporaryFolder } from '../git/temporary.ts';
import { NOBODY } from '../git/trees.ts';
import { diffLines, fileLines, packageDiff, type Side } from '../packages/diff.ts';
import { keepHere } from '../packages/local-branch.ts';
import { differenceOf, statusesOf, versionsOf, type PackageStatus, type Stores } from '../packages/status.ts';
import { provenPackage } from '../packages/proven.ts';
import type { OpenPackage } from '../packages/store.ts';
import { refuseUnfit } from '../packages/unfit.ts';
import type { VersionId } from '../packages/version-id.ts';
import { saveFolder, saveZip } from '../packages/write.ts';
import { readBytes } from '../project/content.ts';
import { factsOf } from '../project/facts.ts';
import { readPackage, readProject } from '../project/read-project.ts';
import { locateAll } from '../read/positions.ts';
import { painter, plural, safe, table } from '../report/terminal.ts';
import {
  EXIT,
  isJson,
  OutsideError,
  printJson,
  required,
  UsageError,
  words,
  type Command,
  type Input,
  type Io,
} from '../cli/command.ts';
import { split } from '../cli/edit-command.ts';
import { configFolder, printProblems, soundConfig } from '../cli/load-config.ts';
import { packageStores } from '../cli/package-stores.ts';

const VERBS = ['list', 'verify', 'get', 'push', 'diff'] as const;

export const packageCommand: Command = {
  name: 'package',
  summary: 'the bytes of versions: what is kept, whether it is what was recorded, and how two differ',
  usage: [
    'package list [ID]',
    'package verify [ID [VERSION]]',
    'package get ID VERSION --out DIR|F.zip',
    'package push ID VERSION DIR [--allow FILE …]',
    'package diff ID V1 V2 [--patch]',
  ],
  miniappWord: 1,
  options: {
    out: { type: 'string' },
    patch: { type: 'boolean' },
    allow: { type: 'string', multiple: true },
  },
  about: {
    out: 'DIR|F.zip    with get: a folder that is not there yet, or a zip',
    patch: 'with diff: the lines that differ too',
    allow:
      'FILE    with push: a file that looks as if it held a key or a token, and holds none; may be given several times',
  },
  async run(input, io) {
    const { verb, rest } = split(input, VERBS);
    const [id] = rest.positionals;
    const checked = await soundConfig(rest, io, id === undefined ? {} : { miniapps: [id] });
    if (!checked) return EXIT.no;
    const { path } = configFolder(rest, io);
    if (!isInRepository(path)) throw new OutsideError('this is no Git repository, so no package is kept here');
    const { workspace } = checked;
    const miniapp = id === undefined ? undefined : workspace.miniapps.get(id);
    if (id !== undefined && !miniapp)
      throw new UsageError(`there is no miniapp "${id}". npx miniapp list shows all of them`);
    const stores = packageStores(path, workspace.platform, io);
    try {
      const asked: Asked = { path, workspace, stores, input: rest, io };
      return await RUN[verb](asked, miniapp);
    } finally {
      stores.close();
    }
  },
};

interface Asked {
  readonly path: string;
  readonly workspace: Workspace;
  readonly stores: Stores;
  readonly input: Input;
  readonly io: Io;
}

const RUN: Record<(typeof VERBS)[number], (asked: Asked, miniapp: Miniapp | undefined) => Promise<number>> = {
  list: (asked, miniapp) => {
    if (asked.input.positionals.length > 1) words(asked.input, 'ID');
    return told(asked, miniapp ? [miniapp] : [...asked.workspace.miniapps.values()], undefined, false);
  },
  verify: (asked, miniapp) => {
    const [, version] = asked.input.positionals;
    if (asked.input.positionals.length > 2) words(asked.input, 'ID', 'VERSION');
    if (version !== undefined) versionIn(miniapp!, version);
    return told(asked, miniapp ? [miniapp] : [...asked.workspace.miniapps.values()], version, true);
  },
  get: async (asked, miniapp) => get(asked, miniapp),
  push: async (asked, miniapp) => push(asked, miniapp),
  diff: async (asked, miniapp) => diff(asked, miniapp),
};

function versionIn(miniapp: Miniapp, version: string) {
  const found = miniapp.versions.get(version);
  if (!found)
    throw new UsageError(`${miniapp.id} has no version "${version}". npx miniapp show ${miniapp.id} shows them`);
  return found;
}

async function told(
  { workspace, stores, input, io }: Asked,
  miniapps: readonly Miniapp[],
  version: string | undefined,
  isProven: boolean,
): Promise<number> {
  const isRequired = workspace.platform.packages?.required === true;
  const versions = versionsOf(miniapps).filter((one) => version === undefined || one.version === version);
  const progress = progressOf(io);
  const { packages, unasked } = await statusesOf(versions, stores, isProven, progress.bytes);
  progress.end();
  const isBad = ({ status }: PackageStatus) =>
    status === 'differs' || (status === 'missing' && isRequired && unasked === undefined);
  const ok = !packages.some(isBad);
  if (isJson(input)) {
    const rows = packages.map(({ isOnlyHere, recorded, ...row }) => ({
      ...row,
      ...(recorded ? { sha256: recorded.sha256, bytes: recorded.bytes, files: recorded.files } : {}),
      ...(isOnlyHere ? { onlyHere: true } : {}),
    }));
    printJson(io, { ok, packages: rows, ...(unasked === undefined ? {} : { notes: [unasked] }) });
    return ok ? EXIT.fine : EXIT.no;
  }
  const paint = painter(io.isColoured);
  const rows = packages.map(({ miniapp, version: number, status, ref, isOnlyHere, why }) => [
    miniapp,
    number,
    status,
    safe(why ?? (isOnlyHere ? `${ref}, only here` : (ref ?? ''))),
  ]);
  if (rows.length > 0) io.stdout(`${table([['id', 'version', 'bytes', ''], ...rows], paint)}\n`);
  const counts = (['stored', 'missing', 'differs', 'unrecorded'] as const)
    .map((status) => [status, packages.filter((one) => one.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  io.stdout(
    `${paint('dim', `${plural(packages.length, 'version')}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`)}\n`,
  );
  if (unasked !== undefined) io.stderr(`${safe(unasked)}; only what is here is known\n`);
  return ok ? EXIT.fine : EXIT.no;
}

/** What is at on a terminal, a few times a second. */
function progressOf(io: Io): { bytes: (more: number) => void; end: () => void } {
  if (!io.showsProgress) return { bytes: () => {}, end: () => {} };
  let [total, last] = [0, performance.now()];
  return {
    bytes(more) {
      total += more;
      if (performance.now() - last < 100) return;
      last = performance.now();
      io.stderr(`\r\u001B[Kreading: ${Math.round(total / 1e6)} MB`);
    },
    end: () => io.stderr('\r\u001B[K'),
  };
}

/** An answer that is no, in one sentence. */
function no({ input, io }: Asked, id: VersionId, error: string): number {
  if (isJson(input)) printJson(io, { ok: false, ...id, error });
  io.stderr(`miniapp package: ${safe(error)}\n`);
  return EXIT.no;
}

const proven = ({ stores, workspace }: Asked, id: VersionId): Promise<OpenPackage | string> =>
  provenPackage(id, workspace.miniapps.get(id.miniapp)?.versions.get(id.version)?.package, stores);

async function get(asked: Asked, miniapp: Miniapp | undefined): Promise<number> {
  const { input, io } = asked;
  const [, version = ''] = words(input, 'ID', 'VERSION');
  const out = required(input, 'out');
  const { package: recorded } = versionIn(miniapp!, version);
  const id = { miniapp: miniapp!.id, version };
  const target = resolve(io.cwd, out);
  const isZip = /\.zip$/i.test(out);
  const isTaken = existsSync(target) && (isZip ? !statSync(target).isFile() : !isEmptyFolder(target));
  if (isTaken)
    throw new UsageError(`there is something at ${out} already; --out names a folder that is not there yet, or a zip`);
  const found = await proven(asked, id);
  if (typeof found === 'string') return no(asked, id, found);
  mkdirSync(dirname(target), { recursive: true });
  // Written beside, and put in its place when it is whole.
  const beside = temporaryFolder(dirname(target), '.miniapp-get-');
  try {
    const made = join(beside.path, basename(target));
    if (isZip) saveZip(found, made);
    else saveFolder(found, made);
    if (!isZip) rmSync(target, { recursive: true, force: true });
    renameSync(made, target);
  } finally {
    beside.remove();
  }
  const { sha256, bytes, files } = recorded!;
  if (isJson(input)) printJson(io, { ok: true, ...id, out, sha256, bytes, files });
  else io.stdout(`${safe(out)}: ${plural(files, 'file')}, ${bytes} bytes, sha256 ${sha256}\n`);
  return EXIT.fine;
}

const isEmptyFolder = (path: string): boolean => statSync(path).isDirectory() && readdirSync(path).length === 0;

async function push(asked: Asked, miniapp: Miniapp | undefined): Promise<number> {
  const { path, input, io } = asked;
  const [, version = '', folder = ''] = words(input, 'ID', 'VERSION', 'DIR');
  const { package: recorded } = versionIn(miniapp!, version);
  const id = { miniapp: miniapp!.id, version };
  const root = resolve(io.cwd, folder);
  if (!statSync(root, { throwIfNoEntry: false })) throw new UsageError(`there is no folder ${folder}`);
  if (!recorded)
    return no(
      asked,
      id,
      `the file of ${version} records no package, so nothing says which bytes are its own: upload them under a new number`,
    );
  const allowed = new Set((input.values['allow'] ?? []) as string[]);
  const { project, findings } = refuseUnfit(readProject(root, { shown: folder, id: id.miniapp }), allowed);
  if (!project) {
    const problems = locateAll(findings.problems, findings.texts);
    printProblems({ problems, folder, texts: findings.texts }, input, io);
    return EXIT.no;
  }
  const difference = differenceOf(recorded, project.package);
  if (difference !== undefined) return no(asked, id, `these are not the bytes of ${version}: ${difference}`);
  const bytes = { files: project.files, content: project.content, sha256: project.package.sha256 };
  const { branch } = keepHere(path, id, bytes, identityOf(path) ?? NOBODY, io.now);
  const stored = { store: 'git', ref: branch };
  if (isJson(input)) printJson(io, { ok: true, ...id, stored });
  else io.stdout(`stored in the branch ${branch}\n`);
  return EXIT.fine;
}

async function diff(asked: Asked, miniapp: Miniapp | undefined): Promise<number> {
  const { input, io } = asked;
  const [, first = '', second = ''] = words(input, 'ID', 'V1', 'V2');
  const sides: Side[] = [];
  for (const version of [first, second]) {
    versionIn(miniapp!, version);
    const id = { miniapp: miniapp!.id, version };
    const found = await proven(asked, id);
    if (typeof found === 'string') return no(asked, id, found);
    const { project } = readPackage(found.files, found.content, { shown: version, id: id.miniapp });
    sides.push({ ...found, facts: project ? factsOf(project) : (miniapp!.versions.get(version) ?? {}) });
  }
  const [before, after] = sides as [Side, Side];
  const found = packageDiff(before, after);
  const patch = input.values['patch'] === true ? patchOf(before, after, found) : undefined;
  if (isJson(input)) {
    const { attributes: _, ...rest } = found;
    printJson(io, {
      ok: true,
      miniapp: miniapp!.id,
      from: first,
      to: second,
      ...rest,
      ...(patch === undefined ? {} : { patch }),
    });
    return EXIT.fine;
  }
  const lines = [...diffLines(found), ...fileLines(found)];
  io.stdout(lines.map((line) => `${safe(line)}\n`).join(''));
  if (patch !== undefined)
    io.stdout(
      `\n${patch
        .split('\n')
        .map((line) => line.split('\t').map(safe).join('\t'))
        .join('\n')}`,
    );
  return EXIT.fine;
}

/** Bytes of a file up to which its lines are shown. */
const LONGEST = 4 * 1024 ** 2;

function patchOf(before: Side, after: Side, { files }: ReturnType<typeof packageDiff>): string {
  const textOf = ({ files: all, content }: Side, path: string) => {
    const file = all.get(path);
    if (!file) return null;
    return file.bytes > LONGEST ? new Uint8Array([0]) : readBytes(content, path, LONGEST);
  };
  const paths = [...files.added, ...files.removed, ...files.changed].map(({ path }) => path).sort();
  return unifiedDiff(
    paths.map((path) => ({ path, before: textOf(before, path), after: textOf(after, path) })),
    '.',
  );
}
