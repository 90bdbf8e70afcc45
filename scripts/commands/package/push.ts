/** Brings in the bytes of a version that was recorded without keeping them. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Miniapp } from '../../core/model.ts';
import { identityOf } from '../../git/branch.ts';
import { NOBODY } from '../../git/trees.ts';
import { keepHere } from '../../packages/local-branch.ts';
import { differenceOf } from '../../packages/status.ts';
import { refuseUnfit } from '../../packages/unfit.ts';
import { readProject } from '../../project/read-project.ts';
import { locateAll } from '../../read/positions.ts';
import { EXIT, isJson, printJson, UsageError, words } from '../../cli/command.ts';
import { printProblems } from '../../cli/load-config.ts';
import { no, versionIn, type Call } from './call.ts';

export async function push(call: Call, miniapp: Miniapp | undefined): Promise<number> {
  const { path, input, io } = call;
  const [, version = '', folder = ''] = words(input, 'ID', 'VERSION', 'DIR');
  const { package: recorded } = versionIn(miniapp!, version);
  const id = { miniapp: miniapp!.id, version };
  const root = resolve(io.cwd, folder);
  if (!statSync(root, { throwIfNoEntry: false })) throw new UsageError(`there is no folder ${folder}`);
  if (!recorded)
    return no(
      call,
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
  if (difference !== undefined) return no(call, id, `these are not the bytes of ${version}: ${difference}`);
  const bytes = { files: project.files, content: project.content, sha256: project.package.sha256 };
  const { branch } = keepHere(path, id, bytes, identityOf(path) ?? NOBODY, io.now);
  const stored = { store: 'git', ref: branch };
  if (isJson(input)) printJson(io, { ok: true, ...id, stored });
  else io.stdout(`stored in the branch ${branch}\n`);
  return EXIT.fine;
}
