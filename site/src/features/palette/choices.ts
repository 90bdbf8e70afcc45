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

export interface Offer {
  readonly choices: readonly Choice[];
  /** How many of the things found are among them. */
  readonly shown: number;
}

/** `count`: of all that answer; `more`: leads to all of them, and is the last choice where not all are offered. */
export function offerOf(found: readonly Found[], count: number, more: Choice): Offer {
  const all = found.flatMap(choicesFor);
  const things = (choices: readonly Choice[]) => choices.filter(({ kind }) => kind !== undefined).length;
  if (all.length <= MOST_CHOICES && things(all) === count) return { choices: all, shown: count };
  const choices = all.slice(0, MOST_CHOICES - 1);
  return { choices: [...choices, more], shown: things(choices) };
}

function choicesFor({ kind, id, title, text, path, inside }: Found): Choice[] {
  const about = kind === 'section' ? '' : [kind === 'commit' ? '' : id, text].filter(Boolean).join(' · ');
  const cut = [...about].length > TEXT ? `${[...about].slice(0, TEXT).join('')}…` : about;
  return [
    { kind, title, text: cut, path },
    ...inside.map((one) => ({ title: one.label, text: title, path: one.path })),
  ];
}
