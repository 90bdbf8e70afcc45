/** The addresses of pages in each language, for getStaticPaths. */
import { languages, localeOf, type Language } from './i18n/index.ts';
import { partsOf, ROWS_PER_PAGE } from './lib/pages.ts';

/** A page that stands once in each language. */
export const inEachLanguage = () =>
  languages.map((language) => ({ params: { locale: localeOf(language) }, props: { language } }));

/** A page for each id, its languages beside each other, so that they share what was computed. */
export const forEachIn = (
  ids: Iterable<string>,
): { params: { locale: string | undefined; id: string }; props: { language: Language } }[] =>
  [...ids].flatMap((id) => inEachLanguage().map(({ params, props }) => ({ params: { ...params, id }, props })));

/** For getStaticPaths of `[...page].astro`: each part in each language, the first at the address of the list, the others `below` it. */
export const eachPart = (rows: number, size = ROWS_PER_PAGE, below = '') => {
  const parts = partsOf(rows, size);
  return Array.from({ length: parts }, (_part, index) =>
    inEachLanguage().map(({ params, props }) => ({
      params: { ...params, page: index === 0 ? undefined : `${below}${index + 1}` },
      props: { ...props, part: index + 1, parts },
    })),
  ).flat();
};

/** A file for each id. */
export const forEach = (ids: readonly string[]) => ids.map((id) => ({ params: { id } }));

/** For getStaticPaths of `[id]/…/[...page].astro`: the parts of each miniapp in each language. */
export const forEachPartIn = <Of extends { readonly id: string }>(all: readonly Of[], partsOf: (one: Of) => number) =>
  all.flatMap((one) =>
    Array.from({ length: partsOf(one) }, (_part, index) =>
      forEachIn([one.id]).map(({ params, props }) => ({
        params: { ...params, page: index === 0 ? undefined : String(index + 1) },
        props: { ...props, part: index + 1 },
      })),
    ).flat(),
  );
