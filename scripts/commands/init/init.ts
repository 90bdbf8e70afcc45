/** From a copy of this repository to a platform of one's own: asks, checks, writes; commits only when told to. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { isExample, isOfExample } from '../../core/example.ts';
import { textIn } from '../../core/localized-text.ts';
import { writeEdits } from '../../edit/write.ts';
import { refOf } from '../../git/branch.ts';
import { othersUntil } from '../../git/beginning.ts';
import { gitAnswer, gitText } from '../../git/run.ts';
import { siteOf } from '../../github/remotes.ts';
import { begun } from '../../init/begin.ts';
import { commitBeginning } from '../../init/commit.ts';
import type { InitAnswers } from '../../init/platform-files.ts';
import { isShallow, isSquashed, originsOf, pushStep, renameToUpstream, type Origins } from '../../init/remotes.ts';
import { workingTree } from '../../git/working-tree.ts';
import { keyId } from '../../read/account-digest.ts';
import { load, type Loaded } from '../../read/load.ts';
import { locateAll } from '../../read/positions.ts';
import { safe } from '../../report/terminal.ts';
import {
  EXIT,
  isJson,
  oneOf,
  EnvironmentError,
  printJson,
  text,
  UsageError,
  words,
  type Command,
  type Input,
  type Io,
} from '../../cli/command.ts';
import { beginningKey } from '../../cli/account-form.ts';
import { answersOf, OPTIONS } from './answers.ts';
import { toolVersion } from '../tool-version.ts';
import { printProblems } from '../../cli/load-config.ts';

export const init: Command = {
  name: 'init',
  summary:
    'a platform of your own out of a copy of this repository: the example and its story gone, your name, owner, regions and\n' +
    'apps in their place. Asks for what is not given. Edits files; the first commit, which --commit makes, begins its history.',
  usage: [
    'init [--name N] [--owner LOGIN] [--github-id N] [--owner-name NAME] [--region ID=LABEL …] [--app ID=NAME …]',
    '     [--accounts plain|digest] [--repository OWNER/NAME] [--language TAG …] [--example keep|remove] [--commit]',
  ],
  options: OPTIONS,
  async run(input, io) {
    words(input);
    const place = placeOf(input, io);
    const journal = readJournal(place);
    const loaded = existsSync(place.path) ? load(workingTree(place.path)) : undefined;
    const isCommitWanted = input.values['commit'] === true;
    const { beginning: recorded } = loaded?.workspace.platform ?? {};
    const isEnded = recorded !== undefined && (recorded !== journal?.beginning || !isUncommitted(place, recorded));
    if (isEnded) {
      rmSync(journalFile(place), { force: true });
      return isCommitWanted && isUncommitted(place, recorded)
        ? commitOnly(place, recorded, loaded!, input, io)
        : refuse(already(recorded), input, io);
    }
    const why = loaded && reasonNotTo(place, loaded, journal, isCommitWanted);
    if (why !== undefined) return refuse(why, input, io);
    const answers = await answersOf(input, io);
    return begin(place, answers, journal, input, io);
  },
};

interface InitPlace {
  /** The project's folder, the configuration in it, and its path from there. */
  readonly root: string;
  readonly path: string;
  readonly prefix: string;
  /** Whether the project's folder is the top of a Git repository, and whether something is committed in it. */
  readonly hasGit: boolean;
  readonly hasCommit: boolean;
}

function placeOf(input: Input, io: Io): InitPlace {
  const given = text(input, 'config') ?? 'config';
  const path = isAbsolute(given) ? given : join(io.cwd, given);
  const root = dirname(path);
  if (!existsSync(join(root, 'schemas/platform.schema.json'))) {
    throw new UsageError(`${root} is no copy of the registry's project (it has no schemas/): run this in its folder`);
  }
  const hasGit = existsSync(join(root, '.git'));
  const { status } = hasGit ? { status: 1 } : gitAnswer(root, ['rev-parse', '--git-dir'], { accept: [128] });
  if (status === 0) {
    throw new UsageError(
      `${root} is a folder of another Git repository, whose history would be this platform's: git init here first, or copy it elsewhere`,
    );
  }
  const hasCommit = hasGit && refOf(root, 'HEAD') !== undefined;
  return { root, path, prefix: relative(root, path), hasGit, hasCommit };
}

/** What a run that did not come to its end was about. */
interface InitJournal {
  readonly beginning: string;
  readonly owner: string;
}

const journalFile = ({ root }: InitPlace): string => join(root, '.cache/init.json');

