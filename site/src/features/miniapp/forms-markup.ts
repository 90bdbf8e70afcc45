/**
 * The two forms of a miniapp's page, which are the same for every miniapp: they stand once in a file, and the page's scripts put
 * them where they belong (forms.client.ts), as only scripts can answer them.
 */
import type { Language } from '#core/problems/messages.ts';

/** Where they are, for scripts. */
export const formsPath = (language: Language): string => `miniapps/forms.${language}.txt`;

const FORM = /(<form id="(?:qr-form|what-if-form)"[^>]*>)([\s\S]*?)<\/form>/g;

/** The frame with its forms empty, and the forms. */
export function withoutForms(frame: string): { readonly frame: string; readonly forms: string } {
  const forms = [...frame.matchAll(FORM)].map(([form]) => form);
  if (forms.length !== 2) throw new Error(`the frame of a miniapp's page holds ${forms.length} forms`);
  return { frame: frame.replace(FORM, '$1</form>'), forms: forms.join('\n') };
}
