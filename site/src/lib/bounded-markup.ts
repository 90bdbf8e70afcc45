/** Rows of a miniapp's page that may be thousands: the page has the first of them, says how many there are, and where all stand. */
import { fill, type Language } from '#core/problems/messages.ts';
import { href } from '../href.ts';
import { words } from '../i18n/index.ts';
import { markup, type Piece } from './markup.ts';
import { table } from './table-markup.ts';
import { count } from './format.ts';
import { LISTED } from './pages.ts';

/** A table of the first rows, each of them made by `row` only if it is shown, and a way to the API's document where there are more. */
export const boundedTable = <Row>(
  language: Language,
  id: string,
  columns: readonly string[],
  rows: readonly Row[],
  row: (row: Row) => Piece,
): Piece => [table(columns, rows.slice(0, LISTED).map(row)), moreMarkup(language, id, rows.length)];

/** Where a list has more than what is shown: how much that is, and where all of it stands. Nothing for a short one. */
export const moreMarkup = (language: Language, id: string, all: number): Piece => {
  const { access } = words[language];
  const counted = count(all, language);
  return (
    all > LISTED &&
    markup`<p>${fill(access.shownRows, { shown: LISTED, count: counted })} <a href="${href(`api/v1/miniapps/${id}.json`)}">${fill(access.allInApi, { count: counted })}</a></p>`
  );
};

/** The first of a list, each made only if it is shown, and how many there are besides. */
export const firstOf = <Row, Shown>(
  language: Language,
  rows: readonly Row[],
  made: (row: Row) => Shown,
): (Shown | string)[] => {
  const more = rows.length - LISTED;
  const rest = more > 0 ? [fill(words[language].history.more, { count: count(more, language) })] : [];
  return [...rows.slice(0, LISTED).map(made), ...rest];
};
