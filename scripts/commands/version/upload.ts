/** A new version from the folder of a project. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Miniapp } from '../../core/model.ts';
import { identify, pathOf } from '../../core/paths.ts';
import type { Edited, EditState } from '../../edit/edit.ts';
import { upload, type UploadedVersion } from '../../edit/upload.ts';
import { allowingAll, checkCalls, checkFit, type ApiCall } from '../../project/allowed.ts';
import { factsOf } from '../../project/facts.ts';
import { readProject, type Project, type Read } from '../../project/read-project.ts';
import { plural, safe } from '../../report/terminal.ts';
import { requiredAll, UsageError, words, type Command, type Io } from '../../cli/frame/command.ts';
import { editingCommand, onMiniapp } from '../../cli/edits/edit-command.ts';
import type { ActorIdentity } from '../../cli/frame/edit-context.ts';
import { packageKeeper } from './keep-package.ts';
import { refuseUnfit } from '../../packages/unfit.ts';

export const uploadCommand: Command = editingCommand({
  name: 'upload',
  summary: 'a new version from the folder of a project; --dry-run shows what it calls and writes nothing',
  usage: ['upload ID DIR --version V --description TEXT [--submit] [--no-store] [--allow FILE …]'],
  miniappWord: 0,
  options: {
    version: { type: 'string', value: 'V', describe: 'MAJOR.MINOR.PATCH, higher than every version before' },
    description: { type: 'string', value: 'TEXT', describe: 'what is new, in one line' },
    submit: { type: 'boolean', describe: 'asks for its review too' },
    'no-store': { type: 'boolean', describe: 'records the version and keeps no bytes of it' },
    allow: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      describe:
        'a file of the package that looks as if it held a key or a token, and holds none; may be given several times',
    },
  },
  request(input, io) {
    const [id = '', folder = ''] = words(input, 'ID', 'DIR');
    const [version = '', description = ''] = requiredAll(input, 'version', 'description');
    const isNumber = identify(pathOf.version('anyminiapp', version))?.id === version;
    if (!isNumber) throw new UsageError(`--version ${version}: write it as MAJOR.MINOR.PATCH, for example 1.2.0`);
    const root = resolve(io.cwd, folder);
    if (!statSync(root, { throwIfNoEntry: false })) throw new UsageError(`there is no folder ${folder}`);
    // A project is read once, however often the edit is made: again on the branch of the pull request.
    let read: Read | undefined;
    const allowed = new Set((input.values['allow'] ?? []) as string[]);
    const project = () =>
      (read ??= withProgress(io, (onProgress) =>
        refuseUnfit(readProject(root, { shown: folder, id, onProgress }), allowed),
      ));
    const submit = input.values['submit'] === true;
    const request = onMiniapp(id, (given, miniapp, who) =>
      uploaded(given, miniapp, who, project(), { version, description, submit }),
    );
    const isKept = input.values['no-store'] !== true;
    const keep = packageKeeper({ io, id: { miniapp: id, version }, read: project, isKept });
    return { ...request, prepare: project, keep };
  },
});

interface UploadRequest {
  readonly version: string;
  readonly description: string;
  readonly submit: boolean;
}

function uploaded(
  given: EditState,
  miniapp: Miniapp,
  { actor, now }: ActorIdentity,
  read: Read,
  wanted: UploadRequest,
): Edited {
  const { project } = read;
  const findings = read.findings.copy();
  if (!project) return { problems: findings.problems, texts: findings.texts };
  const calls = checkCalls(given.workspace, miniapp, project, findings);
  const { version, description, submit } = wanted;
  const record: UploadedVersion = {
    version,
    description,
    uploadedBy: actor,
    uploadedAt: `${new Date(now).toISOString().slice(0, 19)}Z`,
    ...factsOf(project),
  };
  checkFit(given.workspace, miniapp, record, findings);
  findings.close();
  const made = upload(given, miniapp, record, submit);
  if (!('edits' in made)) return made;
  const answer = {
    project: project.kind,
    recorded: record,
    languages: project.languages,
    apis: record.apis,
    analysis: record.analysis,
    ...callsJson(project, calls),
  };
  return {
    ...made,
    notes: [...summary(project), ...allowingAll(given.workspace, miniapp, calls)],
    warnings: findings.problems,
    texts: findings.texts,
    answer,
  };
}

function callsJson({ unresolved, unnamed }: Project, calls: readonly ApiCall[]) {
  const place = ({ file, line, column }: { file: string; line: number; column: number }) => ({ file, line, column });
  return {
    calls: calls.map(({ api, what, how, refusedIn, ...at }) => ({
      api,
      [api === 'cloud' ? 'name' : 'origin']: what,
      how,
      refusedIn,
      ...place(at),
    })),
    unresolved: unresolved.map(({ api, ...at }) => ({ api, ...place(at) })),
    unnamed: unnamed.map(place),
  };
}

function summary({ package: made, pages, baseLibrary, kits, origins, apis, uses, unresolved }: Project): string[] {
  const cloud = new Set(uses.flatMap(({ api, what }) => (api === 'cloud' ? [what] : [])));
  const hidden = unresolved.filter(({ isShown }) => isShown).length;
  const needs = [
    ...(baseLibrary === undefined ? [] : [`base library ${baseLibrary}`]),
    ...Object.entries(kits).map((kit) => kit.join(' ')),
  ];
  return [
    `${plural(made.files, 'file')}, ${made.bytes} bytes, sha256 ${made.sha256}`,
    `${plural(pages.length, 'page')}${needs.length > 0 ? `; needs ${needs.join(', ')}` : ''}`,
    `calls ${origins.length > 0 ? origins.join(', ') : 'no server that is written out'}`,
    ...(apis.length > 0 ? [`uses ${plural(apis.length, 'API')} of the vendor: ${apis.join(', ')}`] : []),
    ...(cloud.size > 0 ? [`cloud APIs ${[...cloud].join(', ')}`] : []),
    ...(hidden > 0
      ? [`${plural(hidden, 'static resource')} whose address only shows when the code runs (--format json lists them)`]
      : []),
  ];
}

/** Runs a step, and says on a terminal what it works on. */
function withProgress<T>(io: Io, run: (onProgress: (what: string) => void) => T): T {
  if (!io.showsProgress) return run(() => {});
  let last = performance.now();
  try {
    return run((what) => {
      if (performance.now() - last < 100) return;
      last = performance.now();
      io.stderr(`\r\u001B[Kreading: ${safe(what).slice(0, 60)}`);
    });
  } finally {
    io.stderr('\r\u001B[K');
  }
}
