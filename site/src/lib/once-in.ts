import type { Language } from '#core/problems/messages.ts';

/** What many pages of a language share, made with the first of them that asks for it. */
export function onceIn<View>(make: (language: Language) => View): (language: Language) => View {
  const made = new Map<Language, View>();
  return (language) => {
    if (!made.has(language)) made.set(language, make(language));
    return made.get(language)!;
  };
}
