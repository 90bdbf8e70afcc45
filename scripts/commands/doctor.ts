/**
 * Is this machine and this repository set up: each line with what it proves, or what its lack costs and the next step. Longer than most
 * files: what is asked, in the order in which it is told; what answers mean stands in `doctor/`.
 */
import { defined } from '../core/defined.ts';
import type { Workspace } from '../core/model.ts';
import { refOf } from '../git/writing/branch.ts';
import { gitText, NOT_TRUSTED } from '../git/process/run.ts';
import { remoteDefault } from '../git/commits/default-branch.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';
import type { Connection, MissingConnection } from '../github/connection.ts';
import type { GitHubErrorCode } from '../github/request.ts';
import { withFact } from '../doctor/finding.ts';
import type { Finding, Health } from '../doctor/health.ts';
import type { Account } from '../github/types.ts';
import { siteOf } from '../github/remotes.ts';
import { homeRemote, type BaseRepository } from '../propose/base-repository.ts';
import { isFineGrained } from '../github/token.ts';
import { painter, safe, type TerminalStyle } from '../report/terminal.ts';
import { connectionOf } from '../cli/input/actor.ts';
import {
  EXIT,
  isJson,
  EnvironmentError,
  printJson,
  ExpectedError,
  words,
  type Command,
  type Input,
  type Io,
} from '../cli/frame/command.ts';
import {
  accountsFinding,
  cloneFindings,
  codeownersFinding,
  machineFindings,
  startedBy,
  workflowFindings,
  type KeyState,
} from '../doctor/local-checks.ts';
import { identityFindings } from '../doctor/identity.ts';
import { isKeptInBranches, packageRulesFinding, packagesFinding, type StoreState } from '../doctor/packages.ts';
import { ignoredFinding } from '../doctor/ignored-files.ts';
import { keyHere } from '../cli/input/account-form.ts';
import { configFolder } from '../cli/config/load-config.ts';
import { keyId } from '../read/account-digest.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'is this machine and this repository set up',
  usage: ['doctor'],
  options: {},
  async run(input, io) {
    words(input);
    const { path } = configFolder(input, io);
    const findings = await findingsOf(path, io);
    return print(findings, input, io);
  },
};

async function findingsOf(path: string, io: Io): Promise<Finding[]> {
  const machine = machineFindings(path);
  const hasGit = machine.every(({ id, state }) => id !== 'git' || state === 'ok');
  if (!hasGit) return machine;
  const connection = await connectionOf(io, path);
  const isRepository = !('missing' in connection) || connection.missing !== 'repository';
  if (!isRepository) return [...machine, noRepository(connection.why)];
  if (refOf(path, 'HEAD') === undefined) {
    return [...machine, missing('repository', 'nothing is committed yet', 'git add . && git commit')];
  }
  const { workspace } = loadWorkingTree(path, { miniapps: [] });
  const branch = branchHere(path, io, workspace);
  const key = keyState(path, io, workspace);
  const isAlone = 'missing' in connection && connection.missing === 'remote';
  const packages = packagesFinding(workspace.platform, await storeState(path, io, workspace));
  if (isAlone && workspace.platform.portal?.repository === undefined)
    return [...machine, IN_GIT, packages, ...findingsWithoutGitHub(path, workspace, { branch, key }, connection)];
  const here = [
    ...cloneFindings(path),
    ...workflowFindings(path, branch),
    ...ignoredFinding(path),
    codeownersFinding(path, workspace),
    packages,
    // On GitHub it is the account that tells who acts.
    ...(isAlone ? identityFindings(path, workspace, branch) : []),
  ];
  const found = await there(connection, workspace, key, path);
  // Who can read the repository is GitHub's to say.
  const accounts = found.some(({ id }) => id === 'accounts') ? [] : [accountsFinding(workspace, 'unknown', key)];
  return [...machine, IN_GIT, ...here, ...accounts, ...found];
}

/**
 * Where no remote is on GitHub and the platform names no repository there: everything but the bot works, so its lack is said and is no
 * fault, and what only GitHub reads is not looked at.
 */
function findingsWithoutGitHub(
  path: string,
  workspace: Workspace,
  { branch, key }: { readonly branch: string; readonly key: KeyState },
  { why }: MissingConnection,
): Finding[] {
  return [
    ...cloneFindings(path),
    ...ignoredFinding(path),
    ...identityFindings(path, workspace, branch),
    accountsFinding(workspace, 'unknown', key),
    {
      id: 'remote',
      state: 'warning',
      what: `${why}: nothing opens pull requests; --commit makes each edit a commit`,
      next: `nothing, for a life without GitHub; else ${addRemote(path)}`,
    },
  ];
}

