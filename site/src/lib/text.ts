/** Texts of the configuration in a reader's language, and figures as every language writes them. Scripts load this, so it names no word of a page. */
import { fill, type Args } from '#core/problems/fill.ts';
import type { Language } from '#core/problems/messages.ts';

export type Localized = string | Readonly<Record<string, string>>;

/** The text in the language, in a variant of it (zh-Hans for zh), in the fallback language, or in any. */
export function localized(text: Localized | undefined, language: Language, languages: readonly string[]): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return text;
  if (Object.hasOwn(text, language)) return text[language]!;
  const variant = Object.keys(text).find((tag) => tag.split('-')[0]!.toLowerCase() === language);
  const keys = [variant, ...languages];
  const key = keys.find((candidate) => candidate !== undefined && Object.hasOwn(text, candidate));
  return key === undefined ? (Object.values(text)[0] ?? '') : text[key]!;
}

/** A UTC time to the minute: `2026-11-20 08:00 UTC`. */
export function minute(time: string | number): string {
  // Most are written that way; a Date takes twenty times as long.
  const isUtc = typeof time === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z$/.test(time);
  const utc = isUtc ? time : new Date(time).toISOString();
  return `${utc.slice(0, 10)} ${utc.slice(11, 16)} UTC`;
}

/** When something ends, as a day or a moment was written down: a day is through its end. */
export const endText = (expires: string): string => (/^[-\d]{10}T/.test(expires) ? minute(expires) : expires);

/** A part in percent, as it was written down, or as a language writes the number: `10.25 %`. */
export const percentOf = (percent: number | string, language: Language): string =>
  language === 'zh' ? `${percent}%` : `${percent} %`;

/** What stands in brackets behind something, with what separates them. */
export const inBrackets = (text: string, language: Language): string =>
  language === 'zh' ? `（${text}）` : ` (${text})`;

/** What stands between two parts of a sentence that have commas of their own. */
export const semicolon = (language: Language): string => (language === 'zh' ? '；' : '; ');

/** Bytes in the unit that people use. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A sentence of the catalogue in pieces, those of its arguments apart; one that is not given stays in braces. */
export const pieces = (sentence: string, args: Args): { readonly text: string; readonly isArgument: boolean }[] =>
  sentence
    .split(/(\{\w+\})/)
    .map((piece, at) => ({ text: fill(piece, args), isArgument: at % 2 === 1 }))
    .filter(({ text }) => text !== '');
