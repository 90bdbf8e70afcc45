/** The review queue, and what was decided. */
import type { Language } from '#core/problems/messages.ts';
import type { Version } from '#core/model.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { refOf, type MiniappRef } from '../list/miniapp-ref.ts';
import { personName } from '../people/person-name.ts';

/** Versions that wait come in parts of so many; the first part has what was decided lately, too. */
export const WAITING_PER_PAGE = 50;

export interface ReviewRow {
  readonly miniapp: MiniappRef;
  readonly version: string;
  readonly status: 'pending' | 'approved' | 'rejected';
  readonly submittedBy: string;
  readonly uploadedAt: string;
  /** When it was submitted, in milliseconds since 1970, and the whole hours since, where it is known. */
  readonly submittedAt?: number;
  readonly ageHours?: number;
  /** Whether it has waited for longer than is promised. */
  readonly isLate: boolean;
  readonly reviewedBy?: string;
  readonly isAutomatic: boolean;
  readonly reason?: string;
}

export interface Reviews {
  /** Longest waiting first. */
  readonly pending: readonly ReviewRow[];
  /** Newest upload first. */
  readonly decided: readonly ReviewRow[];
  readonly slaHours?: number;
  /** Who may review by their role, as long as they are here. */
  readonly reviewers: readonly string[];
}

/** `submitted`: when versions were submitted, by `<miniapp> <version>`, in milliseconds since 1970. */
export function reviews(
  workspace: PublicWorkspace,
  submitted: ReadonlyMap<string, number>,
  now: number,
  language: Language,
): Reviews {
  const slaHours = workspace.platform.review?.slaHours;
  const rows = [...workspace.miniapps.values()].flatMap((miniapp) =>
    [...miniapp.versions.values()].flatMap((version) => {
      const time = submitted.get(`${miniapp.id} ${version.version}`);
      const row = reviewRow(workspace, miniapp, version, language);
      if (!row || time === undefined || row.status !== 'pending') return row ?? [];
      const ageHours = Math.max(0, Math.floor((now - time) / 3_600_000));
      // To the millisecond: an age of exactly what is promised is not late.
      const isLate = slaHours !== undefined && now - time > slaHours * 3_600_000;
      return { ...row, submittedAt: time, ageHours, isLate };
    }),
  );
  // Moments, not texts: `08:00:00Z` and `08:00:00.5Z` do not sort as they are written.
  const uploaded = new Map(rows.map((row) => [row, Date.parse(row.uploadedAt)]));
  const byUpload = (a: ReviewRow, b: ReviewRow) => uploaded.get(a)! - uploaded.get(b)!;
  const waiting = ({ submittedAt, uploadedAt }: ReviewRow) => submittedAt ?? Date.parse(uploadedAt);
  return {
    pending: rows.filter(({ status }) => status === 'pending').sort((a, b) => waiting(a) - waiting(b)),
    decided: rows.filter(({ status }) => status !== 'pending').sort((a, b) => byUpload(b, a)),
    ...(slaHours === undefined ? {} : { slaHours }),
    reviewers: [...workspace.people.values()]
      .filter(({ platformRoles, left }) => platformRoles?.includes('reviewer') === true && left === undefined)
      .map(({ name }) => name),
  };
}

function reviewRow(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  { version, review, uploadedAt }: Version,
  language: Language,
): ReviewRow | undefined {
  if (!review) return undefined;
  const isAutomatic = review.reviewedBy?.startsWith('policy:') === true;
  return {
    miniapp: refOf(workspace, miniapp, language),
    version,
    status: review.status,
    submittedBy: personName(workspace, review.submittedBy),
    uploadedAt,
    isLate: false,
    ...(review.reviewedBy && !isAutomatic ? { reviewedBy: personName(workspace, review.reviewedBy) } : {}),
    isAutomatic,
    ...(review.reason ? { reason: review.reason } : {}),
  };
}