function noRepository(why: string): Finding {
  if (!why.startsWith(NOT_TRUSTED))
    return missing('repository', 'the configuration is in no Git repository', 'git init');
  return missing('repository', NOT_TRUSTED, why.slice(NOT_TRUSTED.length + 2));
}

const good = (id: string, what: string): Finding => ({ id, state: 'ok', what });
const IN_GIT = good('repository', 'the configuration is in a Git repository');
const missing = (id: string, what: string, next: string): Finding => ({ id, state: 'missing', what, next });

/** The default branch of the remote that is this registry by its full name, as far as it is here; else what is checked out. */
function branchHere(path: string, io: Io, { platform }: Workspace): string {
  const remote = homeRemote(path, siteOf(io.env), platform);
  const found = remote === undefined ? undefined : remoteDefault(path, remote);
  return found?.ref ?? 'HEAD';
}

/** Whether this machine has the key that the platform's digests are made with; another, or what is no key, is not it. */
function keyState(path: string, io: Io, { platform }: Workspace): KeyState {
  try {
    const found = keyHere(path, io);
    return found && keyId(found.key) === platform.accountsKey ? 'here' : 'not-here';
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return 'not-here';
  }
}

/** What the store has, as far as it says without fetching; undefined where none is to be asked. */
async function storeState(path: string, io: Io, { platform }: Workspace): Promise<StoreState | undefined> {
  if (!platform.packages || platform.packages.store === 'none') return undefined;
  const [{ packageStores }, { statusesOf, versionsOf }] = await Promise.all([
    import('../cli/config/package-stores.ts'),
    import('../packages/status.ts'),
  ]);
  const { miniapps } = loadWorkingTree(path, { kinds: new Set(['version']) }).workspace;
  const stores = packageStores(path, platform, io);
  try {
    const { packages, unasked } = await statusesOf(versionsOf(miniapps.values()), stores, { isProven: false });
    const count = (status: string) => packages.filter((one) => one.status === status).length;
    return {
      where: stores.store?.where ?? stores.here.where,
      recorded: packages.length - count('unrecorded'),
      missing: count('missing'),
      differing: count('differs'),
      ...defined({ unasked }),
    };
  } finally {
    stores.close();
  }
}

/** What GitHub knows. */
async function there(
  connection: Connection | MissingConnection,
  workspace: Workspace,
  key: KeyState,
  path: string,
): Promise<Finding[]> {
  if ('missing' in connection) return nobody(connection, path);
  const remote = good(
    'remote',
    `${connection.remotes.map(({ name, owner, repo }) => `${name} is ${owner}/${repo}`).join(', ')} on ${connection.site.host}`,
  );
  try {
    return [remote, ...(await asked(connection, workspace, key, path))];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    if (REFUSED.has(error.code))
      return [remote, missing('token', error.message, `another one: ${connection.token.from}`), UNSEEN];
    return [remote, { id: 'github', state: 'unknown', what: error.message, isOutside: true }, UNSEEN];
  }
}

/** What another token is needed for; whoever asks too much is refused by the same number, and needs to wait. */
const REFUSED: ReadonlySet<string> = new Set<GitHubErrorCode>([
  'github-token-refused',
  'github-token-right',
  'github-token-kind',
  'github-not-found',
]);

const UNSEEN: Finding = {
  id: 'settings',
  state: 'unknown',
  what: 'rules, environments, Pages and permissions on GitHub could not be looked at',
};

const addRemote = (path: string): string =>
  gitText(path, ['remote']).split('\n').includes('origin')
    ? 'git remote set-url origin ADDRESS'
    : 'git remote add origin ADDRESS';

function nobody({ missing: what, why }: MissingConnection, path: string): Finding[] {
  const next = what === 'token' ? 'gh auth login, or GITHUB_TOKEN' : addRemote(path);
  return [missing(what, `${why}: edits stay on this machine, nothing opens pull requests`, next), UNSEEN];
}

