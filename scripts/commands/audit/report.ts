/** What the audit found, and how people are told of it. */
import type { Approvals } from '../../core/policy/required-approvals.ts';
import type { ProblemCode } from '../../core/problems/messages.ts';
import { stepText, type NamedTransition } from '../../core/lifecycle/transition.ts';
import type { UnseenReason } from '../../git/merges/written-merges.ts';
import type { LocatedProblem } from '../../read/positions.ts';
import { painter, plural, safe, type Paint } from '../../report/terminal.ts';
import type { Io } from '../../cli/frame/command.ts';

export interface HistoryFinding {
  readonly commit: string;
  readonly when: string;
  readonly actor: string | null;
  readonly pullRequest: number | null;
  readonly subject: string;
  readonly transitions: readonly NamedTransition[];
  readonly problems: readonly LocatedProblem[];
  readonly approvals: Pick<Approvals, 'required' | 'given' | 'missing'>;
  /** What is wrong with what the commit says of itself. */
  readonly contradiction: string | null;
  /** What GitHub says otherwise, where it was asked. */
  readonly github?: readonly string[];
}

/** A merge of which nobody can say whether somebody wrote in it or in one that it brought, and why. */
export interface UnseenMerge extends Pick<HistoryFinding, 'commit' | 'when' | 'subject'> {
  readonly why: UnseenReason;
}

export interface HistoryReport {
  /** Commits that change the configuration and were judged. */
  readonly judged: number;
  /** The commit that brought the configuration: nobody could have judged it, so it is taken as it is. */
  readonly bootstrap: string | null;
  readonly findings: readonly HistoryFinding[];
  /** Merges that could not be looked at: whose they are is told as if nobody had written in them. */
  readonly unseen?: readonly UnseenMerge[];
  /** Changes that GitHub was asked about, those that it was not, and why not; whether that is a fault. */
  readonly asked?: number;
  readonly left?: number;
  readonly stopped?: string;
  readonly isFault?: boolean;
  /** Bytes that are not kept where the platform does not require them. */
  readonly warnings?: readonly LocatedProblem[];
  /** Why the store of packages, or one package in it, could not be read: of their bytes nothing is proven. */
  readonly unasked?: string;
}

/** Bytes can change again, whatever somebody looked at once. */
const OF_BYTES: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['package-differs', 'package-missing']);
/** Nobody lets a beginning pass that would take what was before it out of the audit. */
const OF_BEGINNINGS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'beginning-added',
  'beginning-changed',
  'beginning-apart',
]);

/** It is about a whole line, so no word in its commit mends it. */
const OF_LINES: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['beginning-unclear']);

const holds = ({ problems }: HistoryFinding, codes: ReadonlySet<ProblemCode>): boolean =>
  problems.some(({ code }) => codes.has(code));

/** Whether it is about the bytes of a version, not about the change that its commit made. */
export const isOfBytes = (finding: HistoryFinding): boolean => holds(finding, OF_BYTES);

/** Whether an owner can acknowledge it. */
export const mayPass = (finding: HistoryFinding): boolean => !isOfBytes(finding) && !holds(finding, OF_BEGINNINGS);

/** What an owner acknowledged, in the order of platform.yaml. */
export interface Acknowledgement {
  readonly commit: string;
  readonly reason: string;
  /** What it lets pass; null where this audit has nothing against that commit, or does not know it. */
  readonly finding: HistoryFinding | null;
  /** Why that commit, a merge, could not be looked at. */
  readonly unseen?: UnseenReason;
  /** The commit that wrote this row and is refused itself, so that the row lets nothing pass. */
  readonly refused?: string;
}

export interface AuditReport extends HistoryReport {
  readonly acknowledged?: readonly Acknowledgement[];
}

const NOTHING = 'nothing to let pass: this audit has nothing against a commit of that name';
/** By why a merge could not be looked at: what is said of it, and what helps. */
const UNSEEN: Readonly<Record<UnseenReason, { readonly cause: string; readonly next: string }>> = {
  time: {
    cause: 'Git could not make this merge again in time',
    next: 'Run the same command again on a quieter machine; what stays so an owner looks at, and acknowledges in platform.yaml',
  },
  git: {
    cause: 'this Git is older than 2.38 and makes no merge without a working tree',
    next: 'Install Git 2.38 or newer, and run the same command again',
  },
  objects: {
    cause: 'objects that it is made of are not in this clone',
    next: 'Run the same command in a clone that holds everything (git clone without --filter); what stays so an owner looks at, and acknowledges in platform.yaml',
  },
};
const unseenText = (why: UnseenReason): string =>
  `could not be looked at: ${UNSEEN[why].cause}, so nobody knows whether somebody wrote in it`;

/** Warnings that are said one by one. */
const MOST_WARNED = 100;

