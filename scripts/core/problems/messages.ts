/**
 * Every code with its severity and its sentences. Sentences live in `messages/`, a file and a folder a language; a code that is
 * missing in one of them, or an argument that is missing in a problem, does not compile.
 */
import { fill, type Args } from './fill.ts';
import { en, type Messages } from './messages/en.ts';
import { zh } from './messages/zh.ts';

export { fill, type Args };

export type ProblemCode = keyof typeof en.problems;
export type OutcomeCode = keyof typeof en.outcomes;
export type FixCode = keyof typeof en.fixes;
export type AdviceCode = keyof typeof en.advice;
export type TraceRule = keyof typeof en.trace;
export type RequestCode = keyof typeof en.requests.answers;
export type RequestFixCode = keyof typeof en.requests.fixes;
export type SettingName = keyof typeof en.requests.settings;
export type Severity = 'error' | 'warning';
export type Language = 'en' | 'zh';

export const messages: Record<Language, Messages> = { en, zh };

/** The codes that do not keep a configuration from being used. Every other one is an error. */
const WARNINGS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'owner-missing',
  'manager-missing',
  'whitelist-never-matches',
  'rollout-reaches-nobody',
  'whitelist-expired',
  'account-in-text',
  'name-alike',
  'link-scheme',
  'domain-lookalike',
  'domain-suffix-unknown',
  'person-left',
  'language-unknown',
  'language-fallback-missing',
  'strings-incomplete',
  'version-order',
  'package-unproven',
  'runtime-kit-unused',
  'report-figures',
  'scenario-suspended',
  'upload-config-missing',
  'upload-version-form',
  'upload-not-built',
  'upload-routes-open',
  'upload-page-twice',
  'upload-page-half',
  'upload-left-out',
  'upload-unread',
  'upload-unresolved',
  'upload-unnamed',
  'upload-budget',
  'upload-unfollowed',
  'upload-not-packaged',
  'upload-lfs',
  'upload-build-mark',
  'upload-build-path',
  'upload-inline-map',
  'upload-more',
  'upload-origin',
  'upload-refused',
  'upload-cloud',
  'upload-shuts-out',
]);

/** A warning for the codes of WARNINGS, an error for all others. */
export const severityOf = (code: ProblemCode): Severity => (WARNINGS.has(code) ? 'warning' : 'error');

/** The names in braces of a sentence. */
type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type ProblemNames<C extends ProblemCode> =
  Names<(typeof en.problems)[C]['message']> | Names<(typeof en.problems)[C]['hint']>;

/** The arguments that the sentences of a code need. */
export type MessageArgs<C extends ProblemCode> = Readonly<Record<ProblemNames<C>, string | number>>;

/** What to do next depends on more than the code: the argument `next` names a sentence, filled with the other arguments. */
export function withNext(args: Args, language: Language): Args {
  const { fixes, advice } = messages[language];
  const sentences: Readonly<Record<string, string>> = { ...fixes, ...advice };
  const next = String(args['next']);
  return Object.hasOwn(sentences, next) ? { ...args, next: fill(sentences[next]!, args) } : args;
}

/** A problem's sentences in a language. */
export function describe(
  problem: { readonly code: ProblemCode; readonly args: Args },
  language: Language = 'en',
): { message: string; hint: string } {
  const entry = messages[language].problems[problem.code];
  const args = withNext(problem.args, language);
  return { message: fill(entry.message, args), hint: fill(entry.hint, args).trim() };
}
