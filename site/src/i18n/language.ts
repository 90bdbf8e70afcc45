/** The interface's languages, and what they are called in addresses. */
import type { Language } from '#core/problems/messages.ts';

export const languages = ['en', 'zh'] as const satisfies readonly Language[];

/** The language of a page's address: English has no folder of its own. */
export const languageOf = (locale: string | undefined): Language => (locale === 'zh' ? 'zh' : 'en');

/** The part of an address that a language has; undefined for English, whose pages have none. */
export const localeOf = (language: Language): string | undefined => (language === 'en' ? undefined : language);
