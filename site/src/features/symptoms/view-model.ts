/** Each error that the phone can show: what it says, its cause and its cures. */
import { keysOf } from '#core/keys-of.ts';
import { messages, type FixCode, type Language, type OutcomeCode } from '#core/problems/messages.ts';

const TOWARDS_ONLINE: readonly FixCode[] = [
  ...(['publish', 'rollback', 'approve', 'submit', 'push-package'] as const),
  ...(['upload', 'upload-corrected', 'upload-recorded'] as const),
];

/** The fixes that each error can be answered with. A test holds it against `fixesFor`. */
export const CURES: Readonly<Record<OutcomeCode, readonly FixCode[]>> = {
  'unknown-miniapp': ['find-miniapp'],
  'unknown-app': ['find-app'],
  'unknown-region': ['find-region', 'serve-region'],
  'unknown-app-version': ['find-app-version'],
  'device-required': ['give-device'],
  'app-not-associated': ['whitelist', 'deliver', 'unarchive'],
  'no-online-version': [...TOWARDS_ONLINE, 'unarchive'],
  'no-permission': ['whitelist', ...TOWARDS_ONLINE, 'unarchive'],
  'no-experience-version': ['set-experience', ...TOWARDS_ONLINE, 'unarchive'],
  'service-disabled': ['enable', 'unarchive'],
  'host-incompatible': ['update-app', 'upload-lower', 'upload-lower-none'],
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

/** What cures where steps are refused for bytes, and nowhere else. */
const BY_BYTES: ReadonlySet<FixCode> = new Set<FixCode>(['push-package', 'upload-recorded']);

/** One for each answer that is an error, in the order of the catalogue. `isByBytes`: whether the platform judges by bytes. */
export const symptoms = (language: Language, isByBytes: boolean): Symptom[] =>
  keysOf(messages.en.outcomes).map((code) => ({
    code,
    ...messages[language].outcomes[code],
    otherMessage: messages[language === 'en' ? 'zh' : 'en'].outcomes[code].message,
    alsoSeen: ALSO_SEEN[code] ?? [],
    cures: CURES[code].filter((fix) => isByBytes || !BY_BYTES.has(fix)).map((fix) => messages[language].fixes[fix]),
  }));
