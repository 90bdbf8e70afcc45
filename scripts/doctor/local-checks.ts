/** What can be seen without GitHub: this machine, this clone, and the files that GitHub goes by. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { Workspace } from '../core/model.ts';
import { isShallow, locationOf } from '../git/process/location.ts';
import { gitAnswer, gitText } from '../git/process/run.ts';
import { codeownersOf } from '../github/codeowners.ts';
import type { Finding } from './health.ts';
import { EnvironmentError } from '../core/errors.ts';

/** Where this project is: its workflows are what a registry should have. */
const PROJECT = join(import.meta.dirname, '../..');
const WORKFLOWS = '.github/workflows';
/** Actions of the project's own, each a folder, which its workflows use. */
const ACTIONS = '.github/actions';
/** Commits from which on walking a history without Git's graph of it is slow. */
const DEEP = 20_000;

const good = (id: string, what: string): Finding => ({ id, state: 'ok', what });

/** Whether this Node and this Git can run the tool. */
export function machineFindings(folder: string): Finding[] {
  const isNew = Boolean(process.features.typescript);
  const node: Finding = isNew
    ? good('node', `Node ${process.versions.node} reads TypeScript`)
    : { id: 'node', state: 'missing', what: `Node ${process.versions.node} is too old`, next: 'npm start says which' };
  return [node, gitFinding(folder)];
}

function gitFinding(folder: string): Finding {
  try {
    const version = gitText(folder, ['version']).replace(/^git version /, '');
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const isNew = major > 2 || (major === 2 && minor >= 38);
    if (isNew) return good('git', `Git ${version} merges without a working tree`);
    const what = `Git ${version} cannot merge without a working tree, which plan and pull requests need`;
    return { id: 'git', state: 'missing', what, next: 'install Git 2.38 or newer' };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return { id: 'git', state: 'missing', what: error.message, next: 'install Git 2.38 or newer' };
  }
}

/**
 * Whether the clone around a folder has its whole history, its commit graph and its hooks. Throws EnvironmentError outside of a
 * repository.
 */
export function cloneFindings(folder: string): Finding[] {
  const { top, objects } = locationOf(folder);
  const shallow: Finding = isShallow(folder)
    ? {
        id: 'history',
        state: 'missing',
        what: 'this clone is shallow: numbers and ids used before are not known',
        next: 'git fetch --unshallow',
      }
    : good('history', 'the whole history is here');
  return [shallow, ...graphFinding(top, objects), hookFinding(top)];
}

function graphFinding(top: string, objects: string): Finding[] {
  const count = Number(gitText(top, ['rev-list', '--count', '--max-count', String(DEEP + 1), 'HEAD']));
  const isThere = ['commit-graph', 'commit-graphs'].some((name) => existsSync(join(objects, 'info', name)));
  if (count <= DEEP || isThere) return [];
  const what = `more than ${DEEP} commits, and no graph of them: history, audit and uploads take longer than they need`;
  return [{ id: 'commit-graph', state: 'warning', what, next: 'git commit-graph write --reachable --changed-paths' }];
}

function hookFinding(top: string): Finding {
  const hooks = gitText(top, ['rev-parse', '--path-format=absolute', '--git-path', 'hooks']);
  const isThere = existsSync(join(hooks, 'pre-commit'));
  if (isThere) return good('hook', 'a commit that touches the configuration is validated before it is made');
  const what = 'no hook validates what is committed here before it is';
  return { id: 'hook', state: 'warning', what, next: 'npm run prepare' };
}

/** The files of the project's that match, by path. */
const shipped = (pattern: string): ReadonlyMap<string, string> =>
  new Map(
    globSync(pattern, { cwd: PROJECT })
      .sort()
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(PROJECT, path), 'utf8')]),
  );
const shippedWorkflows = () => shipped(`${WORKFLOWS}/*.{yml,yaml}`);
const shippedActions = () => shipped(`${ACTIONS}/*/action.{yml,yaml}`);

