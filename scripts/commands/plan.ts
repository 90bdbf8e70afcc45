/** Judges a difference as a pull request, on this machine: what it is, who must agree, and what it changes for whom. */
import { defined } from '../core/defined.ts';
import type { Review } from '../core/policy/circumstances.ts';
import { identify, inRepository } from '../core/paths.ts';
import { beginningOf, mayBegin } from '../git/history/beginning.ts';
import { refOf } from '../git/writing/branch.ts';
import { noteDescent } from '../git/commits/branch-commits.ts';
import { claimedActors, isActor, mendingAdvice } from '../git/history/claimed-actors.ts';
import { localDefault, remoteDefault, type KnownBranch } from '../git/commits/default-branch.ts';
import { git, gitAnswer, gitText } from '../git/process/run.ts';
import { revisionsOf } from '../git/commits/revisions.ts';
import { scratch, type Scratch } from '../git/stores/scratch.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';
import { worktreeCommit } from '../git/working-tree/worktree-commit.ts';
import { evaluateCommits, type CommitsInput, type EvaluatedCommits } from '../evaluate/commits.ts';
import { evaluateBytes, isOlderThanPackages, withProblems } from '../evaluate/with-packages.ts';
import { siteOf } from '../github/remotes.ts';
import { homeRemote } from '../propose/base-repository.ts';
import { FILE_LIMIT } from '../read/load.ts';
import { painter, safe, type Paint } from '../report/terminal.ts';
import { actorOf, connectionOf } from '../cli/input/actor.ts';
import {
  EnvironmentError,
  EXIT,
  isJson,
  nowOf,
  printJson,
  text,
  words,
  type Command,
  type Input,
  type Io,
} from '../cli/frame/command.ts';
import { approvalLine, effectLines, stepLine, decisionJson } from '../cli/output/decision-output.ts';
import { configFolder, printProblems } from '../cli/config/load-config.ts';

export const plan: Command = {
  name: 'plan',
  takesLogins: true,
  summary: 'what a change is, who must agree, and what it changes for whom',
  usage: [
    'plan [--base REF] [--head REF] [--actor LOGIN] [--approved-by LOGIN …]',
    '     [--changes-requested-by LOGIN …] [--now TIME]',
  ],
  options: {
    base: {
      type: 'string',
      value: 'REF',
      describe:
        "what it is compared with (default: the remote's default branch; without a remote what was there before this work: " +
        'main, or on main the last commit, or the one before where nothing is changed since)',
    },
    head: { type: 'string', value: 'REF', describe: 'the change (default: the working tree)' },
    actor: {
      type: 'string',
      value: 'LOGIN',
      describe: 'who makes it (default: whose token it is, else git config github.user)',
    },
    'approved-by': {
      type: 'string',
      multiple: true,
      value: 'LOGIN',
      describe: 'who approved exactly this; may be given several times',
    },
    'changes-requested-by': {
      type: 'string',
      multiple: true,
      value: 'LOGIN',
      describe: 'who requested changes; may be given several times',
    },
    now: { type: 'string', value: 'TIME', describe: 'the clock (default: now)' },
  },
  async run(input, io) {
    words(input);
    const now = nowOf(input, io);
    const { folder, path } = configFolder(input, io);
    const temporary = scratch(path);
    try {
      const actor = await actorOf(input, io, path);
      const change = await changeOf({ input, io, path, temporary });
      const { base, baseName, head, left } = change;
      noteDescent(path, { base, head }, temporary);
      const { prefix } = temporary;
      const sides = { path, folder, prefix, base, baseName, head, temporary, ...defined({ left }) };
      const byRules = evaluateCommits({ ...sides, actor, reviews: reviewsOf(input), now });
      const judged = await withPackages(byRules, sides, io);
      const notes = await notesOf(judged, change, { path, prefix, actor, io });
      print({ judged, base: { name: baseName, commit: base }, isItself: isOfItself(change), notes, folder }, input, io);
      return judged.decision.ok ? EXIT.fine : EXIT.no;
    } finally {
      temporary.remove();
    }
  },
};

/** What is compared with what. */
interface PlannedChange {
  readonly base: string;
  readonly baseName: string;
  /** Whether the command names the base. */
  readonly isChosen: boolean;
  readonly head: string;
  /** Files of the working tree that are not in `head`, where it was made of that. */
  readonly left: CommitsInput['left'];
  /** The newest commit of the change: HEAD where the change is the working tree. */
  readonly committed: string;
  /** Whether the working tree differs from HEAD. */
  readonly isUncommitted: boolean;
  /** The commit of HEAD. */
  readonly tip: string | undefined;
}

/** Whether a working tree is compared with itself, as it is where a platform of its own begins with it. */
const isOfItself = ({ base, head, isUncommitted, isChosen }: PlannedChange): boolean =>
  base === head && isUncommitted && !isChosen;

