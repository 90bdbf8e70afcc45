/** The interface's languages and their words. */
import type { Language } from '#core/problems/messages.ts';
import { en, type Interface } from './en.ts';
import { zh } from './zh.ts';

export { languageOf, languages, localeOf } from './language.ts';
export type { Interface, Language };

export const words: Readonly<Record<Language, Interface>> = { en, zh };
