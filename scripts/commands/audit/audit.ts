/** Judges every change that ever reached the branch again: what policy would have refused came by another way. */
import { severityOf } from '../../core/problems/messages.ts';
import { decide, type Review, type Verdict } from '../../core/transitions/decide.ts';
import type { ProblemCode } from '../../core/problems/messages.ts';
import type { Platform } from '../../core/model.ts';
import type { Problem } from '../../core/problems/problem.ts';
import { checkRules } from '../../core/rules/index.ts';
import { readPlatformLog } from '../../git/beginning.ts';
import { headOf } from '../../git/log.ts';
import { addedBefore, growingPast, type AddedFiles } from '../../git/past.ts';
import { git, gitText, SHALLOW } from '../../git/run.ts';
import type { ClaimedTransition } from '../../bot/verify-claims.ts';
import { touchedOnly } from '../../judge/touched.ts';
import { commitSource } from '../../git/commit-source.ts';
import { load } from '../../read/load.ts';
import { locateAll } from '../../read/positions.ts';
import { safe } from '../../report/terminal.ts';
import { EXIT, isJson, printJson, text, UsageError, words, type Command, type Io } from '../../cli/command.ts';
import { replaySteps, type ReplayedStep } from '../history/replay.ts';
import { configFolder } from '../../cli/load-config.ts';
import { printReport, type HistoryFinding, type Report, type Whole } from './report.ts';

/** Changes that GitHub is asked about, two or three requests each: the newest, by their place and not by their date. */
const ASKED_ABOUT = 300;

export const audit: Command = {
  name: 'audit',
  summary:
    'every change in the first-parent history judged again, against the policy of the commit before it.\n' +
    'Proves what the trees show: that a change is a transition, and whether the policy lets the person who claims it do it.\n' +
    'Who that is, and who approved, are what commits say (author, Actor, Approved-by): whoever may push may write them, so\n' +
    'a push in the name of somebody entitled is not found without asking GitHub, which --github does.',
  usage: ['audit [--since REF] [--github]'],
  options: {
    since: { type: 'string', value: 'REF', describe: 'only what came after this commit, branch or tag' },
    github: {
      type: 'boolean',
      describe: `ask GitHub too: whether a merged pull request brought each of the last ${ASKED_ABOUT} changes, and its reviews`,
    },
  },
  async run(input, io) {
    words(input);
    const { folder, path } = configFolder(input, io);
    const repository = git(path);
    const head = headOf(path);
    const prefix = await repository.prefix();
    const since = text(input, 'since');
    const asked = since === undefined ? undefined : commitsAfter(path, head, await repository.commit(since));
    const log = readPlatformLog(path, head, prefix);
    if (log.isShallow)
      throw new UsageError(`this clone is shallow, so its history ends early and cannot be judged: ${SHALLOW}`);
    const judged = judgeAll(
      path,
      folder,
      { log, prefix, start: new Map(), scope: scopeOf },
      addedBefore(path, head, prefix),
      asked,
    );
    const { claimed, ...trees } = judged;
    const platform = platformAt(path, head, prefix);
    const found = input.values['github'] === true ? await withGitHub(trees, claimed, path, io, platform) : trees;
    const withBytes = await withPackages(found, { path, folder, head, prefix, platform, io });
    const report = withAcknowledged(withBytes, platform.acknowledged ?? []);
    if (isJson(input))
      printJson(io, {
        ok: report.findings.length === 0 && !(report.unasked !== undefined && report.isFault === true),
        ...report,
      });
    else printReport(report, io);
    if (report.findings.length > 0) return EXIT.no;
    return report.isFault === true ? EXIT.failed : EXIT.fine;
  },
};

/** A change since the bot's first pull request with what its commit claims, whatever its verdict; what came before is taken as it is. */
interface ClaimedChange extends ClaimedTransition {
  readonly told: Pick<ReplayedStep, 'step' | 'claims'>;
}

const commitsAfter = (path: string, head: string, since: string): Set<string> =>
  new Set(gitText(path, ['rev-list', '--first-parent', head, `^${since}`]).split('\n'));

