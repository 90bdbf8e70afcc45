/** Judges a difference as a pull request, on this machine: what it is, who must agree, and what it changes for whom. */
import { defined } from '../core/defined.ts';
import type { Review } from '../core/policy/circumstances.ts';
import { parentsOf } from '../git/commits/revisions.ts';
import { noteDescent } from '../git/commits/branch-commits.ts';
import { claimedActors, isActor, mendingAdvice } from '../git/history/claimed-actors.ts';
import { gitText } from '../git/process/run.ts';
import { scratch } from '../git/stores/scratch.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';
import { evaluateCommits, type CommitsInput, type EvaluatedCommits } from '../evaluate/commits.ts';
import { isOlderThanPackages } from '../evaluate/older-than-packages.ts';
import { evaluateBytes, withProblems } from '../evaluate/with-packages.ts';
import { painter, safe, type Paint } from '../report/terminal.ts';
import { actorOf, connectionOf } from '../cli/input/actor.ts';
import { EXIT, isJson, nowOf, printJson, words, type Command, type Input, type Io } from '../cli/frame/command.ts';
import { approvalLine, decisionJson, effectLines, stepLine } from '../cli/output/decision-output.ts';
import { configFolder, printProblems } from '../cli/config/load-config.ts';
import { changeOf, isOfItself, type PlannedChange } from './planned-change.ts';

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
      const { base, baseName, baseOrigin, head, left } = change;
      noteDescent(path, { base, head }, temporary);
      const { prefix } = temporary;
      const sides = { path, folder, prefix, base, baseName, head, temporary, ...defined({ left, baseOrigin }) };
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
  return parentsOf(path, base).length === 0
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
