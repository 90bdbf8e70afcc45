/** Names one after the other, as each language separates them. Scripts of pages load this, so it names no word. */
import type { Language } from './messages.ts';

const BETWEEN: Readonly<Record<Language, string>> = { en: ', ', zh: '、' };

/** What stands between two names of a list. */
export const separator = (language: Language): string => BETWEEN[language];

/** Names one after the other, as the language separates them. */
export const listText = (names: readonly (string | number)[], language: Language): string =>
  names.join(separator(language));
