/** What the palette offers of what was found: each thing, and below it what of it answers. Pure. */
import type { Found } from '../search/found.ts';
import type { FoundKind } from '../search/row.ts';

export interface Choice {
  /** Nothing for a part of what stands above it. */
  readonly kind?: FoundKind;
  readonly title: string;
  /** What tells it from others of the same title. */
  readonly text: string;
  /** Below the portal's address in the page's language. */
  readonly path: string;
}

/** As many are offered: more are found by a longer question, or on the page of the search. */
export const MOST_CHOICES = 24;
/** So many characters of what is said beside the title. */
const TEXT = 90;

export const choicesOf = (found: readonly Found[]): Choice[] =>
  found
    .flatMap(({ kind, id, title, text, path, inside }): Choice[] => {
      const about = kind === 'section' ? '' : [kind === 'commit' ? '' : id, text].filter(Boolean).join(' · ');
      const cut = [...about].length > TEXT ? `${[...about].slice(0, TEXT).join('')}…` : about;
      return [
        { kind, title, text: cut, path },
        ...inside.map((one) => ({ title: one.label, text: title, path: one.path })),
      ];
    })
    .slice(0, MOST_CHOICES);
