/** What an owner acknowledged taken out of what the audit found, as far as the commit that wrote it may acknowledge at all. */
import type { Platform } from '../../core/model.ts';
import { inRepository, pathOf } from '../../core/paths.ts';
import { readBlobs } from '../../git/blobs.ts';
import { topOf, type LoggedCommit } from '../../git/log.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
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
 * finding itself, unless an owner let that one pass, too.
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
      ...{ commit, reason, finding },
      ...(unseen === undefined ? {} : { unseen }),
      ...(writer === undefined ? {} : { refused: writer }),
    };
  });
  const { unseen, ...rest } = report;
  const left = unseen?.filter(({ commit }) => !reasons.has(commit) || refused.has(commit)) ?? [];
  const findings = report.findings.filter((finding) => !passes(finding));
  return { ...rest, findings, ...(left.length > 0 ? { unseen: left } : {}), acknowledged };
}

/** The rows of HEAD, by the commit that they name, which a commit wrote that is refused, or could not be looked at: each with that commit. */
function refusedRows(
  { findings, unseen = [] }: HistoryReport,
  rows: ReadonlySet<string>,
  { path, prefix, commits }: AcknowledgementContext,
): Map<string, string> {
  const refused = new Map<string, string>();
  const file = inRepository(prefix, pathOf.platform);
  const changes = commits.flatMap(({ id, changes: all }) => {
    const change = all.find((one) => one.path === file);
    return change ? [{ id, before: change.before?.id, after: change.after?.id }] : [];
  });
  const found = Map.groupBy(
    findings.filter((finding) => !isOfBytes(finding)),
    ({ commit }) => commit,
  );
  const notSeen = new Set(unseen.map(({ commit }) => commit));
  if (!changes.some(({ id }) => found.has(id) || notSeen.has(id))) return refused;
  const blobs = changes.flatMap(({ before, after }) => [before, after]).filter((id) => id !== undefined);
  const contents = readBlobs(topOf(path), blobs);
  const holds = (blob: string | undefined): ReadonlySet<string> =>
    blob === undefined ? new Set() : rowsIn(contents.get(blob) ?? new Uint8Array(), rows);
  const left = new Set(rows);
  // A row names a commit that was there before it, so the newest first: whether a commit passes is known before the rows that it wrote.
  for (const { id, before, after } of changes.toReversed()) {
    const own = found.get(id) ?? [];
    const isNamed = rows.has(id) && !refused.has(id);
    const isLet = own.every((finding) => isNamed && mayPass(finding)) && (isNamed || !notSeen.has(id));
    const earlier = holds(before);
    for (const row of holds(after)) {
      if (earlier.has(row) || !left.delete(row)) continue;
      if (!isLet) refused.set(row, id);
    }
  }
  return refused;
}

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
