/**
 * The list page: search, filters and sorting in the browser, kept in the address. The rows are fetched before somebody asks for them, and one
 * page of what answers is shown.
 */
import { counted } from '../../lib/count.client.ts';
import { fill } from '#core/problems/fill.ts';
import { keepChosen } from '../../lib/address.client.ts';
import { byId, el } from '../../lib/dom.client.ts';
import { findingWords } from '../../lib/finding-words.client.ts';
import {
  matcherOf,
  parseQuery,
  placesOf,
  queryString,
  sortRows,
  sortText,
  type ListQuery,
  type RowData,
} from './list-query.ts';
import { rowElement } from './list-row.client.ts';
import { unpackRows, type PackedRows } from './packed-rows.ts';
import { searchText, type ListRow } from './row.ts';

const form = byId<HTMLFormElement>('filters');
const table = byId<HTMLTableElement>('miniapps');
const body = table.tBodies[0]!;
const status = byId('shown');
const empty = byId('no-match');
const pager = byId('list-pages');
const { list: words } = findingWords();

/** What each column is sorted by. */
const SORT_KEYS: readonly ((row: ListRow) => string)[] = [
  ({ name }) => name,
  ({ type }) => type,
  ({ categoryName }) => categoryName,
  ({ online }) => online?.version ?? '',
  ({ experience }) => experience ?? '',
  ({ pending }) => pending ?? '',
  ({ apps }) => String(apps.length),
];

