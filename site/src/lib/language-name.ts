/** What languages are called. */
import type { Language } from '#core/problems/messages.ts';
import { words } from '../i18n/index.ts';

/** Making one takes longer than a thousand uses of it. */
const displayNames = new Map<Language, Intl.DisplayNames>();
/** By tag: every miniapp has the same few, and asking takes longer than all else that stands beside a name. */
const known = new Map<Language, Map<string, string>>();

/** As readers of the page call it; a tag that is no language's stays itself. */
export function languageName(tag: string, language: Language): string {
  let own = known.get(language);
  if (!own) known.set(language, (own = new Map()));
  let name = own.get(tag);
  if (name === undefined) own.set(tag, (name = nameOf(tag, language)));
  return name;
}

function nameOf(tag: string, language: Language): string {
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
