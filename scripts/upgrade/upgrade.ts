/** A platform brought to a newer tool: a commit on a branch, and where files have another form now, a second one for them. */
import { defined } from '../core/defined.ts';
import { severityOf } from '../core/problems/messages.ts';
import { EnvironmentError } from '../core/errors.ts';
import type { Problem } from '../core/problems/problem.ts';
import { checkRules } from '../core/rules/index.ts';
import { textIn } from '../core/localized-text.ts';
import { commitFiles, moveBranch, refOf } from '../git/writing/branch.ts';
import type { CommitIdentity } from '../git/commits/identity.ts';
import { commitSource } from '../git/objects/commit-source.ts';
import { authorOf, commitTree, textAt } from '../git/merges/trees.ts';
import { gitAnswer, gitText } from '../git/process/run.ts';
import { codeownersOf } from '../github/codeowners.ts';
import { load } from '../read/load.ts';
import { overlaySource } from '../read/overlay.ts';
import { upgraded } from './merge.ts';
import { migrate, type MigrationInput, type Migration } from './migrations/index.ts';
import { newsBetween } from './news.ts';
import { originOf } from './origin.ts';

export interface UpgradeOptions {
  /** The platform's repository. */
  readonly top: string;
  /** The newer tool: a commit that is there. */
  readonly newer: string;
  /** Where the platform's tool came from, when its user says so. */
  readonly origin?: string | undefined;
  /** Who changes the configuration, as far as that is known. */
  readonly actor?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Version {
  readonly version: string;
  readonly commit: string;
}

export interface UpgradeBranch {
  readonly branch: string;
  readonly commit: string;
  readonly isNew: boolean;
}

interface Migrations {
  readonly migrations: readonly Migration[];
  /** Whether its commit says who acts. */
  readonly hasActor: boolean;
}

export interface UpgradeResult {
  readonly from: Version;
  readonly to: Version;
  /** Undefined where the tool is that one already. */
  readonly tool?: UpgradeBranch | { readonly branch: string; readonly conflicts: readonly string[] };
  readonly migrated?: UpgradeBranch & Migrations;
  readonly kept: readonly string[];
  /** What the newer tool finds wrong with the configuration as it will be. */
  readonly problems: readonly Problem[];
  readonly texts: ReadonlyMap<string, string>;
  readonly news: readonly string[];
}

const CONFIG = 'config';

/** Throws EnvironmentError where it cannot be done; the working tree is touched only where two sides changed a file. */
export function upgrade(asked: UpgradeOptions): UpgradeResult {
  const { top, newer, now } = asked;
  refuseDirty(top);
  const head = refOf(top, 'HEAD');
  if (head === undefined) throw new EnvironmentError('nothing is committed in the platform’s repository yet');
  if (textAt(top, head, `${CONFIG}/platform.yaml`) === undefined)
    throw new EnvironmentError(`${top} has no ${CONFIG}/platform.yaml: it is no platform`);
  const recorded = (JSON.parse(textAt(top, head, 'tool.json') ?? '{}') as { commit?: string }).commit;
  const origin = asked.origin ?? originOf(top, head, newer, recorded)?.commit;
  if (origin === undefined) throw new EnvironmentError(NO_ORIGIN);
  const [from, to] = [versionOf(top, origin), versionOf(top, newer)];
  const source = commitSource(top, head, CONFIG);
  const { workspace } = load(source);
  const { name, languages } = workspace.platform;
  const tool = `${JSON.stringify({ version: to.version, commit: newer }, null, 2)}\n`;
  const made = upgraded({
    top,
    platform: head,
    origin,
    newer,
    name: textIn(name, languages),
    codeowners: codeownersOf(workspace),
    tool,
  });
  const author = authorOf(top);
  const message = `Upgrade the tool to ${to.version}\n\nFrom ${origin.slice(0, 10)} to ${newer.slice(0, 10)}, everything but ${CONFIG}/.\n`;
  const isSame = made.tree === gitText(top, ['rev-parse', `${head}^{tree}`]);
  const stem = `upgrade/${to.version}`;

  const loadWith = (files: ReadonlyMap<string, string>): MigrationInput => {
    const text = (path: string) => files.get(path) ?? textAt(top, head, `${CONFIG}/${path}`);
    return { ...load(overlaySource(source, files)), text };
  };
  const { applied, files } = migrate(loadWith);
  const after = loadWith(files);
  const problems = [...after.problems, ...checkRules(after.workspace, now)].filter(
    ({ code }) => severityOf(code) === 'error',
  );
  const migrated =
    files.size === 0
      ? undefined
      : migrationBranch(asked, { head, stem: `${stem}-config`, migrations: applied, files, author });
  const news = newsBetween(textAt(top, origin, 'CHANGELOG.md') ?? '', textAt(top, newer, 'CHANGELOG.md') ?? '');
  const result = { from, to, kept: made.kept, problems, texts: after.texts, news, ...defined({ migrated }) };
  if (isSame) return result;
  if (made.conflicts.length > 0) {
    const branch = startMerge(top, stem, made.change, message, author);
    return { ...result, tool: { branch, conflicts: made.conflicts } };
  }
  const commit = (): string => commitTree(top, { tree: made.tree, parents: [head], message, author });
  return { ...result, tool: claim(top, stem, head, made.tree, commit) };
}

const NO_ORIGIN =
  'it cannot be told which version of the tool this platform came from: less than half of its files are those of any version in the newer one’s history. --base COMMIT names it';

function refuseDirty(top: string): void {
  const marks = ['CHERRY_PICK_HEAD', 'MERGE_HEAD', 'REBASE_HEAD'];
  const going = marks.find((mark) => refOf(top, mark) !== undefined);
  if (going === 'CHERRY_PICK_HEAD')
    throw new EnvironmentError(
      'an upgrade, or another git cherry-pick, waits for its conflicts to be solved: git add FILE, then git cherry-pick --continue; git cherry-pick --abort takes it back',
    );
  if (going) throw new EnvironmentError('a merge or rebase is under way in the platform’s repository: end it first');
  const changed = gitText(top, ['status', '--porcelain', '--untracked-files=no']);
  if (changed === '') return;
  throw new EnvironmentError(
    `${changed.split('\n')[0]!.slice(3)} is changed and not committed: commit or stash what you have first`,
  );
}

function versionOf(top: string, commit: string): Version {
  const text = textAt(top, commit, 'package.json');
  if (text === undefined)
    throw new EnvironmentError(`${commit.slice(0, 10)} is no version of this tool: it has no package.json`);
  return { version: String((JSON.parse(text) as { version?: unknown }).version ?? 'unknown'), commit };
}

/** The branch of that name, or with a number where somebody's own work has it; as it is where it holds this already. */
function claim(top: string, stem: string, parent: string, tree: string, commit: () => string): UpgradeBranch {
  for (let i = 1; ; i += 1) {
    const branch = i === 1 ? stem : `${stem}-${i}`;
    const tip = refOf(top, `refs/heads/${branch}`);
    if (tip === undefined) {
      const made = commit();
      moveBranch(top, branch, undefined, made);
      return { branch, commit: made, isNew: true };
    }
    const [treeThere, parentThere] = gitText(top, ['show', '-s', '--format=%T %P', tip]).split(' ');
    if (treeThere === tree && parentThere === parent) return { branch, commit: tip, isNew: false };
  }
}

/** The newer tool's change applied where its user works, as far as it goes: Git knows how to go on and how to go back. */
function startMerge(top: string, stem: string, change: string, message: string, author: CommitIdentity): string {
  let branch = stem;
  // One that holds nothing yet was made by a run that was killed.
  const isOthers = (tip: string | undefined): boolean => tip !== undefined && tip !== refOf(top, 'HEAD');
  for (let i = 2; isOthers(refOf(top, `refs/heads/${branch}`)); i += 1) branch = `${stem}-${i}`;
  const own = commitTree(top, {
    tree: `${change}^{tree}`,
    parents: [gitText(top, ['rev-parse', `${change}^`])],
    message,
    author,
  });
  const env = { GIT_EDITOR: 'true', GIT_COMMITTER_NAME: author.name, GIT_COMMITTER_EMAIL: author.email };
  gitText(top, ['switch', '--quiet', '--force-create', branch]);
  gitAnswer(top, ['-c', 'merge.directoryRenames=false', 'cherry-pick', own], { env, accept: [1] });
  return branch;
}

interface MigratedFiles {
  readonly head: string;
  /** The name of the branch, where nobody has it yet. */
  readonly stem: string;
  readonly migrations: readonly Migration[];
  /** By their paths inside the configuration. */
  readonly files: ReadonlyMap<string, string>;
  readonly author: CommitIdentity;
}

function migrationBranch(
  { top, actor }: UpgradeOptions,
  { head, stem, migrations, files, author }: MigratedFiles,
): UpgradeBranch & Migrations {
  const message = [
    'Bring the configuration to its newer form',
    '',
    ...migrations.map(({ id, why }) => `${id}: ${why}.`),
    '',
    'Transition: edit-platform',
    ...(actor === undefined ? [] : [`Actor: ${actor}`]),
    '',
  ].join('\n');
  const changes = [...files].map(([path, content]) => ({ path: `${CONFIG}/${path}`, content }));
  const make = (): string => commitFiles(top, { parent: head, files: changes, message, author });
  const tree = gitText(top, ['rev-parse', `${make()}^{tree}`]);
  return { ...claim(top, stem, head, tree, make), migrations, hasActor: actor !== undefined };
}
