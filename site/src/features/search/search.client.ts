/** The search page: the index is fetched when somebody searches, and the question stays in the address. */
import { counted } from '../../lib/count.client.ts';
import { fill } from '#core/problems/fill.ts';
import { FOUND_KINDS, type FoundKind } from './row.ts';
import { followAddress, keepChosen, keepInAddress } from '../../lib/address.client.ts';
import { byId, el } from '../../lib/dom.client.ts';
import { findingWords } from '../../lib/finding-words.client.ts';
import type { Finder, Found } from './found.ts';
import { loadFinder } from './index.client.ts';

const form = byId<HTMLFormElement>('search-form');
const status = byId('found');
const list = byId('results');
const examples = byId('search-examples');
const { search: words } = findingWords();
const { index = '', home = '' } = form.dataset;
const control = (name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;

let isLoaded = false;

/** Questions are answered in their order: an answer to an earlier one is not shown. */
let asked = 0;

async function show(): Promise<void> {
  const query = control('q').value.trim();
  const given = control('kind').value;
  const kind = FOUND_KINDS.find((one) => one === given) ?? '';
  const own = (asked += 1);
  examples.hidden = query !== '';
  if (query === '') {
    status.textContent = words.hint;
    list.replaceChildren();
    return;
  }
  if (!isLoaded) status.textContent = words.loading;
  try {
    const finder = await loadFinder(index);
    isLoaded = true;
    if (own === asked) tell(finder, query, kind);
  } catch {
    if (own === asked) status.textContent = words.failed;
  }
}

function tell(finder: Finder, query: string, kind: FoundKind | ''): void {
  const { found, count } = finder.find(query, kind);
  status.textContent = fill(count > found.length ? words.foundFirst : words.foundAll, {
    shown: counted(found.length),
    count: counted(count),
  });
  list.replaceChildren(...found.map(entry));
}

function entry({ kind, id, title, text, path, inside }: Found): HTMLElement {
  const link = el('a', '', title);
  link.href = home + path;
  const head = el('p', 'found-head', link, ' ', el('span', 'badge', words.kinds[kind]), ' ', el('small', '', id));
  const item = el('li', 'card', head);
  if (text !== '') item.append(el('p', 'quiet found-text', text));
  if (inside.length > 0) {
    const links = inside.map(({ label, path: own }) => {
      const one = el('a', '', label);
      one.href = home + own;
      return one;
    });
    item.append(el('p', 'found-inside', ...links));
  }
  return item;
}

keepChosen(form, '');
form.addEventListener('input', () => {
  keepInAddress('', { q: control('q').value, kind: control('kind').value });
  void show();
});
form.addEventListener('submit', (event) => event.preventDefault());
followAddress(form, '', ['q', 'kind'], () => void show());
control('q').focus();
