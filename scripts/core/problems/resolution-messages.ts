/** The sentences of resolutions by language, apart from `messages.ts`, so that a page loads no sentence about configurations. */
import { en, type ResolutionMessages } from './messages/resolution/en.ts';
import { zh } from './messages/resolution/zh.ts';
import type { Language } from './messages.ts';

export const resolutionMessages: Readonly<Record<Language, ResolutionMessages>> = { en, zh };