interface ChangePlace {
  readonly input: Input;
  readonly io: Io;
  readonly path: string;
  readonly temporary: Scratch;
}

async function changeOf({ input, io, path, temporary }: ChangePlace): Promise<PlannedChange> {
  const { prefix } = temporary;
  const [headName, chosen] = [text(input, 'head'), text(input, 'base')];
  const known = revisionsOf(path, ['HEAD', headName ?? '', chosen ?? '']);
  if (headName === undefined && !known.has('HEAD'))
    throw new EnvironmentError(
      'this repository has no commit yet, so there is nothing to compare with: npx miniapp init --commit makes the first',
    );
  // Asked alone, a name that stands for nothing is told with what to do.
  const commitOf = async (name: string) => known.get(name)?.commit ?? (await git(path).commit(name));
  const start = inRepository(prefix);
  const isWanted = (file: string, size: number) =>
    file.startsWith(start) && identify(file.slice(start.length)) !== undefined && size <= FILE_LIMIT;
  const working = headName === undefined ? worktreeCommit(temporary, await commitOf('HEAD'), isWanted) : undefined;
  const head = working?.commit ?? (await commitOf(headName!));
  const committed = working ? 'HEAD' : head;
  const isUncommitted = working !== undefined && working.tree !== known.get('HEAD')?.tree;
  const { platform } = loadWorkingTree(path, { miniapps: [], kinds: new Set(['platform']) }).workspace;
  const remote = homeRemote(path, siteOf(io.env), platform);
  const isBeginning = isUncommitted && platform.beginning !== undefined && mayBegin(path, 'HEAD', prefix);
  const how = { head: committed, prefix, isUncommitted };
  const fallback = () => (isBeginning ? { baseName: head, base: head } : defaultBase(path, remote, how));
  const { baseName, base } = chosen === undefined ? fallback() : { baseName: chosen };
  return {
    ...{ base: base ?? (await commitOf(baseName)), baseName, isChosen: chosen !== undefined },
    ...{ head, left: working?.left, committed, isUncommitted, tip: known.get('HEAD')?.commit },
  };
}

/** What the audit will say of it; nothing on GitHub, where it is the account that tells who acts. */
async function notesOf(
  { decision }: EvaluatedCommits,
  change: PlannedChange,
  { path, prefix, actor, io }: { path: string; prefix: string; actor: string; io: Io },
): Promise<string[]> {
  const { base, baseName, isChosen, committed, isUncommitted, tip } = change;
  if (isOfItself(change))
    return [
      'a platform of its own begins here: its first commit is taken as it is, by whoever makes it, and the audit counts from it: npx miniapp init --commit',
    ];
  const connection = await connectionOf(io, path);
  const isAlone = 'missing' in connection && connection.missing === 'remote';
  // What is too large to be listed is refused, and listed here no more than there.
  const isListed = !decision.problems.some(({ code }) => code === 'change-too-large');
  if (!isAlone || !isListed) return [];
  const branch = { base, head: committed, prefix, tip };
  const isToCommit = isUncommitted && decision.transitions.length > 0;
  return [
    ...(decision.ok ? [] : severalNotes(path, branch)),
    ...(!isChosen && /^HEAD$|~1$/.test(baseName) ? earlierNotes(path, base) : []),
    ...actorNotes(path, branch, { actor, isToCommit }),
  ];
}

/** The judgement with what the bytes say. Here the repository of the change is this one. */
async function withPackages(
  judged: EvaluatedCommits,
  { path, folder, prefix, base }: Pick<CommitsInput, 'path' | 'folder' | 'prefix' | 'base'>,
  io: Io,
): Promise<EvaluatedCommits> {
  const { before, workspace: merged, decision } = judged;
  const { problems } = await evaluateBytes({ transitions: decision.transitions, base: before, merged }, async () => {
    // Few changes need what reads projects.
    const { packageStores } = await import('../cli/config/package-stores.ts');
    const { store, here, head, close } = packageStores(path, before.platform, io);
    return { head, store: [store ?? here], here, isOlder: isOlderThanPackages(path, base, prefix), close };
  });
  return withProblems(judged, problems, folder);
}

/**
 * The default branch of the remote. Without one what was there before this work: the default branch here, for a branch that has
 * more than it; on that itself the last commit, for what is not committed yet; else the commit before the last.
 */
