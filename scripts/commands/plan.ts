/** Judges a difference as a pull request, on this machine: what it is, who must agree, and what it changes for whom. */
import type { Review } from '../core/transitions/decide.ts';
import { identify } from '../core/paths.ts';
import { git, gitText } from '../git/run.ts';
import { scratch } from '../git/scratch.ts';
import { worktreeCommit } from '../git/worktree.ts';
import { judgeCommits, type Judged } from '../judge/commits.ts';
import { FILE_LIMIT } from '../read/load.ts';
import { painter, type Paint } from '../report/terminal.ts';
import { actorOf } from '../cli/actor.ts';
import { EXIT, isJson, nowOf, printJson, text, words, type Command, type Input, type Io } from '../cli/command.ts';
import { approvalLine, effectLines, stepLine, verdictJson } from '../cli/decision-output.ts';
import { configFolder, printProblems } from '../cli/load-config.ts';

export const plan: Command = {
  name: 'plan',
  summary: 'what a change is, who must agree, and what it changes for whom',
  usage: [
    'plan [--base REF] [--head REF] [--actor LOGIN] [--approved-by LOGIN …]',
    '     [--changes-requested-by LOGIN …] [--now TIME]',
  ],
  options: {
    base: { type: 'string' },
    head: { type: 'string' },
    actor: { type: 'string' },
    'approved-by': { type: 'string', multiple: true },
    'changes-requested-by': { type: 'string', multiple: true },
    now: { type: 'string' },
  },
  about: {
    base: 'REF    what it is compared with (default: origin/HEAD, main or master)',
    head: 'REF    the change (default: the working tree)',
    actor: 'LOGIN    who makes it (default: whose token it is, else git config github.user)',
    'approved-by': 'LOGIN    who approved exactly this; may be given several times',
    'changes-requested-by': 'LOGIN    who requested changes; may be given several times',
    now: 'TIME    the clock (default: now)',
  },
  async run(input, io) {
    words(input);
    const now = nowOf(input, io);
    const { folder, path } = configFolder(input, io);
    const temporary = scratch(path);
    try {
      const { prefix } = temporary;
      const repository = git(path);
      const baseName = text(input, 'base') ?? (await defaultBase(path));
      const base = await repository.commit(baseName);
      const headName = text(input, 'head');
      const actor = await actorOf(input, io, path);
      const start = prefix === '' ? '' : `${prefix}/`;
      const isWanted = (file: string, size: number) =>
        file.startsWith(start) && identify(file.slice(start.length)) !== undefined && size <= FILE_LIMIT;
      const { commit: head, left } =
        headName === undefined
          ? worktreeCommit(temporary, isWanted)
          : { commit: await repository.commit(headName), left: new Map() };
      const reviews = reviewsOf(input);
      const judged = judgeCommits({ path, folder, prefix, base, baseName, head, temporary, actor, reviews, now, left });
      print(judged, folder, input, io);
      return judged.verdict.ok ? EXIT.fine : EXIT.no;
    } finally {
      temporary.remove();
    }
  },
};

async function defaultBase(path: string): Promise<string> {
  const known = gitText(path, [
    'for-each-ref',
    '--format=%(refname:short)',
    'refs/remotes/origin/HEAD',
    'refs/heads/main',
    'refs/heads/master',
  ]);
  const [first] = known.split('\n').filter((name) => name !== '');
  return first === 'origin' ? 'origin/HEAD' : (first ?? 'HEAD');
}

function reviewsOf({ values }: Input): Review[] {
  const logins = (name: string) => (values[name] ?? []) as string[];
  return [
    ...logins('approved-by').map((login) => ({ login, state: 'approved' as const })),
    ...logins('changes-requested-by').map((login) => ({ login, state: 'changes-requested' as const })),
  ];
}

function print(judged: Judged, folder: string, input: Input, io: Io): void {
  const { verdict, problems, texts } = judged;
  if (isJson(input)) {
    const { ok, effects } = verdict;
    printJson(io, { ok, ...verdictJson(verdict, problems), effects });
    return;
  }
  const paint = painter(io.isColoured);
  io.stdout(`${summary(judged, paint)}\n`);
  if (problems.length > 0) {
    io.stdout('\n');
    printProblems({ problems, folder, texts }, input, io);
  }
}

function summary({ verdict, workspace }: Judged, paint: Paint): string {
  const { transitions, approvals, effects, ok } = verdict;
  const steps = transitions.map((transition) => `  ${stepLine(transition)}`);
  const changes = effectLines(effects, workspace).map((line) => `  ${line}`);
  return [
    steps.length > 0 ? paint('bold', 'what it is') : 'nothing changes',
    ...steps,
    ...(approvals.required > 0 ? [paint('bold', 'approvals'), `  ${approvalLine(approvals)}`] : []),
    ...(changes.length > 0 ? [paint('bold', 'what changes, and for whom'), ...changes] : []),
    ok ? paint('green', 'may be merged') : paint('red', 'may not be merged'),
  ].join('\n');
}
