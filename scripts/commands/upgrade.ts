/** A newer tool for a platform: from its own repository, or from a checkout of the newer tool for platforms older than this command. */
import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { defined } from '../core/defined.ts';
import { exchange } from '../git/process/network.ts';
import { missingCommits } from '../git/commits/fetch.ts';
import { gitText } from '../git/process/run.ts';
import { git, isShallow, locationOf } from '../git/process/location.ts';
import { locateAll } from '../read/positions.ts';
import { safe } from '../report/terminal.ts';
import { newerTool } from '../upgrade/newer-tool.ts';
import { upgrade as upgradeTo, type UpgradeResult } from '../upgrade/upgrade.ts';
import {
  EXIT,
  isJson,
  EnvironmentError,
  printJson,
  text,
  UsageError,
  words,
  type Command,
  type Input,
  type Io,
} from '../cli/frame/command.ts';
import { PROJECT } from './tool-version.ts';
import { printProblems } from '../cli/config/load-config.ts';

export const upgrade: Command = {
  name: 'upgrade',
  summary:
    'a newer tool, your own data: everything but config/ from the newer version as one commit on a branch, what you changed in the\n' +
    'tool merged with it; files of config/ whose form changed on a second branch. Says what is new for people.',
  usage: ['upgrade [--from REMOTE_OR_DIR | --into REPOSITORY] [--to REF] [--base COMMIT] [--actor LOGIN]'],
  options: {
    from: {
      type: 'string',
      value: 'REMOTE_OR_DIR',
      describe: 'where the newer tool is (default: the remote upstream)',
    },
    to: { type: 'string', value: 'REF', describe: 'which version: a branch, tag or commit there (default: its HEAD)' },
    into: {
      type: 'string',
      value: 'REPOSITORY',
      describe: 'upgrade the platform in that folder to this very tool, for platforms older than this command',
    },
    base: {
      type: 'string',
      value: 'COMMIT',
      describe: 'the version of the tool that the platform came from, where that cannot be told',
    },
    actor: {
      type: 'string',
      value: 'LOGIN',
      describe: 'who changes the form of files in config/ (default: git config github.user)',
    },
  },
  async run(input, io) {
    words(input);
    if (text(input, 'config') !== undefined)
      throw new UsageError(
        '--config: an upgrade is of a whole repository, whose configuration is config/; --into names another',
      );
    const into = text(input, 'into');
    const top = topOf(into ?? io.cwd, io);
    if (into !== undefined && realpathSync(top) === realpathSync(topOf(PROJECT, io)))
      throw new UsageError(
        `--into ${into}: that is the very checkout that this tool runs from; run the newer one's with --into, or name where it is with --from`,
      );
    if (into === undefined) {
      const delegated = await newerTool({
        top,
        from: text(input, 'from') ?? 'upstream',
        to: text(input, 'to'),
        cwd: io.cwd,
        words: rest(input),
      });
      if (delegated.kind === 'ran') return delegated.code;
      return apply(top, delegated.commit, input, io);
    }
    const newer = await git(PROJECT).commit(text(input, 'to') ?? 'HEAD');
    if (isShallow(PROJECT))
      throw new EnvironmentError(
        'this checkout of the newer tool is shallow, so what the platform came from may not be here: git fetch --unshallow',
      );
    if (gitText(PROJECT, ['status', '--porcelain', '--untracked-files=no']) !== '')
      io.stderr('note: what is not committed in this checkout is not taken along\n');
    if (missingCommits(top, [newer]).length > 0) {
      await exchange(
        top,
        ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', PROJECT, newer],
        { seconds: 600 },
      );
    }
    return apply(top, newer, input, io);
  },
};

function topOf(given: string, io: Io): string {
  const folder = isAbsolute(given) ? given : join(io.cwd, given);
  if (!existsSync(folder)) throw new UsageError(`there is no folder ${given}`);
  return locationOf(folder).top;
}

/** What the newer tool is told besides where the platform is. */
const rest = ({ values }: Input): string[] =>
  ['base', 'actor', 'format'].flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' ? [`--${name}`, value] : [];
  });