const scopeOf: Parameters<typeof replaySteps>[1]['scope'] = ({ differences }) =>
  touchedOnly(differences.map(({ path }) => path)).miniapps;

function judgeAll(
  path: string,
  folder: string,
  replayed: Parameters<typeof replaySteps>[1],
  added: AddedFiles,
  asked?: ReadonlySet<string>,
): Report & { claimed: ClaimedChange[] } {
  const { past, reach, learn } = growingPast(added);
  const isAsked = (commit: string) => asked === undefined || asked.has(commit);
  // What is not judged is only learnt from: it is not read. Where there was nothing before, nobody had a right to anything.
  const scope: typeof replayed.scope = (step) => (isAsked(step.commit.id) && !step.isFirst ? replayed.scope(step) : []);
  let bootstrap: string | null = null;
  let judged = 0;
  const findings: HistoryFinding[] = [];
  const claimed: ClaimedChange[] = [];
  let isUnderBot = false;
  for (const told of replaySteps(path, { ...replayed, scope })) {
    const { commit, isFirst } = told.step;
    reach(commit.id);
    isUnderBot ||= commit.trailers.has('pull-request');
    if (isFirst && bootstrap === null) bootstrap = commit.id;
    else if (isAsked(commit.id)) {
      judged += 1;
      const finding = findingOf(told, folder, past);
      if (isUnderBot)
        claimed.push({
          commit: commit.id,
          claims: told.claims,
          before: told.before.workspace,
          after: told.after.workspace,
          told,
        });
      if (claimed.length > ASKED_ABOUT) claimed.shift();
      if (finding) findings.push(finding);
    }
    learn(told.step);
  }
  return { judged, bootstrap, findings, claimed };
}

const platformAt = (path: string, head: string, prefix: string): Platform =>
  load(commitSource(path, head, prefix), { miniapps: [], kinds: new Set(['platform']) }).workspace.platform;

/** Nobody lets a beginning pass that would take what was before it out of the audit. */
const NEVER: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  ...(['beginning-added', 'beginning-changed'] as const),
  // Bytes can change again, whatever somebody looked at once.
  ...(['package-differs', 'package-missing'] as const),
]);

/** The report with what an owner acknowledged taken out of the findings and named beside them. */
function withAcknowledged(report: Report, entries: NonNullable<Platform['acknowledged']>): Whole {
  if (entries.length === 0) return report;
  const mayPass = ({ problems }: HistoryFinding): boolean => !problems.some(({ code }) => NEVER.has(code));
  const findings = new Map(report.findings.filter(mayPass).map((finding) => [finding.commit, finding]));
  const named = new Map(entries.map(({ commit, reason }) => [commit, reason]));
  const acknowledged = [...named].map(([commit, reason]) => ({
    commit,
    reason,
    finding: findings.get(commit) ?? null,
  }));
  const isLeft = (finding: HistoryFinding): boolean => !named.has(finding.commit) || !mayPass(finding);
  return { ...report, findings: report.findings.filter(isLeft), acknowledged };
}

interface Looking {
  readonly path: string;
  readonly folder: string;
  readonly head: string;
  readonly prefix: string;
  readonly platform: Platform;
  readonly io: Io;
}

/** Whether whoever audits may be let out of the store for good: another place than this repository, of bytes that nothing requires. */
const mayBePrivate = ({ packages }: Platform): boolean =>
  packages?.required !== true && (packages?.store === 'oci' || packages?.git?.remote !== undefined);

