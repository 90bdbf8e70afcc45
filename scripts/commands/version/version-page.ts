/** One version in full, as whoever reviews it needs it: what was uploaded against what people have now, and what would change. */
import { defined } from '../../core/defined.ts';
import { comparedWith } from '../../core/transitions/compared-with.ts';
import { bytesLackOf, stateOf, type StagedVersion } from '../../core/lifecycle/lifecycle.ts';
import type { Version, Workspace } from '../../core/model.ts';
import { blockedOrigins } from '../../core/resolution/requests.ts';
import { ifPublished } from '../../core/transitions/if-published.ts';
import type { PackageComparison } from '../../packages/comparison.ts';
import { diffLines, fileLines } from '../../packages/diff.ts';
import { safe, table, type Paint } from '../../report/terminal.ts';
import { waitingText, type WaitingReview } from '../waiting-reviews.ts';
import { bytesLackText, type ShownMiniapp } from '../bytes-lack-text.ts';
import { offeredSteps, stepJson, stepLines } from '../step-lines.ts';
import { effectLines } from '../../cli/output/decision-output.ts';

export interface VersionFacts {
  readonly workspace: Workspace;
  readonly miniapp: ShownMiniapp;
  readonly version: StagedVersion;
  /** Where it waits for a review. */
  readonly waiting?: WaitingReview;
  /** Its bytes beside those of an earlier version, where they are here. */
  readonly bytes?: PackageComparison;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What comes and goes from one list to another, in the order in which they are written. */
function changed(before: readonly string[], after: readonly string[]) {
  const [old, current] = [new Set(before), new Set(after)];
  return { added: after.filter((one) => !old.has(one)), removed: before.filter((one) => !current.has(one)) };
}

const kitsOf = ({ kits = {} }: Version): string[] =>
  Object.entries(kits).map(([name, version]) => `${name} ${version}`);

/** Everything that is known of a version, as data. */
export function versionJson(facts: VersionFacts) {
  const { workspace, miniapp, waiting, bytes, now } = facts;
  const { bytesLack: _told, ...version } = facts.version;
  const { stage, isExperience, isRolledOut } = stateOf(miniapp, version);
  const other = comparedWith(miniapp, version);
  const regions = Object.keys(workspace.platform.regions);
  const isOnline = stage === 'online';
  return {
    ...version,
    miniapp: miniapp.id,
    stage,
    experience: isExperience,
    rollout: isRolledOut,
    transitions: offeredSteps(workspace, miniapp, facts.version, now).map((step) => stepJson(workspace, step)),
    ...defined({ waiting, bytesLack: bytesLackOf(miniapp, facts.version) }),
    comparedWith: isOnline ? null : (other?.version ?? null),
    ...(other && !isOnline
      ? {
          changes: {
            pages: changed(other.pages ?? [], version.pages ?? []),
            origins: changed(other.origins ?? [], version.origins ?? []),
            // What is not recorded counts as all, of which nothing can be told to come or go.
            ...defined({ apis: other.apis && version.apis ? changed(other.apis, version.apis) : undefined }),
            kits: changed(kitsOf(other), kitsOf(version)),
          },
        }
      : {}),
    ...defined({ bytes: bytes ? bytesJson(bytes) : undefined }),
    blockedOrigins: blockedOrigins(regions, miniapp.domains, version.origins),
    ...(isOnline
      ? { effects: [], compatibility: [] }
      : ifPublished(workspace, miniapp, version.version, now).consequences),
  };
}

/** As `package diff` has it; `comparedWith` is null where no earlier bytes are here. */
function bytesJson({ compared, unkept }: PackageComparison) {
  if (!compared) return { comparedWith: null, unkept };
  const { attributes: _, ...diff } = compared.diff;
  return { comparedWith: compared.with, unkept, ...diff };
}

/** Files that are named. */
const FILES = 20;

function bytesLines({ id, compared, unkept }: PackageComparison, paint: Paint): string[] {
  const passed = unkept.length === 0 ? [] : [`  those of ${unkept.join(', ')} are not here`];
  if (!compared) return [paint('bold', 'bytes'), ...passed, '  here, and none of an earlier version to compare with'];
  const files = fileLines(compared.diff);
  const left = files.length - FILES;
  const shown = [...diffLines(compared.diff), ...files.slice(0, FILES)].map((line) => `  ${safe(line)}`);
  return [
    `${paint('bold', 'bytes')} compared with ${compared.with}`,
    ...passed,
    ...shown,
    ...(left > 0 ? [`  … and ${left} more files`] : []),
    paint('dim', `  npx miniapp package diff ${id.miniapp} ${compared.with} ${id.version} --patch`),
  ];
}

/** The same as lines for a terminal. */
export function versionPage(facts: VersionFacts, paint: Paint): string {
  const { workspace, miniapp, version, waiting } = facts;
  const found = versionJson(facts);
  const lack = bytesLackText(miniapp, version);
  const steps = offeredSteps(workspace, miniapp, version, facts.now);
  const other = found.comparedWith === null ? undefined : miniapp.versions.get(found.comparedWith);
  const status = version.review ? `, ${version.review.status}` : '';
  const sections = [
    [
      `${paint('bold', `${version.version}`)}  ${found.stage}${status}${found.experience ? `, ${paint('blue', 'experience')}` : ''}`,
      safe(version.description),
    ],
    [factsTable(version, other, paint)],
    waiting ? waitingLines(waiting, paint) : reviewLines(version, paint),
    ...(['pages', 'origins', 'apis', 'kits'] as const).map((part) =>
      changeLines(part, found.changes?.[part], version, paint),
    ),
    facts.bytes ? bytesLines(facts.bytes, paint) : [],
    blockedLines(found.blockedOrigins, Object.keys(workspace.platform.regions).length, paint),
    found.stage === 'online'
      ? []
      : [
          paint('bold', 'if it is published'),
          ...(found.effects.length > 0 ? effectLines(found, workspace) : ['nobody would see a difference']).map(
            (line) => `  ${line}`,
          ),
        ],
    [
      paint('bold', 'what can be done now'),
      ...(lack === undefined ? [] : [`  ${paint('red', lack)}`]),
      ...stepLines(workspace, miniapp, version, steps, paint).map((line) => `  ${line}`),
    ],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function factsTable(version: Version, other: Version | undefined, paint: Paint): string {
  const size = ({ package: own }: Version) => (own ? `${own.bytes} bytes in ${own.files} files` : 'not recorded');
  const rows: [string, (one: Version) => string][] = [
    ['uploaded', ({ uploadedBy, uploadedAt }) => `${uploadedBy}, ${uploadedAt}`],
    ['submitted by', ({ review }) => review?.submittedBy ?? '-'],
    ['size', size],
    ['SHA-256', ({ package: own }) => own?.sha256 ?? 'not recorded'],
    ['base library', ({ baseLibrary }) => baseLibrary ?? 'not recorded'],
    ['kits', (one) => kitsOf(one).join(', ') || 'none'],
    ['pages', ({ pages }) => String(pages?.length ?? 0)],
    ['origins', ({ origins }) => String(origins?.length ?? 0)],
    ['APIs of the vendor', ({ apis }) => (apis ? String(apis.length) : 'not recorded: counts as all')],
    ['calls that do not say where to', ({ analysis }) => (analysis ? String(analysis.unknown) : 'not recorded')],
  ];
  const cells = rows.map(([name, tell]) => [name, tell(version), ...(other ? [tell(other)] : [])]);
  return table([['', version.version, ...(other ? [`${other.version}, now`] : [])], ...cells], paint);
}

function waitingLines(waiting: WaitingReview, paint: Paint): string[] {
  const { waitingHours, isLate, reviewers, automatic } = waiting;
  const age = waitingHours === null ? 'nobody knows since when' : `for ${waitingText(waitingHours)}`;
  const who =
    automatic === 'refused' ? `may review: ${reviewers.join(', ') || 'nobody'}` : 'the platform approves it by itself';
  return [`${paint('bold', 'under review')} ${age}${isLate ? paint('red', ', late') : ''}; ${safe(who)}`];
}

function reviewLines({ review }: Version, paint: Paint): string[] {
  if (!review?.reviewedBy) return [];
  const why = review.reason === undefined ? '' : `: ${safe(review.reason)}`;
  return [`${paint('bold', review.status)} by ${safe(review.reviewedBy)}${why}`];
}

function changeLines(
  name: string,
  changes: ReturnType<typeof changed> | undefined,
  version: Version,
  paint: Paint,
): string[] {
  const all = name === 'kits' ? kitsOf(version) : ((version as unknown as Record<string, string[]>)[name] ?? []);
  const { added, removed } = changes ?? { added: all, removed: [] };
  if (added.length + removed.length === 0) return [];
  return [
    paint('bold', changes ? `${name} that change` : name),
    ...added.map((one) => (changes ? paint('green', `  + ${safe(one)}`) : `  ${safe(one)}`)),
    ...removed.map((one) => paint('red', `  - ${safe(one)}`)),
  ];
}

function blockedLines(
  blocked: readonly { readonly origin: string; readonly regions: readonly string[] }[],
  count: number,
  paint: Paint,
): string[] {
  if (blocked.length === 0) return [];
  const where = (regions: readonly string[]) => (regions.length === count ? 'any region' : regions.join(', '));
  return [
    paint('bold', 'called by its code, and not allowed by domains.yaml'),
    ...blocked.map(({ origin, regions }) => paint('yellow', `  ${safe(origin)} in ${safe(where(regions))}`)),
  ];
}
