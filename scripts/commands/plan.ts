/** Judges a difference as a pull request, on this machine: what it is, who must agree, and what it changes for whom. */
import { decide, type Review, type Verdict } from '../core/decide.ts';
import type { Workspace } from '../core/model.ts';
import { identify } from '../core/paths.ts';
import { problem, type Problem } from '../core/problem.ts';
import { commitSource } from '../git/commit-source.ts';
import { contributorsOf } from '../git/contributors.ts';
import { merge, scratch, worktreeCommit, type Merge, type Scratch } from '../git/merge.ts';
import { pastOf } from '../git/past.ts';
import { git, gitText } from '../git/run.ts';
import { load, type Loaded } from '../read/load.ts';
import { locateAll, type LocatedProblem } from '../read/locate.ts';
import { painter, type Paint } from '../report/terminal.ts';
import { actorOf } from './actor.ts';
import { EXIT, isJson, nowOf, printJson, text, words, type Command, type Input, type Io } from './command.ts';
import { approvalLine, effectLines, stepLine, verdictJson } from './verdict.ts';
import { configFolder, printProblems } from './workspace.ts';

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
    actor: 'LOGIN    who makes it (default: git config github.user)',
    'approved-by': 'LOGIN    who approved exactly this; may be given several times',
    'changes-requested-by': 'LOGIN    who requested changes; may be given several times',
    now: 'TIME    the clock (default: now)',
  },
  async run(input, io) {
    words(input);
    const now = nowOf(input, io);
    const { folder, path } = configFolder(input, io);
    const repository = git(path);
    const prefix = await repository.prefix();
    const baseName = text(input, 'base') ?? (await defaultBase(path));
    const base = await repository.commit(baseName);
    const headName = text(input, 'head');
    const actor = await actorOf(input, io, path);
    const temporary = scratch(path);
    try {
      const head = headName === undefined ? worktreeCommit(path, temporary) : await repository.commit(headName);
      const merged = merge(path, base, head, temporary);
      const judged = judge({
        path,
        folder,
        prefix,
        base,
        baseName,
        head,
        merged,
        temporary,
        actor,
        reviews: reviewsOf(input),
        now,
      });
      print(judged, folder, input, io);
      return judged.verdict.ok ? EXIT.fine : EXIT.no;
    } finally {
      temporary.remove();
    }
  },
};

interface Asked {
  readonly path: string;
  readonly folder: string;
  readonly prefix: string;
  readonly base: string;
  readonly baseName: string;
  readonly head: string;
  readonly merged: Merge;
  readonly temporary: Scratch;
  readonly actor: string;
  readonly reviews: readonly Review[];
  readonly now: number;
}

interface Judged {
  readonly verdict: Verdict;
  readonly problems: readonly LocatedProblem[];
  readonly texts: ReadonlyMap<string, string>;
  readonly workspace: Workspace;
}

function judge({ path, folder, prefix, base, baseName, head, merged, temporary, actor, reviews, now }: Asked): Judged {
  const start = prefix === '' ? '' : `${prefix}/`;
  const inConfig = merged.differences.filter((difference) => difference.path.startsWith(start));
  const differences = inConfig.map((difference) => ({ ...difference, path: difference.path.slice(start.length) }));
  const otherFiles = merged.differences.map((difference) => difference.path).filter((name) => !name.startsWith(start));
  const options = { ...touchedOnly(differences.map((difference) => difference.path)) };
  const before = load(commitSource(path, base, prefix), options);
  const after: Loaded = merged.tree ? load(commitSource(path, merged.tree, prefix, temporary.env), options) : before;
  const conflicts: Problem[] = merged.conflicts.map((file) => {
    const isOwn = file.startsWith(start);
    const place = isOwn ? { file: file.slice(start.length) } : { file, isOutside: true as const };
    return problem('merge-conflict', place, { file, base: baseName });
  });
  const { people } = before.workspace;
  const contributors = contributorsOf(path, base, head, people, temporary.env);
  const verdict = decide({
    base: before.workspace,
    merged: after.workspace,
    differences,
    fileProblems: [...conflicts, ...after.problems],
    pullRequest: { author: actor, otherFiles, contributors },
    reviews,
    history: pastOf(path, base, prefix),
    now,
  });
  const problems = locateAll(verdict.problems, after.texts, folder);
  return { verdict, problems, texts: after.texts, workspace: after.workspace };
}

/** Only the miniapps that differ are read, unless something that all of them depend on does. */
export function touchedOnly(paths: readonly string[]): { miniapps?: string[] } {
  const general = paths.some((path) => !path.startsWith('miniapps/') && path !== 'README.md' && path !== 'policy.yaml');
  if (general) return {};
  const known = paths.flatMap((path) => identify(path)?.miniapp ?? /^miniapps\/([^/]+)\//.exec(path)?.[1] ?? []);
  return { miniapps: [...new Set(known)] };
}

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
