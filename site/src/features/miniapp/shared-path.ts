/** The file of what the pages of all miniapps share (SharedForms.astro). */
import type { Language } from '#core/problems/messages.ts';

/** Where it is, for scripts. */
export const sharedPath = (language: Language): string => `miniapps/shared.${language}.txt`;
