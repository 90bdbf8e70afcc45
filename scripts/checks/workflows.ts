/** The workflows, the actions beside them and Dependabot's settings, by every audit of workflow-audits.ts. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './shell.ts';
import { AUDITS } from './workflow-audits.ts';
import { workflowFile } from './workflow-file.ts';

/** `file:line audit: what` for each. */
export function auditWorkflows(root = ROOT): string[] {
  const folder = join(root, '.github/workflows');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : [];
  if (files.length === 0) return ['.github/workflows holds no workflow'];
  const named = files.map((name) => `.github/workflows/${name}`);
  const actions = globSync('.github/actions/*/action.{yml,yaml}', { cwd: root }).toSorted();
  const dependabot = existsSync(join(root, '.github/dependabot.yml')) ? ['.github/dependabot.yml'] : [];
  return [...named, ...actions, ...dependabot].flatMap((name) =>
    auditText(name, readFileSync(join(root, name), 'utf8')),
  );
}

/** A finding `file:line audit: what` for each; `name` says which kind of file it is. */
export function auditText(name: string, text: string): string[] {
  const file = workflowFile(name, text);
  if (file.faults.length > 0) return file.faults.map((fault) => `${name} ${fault}`);
  const isDependabot = name.endsWith('dependabot.yml');
  const isAction = /\/action\.ya?ml$/.test(name);
  const audits = AUDITS.filter(
    ({ isForDependabot = false, isForWorkflows = false }) =>
      isForDependabot === isDependabot && !(isAction && isForWorkflows),
  );
  return audits.flatMap(({ id, find }) => find(file).map(({ line, message }) => `${name}:${line} ${id}: ${message}`));
}