async function apply(top: string, newer: string, input: Input, io: Io): Promise<number> {
  const actor = text(input, 'actor') ?? gitText(top, ['config', '--default', '', '--get', 'github.user']);
  const base = text(input, 'base');
  const origin = base === undefined ? undefined : await git(top).commit(base);
  const result = upgradeTo({ top, newer, now: io.now, origin, actor: actor === '' ? undefined : actor });
  return print(result, input, io);
}

const SHORT = 10;
const named = ({ version, commit }: UpgradeResult['from']): string => `${version} (${commit.slice(0, SHORT)})`;

function print(result: UpgradeResult, input: Input, io: Io): number {
  const { from, to, tool, migrated, kept, news } = result;
  const conflicts = tool && 'conflicts' in tool ? tool.conflicts : [];
  const problems = locateAll(result.problems, result.texts, 'config');
  const code = conflicts.length > 0 || problems.length > 0 ? EXIT.no : EXIT.fine;
  const next = nextSteps(result, conflicts);
  if (isJson(input)) {
    const branch = tool
      ? { branch: tool.branch, ...defined({ commit: 'commit' in tool ? tool.commit : undefined }) }
      : {};
    const config = migrated && {
      branch: migrated.branch,
      commit: migrated.commit,
      migrations: migrated.migrations.map(({ id, why }) => ({ id, why })),
    };
    printJson(io, {
      ok: code === EXIT.fine,
      from,
      to,
      ...branch,
      conflicts,
      kept,
      migrated: config ?? null,
      problems,
      changes: news,
      next,
    });
    return code;
  }
  const lines = [
    tool === undefined ? `the tool is ${named(to)} already` : `the tool: ${named(from)} → ${named(to)}`,
    ...(tool && 'commit' in tool
      ? [`  ${tool.isNew ? 'one commit on the branch' : 'is on the branch already:'} ${tool.branch}`]
      : []),
    ...conflicts.map((file) => `  conflict ${file}: you and the newer tool both changed it`),
    ...kept.map((file) => `  ${file} is yours and stays; the newer one: git show ${to.commit.slice(0, SHORT)}:${file}`),
    ...(migrated
      ? [
          `config/ in its newer form: the branch ${migrated.branch}`,
          ...migrated.migrations.map(({ id, why }) => `  ${id}: ${why}`),
        ]
      : []),
    ...(news.length > 0 ? ['what is new', ...news.map((line) => `  ${line}`)] : []),
    problems.length === 0 ? 'the newer tool finds no error in config/' : 'the newer tool finds errors in config/:',
  ];
  io.stdout(`${lines.map(safe).join('\n')}\n`);
  if (problems.length > 0) printProblems({ problems, folder: 'config', texts: result.texts }, input, io);
  if (next.length > 0) io.stdout(`next:\n${next.map((step) => `  ${safe(step)}\n`).join('')}`);
  return code;
}

function nextSteps({ tool, migrated }: UpgradeResult, conflicts: readonly string[]): string[] {
  const own =
    tool === undefined
      ? []
      : conflicts.length > 0
        ? [
            `you are on the branch ${tool.branch}: solve what is marked, git add ${conflicts.length > 3 ? 'FILES' : conflicts.join(' ')}, git cherry-pick --continue`,
            'git cherry-pick --abort takes it back',
          ]
        : [
            `git switch ${tool.branch} && npm test`,
            `merge it: git push origin ${tool.branch} and a pull request, or git merge --ff-only ${tool.branch}`,
          ];
  return [
    ...own,
    ...(migrated && !migrated.hasActor
      ? [`say --actor LOGIN, an owner: without it audit knows who changed config/ by the author's address alone`]
      : []),
    ...(migrated
      ? [
          `merge ${migrated.branch} afterwards, in a pull request of its own: config/ and code never change together. Without GitHub, on the default branch: git cherry-pick ${migrated.branch} (a merge commit would name nobody)`,
        ]
      : []),
  ];
}
