/** From a copy of this repository to a platform of one's own: asks, checks, writes; commits only when told to. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defined } from '../../core/defined.ts';
import { textIn } from '../../core/localized-text.ts';
import { LockError, withLock } from '../../edit/lock.ts';
import { writeEdits } from '../../edit/write.ts';
import { isShallow } from '../../git/process/location.ts';
import { gitText } from '../../git/process/run.ts';
import { siteOf } from '../../github/remotes.ts';
import { begun } from '../../init/begin.ts';
import { commitBeginning } from '../../init/commit.ts';
import type { InitAnswers } from '../../init/platform-files.ts';
import { isSquashed, originsOf, pushStep, renameToUpstream, type Origins } from '../../init/remotes.ts';
import { keyId } from '../../read/account-digest.ts';
import type { Loaded } from '../../read/load.ts';
import { locateAll } from '../../read/positions.ts';
import { safe } from '../../report/terminal.ts';
import {
  EXIT,
  isJson,
  oneOf,
  EnvironmentError,
  printJson,
  UsageError,
  words,
  type Command,
  type Input,
  type Io,
} from '../../cli/frame/command.ts';
import { beginningKey } from '../../cli/input/account-form.ts';
import { answersOf, OPTIONS } from './answers.ts';
import { journalFile, placeOf, stateOf, type InitJournal, type InitPlace } from './place.ts';
import { toolVersion } from '../tool-version.ts';
import { printProblems } from '../../cli/config/load-config.ts';

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
    const isCommitWanted = input.values['commit'] === true;
    const place = placeOf(input, io);
    const before = stateOf(place, isCommitWanted);
    if ('refused' in before) return refuse(before.refused, input, io);
    // Nobody waits while somebody answers questions, so all is looked at again.
    const answered = 'recorded' in before ? undefined : await answersOf(input, io);
    const begins = async () => {
      const here = placeOf(input, io);
      const state = stateOf(here, isCommitWanted);
      if ('refused' in state) return refuse(state.refused, input, io);
      if ('recorded' in state) return commitOnly(here, state.recorded, state.loaded, input, io);
      return begin(here, answered ?? (await answersOf(input, io)), state.journal, input, io);
    };
    return alone(place, begins, (sentence) => io.stderr(`${sentence}\n`));
  },
};

/** Runs it while no other `init` does the same here, as far as the file system knows locks. */
async function alone(
  { root }: InitPlace,
  begins: () => Promise<number>,
  say: (sentence: string) => void,
): Promise<number> {
  try {
    return await withLock({ folder: join(root, '.cache/init'), isInGit: true }, begins, { say });
  } catch (error) {
    if (!(error instanceof LockError)) throw error;
    say(`${error.message}; going on without`);
    return begins();
  }
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
    ...defined({ repository: origins.repository }),
    ...accountsOf(place, keepsExample, input, io),
  };
  const beginning = journal?.beginning ?? randomUUID();
  const { version } = toolVersion(root);
  const commit = hasCommit && !isSquashed(root) ? gitText(root, ['rev-parse', 'HEAD']) : undefined;
  const tool = { version, ...defined({ commit }) };
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
  return { accountsKey: keyId(beginningKey(root, io, { isDry: false })) };
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
  if (isJson(input)) printJson(io, { ok: false, code: 'refused', error: why });
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
    `git config github.user ${answers.owner}: from then on commands here act for ${answers.owner}`,
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
    printJson(io, { ok: true, beginning, files: names, ...remote, ...defined({ commit }), next });
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
