/** Judges every change that ever reached the branch again: what policy would have refused came by another way. */
import { lstatSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { defined } from '../../core/defined.ts';
import type { Platform } from '../../core/model.ts';
import { readPlatformLog } from '../../git/history/beginning.ts';
import { headOf, type Log } from '../../git/commits/log.ts';
import { addedBefore } from '../../git/history/past.ts';
import { gitAnswer, gitText } from '../../git/process/run.ts';
import { SHALLOW, git } from '../../git/process/location.ts';
import { openStore } from '../../cache/store.ts';
import { commitSource } from '../../git/objects/commit-source.ts';
import { load } from '../../read/load.ts';
import { locateAll } from '../../read/positions.ts';
import { safe } from '../../report/terminal.ts';
import {
  EnvironmentError,
  EXIT,
  isJson,
  printJson,
  text,
  UsageError,
  words,
  type Command,
  type Io,
} from '../../cli/frame/command.ts';
import { configFolder } from '../../cli/config/load-config.ts';
import { isInside } from '../../cli/output/output-place.ts';
import { withAcknowledged } from './acknowledged.ts';
import { apartFindings, platformAt } from './apart.ts';
import { ASKED_ABOUT, evaluateFrom, type ClaimedChange } from './evaluate-history.ts';
import { judgedBefore } from './judged-before.ts';
import { withoutSetUps } from './set-up.ts';
import { printReport, type HistoryFinding, type HistoryReport } from './report.ts';

export const audit: Command = {
  name: 'audit',
  summary:
    'every change in the first-parent history judged again, against the policy of the commit before it.\n' +
    'Proves what the trees show: that a change is a transition, and whether the policy lets the person who claims it do it.\n' +
    'Who that is, and who approved, are what commits say (author, Actor, Approved-by): whoever may push may write them, so\n' +
    'a push in the name of somebody entitled is not found without asking GitHub, which --github does.',
  usage: ['audit [--since REF] [--github] [--no-cache]'],
  options: {
    since: { type: 'string', value: 'REF', describe: 'only what came after this commit, branch or tag' },
    github: {
      type: 'boolean',
      describe: `ask GitHub too: whether a merged pull request brought each of the last ${ASKED_ABOUT} changes, and its reviews`,
    },
    'no-cache': { type: 'boolean', describe: 'judge every change, and keep nothing for the next time' },
  },
  async run(input, io) {
    words(input);
    const { folder, path } = configFolder(input, io);
    refuseOtherHistory(path, folder, io.cwd);
    const repository = git(path);
    const head = headOf(path);
    const prefix = await repository.prefix();
    const since = text(input, 'since');
    const log = readPlatformLog(path, head, prefix);
    if (log.isShallow)
      throw new UsageError(`this clone is shallow, so its history ends early and cannot be judged: ${SHALLOW}`);
    const ids = log.commits.map(({ id }) => id);
    const asksGitHub = input.values['github'] === true;
    // GitHub is asked about changes as they are read, and `--since` is about others than are kept.
    const isKept = since === undefined && !asksGitHub && input.values['no-cache'] !== true;
    const kept = isKept
      ? judgedBefore<HistoryFinding>(openStore(io.env), { path, folder, prefix }, Date.now())
      : undefined;
    const earlier = kept?.of(ids);
    const from =
      since === undefined ? (earlier?.count ?? 0) : firstAfter(ids, path, head, await repository.commit(since));
    const found = evaluateFrom(from, { log, path, folder, prefix, added: () => addedBefore(path, head, prefix) });
    const { claimed, unseen, apart, seen, ...told } = found;
    const known = earlier?.known ?? { judged: 0, findings: [], apart: [] };
    // What could not be looked at this time is looked at again the next time, with all that came after it.
    const upTo = from + seen.commits;
    const later = new Set(ids.slice(upTo));
    if (seen.commits > 0)
      kept?.keep(ids.slice(0, upTo), {
        judged: known.judged + seen.judged,
        findings: [...known.findings, ...found.findings.slice(0, seen.findings)],
        apart: [...known.apart, ...apart.filter(({ id }) => !later.has(id))],
      });
    const begun = { path, folder, prefix, first: found.bootstrap ?? head, tip: head };
    const trees = {
      ...told,
      judged: known.judged + found.judged,
      findings: [
        ...known.findings,
        ...found.findings,
        ...apartFindings(withoutSetUps([...known.apart, ...apart], begun), begun),
      ],
      ...defined({ unseen: unseen.length > 0 ? unseen : undefined }),
    };
    const platform = platformAt(path, head, prefix);
    const asked = asksGitHub ? await withGitHub(trees, claimed, path, io, platform) : trees;
    const { commits } = log;
    const withBytes = await withPackageFindings(asked, { path, folder, head, prefix, platform, commits, io });
    const report = withAcknowledged(withBytes, { path, prefix, platform, commits });
    const isWhole = !(report.unasked !== undefined && report.isFault === true) && report.unseen === undefined;
    if (isJson(input)) printJson(io, { ok: report.findings.length === 0 && isWhole, ...report });
    else printReport(report, io);
    if (report.findings.length > 0) return EXIT.no;
    return report.isFault === true || report.unseen !== undefined ? EXIT.failed : EXIT.fine;
  },
};

/**
 * Behind a link or a submodule that is committed in the place of the folder, or of one above it, stands another folder, whose own history would
 * be judged. Throws EnvironmentError. A link that is somebody's own way to the folder is none of this, nor is a submodule in which one stands.
 */
function refuseOtherHistory(path: string, folder: string, cwd: string): void {
  const own = resolve(path);
  for (let at = own; dirname(at) !== at; at = dirname(at)) {
    const standsInIt = isInside(cwd, at);
    const isLink = lstatSync(at).isSymbolicLink();
    const mode = isLink || !standsInIt || at === own ? modeOf(at) : undefined;
    const what = isLink && mode === '120000' ? 'a link' : mode === '160000' ? 'a submodule' : undefined;
    if (what === undefined) continue;
    const name = at === own ? folder : standsInIt ? at : relative(cwd, at);
    const isItsOwn = mode === '160000' && at !== own;
    const next = isItsOwn ? `Where that is meant to be one of its own, run this in ${name}; else put` : 'Put';
    throw new EnvironmentError(
      `${name} is committed as ${what}, and what it leads to has another history: nothing was judged. ${next} the folder back in its place`,
    );
  }
}

/** How HEAD of the repository around the folder that something is in holds it; undefined where it does not. */
function modeOf(path: string): string | undefined {
  const asked = ['ls-tree', 'HEAD', '--', basename(path)];
  const { stdout } = gitAnswer(dirname(path), asked, { accept: [128] });
  return /^\d+/.exec(stdout.toString('latin1'))?.[0];
}

/** The place of the first commit that another does not have. */
function firstAfter(ids: readonly string[], path: string, head: string, since: string): number {
  const after = new Set(gitText(path, ['rev-list', '--first-parent', head, `^${since}`]).split('\n'));
  const first = ids.findIndex((id) => after.has(id));
  return first < 0 ? ids.length : first;
}

interface AuditContext {
  readonly path: string;
  readonly folder: string;
  readonly head: string;
  readonly prefix: string;
  readonly platform: Platform;
  readonly commits: Log['commits'];
  readonly io: Io;
}

/** Whether whoever audits may be let out of the store for good: another place than this repository, of bytes that nothing requires. */
const mayBePrivate = ({ packages }: Platform): boolean =>
  packages?.required !== true && (packages?.store === 'oci' || packages?.git?.remote !== undefined);

/** The report with versions whose bytes are not what was judged, each with the commit that brought it. */
async function withPackageFindings(report: HistoryReport, context: AuditContext): Promise<HistoryReport> {
  const { path, folder, head, prefix, platform, commits, io } = context;
  if (!platform.packages) return report;
  const { auditPackages } = await import('./packages.ts');
  const { workspace, texts } = load(commitSource(path, head, prefix), { kinds: new Set(['platform', 'version']) });
  const { wrong, warnings, unasked, isDenied } = await auditPackages(path, { head, prefix, workspace, commits, io });
  if (unasked !== undefined) io.stderr(`${safe(unasked)}; of packages only what is here is known\n`);
  const findings = wrong.map(({ commit, when, subject, status, problem }): HistoryFinding => ({
    commit,
    when,
    subject,
    actor: null,
    pullRequest: null,
    contradiction: null,
    transitions: [{ kind: 'upload', miniapp: status.miniapp, version: status.version }],
    problems: locateAll([problem], texts, folder),
    approvals: { required: 0, given: [], missing: 0 },
  }));
  const isFault = unasked !== undefined && !(isDenied && mayBePrivate(platform));
  return {
    ...report,
    findings: [...report.findings, ...findings],
    ...defined({
      warnings: warnings.length > 0 ? locateAll(warnings, texts, folder) : undefined,
      unasked,
      isFault: isFault || undefined,
    }),
  };
}

/** The report with what GitHub contradicts. */
async function withGitHub(
  report: HistoryReport,
  claimed: readonly ClaimedChange[],
  path: string,
  io: Io,
  platform: Platform,
): Promise<HistoryReport> {
  const { askGitHub, contradicted } = await import('./github-claims.ts');
  const { wrong, asked, stopped } = await askGitHub(claimed, path, io, platform);
  const left = stopped ? { left: claimed.length - asked, stopped: stopped.why, isFault: stopped.isFault } : {};
  return { ...report, findings: contradicted(report.findings, claimed, wrong), asked, ...left };
}
