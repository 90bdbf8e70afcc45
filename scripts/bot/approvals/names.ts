/** Names and numbers in what the bot writes, as Markdown. */
import { code } from '../../report/markdown.ts';

/** How many pages, origins or kits are named. */
export const MAX_NAMES = 40;

/** `1 page`, `1,204 pages`. */
export const count = (number: number, word: string): string =>
  `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;

/** The first MAX_NAMES names, each as code, and the number of the others; safe in a cell of a Markdown table. */
export const named = (names: readonly string[]): string => {
  const left = names.length - MAX_NAMES;
  return [...names.slice(0, MAX_NAMES).map((name) => code(cell(name))), ...(left > 0 ? [`and ${left} more`] : [])].join(
    ', ',
  );
};

/** In a table a bar ends the cell, in a code span too. */
export const cell = (text: string): string => text.replaceAll('|', '¦');