function readJournal(place: InitPlace): InitJournal | undefined {
  const file = journalFile(place);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as InitJournal;
  } catch {
    // Killed while it wrote this: nothing else was written yet.
    return undefined;
  }
}

const already = (beginning: string): string =>
  `a platform of its own stands here already (beginning ${beginning} in platform.yaml); to change its name, regions or people edit it, or use person, app and edit`;

/** Why nothing may begin here, where the example does not stand alone. */
function reasonNotTo(
  place: InitPlace,
  { workspace }: Loaded,
  journal: InitJournal | undefined,
  isCommitWanted: boolean,
): string | undefined {
  const { root, path, prefix, hasCommit } = place;
  const isOurs = (login: string): boolean => isOfExample(login) || login === journal?.owner;
  const others = [...workspace.people.keys()].filter((login) => !isOurs(login));
  if (!isExample(workspace) && others.length > 0) {
    return `a platform of its own stands here already: people/${others[0]}.yaml is nobody of the example. Without a beginning its audit counts from its first commit`;
  }
  if (!hasCommit) return undefined;
  const [before] = othersUntil(root, 'HEAD', prefix);
  if (before !== undefined) {
    return `this repository had people/${before}.yaml before, so its history is not the example's alone and no beginning counts in it. Begin in a fresh copy, or without its history: rm -rf .git && git init`;
  }
  const changed = journal
    ? ''
    : gitText(root, ['status', '--porcelain', '--untracked-files=all', '--', ...(isCommitWanted ? [] : [path])]);
  if (changed === '') return undefined;
  const [first = ''] = changed.split('\n');
  return `${first.slice(3)} is changed and not committed; what is in ${prefix}/ would be gone. Commit it, or take it back (git restore, git clean)`;
}

async function begin(
  place: InitPlace,
  answers: InitAnswers,
  journal: InitJournal | undefined,
  input: Input,
  io: Io,
): Promise<number> {
  const { root, prefix, hasCommit, hasGit } = place;
  const keepsExample = oneOf(input, 'example', ['keep', 'remove'], 'remove') === 'keep';
  const origins: Origins = hasGit ? originsOf(root, siteOf(io.env), answers.owner, answers.repository) : {};
  const known: InitAnswers = {
    ...answers,
    ...(origins.repository === undefined ? {} : { repository: origins.repository }),
    ...accountsOf(place, keepsExample, input, io),
  };
  const beginning = journal?.beginning ?? randomUUID();
  const { version } = toolVersion(root);
  const commit = hasCommit && !isSquashed(root) ? gitText(root, ['rev-parse', 'HEAD']) : undefined;
  const tool = { version, ...(commit === undefined ? {} : { commit }) };
  const today = new Date(io.now).toISOString().slice(0, 10);
  const made = begun({ root, prefix, answers: known, beginning, keepsExample, today, now: io.now, tool });
  if (made.errors.length > 0) {
    const problems = locateAll(made.errors, made.texts, prefix);
    printProblems({ problems, folder: prefix, texts: made.texts }, input, io);
    return EXIT.no;
  }
  mkdirSync(dirname(journalFile(place)), { recursive: true });
  writeFileSync(journalFile(place), JSON.stringify({ beginning, owner: answers.owner }));
  writeEdits(root, made.edits);
  for (const { path: gone, after } of made.edits) if (after === null) removeEmpty(join(root, dirname(gone)), root);
  if (origins.copied) renameToUpstream(root, origins.copied.name);
  const done = input.values['commit'] === true ? commitBeginning(root, prefix, known) : undefined;
  rmSync(journalFile(place));
  say(
    {
      answers: known,
      beginning,
      origins,
      commit: done,
      hasGit,
      isShallow: hasGit && isShallow(root),
      push: pushStep(root, siteOf(io.env), origins.repository),
      files: made.edits,
    },
    input,
    io,
  );
  return EXIT.fine;
}

/** The key of a platform that keeps digests; one that was interrupted goes on with the key that it made. */
function accountsOf(
  { root, hasGit }: InitPlace,
  keepsExample: boolean,
  input: Input,
  io: Io,
): Pick<InitAnswers, 'accountsKey'> {
  if (oneOf(input, 'accounts', ['plain', 'digest'], 'plain') === 'plain') return {};
  if (keepsExample)
    throw new UsageError(
      "the example's accounts are plain: keep it without --accounts digest, then npx miniapp accounts migrate",
    );
  if (!hasGit) throw new UsageError('--accounts digest keeps its key in Git: git init -b main first');
  return { accountsKey: keyId(beginningKey(root, io, false)) };
}