/** Says it to people. */
export function printReport(report: AuditReport, io: Io): void {
  const {
    judged,
    bootstrap,
    findings,
    acknowledged = [],
    warnings = [],
    asked,
    left = 0,
    stopped,
    unseen = [],
  } = report;
  const paint = painter(io.isColoured);
  const begin =
    bootstrap === null
      ? []
      : [`${bootstrap.slice(0, 10)} brought the configuration, before which nothing could judge it: taken as it is`];
  const shown = warnings
    .slice(0, MOST_WARNED)
    .map(({ file, line, message }) => `${paint('yellow', 'warning')} ${safe(`${file}:${line} ${message}`)}`);
  const unshown = warnings.length - shown.length;
  const warned = unshown > 0 ? [...shown, `… and ${unshown} more: npx miniapp package list names all`] : shown;
  const ofBytes = findings.filter(isOfBytes).length;
  const refused = findings.length - ofBytes;
  const judgement =
    refused === 0 ? paint('green', 'policy allows each of them') : paint('red', `policy refuses ${refused}`);
  const wrongBytes =
    ofBytes === 0 ? '' : `; ${paint('red', `the bytes of ${plural(ofBytes, 'version')} are not what was recorded`)}`;
  const end = `${plural(judged, 'change')} judged again: ${judgement}${wrongBytes}`;
  const passed = acknowledged.map(
    ({ commit, reason, finding, unseen, refused: writer }) =>
      `${paint('bold', commit.slice(0, 10))}  ${paint('yellow', 'acknowledged')} ${safe(reason)}\n  ${
        writer === undefined
          ? safe(finding?.subject ?? (unseen === undefined ? NOTHING : unseenText(unseen)))
          : `lets nothing pass: ${writer.slice(0, 10)}, which wrote it, is refused itself`
      }`,
  );
  const notSeen = unseen.map(
    ({ commit, when, subject, why }) =>
      `${paint('bold', commit.slice(0, 10))}  ${when.slice(0, 16).replace('T', ' ')}  ${safe(subject)}\n  ${paint('yellow', unseenText(why))}`,
  );
  const nexts = [...new Set(unseen.map(({ why }) => UNSEEN[why].next))];
  const again =
    unseen.length === 0 ? [] : [[`${plural(unseen.length, 'merge')} could not be looked at`, ...nexts].join('. ')];
  const way = findings.length === 0 ? [] : [wayOut(findings)];
  const how = stopped === undefined ? '' : `, and not about ${left} more: ${safe(stopped)}`;
  const more = asked === undefined ? [] : [`GitHub was asked about ${plural(asked, 'change')}${how}`];
  io.stdout(
    `${[...begin, ...passed, ...findings.map((finding) => block(finding, paint)), ...notSeen, ...warned, ...more, end, ...again, ...way].join('\n\n')}\n`,
  );
}

/** How a finding is mended while nobody else has the commit, and how an owner lets pass what is to stay. */
function wayOut(findings: readonly HistoryFinding[]): string {
  const bytes = findings.some(isOfBytes)
    ? [
        'Bytes are brought back and never acknowledged. From the folder that was uploaded: npx miniapp package push ID VERSION DIR',
      ]
    : [];
  const isApart = (finding: HistoryFinding): boolean => finding.problems.some(({ code }) => code === 'beginning-apart');
  const anew = findings.some(isApart)
    ? ['A history that was begun anew is put back to where it was before that merge, and never acknowledged']
    : [];
  const beginnings = findings.some((finding) => holds(finding, OF_BEGINNINGS) && !isApart(finding))
    ? [
        'A beginning is set back to what it was and never acknowledged: who moved it stays found, and nothing before it is out of the audit',
      ]
    : [];
  return [...bytes, ...anew, ...beginnings, ...wayOutByWords(findings.filter(mayPass))].join('\n');
}

function wayOutByWords(findings: readonly HistoryFinding[]): string[] {
  if (findings.length === 0) return [];
  const isUnnamed = findings.some((finding) => finding.actor === null && !holds(finding, OF_LINES));
  const amend = isUnnamed
    ? [
        "A commit that others do not have yet can still say who acted: git commit --amend --no-edit --trailer 'Actor: LOGIN'",
      ]
    : [];
  // A commit may be found twice: by what it changes, and by the bytes of its version.
  const commits = [...new Set(findings.map(({ commit }) => commit))];
  const rows = commits.slice(0, 5).map((commit) => `  - commit: ${commit}\n    reason: WHY`);
  const more = commits.length > 5 ? ['  # … and so for the others'] : [];
  return [
    ...amend,
    'What an owner looked at may pass: its whole id and a reason, in platform.yaml:',
    'acknowledged:',
    ...rows,
    ...more,
  ];
}

function block(finding: HistoryFinding, paint: Paint): string {
  const { commit, when, actor, pullRequest, subject, transitions, problems, approvals, contradiction } = finding;
  const { github = [] } = finding;
  const who = actor === null ? 'somebody unknown' : actor;
  const by = pullRequest === null ? 'no pull request named' : `#${pullRequest}`;
  const { required, missing } = approvals;
  return [
    `${paint('bold', commit.slice(0, 10))}  ${when.slice(0, 16).replace('T', ' ')}  ${safe(who)}  ${by}  ${safe(subject)}`,
    `  ${transitions.map(stepText).map(safe).join(', ') || 'no transition'}`,
    ...problems.map(({ file, line, message }) => `  ${paint('red', 'refused')} ${safe(`${file}:${line} ${message}`)}`),
    ...(missing > 0 ? [`  ${paint('red', 'refused')} ${missing} of ${required} approvals missing`] : []),
    ...[...(contradiction === null ? [] : [contradiction]), ...github].map(
      (sentence) => `  ${paint('red', 'contradiction')} ${safe(sentence)}`,
    ),
  ].join('\n');
}