/** A row of the index. What only some questions need is made when one asks for it: texts for thousands of rows cost more than an answer. */
class ListedMiniapp implements RowData {
  readonly row: ListRow;
  readonly index: number;
  readonly type: string;
  readonly category: string;
  readonly states: readonly string[];
  readonly apps: readonly string[];
  #search: string | undefined;
  constructor(row: ListRow, index: number) {
    this.row = row;
    this.index = index;
    this.type = row.type;
    this.category = row.category;
    this.states = row.states;
    this.apps = row.apps;
  }
  get search(): string {
    return (this.#search ??= searchText(this.row));
  }
}

const total = Number(table.dataset['total']);
/** As many rows stand on a page. */
const size = body.rows.length;

async function fetchedRows(): Promise<ListedMiniapp[]> {
  const answer = await fetch(table.dataset['index']!);
  return unpackRows((await answer.json()) as PackedRows).map((row, index) => new ListedMiniapp(row, index));
}

let rows: ListedMiniapp[] | undefined;
let fetching: Promise<void> | undefined;
/** What the list can be asked for, beside its order; where no miniapp has a category, none is asked for. */
const FILTERS = ['q', 'type', 'category', 'state', 'app'] as const;
const control = (name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null;
keepChosen(form, '');
let query: ListQuery = parseQuery(location.search);
/** Of what answers the query, from 0. */
let part = 0;

function show(): void {
  for (const header of table.tHead!.rows[0]!.cells) {
    if (query.sort?.column !== header.cellIndex) header.removeAttribute('aria-sort');
    else header.setAttribute('aria-sort', query.sort.descending ? 'descending' : 'ascending');
  }
  if (rows) showRows(rows);
  else if (queryString(query) === '')
    status.textContent = fill(words.shown, { shown: counted(size), count: counted(total) });
  else fetching ??= fetchRows();
}

async function fetchRows(): Promise<void> {
  try {
    rows = await fetchedRows();
  } catch {
    // Who has only reached for the filters asked for nothing yet.
    if (queryString(query) !== '') status.textContent = words.failed;
    fetching = undefined;
    return;
  }
  if (queryString(query) !== '') show();
  prepareOrders(rows);
}

const fetchAhead = (): void => {
  if (!rows) fetching ??= fetchRows();
};

/** Of more, whoever only looks at the list would load a megabyte. */
const MOST_AHEAD = 20_000;

/** Nobody waits for the rows who filters: they come once the page is there and nothing else is to be done; where data is dear, to whoever reaches for the filters. */
const { connection } = navigator as { readonly connection?: { readonly saveData: boolean } };
if (connection?.saveData !== true && total <= MOST_AHEAD) {
  if (document.readyState === 'complete') whenIdle(fetchAhead);
  else addEventListener('load', () => whenIdle(fetchAhead), { once: true });
}
for (const place of [form, table.tHead!])
  for (const event of ['focusin', 'pointerenter'] as const) place.addEventListener(event, fetchAhead, { once: true });

const places = new Map<number, readonly number[]>();

/** Where each row stands in the order of a column, worked out once. */
function placesIn(all: readonly ListedMiniapp[], column: number): readonly number[] {
  let known = places.get(column);
  if (!known) {
    const keyOf = SORT_KEYS[column] ?? (() => '');
    const keys = all.map(({ row }) => keyOf(row));
    places.set(column, (known = placesOf(keys, document.documentElement.lang)));
  }
  return known;
}

/** The orders of all columns, one at a time and while nothing else is to be done: whoever sorts does not wait for them. */
function prepareOrders(all: readonly ListedMiniapp[], column = 0): void {
  if (column === table.tHead!.rows[0]!.cells.length) return;
  whenIdle(() => {
    placesIn(all, column);
    prepareOrders(all, column + 1);
  });
}

function whenIdle(act: () => void): void {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act);
  else setTimeout(act, 50);
}

function showRows(all: readonly ListedMiniapp[]): void {
  const found = all.filter(matcherOf(query));
  const { sort } = query;
  const sorted = sort ? sortRows(found, ({ index }) => placesIn(all, sort.column)[index]!, sort.descending) : found;
  const first = part * size;
  showPart(sorted.slice(first, first + size));
  status.textContent = fill(words.shown, { shown: counted(found.length), count: counted(total) });
  table.hidden = found.length === 0;
  empty.hidden = found.length !== 0;
  showParts(Math.ceil(found.length / size));
}

/** As many rows fill a screen. */
const AT_ONCE = 25;
/** Counts what was asked: the rest of an answer has no place in the next one. */
let answers = 0;

/** Those that fill the screen at once, the rest when that stands there; all of them where the page is scrolled, as it would jump. */
function showPart(own: readonly ListedMiniapp[]): void {
  const elements = (some: readonly ListedMiniapp[]) =>
    some.map(({ row }) => rowElement(row, table.dataset['home']!, table.dataset['index']!));
  const most = scrollY > 0 ? own.length : AT_ONCE;
  body.replaceChildren(...elements(own.slice(0, most)));
  const answer = ++answers;
  const rest = own.slice(most);
  if (rest.length === 0) return;
  requestAnimationFrame(() => setTimeout(() => answer === answers && body.append(...elements(rest))));
}

/** The way through what answers the query. */
function showParts(parts: number): void {
  const go = (label: string, to: number) => {
    const button = el('button', 'secondary', label);
    button.type = 'button';
    button.disabled = to < 0 || to >= parts;
    button.addEventListener('click', () => {
      part = to;
      show();
      table.scrollIntoView();
    });
    return button;
  };
  const where = el('span', 'quiet', fill(words.part, { part: part + 1, parts }));
  pager.replaceChildren(
    ...(parts > 1 ? [el('div', 'buttons', go(words.previous, part - 1), where, go(words.next, part + 1))] : []),
  );
}

function change(next: Partial<ListQuery>): void {
  query = { ...query, ...next };
  part = 0;
  history.replaceState(null, '', `${location.pathname}${queryString(query)}`);
  show();
}

function setControl(name: string, value: string): void {
  const field = control(name);
  if (field) field.value = value;
}

function fillForm(): void {
  for (const name of FILTERS) setControl(name, query[name]);
  setControl('sort', sortText(query.sort));
}

const allFilters = (value: (name: string) => string) =>
  Object.fromEntries(FILTERS.map((name) => [name, value(name)])) as Record<(typeof FILTERS)[number], string>;

form.addEventListener('input', () => {
  const value = (name: string) => control(name)?.value ?? '';
  const { sort } = parseQuery(`?sort=${value('sort')}`);
  change({ ...allFilters(value), sort });
});
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', (event) => {
  event.preventDefault();
  change(allFilters(() => ''));
  fillForm();
  control('q')?.focus();
});
for (const header of table.tHead!.rows[0]!.cells) {
  const button = header.querySelector('button');
  button?.addEventListener('click', () => {
    const isSame = query.sort?.column === header.cellIndex;
    change({ sort: { column: header.cellIndex, descending: isSame && !query.sort!.descending } });
    setControl('sort', sortText(query.sort));
  });
}
addEventListener('popstate', () => {
  const next = parseQuery(location.search);
  if (queryString(next) === queryString(query)) return;
  [query, part] = [next, 0];
  fillForm();
  show();
});

fillForm();
show();
