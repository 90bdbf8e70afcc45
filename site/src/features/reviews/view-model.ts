/** The review queue, and what was decided. */
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import { isRefusedFor } from '#core/by-bytes.ts';
import { pushStep, stepsOf, type StagedVersion, type TransitionKind } from '#core/lifecycle/lifecycle.ts';
import { rightOf, type Right } from '#core/policy/policy.ts';
import { isLeftToBot, peopleFor, type StepPeople } from '#core/transitions/missing-people.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { isLate } from '../../lib/age.ts';
import { refOf, type MiniappRef } from '../list/miniapp-ref.ts';
import type { ReviewTimes } from './durations.ts';
import { personName } from '../../lib/person-name.ts';

/** Versions that wait come in parts of so many; the first part has what was decided lately, too. */
export const WAITING_PER_PAGE = 50;

/** Who the approval waits for is said of a version under review alone. */
export interface ReviewRow extends StepPeople {
  readonly miniapp: MiniappRef;
  readonly version: string;
  readonly status: 'pending' | 'approved' | 'rejected';
  readonly submittedBy: string;
  /** What is done next about one that waits: its bytes are brought where it is refused without them. */
  readonly next?: { readonly kind: TransitionKind | 'push-package'; readonly command: string };
  /** Whether the platform approves it by itself, unless somebody stops it. */
  readonly isLeftToBot: boolean;
  /** Whether that is refused where the store lacks the bytes, which nobody asked. */
  readonly isUnasked: boolean;
  readonly uploadedAt: string;
  /** When it was submitted, in milliseconds since 1970, where it is known. */
  readonly submittedAt?: number;
  /** Whether it has waited for longer than is promised. */
  readonly isLate: boolean;
  /** When it was decided, and how long after it was submitted, in milliseconds, where it is known. */
  readonly decidedAt?: number;
  readonly took?: number;
  readonly reviewedBy?: string;
  readonly isAutomatic: boolean;
  readonly reason?: string;
}

export interface Reviews {
  /** Longest waiting first. */
  readonly pending: readonly ReviewRow[];
  /** Newest decision first; where nobody knows when it was, the upload counts. */
  readonly decided: readonly ReviewRow[];
  readonly slaHours?: number;
  /** Who may review by a role that they have on the platform, as long as they are here. */
  readonly reviewers: readonly string[];
  /** Which approvals the policy asks for besides. */
  readonly approvals?: Right['approvals'];
}

/** `submitted`: when versions were submitted, by `<miniapp> <version>`, in milliseconds since 1970; `times`: how long reviews took. */
export function reviews(
  workspace: PublicWorkspace,
  submitted: ReadonlyMap<string, number>,
  now: number,
  language: Language,
  times: ReadonlyMap<string, ReviewTimes> = new Map(),
): Reviews {
  const slaHours = workspace.platform.review?.slaHours;
  const { by, approvals } = rightOf(workspace.policy, 'approve');
  const rows = [...workspace.miniapps.values()].flatMap((miniapp) =>
    [...miniapp.versions.values()].flatMap((version) => {
      const time = submitted.get(`${miniapp.id} ${version.version}`);
      const row = reviewRow(workspace, miniapp, version, { language, now });
      if (row && row.status !== 'pending') {
        return { ...row, ...times.get(`${miniapp.id} ${version.version}`) };
      }
      if (!row || time === undefined) return row ?? [];
      return { ...row, submittedAt: time, isLate: isLate(time, slaHours, now) };
    }),
  );
  // Moments, not texts: `08:00:00Z` and `08:00:00.5Z` do not sort as they are written.
  const uploaded = new Map(rows.map((row) => [row, Date.parse(row.uploadedAt)]));
  const ended = (row: ReviewRow) => row.decidedAt ?? uploaded.get(row)!;
  const waiting = ({ submittedAt, uploadedAt }: ReviewRow) => submittedAt ?? Date.parse(uploadedAt);
  return {
    pending: rows.filter(({ status }) => status === 'pending').sort((a, b) => waiting(a) - waiting(b)),
    decided: rows.filter(({ status }) => status !== 'pending').sort((a, b) => ended(b) - ended(a)),
    ...defined({ slaHours }),
    reviewers: [...workspace.people.values()]
      .filter(({ platformRoles = [], left }) => left === undefined && platformRoles.some((role) => by.includes(role)))
      .map(({ name }) => name),
    ...defined({ approvals: approvals && approvals.count > 0 ? approvals : undefined }),
  };
}

function reviewRow(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  own: StagedVersion,
  { language, now }: { readonly language: Language; readonly now: number },
): ReviewRow | undefined {
  const { version, review, uploadedAt, bytesLack } = own;
  if (!review) return undefined;
  const isAutomatic = review.reviewedBy?.startsWith('policy:') === true;
  return {
    miniapp: refOf(workspace, miniapp, language),
    version,
    status: review.status,
    submittedBy: personName(workspace, review.submittedBy),
    uploadedAt,
    isLate: false,
    isLeftToBot:
      review.status === 'pending' && !isRefusedFor(bytesLack, 'auto-approve') && isLeftToBot(workspace, miniapp, own),
    isUnasked: bytesLack === 'unasked' && review.status === 'pending',
    ...(review.status === 'pending'
      ? peopleFor(workspace, { kind: 'approve', miniapp: miniapp.id, version }, now)
      : {}),
    ...defined({
      next: stepsOf(miniapp, own).find(({ kind }) => kind === 'approve') ?? pushStep(miniapp, own),
      reviewedBy: review.reviewedBy && !isAutomatic ? personName(workspace, review.reviewedBy) : undefined,
    }),
    isAutomatic,
    ...defined({ reason: review.reason || undefined }),
  };
}
