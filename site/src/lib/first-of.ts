/** Lists of a miniapp's page that may be thousands: the page has the first of them, and says how many there are. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../i18n/index.ts';
import { count } from './format.ts';
import { LISTED } from './pages.ts';

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
