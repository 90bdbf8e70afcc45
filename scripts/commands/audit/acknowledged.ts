/** What an owner acknowledged taken out of what the audit found, as far as the commit that wrote it may acknowledge at all. */
import { defined } from '../../core/defined.ts';
import type { Platform } from '../../core/model.ts';
import { inRepository, pathOf } from '../../core/paths.ts';
import { readBlobs } from '../../git/objects/blobs.ts';
import { type LoggedChange, type LoggedCommit } from '../../git/commits/log.ts';
import { topOf } from '../../git/process/location.ts';
import type { Blob } from '../../git/objects/blobs.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { lineageOf, type Lineage } from './lineage.ts';
import {
  isOfBytes,
  mayPass,
  type Acknowledgement,
  type HistoryFinding,
  type HistoryReport,
  type AuditReport,
} from './report.ts';

export interface AcknowledgementContext {
  /** A folder in the repository, and the path of the configuration from its top. */
  readonly path: string;
  readonly prefix: string;
  /** That of HEAD. */
  readonly platform: Platform;
  /** The first-parent history, oldest first. */
  readonly commits: readonly LoggedCommit[];
}

/**
 * The report with what an owner acknowledged named beside the findings. A row lets nothing pass where the commit that wrote it is a
 * finding itself, unless an owner let that one pass, too; in a history that the first commit continues as well.
 */
export function withAcknowledged(report: HistoryReport, context: AcknowledgementContext): AuditReport {
  const entries = context.platform.acknowledged ?? [];
  if (entries.length === 0) return report;
  const reasons = new Map(entries.map(({ commit, reason }) => [commit, reason]));
  const refused = refusedRows(report, new Set(reasons.keys()), context);
  const passes = (finding: HistoryFinding): boolean =>
    reasons.has(finding.commit) && !refused.has(finding.commit) && mayPass(finding);
  const passed = new Map(report.findings.filter(passes).map((finding) => [finding.commit, finding]));
  const acknowledged = [...reasons].map(([commit, reason]): Acknowledgement => {
    const writer = refused.get(commit);
    const finding = passed.get(commit) ?? null;
    const unseen = writer === undefined ? report.unseen?.find((one) => one.commit === commit)?.why : undefined;
    return {
      commit,
      reason,
      finding,
      ...defined({ unseen, refused: writer }),
    };
  });
  const { unseen, ...rest } = report;
  const left = unseen?.filter(({ commit }) => !reasons.has(commit) || refused.has(commit)) ?? [];
  const findings = report.findings.filter((finding) => !passes(finding));
  return { ...rest, findings, ...defined({ unseen: left.length > 0 ? left : undefined }), acknowledged };
}

/** The rows of HEAD, by the commit that they name, which a commit wrote that is refused, or could not be looked at: each with that commit. */
function refusedRows(
  { findings, unseen = [] }: HistoryReport,
  rows: ReadonlySet<string>,
  { path, prefix, commits }: AcknowledgementContext,
): Map<string, string> {
  const lineage = lineageOf(path, prefix, commits);
  const file = inRepository(prefix, pathOf.platform);
  const changes = changesOf(lineage, file);
  const found = Map.groupBy(
    findings.filter((finding) => !isOfBytes(finding)),
    ({ commit }) => commit,
  );
  const notSeen = new Set(unseen.map(({ commit }) => commit));
  if (![...changes.keys()].some((id) => found.has(id) || notSeen.has(id))) return new Map();
  const blobs = [...changes.values()].flatMap(({ before, after }) => [before?.id, after?.id]);
  const contents = readBlobs(
    topOf(path),
    blobs.filter((id) => id !== undefined),
  );
  const held = new Map([...contents].map(([id, content]) => [id, rowsIn(content, rows)]));
  // What is no file, such as a submodule in its place, has no content and holds no row.
  const holds = (blob: Blob | undefined, row: string): boolean => held.get(blob?.id ?? '')?.has(row) ?? false;
  const hasWritten = (id: string, row: string): boolean => {
    const change = changes.get(id);
    return change !== undefined && holds(change.after, row) && !holds(change.before, row);
  };
  /** The newest that wrote a row; with the first commit whoever wrote it in the histories that this one continues. */
  const writersOf = (row: string, { commits: all, first, before }: Lineage): readonly string[] => {
    const writer = all.findLast(({ id }) => hasWritten(id, row))?.id;
    if (writer === undefined) return [];
    return writer === first?.id ? [writer, ...before.flatMap((one) => writersOf(row, one))] : [writer];
  };
  const refused = new Map<string, string | undefined>();
  /** Ends, as a row names a commit that was there before whoever wrote it. */
  const refusedBy = (row: string): string | undefined => {
    if (!refused.has(row))
      refused.set(
        row,
        writersOf(row, lineage).find((id) => !isLet(id)),
      );
    return refused.get(row);
  };
  const isLet = (id: string): boolean => {
    const own = found.get(id) ?? [];
    if (own.length === 0 && !notSeen.has(id)) return true;
    return own.every(mayPass) && rows.has(id) && refusedBy(id) === undefined;
  };
  return new Map(
    [...rows].flatMap((row) => {
      const writer = refusedBy(row);
      return writer === undefined ? [] : [[row, writer] as const];
    }),
  );
}

/** What the commits of these histories changed of a file, by their ids. */
const changesOf = ({ commits, before }: Lineage, file: string): Map<string, LoggedChange> =>
  new Map([
    ...before.flatMap((one) => [...changesOf(one, file)]),
    ...commits.flatMap(({ id, changes }) => {
      const change = changes.find(({ path }) => path === file);
      return change ? [[id, change] as const] : [];
    }),
  ]);

/** Which of these rows a platform.yaml holds; one that cannot be read holds those whose commit it spells. */
function rowsIn(content: Uint8Array, rows: ReadonlySet<string>): Set<string> {
  const { workspace } = load(memorySource({ [pathOf.platform]: content }), {
    miniapps: [],
    kinds: new Set(['platform']),
  });
  if (!workspace.broken.has(pathOf.platform))
    return new Set((workspace.platform.acknowledged ?? []).map(({ commit }) => commit).filter((one) => rows.has(one)));
  const text = new TextDecoder().decode(content);
  return new Set([...rows].filter((row) => text.includes(row)));
}
