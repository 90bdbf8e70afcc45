/** The addresses of pages in each language, for getStaticPaths. */
import { languages, localeOf, type Language } from './i18n/index.ts';

/** A page that stands once in each language. */
export const inEachLanguage = () =>
  languages.map((language) => ({ params: { locale: localeOf(language) }, props: { language } }));

/** A page for each id, its languages beside each other, so that they share what was computed. */
export const forEachIn = (
  ids: Iterable<string>,
): { params: { locale: string | undefined; id: string }; props: { language: Language } }[] =>
  [...ids].flatMap((id) => inEachLanguage().map(({ params, props }) => ({ params: { ...params, id }, props })));