/** The events that start each workflow that the project ships, as its file on the branch says; where it is not there, as shipped. */
export function startedBy(folder: string, branch: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...shippedWorkflows()].map(([path, text]) => {
      const { stdout, status } = gitAnswer(folder, ['cat-file', 'blob', `${branch}:${path}`], { accept: [128] });
      return [path, eventsOf(status === 0 ? stdout.toString('utf8') : text)];
    }),
  );
}

function eventsOf(text: string): string[] {
  const { on } = (parseDocument(text).toJS() ?? {}) as { on?: unknown };
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(on ?? {});
}

/** Whether workflows, and the actions that they use, are the project's. `branch`: the default branch as far as it is known here, as `refs/remotes/origin/main`; else HEAD. */
export function workflowFindings(folder: string, branch: string): Finding[] {
  const files = [...shippedWorkflows(), ...shippedActions()];
  const name = branch.replace(/^refs\/remotes\//, '');
  const there = files.map(([path, text]) => {
    const { stdout, status } = gitAnswer(folder, ['cat-file', 'blob', `${branch}:${path}`], { accept: [128] });
    return { path, isThere: status === 0, isSame: status === 0 && stdout.toString('utf8') === text };
  });
  const absent = there.filter(({ isThere }) => !isThere).map(({ path }) => path);
  const changed = there.filter(({ isThere, isSame }) => isThere && !isSame).map(({ path }) => path);
  if (absent.length > 0) {
    const what = `${name} lacks ${absent.join(', ')}: nothing judges, merges or publishes there`;
    return [{ id: 'workflows', state: 'missing', what, next: 'take them over from the project by a pull request' }];
  }
  if (changed.length === 0)
    return [good('workflows', `the ${files.length} workflows and actions of ${name} are the project's`)];
  const what = `${changed.join(', ')} of ${name} ${changed.length === 1 ? 'is' : 'are'} not what this project has`;
  return [{ id: 'workflows', state: 'warning', what, next: `git diff ${name} -- ${WORKFLOWS} ${ACTIONS} shows how` }];
}

/** Whether .github/CODEOWNERS is what the people of the workspace make of it. Throws EnvironmentError outside of a repository. */
export function codeownersFinding(folder: string, workspace: Workspace): Finding {
  const { top, prefix } = locationOf(folder);
  const path = join(top, '.github/CODEOWNERS');
  const wanted = codeownersOf(workspace, prefix);
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) {
    return good('codeowners', 'CODEOWNERS names the owners of people/');
  }
  const what = `.github/CODEOWNERS ${existsSync(path) ? 'is not what people/ says' : 'is not there'}: GitHub asks nobody, or the wrong people, to review code`;
  return { id: 'codeowners', state: 'warning', what, next: 'npm run generate, in a pull request of its own' };
}

const WHO_READS: Readonly<Record<'public' | 'private' | 'unknown', string>> = {
  public: 'whoever is on the internet reads',
  private: 'whoever may read this private repository reads',
  unknown: 'whoever can read this repository reads',
};

/** What is known of the key of digests on this machine. */
export type KeyState = 'here' | 'not-here';

/** Whether the accounts of whitelists can be read by those whom they do not concern. `readers`: who can read the repository. */
export function accountsFinding(
  { platform }: Workspace,
  readers: 'public' | 'private' | 'unknown',
  key: KeyState,
): Finding {
  if (platform.accounts === 'digest') {
    const what = `accounts are kept as digests by the key ${platform.accountsKey ?? '?'}, which is in no file`;
    if (key === 'here') return good('accounts', `${what}, and on this machine`);
    const id = 'accounts';
    return {
      id,
      state: 'ok',
      what: `${what}, nor on this machine: nobody can be added or looked up from here by account`,
      next: 'an owner has it; one that is lost cannot be made again (.github/SETUP.md, Accounts)',
    };
  }
  const what = `accounts are kept plain: ${WHO_READS[readers]} the e-mail addresses and phone numbers of whitelists, and history keeps those that were removed`;
  if (readers !== 'public') return good('accounts', what);
  const next = 'npx miniapp accounts migrate (an owner), or make the repository private (.github/SETUP.md, Accounts)';
  return { id: 'accounts', state: 'warning', what, next };
}