/** The report with versions whose bytes are not what was judged, each with the commit that brought it. */
async function withPackages(report: Report, { path, folder, head, prefix, platform, io }: Looking): Promise<Report> {
  if (!platform.packages) return report;
  const { auditPackages } = await import('./packages.ts');
  const { workspace, texts } = load(commitSource(path, head, prefix), { kinds: new Set(['platform', 'version']) });
  const { wrong, warnings, unasked, isDenied } = await auditPackages(path, { head, prefix, workspace, io });
  if (unasked !== undefined) io.stderr(`${safe(unasked)}; of packages only what is here is known\n`);
  const findings = wrong.map(({ commit, when, subject, status, problem }): HistoryFinding => ({
    ...{ commit, when, subject, actor: null, pullRequest: null, contradiction: null },
    transitions: [{ kind: 'upload', miniapp: status.miniapp, version: status.version }],
    problems: locateAll([problem], texts, folder),
    approvals: { required: 0, given: [], missing: 0 },
  }));
  return {
    ...report,
    findings: [...report.findings, ...findings],
    ...(warnings.length > 0 ? { warnings: locateAll(warnings, texts, folder) } : {}),
    ...(unasked === undefined ? {} : { unasked, ...(isDenied && mayBePrivate(platform) ? {} : { isFault: true }) }),
  };
}

/** The report with what GitHub contradicts. */
async function withGitHub(
  report: Report,
  claimed: readonly ClaimedChange[],
  path: string,
  io: Io,
  platform: Platform,
): Promise<Report> {
  const { askGitHub } = await import('./github-claims.ts');
  const { wrong, asked, stopped } = await askGitHub(claimed, path, io, platform);
  const findings = new Map(report.findings.map((finding) => [finding.commit, finding]));
  for (const claim of claimed) {
    const github = wrong.get(claim.commit);
    if (!github) continue;
    findings.set(claim.commit, { ...(findings.get(claim.commit) ?? nothingFound(claim)), github });
  }
  const left = stopped ? { left: claimed.length - asked, stopped: stopped.why, isFault: stopped.isFault } : {};
  return { ...report, findings: [...findings.values()], asked, ...left };
}

const nothingFound = ({ told: { step, claims } }: ClaimedChange): HistoryFinding => ({
  commit: step.commit.id,
  when: new Date(step.commit.time).toISOString(),
  actor: claims.actor ?? null,
  pullRequest: claims.pullRequest ?? null,
  subject: step.commit.subject,
  transitions: [],
  problems: [],
  approvals: { required: 0, given: [], missing: 0 },
  contradiction: null,
});

function findingOf(
  { step, before, after, claims }: ReplayedStep,
  folder: string,
  history: Parameters<typeof decide>[0]['history'],
) {
  const { commit, differences, otherFiles } = step;
  // No login holds such a character, so an address is nobody's right.
  const actor = claims.actor ?? `<${commit.email}>`;
  const verdict = decide({
    base: before.workspace,
    merged: after.workspace,
    differences,
    fileProblems: after.problems,
    pullRequest: { author: actor, otherFiles },
    reviews: [...reviews(claims.approvedBy, 'approved'), ...reviews(claims.changesRequestedBy, 'changes-requested')],
    history,
    now: commit.time,
  });
  const problems = newErrors(verdict, () => [...before.problems, ...checkRules(before.workspace, commit.time)]);
  const { contradiction = null } = claims;
  const { required, given, missing } = verdict.approvals;
  if (problems.length === 0 && missing === 0 && contradiction === null) return undefined;
  return {
    commit: commit.id,
    when: new Date(commit.time).toISOString(),
    actor: claims.actor ?? null,
    pullRequest: claims.pullRequest ?? null,
    subject: commit.subject,
    transitions: verdict.transitions.map(({ kind, miniapp, version }) => ({
      kind,
      ...(miniapp === undefined ? {} : { miniapp }),
      ...(version === undefined ? {} : { version }),
    })),
    problems: locateAll(problems, after.texts, folder),
    approvals: { required, given, missing },
    contradiction,
  };
}

const reviews = (logins: readonly string[], state: Review['state']): Review[] =>
  logins.map((login) => ({ login, state }));

/** The errors that the commit before did not have: a fault is found where it came in, not in everything after it. */
function newErrors({ problems }: Verdict, before: () => readonly Problem[]): Problem[] {
  const errors = problems.filter(({ code }) => severityOf(code) === 'error');
  if (errors.length === 0) return errors;
  const key = ({ code, at, args }: Problem) => JSON.stringify([code, at.file, args]);
  const known = new Set(before().map(key));
  return errors.filter((found) => !known.has(key(found)));
}
