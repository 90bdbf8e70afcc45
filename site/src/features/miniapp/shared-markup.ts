/**
 * What is the same on the page of every miniapp and of use to scripts alone: the two forms, and what scripts know of the platform.
 * It stands once in a file, and the page's scripts take it from there (shared.client.ts).
 */
import type { Language } from '#core/problems/messages.ts';

/** Where it is, for scripts. */
export const sharedPath = (language: Language): string => `miniapps/shared.${language}.txt`;

const FORM = /(<form id="(?:qr-form|what-if-form)"[^>]*>)([\s\S]*?)<\/form>/g;
const PLATFORM = /<script type="application\/json" id="platform">[\s\S]*?<\/script>/g;

/** The frame without what is shared, its forms empty, and what is shared. */
export function withoutShared(frame: string): { readonly frame: string; readonly shared: string } {
  const forms = [...frame.matchAll(FORM)].map(([form]) => form);
  if (forms.length !== 2) throw new Error(`the frame of a miniapp's page holds ${forms.length} forms`);
  const platforms = frame.match(PLATFORM) ?? [];
  if (platforms.length !== 1) throw new Error(`the frame of a miniapp's page knows ${platforms.length} platforms`);
  return {
    frame: frame.replace(FORM, '$1</form>').replace(PLATFORM, ''),
    shared: [...forms, ...platforms].join('\n'),
  };
}
