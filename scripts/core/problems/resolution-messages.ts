/** The sentences of resolutions by language, apart from `messages.ts`, so that a page loads no sentence about configurations. */
import { resolution as en, type ResolutionMessages } from './messages/en/resolution.ts';
import { resolution as zh } from './messages/zh/resolution.ts';
import type { Language } from './messages.ts';

export const resolutionMessages: Readonly<Record<Language, ResolutionMessages>> = { en, zh };
