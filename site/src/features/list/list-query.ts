/** The query of the list: how the address holds it, and which rows match it. Pure. */

export interface Sort {
  readonly column: number;
  readonly descending: boolean;
}

export interface ListQuery {
  readonly q: string;
  readonly type: string;
  readonly category: string;
  readonly state: string;
  readonly app: string;
  readonly sort?: Sort | undefined;
}

/** Among the apps that the list is filtered by: delivered to none. */
export const NOWHERE = '-';

export interface RowData {
  readonly index: number;
  readonly search: string;
  readonly type: string;
  readonly category: string;
  readonly states: readonly string[];
  readonly apps: readonly string[];
}

/** The query of an address (`?q=…&sort=-2`). Unknown values are kept and match nothing; a sort that is no column is left out. */
export function parseQuery(search: string): ListQuery {
  const parameters = new URLSearchParams(search);
  const value = (name: string) => parameters.get(name) ?? '';
  const [, minus, column] = /^(-?)([0-9])$/.exec(value('sort')) ?? [];
  const sort = column === undefined ? {} : { sort: { column: Number(column), descending: minus === '-' } };
  const filters = { type: value('type'), category: value('category'), state: value('state'), app: value('app') };
  return { q: value('q'), ...filters, ...sort };
}

/** The number of the column, with a minus for descending order; absent for the order of the list. */
export const sortText = (sort: Sort | undefined): string => (sort ? `${sort.descending ? '-' : ''}${sort.column}` : '');

/** The query as the address holds it; fields without a value are left out. */
export function queryString({ q, type, category, state, app, sort }: ListQuery): string {
  const asked = Object.entries({ q: q.trim(), type, category, state, app, sort: sortText(sort) }).filter(
    ([, value]) => value !== '',
  );
  return asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`;
}

/** Returns a test for rows: a row matches when it has every word of the search and every filter fits. */
export function matcherOf({ q, type, category, state, app }: ListQuery): (row: RowData) => boolean {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return (row) =>
    words.every((word) => row.search.includes(word)) &&
    (type === '' || row.type === type) &&
    (category === '' || row.category === category) &&
    (state === '' || row.states.includes(state)) &&
    (app === '' || (app === NOWHERE ? row.apps.length === 0 : row.apps.includes(app)));
}

/**
 * The rank of each row's key in the language's order, from 0; -1 for an empty key. Rows with the same key share a rank, so that each key
 * is compared once: comparing texts takes most of the time.
 */
export function placesOf(keys: readonly string[], language: string): number[] {
  const { compare } = new Intl.Collator(language, { numeric: true });
  const places = new Map([['', -1]]);
  const sorted = [...new Set(keys)].filter((key) => key !== '').sort(compare);
  let place = -1;
  for (const [index, key] of sorted.entries()) {
    if (index === 0 || compare(sorted[index - 1]!, key) !== 0) place += 1;
    places.set(key, place);
  }
  return keys.map((key) => places.get(key)!);
}

/** Rows in order; empty values last either way, ties in the order of the page. `placeOf`: a row's rank in the column. */
export function sortRows<R extends Pick<RowData, 'index'>>(
  rows: readonly R[],
  placeOf: (row: R) => number,
  isDescending: boolean,
): R[] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [placeOf(a), placeOf(b)];
    if (left < 0 || right < 0) return Number(left < 0) - Number(right < 0) || a.index - b.index;
    return sign * (left - right) || a.index - b.index;
  });
}
