/** What languages are called. */
import type { Language } from '#core/problems/messages.ts';
import { words } from '../i18n/index.ts';

/** Making one takes longer than a thousand uses of it. */
const displayNames = new Map<Language, Intl.DisplayNames>();

/** As readers of the page call it; a tag that is no language's stays itself. */
export function languageName(tag: string, language: Language): string {
  let names = displayNames.get(language);
  if (!names)
    displayNames.set(language, (names = new Intl.DisplayNames([words[language].htmlLang], { type: 'language' })));
  try {
    return names.of(tag) ?? tag;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return tag;
  }
}
