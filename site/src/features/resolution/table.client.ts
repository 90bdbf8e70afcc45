/** Filters of the resolution table, kept in the address, and its print. */
import './places.client.ts';
import { followAddress, keepInAddress } from '../../lib/address.client.ts';
import { FILTERS, isShown, type TableFilter } from './cells.ts';
import { el, pageData, pageWords } from '../../lib/dom.client.ts';

const { resolution: words, audiences, entries, site } = pageWords();
const table = document.querySelector<HTMLTableElement>('table.resolution');
const place = document.getElementById('table-filters');

if (table && place) {
  const bodies = [...table.tBodies];
  const regions = new Map(
    [...table.querySelectorAll<HTMLElement>('[data-region]')].map((one) => [one.dataset['region']!, one.title]),
  );
  const named = new Set([...table.querySelectorAll<HTMLElement>('[data-app]')].map((one) => one.dataset['app']));
  const apps = pageData().apps.flatMap(({ id, name }) => (named.has(id) ? [[id, name] as const] : []));
  const form = el(
    'form',
    'filters',
    select('app', words.app, words.anyApp, apps),
    select('region', words.region, words.anyRegion, [...regions]),
    select('audience', words.audience, words.anyAudience, Object.entries(audiences)),
    select('entry', pageWords().qr.entry, words.anyEntry, Object.entries(entries)),
  );
  form.setAttribute('aria-label', words.filter);
  const print = el('button', 'secondary', site.print);
  print.type = 'button';
  print.addEventListener('click', () => {
    document.documentElement.classList.add('only-resolution');
    window.print();
    document.documentElement.classList.remove('only-resolution');
  });
  form.append(print);
  const empty = el('p', 'notice', words.noMatch);
  empty.hidden = true;
  place.append(form, empty);

  const asked = (): TableFilter => Object.fromEntries(new FormData(form)) as unknown as TableFilter;
  const show = (): void => {
    const { app, region, audience, entry } = asked();
    let shown = 0;
    for (const body of bodies) {
      const names = [...body.querySelectorAll<HTMLElement>('[data-app]')];
      for (const one of names) one.hidden = !isShown(app, one.dataset['app']);
      body.hidden = names.every((one) => one.hidden);
      // One app that is asked for is not behind a fold.
      const fold = body.querySelector<HTMLDetailsElement>('.app details');
      if (fold && app !== '') fold.open = true;
      fold?.querySelector('summary')?.toggleAttribute('hidden', app !== '');
      for (const row of [...body.rows].slice(1)) {
        const own = [...row.querySelectorAll<HTMLElement>('[data-region]')];
        for (const one of own) one.hidden = !isShown(region, one.dataset['region']);
        row.hidden = own.every((one) => one.hidden);
        // "All 7 regions" is not what is shown of one.
        row.querySelector<HTMLElement>('.all')?.toggleAttribute('hidden', region !== '');
        if (!row.hidden && !body.hidden) shown += 1;
      }
      if (![...body.rows].slice(1).some((row) => !row.hidden)) body.hidden = true;
    }
    for (const cell of table.querySelectorAll<HTMLTableCellElement>('[data-audience]')) {
      const isIn = isShown(audience, cell.dataset['audience']) && isShown(entry, cell.dataset['entry']);
      cell.hidden = !isIn;
      if (cell.dataset['entry'] === undefined) cell.colSpan = entry === '' ? 2 : 1;
    }
    empty.hidden = shown > 0;
    table.hidden = shown === 0;
  };
  followAddress(form, '', FILTERS, show);
  form.addEventListener('input', () => {
    show();
    keepInAddress('', { ...asked() });
  });
  form.addEventListener('submit', (event) => event.preventDefault());
}

function select(
  name: string,
  label: string,
  all: string,
  options: readonly (readonly [string, string])[],
): HTMLElement {
  const made = el('select', '', new Option(all, ''), ...options.map(([value, text]) => new Option(text, value)));
  made.name = name;
  return el('label', '', el('span', '', label), made);
}