async function asked(connection: Connection, workspace: Workspace, key: KeyState, path: string): Promise<Finding[]> {
  const [{ homeOf }, { settingsOf }, { botFinding, hasOwnApp, healthOf, tokenKindFinding }, { mergeFindings }] =
    await Promise.all([
      import('../propose/base-repository.ts'),
      import('../doctor/repository-settings.ts'),
      import('../doctor/health.ts'),
      import('../doctor/merging.ts'),
    ]);
  const account = await connection.account();
  const { platform } = workspace;
  const home = await homeOf(connection, platform);
  const { base, defaultBranch } = home;
  const settings = await settingsOf(connection.client, base, defaultBranch);
  const bot = platform.bot && { login: platform.bot.login, id: platform.bot.githubId };
  const started = startedBy(path, `refs/remotes/${base.name}/${defaultBranch}`);
  return [
    ...tokenFindings(connection, account, workspace),
    ...(account ? tokenKindFinding(await tokenFacts(connection, home)) : []),
    good('default-branch', `changes go to ${defaultBranch} of ${base.owner}/${base.repo}`),
    accountsFinding(workspace, home.isPrivate ? 'private' : 'public', key),
    await pushFinding(path, connection, home),
    botFinding(bot, account),
    ...healthOf(settings, defaultBranch, bot, started),
    ...(hasOwnApp(bot) && isKeptInBranches(platform)
      ? withFact('packages-ruleset', 'the rules of packages/**', settings.packageRules, packageRulesFinding)
      : []),
    ...mergeFindings({ value: home.allowsMergeCommits }, settings, defaultBranch),
  ];
}

async function tokenFacts({ client, token }: Connection, { isPrivate, mayPush }: BaseRepository) {
  const { scopesOf } = await import('../doctor/repository-settings.ts');
  return { scopes: await scopesOf(client), isFineGrained: isFineGrained(token), isPrivate, mayPush };
}

async function pushFinding(path: string, connection: Connection, home: BaseRepository): Promise<Finding> {
  const { pushRemote } = await import('../propose/base-repository.ts');
  try {
    const push = await pushRemote(path, connection, home);
    const isFork = push.name !== home.base.name;
    return good('push', `branches are pushed to ${isFork ? 'the fork ' : ''}${push.owner}/${push.repo}`);
  } catch (error) {
    if (!(error instanceof EnvironmentError) || 'status' in error) throw error;
    const [what = '', ...next] = error.message.split(/(?<=\.) /);
    return missing('push', what, next.join(' '));
  }
}

function tokenFindings({ token }: Connection, account: Account | undefined, { people }: Workspace): Finding[] {
  if (!account) return [good('token', `the token of ${token.from} is that of an app or a workflow`)];
  const valid = good('token', `the token of ${token.from} is that of ${account.login}, account ${account.id}`);
  const person = [...people.values()].find(({ githubId }) => githubId === account.id);
  if (person?.left !== undefined) {
    return [
      valid,
      {
        id: 'person',
        state: 'warning',
        what: `${person.login} has left and holds no right`,
        next: 'an owner edits people/',
      },
    ];
  }
  if (person) return [valid, good('person', `people/${person.login}.yaml is that account`)];
  const next = `npx miniapp person add ${account.login} --github-id ${account.id} --name NAME (an owner)`;
  return [
    valid,
    { id: 'person', state: 'warning', what: `nobody in people/ is account ${account.id}: it holds no right`, next },
  ];
}

const MARKS: Readonly<Record<Health, readonly [word: string, style: TerminalStyle]>> = {
  ok: ['ok', 'green'],
  warning: ['warning', 'yellow'],
  missing: ['missing', 'red'],
  unknown: ['unknown', 'dim'],
};

function print(findings: readonly Finding[], input: Input, io: Io): number {
  const counts = Object.fromEntries(
    Object.keys(MARKS).map((state) => [state, findings.filter((finding) => finding.state === state).length]),
  );
  const isMissing = findings.some(({ state }) => state === 'missing');
  const isOutside = findings.some((finding) => finding.isOutside === true);
  const ok = !isMissing && !isOutside;
  if (isJson(input)) {
    const checks = findings.map(({ id, state, what, next }) => ({
      id,
      state,
      what,
      ...defined({ next }),
    }));
    printJson(io, { ok, checks, counts });
  } else {
    const paint = painter(io.isColoured);
    for (const { state, what, next } of findings) {
      const [word, style] = MARKS[state];
      io.stdout(`${paint(style, word.padEnd(8))} ${safe(what)}\n`);
      if (next !== undefined) io.stdout(`         next: ${safe(next)}\n`);
    }
    io.stdout(
      `\n${Object.entries(counts)
        .map(([state, number]) => `${number} ${state}`)
        .join(', ')}\n`,
    );
  }
  return isMissing ? EXIT.no : isOutside ? EXIT.failed : EXIT.fine;
}
