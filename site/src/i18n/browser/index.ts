/** The words of the pages' scripts, by language. A script imports this and never `i18n/index.ts`, which holds every page's words. */
import type { Language } from '#core/problems/messages.ts';
import { en, type BrowserWords } from './en.ts';
import { zh } from './zh.ts';

export type { BrowserWords };

export const browserWords: Readonly<Record<Language, BrowserWords>> = { en, zh };
