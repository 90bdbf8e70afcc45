/** The list page: search, filters and sorting in the browser, kept in the address. */
import { fill } from '#core/problems/fill.ts';
import { byId, pageWords } from '../../lib/dom.client.ts';
import { matches, parseQuery, queryString, sortRows, type ListQuery, type RowData } from './list-query.ts';

const form = byId<HTMLFormElement>('filters');
const table = byId<HTMLTableElement>('miniapps');
const body = table.tBodies[0]!;
const status = byId('shown');
const empty = byId('no-match');
const { list: words } = pageWords();

interface Row extends RowData {
  readonly element: HTMLTableRowElement;
}

const rows: Row[] = [...body.rows].map((element, index) => {
  const { search = '', type = '', states = '', apps = '' } = element.dataset;
  let keys: string[] | undefined;
  return {
    element,
    index,
    search,
    type,
    states: states.split(' '),
    apps: apps.split(' '),
    /** Read when somebody sorts: reading thousands of cells takes longer than all the rest. */
    get sortKeys() {
      return (keys ??= [...element.cells].map((cell) => cell.dataset['sort'] ?? cell.textContent.trim()));
    },
  };
});

const control = (name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;
let query: ListQuery = parseQuery(location.search);

function show(): void {
  let shown = 0;
  for (const row of rows) {
    const isShown = matches(row, query);
    if (row.element.hidden === isShown) row.element.hidden = !isShown;
    if (isShown) shown += 1;
  }
  if (query.sort)
    body.append(...sortRows(rows, query.sort, document.documentElement.lang).map(({ element }) => element));
  status.textContent = fill(words.shown, { shown, count: rows.length });
  table.hidden = shown === 0;
  empty.hidden = shown !== 0;
  for (const header of table.tHead!.rows[0]!.cells) {
    if (query.sort?.column !== header.cellIndex) header.removeAttribute('aria-sort');
    else header.setAttribute('aria-sort', query.sort.descending ? 'descending' : 'ascending');
  }
}

function change(next: Partial<ListQuery>): void {
  query = { ...query, ...next };
  history.replaceState(null, '', `${location.pathname}${queryString(query)}`);
  show();
}

function fillForm(): void {
  for (const name of ['q', 'type', 'state', 'app'] as const) control(name).value = query[name];
}

form.addEventListener('input', () => {
  const value = (name: string) => control(name).value;
  change({ q: value('q'), type: value('type'), state: value('state'), app: value('app') });
});
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', (event) => {
  event.preventDefault();
  change({ q: '', type: '', state: '', app: '' });
  fillForm();
  control('q').focus();
});
for (const header of table.tHead!.rows[0]!.cells) {
  const button = header.querySelector('button');
  button?.addEventListener('click', () => {
    const isSame = query.sort?.column === header.cellIndex;
    change({ sort: { column: header.cellIndex, descending: isSame && !query.sort!.descending } });
  });
}
addEventListener('popstate', () => {
  query = parseQuery(location.search);
  fillForm();
  show();
});

fillForm();
show();