/** Folders that the example left empty, up to the project's own. */
function removeEmpty(folder: string, top: string): void {
  for (let at = folder; at.startsWith(top) && at !== top; at = dirname(at)) {
    try {
      rmdirSync(at);
    } catch {
      return;
    }
  }
}

function isUncommitted({ root, prefix, hasCommit }: InitPlace, beginning: string): boolean {
  if (!hasCommit) return true;
  const { stdout } = gitAnswer(root, ['show', `HEAD:${prefix}/platform.yaml`], { accept: [128] });
  return !stdout.toString('utf8').includes(beginning);
}

/** A run before edited the files and left the commit to its user, who wants it after all. */
function commitOnly(
  { root, prefix }: InitPlace,
  beginning: string,
  { workspace }: Loaded,
  input: Input,
  io: Io,
): number {
  const [owner] = [...workspace.people.values()].filter(({ platformRoles }) => platformRoles?.includes('owner'));
  if (!owner) throw new EnvironmentError('nobody in people/ is an owner of the platform');
  const { name, languages } = workspace.platform;
  const commit = commitBeginning(root, prefix, {
    name: textIn(name, languages),
    owner: owner.login,
    githubId: owner.githubId,
  });
  if (isJson(input)) printJson(io, { ok: true, beginning, commit });
  else io.stdout(`committed the beginning: ${commit.slice(0, 10)}\n`);
  return EXIT.fine;
}

function refuse(why: string, input: Input, io: Io): number {
  if (isJson(input)) printJson(io, { ok: false, error: why });
  else io.stderr(`miniapp init: ${safe(why)}\n`);
  return EXIT.no;
}

interface InitResult {
  readonly answers: InitAnswers;
  readonly beginning: string;
  readonly origins: Origins;
  readonly commit: string | undefined;
  readonly hasGit: boolean;
  readonly isShallow: boolean;
  /** The commands that bring the first commit to the platform's own repository. */
  readonly push: string;
  readonly files: readonly { readonly path: string; readonly after: unknown }[];
}

function say(
  { answers, beginning, origins, commit, hasGit, isShallow, push, files }: InitResult,
  input: Input,
  io: Io,
): void {
  const { copied } = origins;
  const next = [
    ...(commit === undefined
      ? [
          `${hasGit ? '' : 'git init -b main && '}npx miniapp init --commit   (or git add -A && git commit): the first commit begins its history, directly on the default branch`,
        ]
      : []),
    ...(isShallow ? ['git fetch --unshallow: this clone holds only the end of a history, which audit refuses'] : []),
    'npx miniapp audit && npm test',
    ...(hasGit ? [`git config github.user ${answers.owner}: from then on commands here act for ${answers.owner}`] : []),
    ...(origins.repository === undefined
      ? [`portal in config/platform.yaml, once there is a repository on GitHub: ${push}`]
      : [`${push}, before any rule forbids it`]),
    answers.accountsKey === undefined
      ? 'whitelists will hold e-mail addresses and phone numbers, for whoever can read the repository: keep it private, or npx miniapp accounts migrate before the first row'
      : 'the key of the accounts where owners keep secrets: git config miniapp.accountsKey shows it',
    '.github/SETUP.md: rules, bot and portal on GitHub; npx miniapp doctor says what is missing',
  ];
  if (isJson(input)) {
    const names = files.map(({ path }) => path);
    const remote = copied ? { remote: { from: copied.name, to: 'upstream', url: copied.url } } : {};
    printJson(io, { ok: true, beginning, files: names, ...remote, ...(commit === undefined ? {} : { commit }), next });
    return;
  }
  const removed = files.filter(({ after }) => after === null).length;
  const written = files.filter(({ after }) => after !== null).map(({ path }) => `  wrote ${path}`);
  const lines = [
    `${answers.name} begins here`,
    ...written,
    ...(removed > 0 ? [`  removed ${removed} files of the example`] : []),
    ...(copied
      ? [
          `  the remote ${copied.name} (${copied.url}) is called upstream now: newer versions of the tool come from there, and nothing is proposed to it`,
          '  (is it your own? git remote rename upstream origin, and portal.repository in config/platform.yaml)',
        ]
      : []),
    ...(commit === undefined ? [] : [`  committed ${commit.slice(0, 10)}`]),
    'next:',
    ...next.map((step) => `  ${step}`),
  ];
  io.stdout(`${lines.map(safe).join('\n')}\n`);
}
