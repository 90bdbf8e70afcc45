/** The interface's languages and their words. */
import type { Language } from '#core/problems/messages.ts';
import { en, type Interface } from './en.ts';
import { zh } from './zh.ts';

export type { Interface, Language };

export const languages = ['en', 'zh'] as const satisfies readonly Language[];
export const words: Readonly<Record<Language, Interface>> = { en, zh };

/** The language of a page's address: English has no folder of its own. */
export const languageOf = (locale: string | undefined): Language => (locale === 'zh' ? 'zh' : 'en');
export const localeOf = (language: Language): string | undefined => (language === 'en' ? undefined : language);

/** What the scripts of pages say. A build leaves the other words out of them (astro.config.ts). */
export const IN_BROWSER = [
  'site',
  'list',
  'qr',
  'entries',
  'audiences',
  'resolution',
  'whatIf',
  'search',
] as const satisfies readonly (keyof Interface)[];
export type BrowserWords = Pick<Interface, (typeof IN_BROWSER)[number]>;