function defaultBase(
  path: string,
  remote: string | undefined,
  { head, prefix, isUncommitted }: { head: string; prefix: string; isUncommitted: boolean },
): Pick<PlannedChange, 'baseName'> & Partial<Pick<PlannedChange, 'base'>> {
  // With its commit: by its short name Git takes a tag that is called so.
  const named = ({ ref, commit }: KnownBranch) => ({
    baseName: ref.replace(/^refs\/(?:heads|remotes)\//, ''),
    base: commit,
  });
  const there = remote === undefined ? undefined : remoteDefault(path, remote);
  if (there !== undefined) return named(there);
  const here = localDefault(path);
  const isBeyond =
    here !== undefined &&
    gitAnswer(path, ['merge-base', '--is-ancestor', head, here.commit], { accept: [1] }).status === 1;
  if (isBeyond) return named(here);
  if (isUncommitted) return { baseName: 'HEAD' };
  // As the audit has it, a platform's beginning is taken as it is, and what was before it is another's.
  const isFirst = refOf(path, `${head}~1`) === undefined || beginningOf(path, head, prefix) === refOf(path, head);
  return { baseName: isFirst ? head : `${head}~1` };
}

/** Without pull requests each commit is a change of its own, of which several may be fine that no one change may be. */
function severalNotes(path: string, { base, head }: { base: string; head: string }): string[] {
  const count = Number(gitText(path, ['rev-list', '--count', '--first-parent', `${base}..${head}`, '--', '.']));
  return count > 1
    ? [
        `these are ${count} commits, judged as the one change of a pull request; pushed as they are, each is judged by itself: npx miniapp audit`,
      ]
    : [];
}

/** Where nothing says what others have already, the commits before the last one are nobody's to judge but the audit's. */
function earlierNotes(path: string, base: string): string[] {
  return refOf(path, `${base}~1`) === undefined
    ? []
    : [
        'no branch of a remote is known here that tells what others have: commits before this one are judged by npx miniapp audit',
      ];
}

/** What commits lack by which the audit would know that this person acted, as long as they can be mended. */
function actorNotes(
  path: string,
  branch: { base: string; head: string; prefix: string; tip: string | undefined },
  { actor, isToCommit }: { actor: string; isToCommit: boolean },
): string[] {
  const { workspace } = loadWorkingTree(path, { miniapps: [], kinds: new Set(['platform', 'person']) });
  const others = claimedActors(path, branch, workspace).filter((one) => !isActor(one, actor, workspace));
  const trailer = `Actor: ${actor}`;
  const notes = others.slice(0, 3).map(({ commit, subject, actor: named, contradiction }) => {
    const who = contradiction ?? (named === undefined ? 'it does not say who acted' : `it is ${named}'s`);
    return `the audit will not take ${commit.slice(0, 10)} "${subject}" for ${actor}'s: ${who}`;
  });
  // Another's commit that says so clearly is theirs, and stays it.
  const unclear = others.filter((one) => one.contradiction !== undefined || one.actor === undefined);
  if (unclear.length > 0) {
    const which = unclear.length === 1 ? 'it' : 'them';
    notes.push(`mend ${which} before others have ${which}: ${mendingAdvice(unclear, branch.tip, actor)}`);
  }
  if (isToCommit)
    notes.push(
      `when it is committed, the message is to end with the line "${trailer}" (git commit -m … -m '${trailer}')`,
    );
  return notes;
}

function reviewsOf({ values }: Input): Review[] {
  const logins = (name: string) => (values[name] ?? []) as string[];
  return [
    ...logins('approved-by').map((login) => ({ login, state: 'approved' as const })),
    ...logins('changes-requested-by').map((login) => ({ login, state: 'changes-requested' as const })),
  ];
}

interface PlanAnswer {
  readonly judged: EvaluatedCommits;
  readonly base: { readonly name: string; readonly commit: string };
  readonly isItself: boolean;
  readonly notes: readonly string[];
  readonly folder: string;
}

function print({ judged, base, isItself, notes, folder }: PlanAnswer, input: Input, io: Io): void {
  const { decision, problems, texts } = judged;
  if (isJson(input)) {
    const { ok, effects, compatibility } = decision;
    const said = notes.length > 0 ? { notes } : {};
    printJson(io, { ok, ...decisionJson(decision, problems), effects, compatibility, base, ...said });
    return;
  }
  const paint = painter(io.isColoured);
  if (!isItself) io.stdout(`compared with ${safe(base.name)} (${base.commit.slice(0, 10)})\n`);
  io.stdout(`${summary(judged, paint)}\n`);
  for (const note of notes) io.stdout(`note: ${safe(note)}\n`);
  if (problems.length > 0) {
    io.stdout('\n');
    printProblems({ problems, folder, texts }, input, io);
  }
}

function summary({ decision, workspace }: EvaluatedCommits, paint: Paint): string {
  const { transitions, approvals, ok } = decision;
  const steps = transitions.map((transition) => `  ${stepLine(transition)}`);
  const changes = effectLines(decision, workspace).map((line) => `  ${line}`);
  return [
    steps.length > 0 ? paint('bold', 'what it is') : ok ? 'nothing changes' : 'no transition that is listed',
    ...steps,
    ...(approvals.required > 0 ? [paint('bold', 'approvals'), `  ${approvalLine(approvals)}`] : []),
    ...(changes.length > 0 ? [paint('bold', 'what changes, and for whom'), ...changes] : []),
    ok ? paint('green', 'may be merged') : paint('red', 'may not be merged'),
  ].join('\n');
}
