/** The pages beside the miniapps: host apps, reviews, symptoms and rules. */
import {
  messages,
  severityOf,
  type FixCode,
  type Language,
  type OutcomeCode,
  type ProblemCode,
} from '#core/problems/messages.ts';
import type { Version } from '#core/model.ts';
import { avatarPath } from './list.ts';
import type { PublicMiniapp, PublicWorkspace } from './public.ts';
import type { Answers, AppAnswers } from './resolution.ts';
import { localized } from './text.ts';
import { personName } from './versions.ts';

export interface MiniappRef {
  readonly id: string;
  readonly name: string;
  readonly type: 'smart' | 'panel';
  readonly avatar?: string;
}

const refOf = (workspace: PublicWorkspace, miniapp: PublicMiniapp, language: Language): MiniappRef => ({
  id: miniapp.id,
  name: localized(miniapp.basics.name, language, workspace.platform.languages),
  type: miniapp.basics.type,
  ...(miniapp.avatar ? { avatar: avatarPath(miniapp) } : {}),
});

export interface AppView {
  readonly id: string;
  readonly name: string;
  readonly scheme: string;
  readonly isDefault: boolean;
  readonly regions: readonly string[];
  readonly managers: readonly string[];
  /** How many miniapps there are in all. */
  readonly count: number;
  readonly opens: readonly (MiniappRef & {
    readonly version: string;
    readonly regions: readonly string[];
    readonly isEverywhere: boolean;
  })[];
}

/** What each app opens by a normal link for everyone. `answersOf` gives the resolution table of a miniapp. */
export function appViews(
  workspace: PublicWorkspace,
  answersOf: (miniapp: string) => readonly AppAnswers[],
  language: Language,
): AppView[] {
  const { languages, regions } = workspace.platform;
  const regionName = (region: string) => localized(regions[region], language, languages) || region;
  const opens = new Map<string, AppView['opens'][number][]>([...workspace.apps.keys()].map((id) => [id, []]));
  for (const miniapp of workspace.miniapps.values()) {
    for (const { app, rows } of answersOf(miniapp.id)) {
      const where = rows.filter(({ answers }) => opensForEveryone(answers)).map(({ region }) => region);
      if (where.length === 0) continue;
      opens.get(app)!.push({
        ...refOf(workspace, miniapp, language),
        version: miniapp.release.online!.version,
        regions: where.map(regionName),
        isEverywhere: where.length === rows.length,
      });
    }
  }
  return [...workspace.apps.values()].map((app) => ({
    id: app.id,
    name: localized(app.name, language, languages),
    scheme: app.scheme,
    isDefault: app.default === true,
    regions: app.regions.map(regionName),
    managers: (app.managers ?? []).map((login) => personName(workspace, login)),
    count: [...workspace.miniapps.values()].filter(({ basics }) => basics.archived !== true).length,
    opens: opens.get(app.id)!,
  }));
}

const opensForEveryone = (answers: Answers): boolean =>
  answers.some(({ audience, entry, outcome }) => audience === 'everyone' && entry === 'link' && outcome === 'opens');

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

/** The fixes that each error can be answered with. A test holds it against `fixesFor`. */
export const CURES: Readonly<Record<OutcomeCode, readonly FixCode[]>> = {
  'unknown-miniapp': ['find-miniapp'],
  'unknown-app': ['find-app'],
  'unknown-region': ['find-region', 'serve-region'],
  'device-required': ['give-device'],
  'app-not-associated': ['whitelist', 'deliver'],
  'no-online-version': ['publish', 'rollback', 'approve', 'submit', 'withdraw', 'upload'],
  'no-permission': ['whitelist', 'publish', 'rollback', 'approve', 'submit', 'withdraw', 'upload'],
  'no-experience-version': ['set-experience', 'publish', 'rollback', 'approve', 'submit', 'withdraw', 'upload'],
  'service-disabled': ['enable'],
  'page-not-found': ['other-page', 'upload-page'],
};

/**
 * The codes of the vendor's loader, by what failed; https://developer.tuya.com/en/miniapp/faq/app names them one by one.
 * They come from the phone, so no rule of the platform explains them.
 */
export const LOADER_CODES = {
  baseLibrary: [10001, 10002, 10003, 10016],
  package: [10004, 10005, 10006],
  texts: [10007],
  info: [10009, 10010],
  runtime: [10008, 10011, 10012, 10013, 10014, 10015],
} as const;

/** What the phone says with one of these codes, in the vendor's words. */
export const LOADER_MESSAGE = 'Unable to open the Mini-Program, please try again later (error code: 100XX)';

/** Other words of the vendor for the same, as its questions and answers quote them. */
const ALSO_SEEN: Partial<Record<OutcomeCode, readonly string[]>> = {
  'unknown-miniapp': ['miniapp does not exist'],
  'app-not-associated': ['miniapp is not linked with an app', 'Miniapp is not associated with an app'],
};

export interface Symptom {
  readonly code: OutcomeCode;
  readonly title: string;
  readonly message: string;
  /** What a phone in the other language shows. */
  readonly otherMessage: string;
  readonly alsoSeen: readonly string[];
  readonly cause: string;
  readonly cures: readonly string[];
}

export const symptoms = (language: Language): Symptom[] =>
  (Object.keys(messages.en.outcomes) as OutcomeCode[]).map((code) => ({
    code,
    ...messages[language].outcomes[code],
    otherMessage: messages[language === 'en' ? 'zh' : 'en'].outcomes[code].message,
    alsoSeen: ALSO_SEEN[code] ?? [],
    cures: CURES[code].map((fix) => messages[language].fixes[fix]),
  }));

export interface RuleRow {
  readonly code: ProblemCode;
  readonly title: string;
  readonly message: string;
  readonly hint: string;
}

export function rules(language: Language): Record<'error' | 'warning', RuleRow[]> {
  const rows = { error: [] as RuleRow[], warning: [] as RuleRow[] };
  for (const code of Object.keys(messages.en.problems) as ProblemCode[]) {
    rows[severityOf(code)].push({ code, ...messages[language].problems[code] });
  }
  return rows;
}
