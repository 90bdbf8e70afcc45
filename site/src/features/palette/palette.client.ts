/** The palette: everything of the search, and the portal's own pages, without leaving the page. It is loaded when it is first asked for. */
import { counted } from '../../lib/count.client.ts';
import { fill } from '#core/problems/fill.ts';
import { el } from '../../lib/dom.client.ts';
import { findingWords } from '../../lib/finding-words.client.ts';
import type { Finder, Found } from '../search/found.ts';
import { loadFinder } from '../search/index.client.ts';
import { offerOf, type Choice } from './choices.ts';

const { search: t, palette: words } = findingWords();
const find = document.querySelector<HTMLAnchorElement>('.find')!;
const index = find.dataset['index']!;
/** Where the pages of this language are. */
const home = new URL('../', find.href);

const list = el('ul', 'palette-list');
list.id = 'palette-list';
list.role = 'listbox';
list.ariaLabel = words.results;
const input = el('input', '');
Object.assign(input, { type: 'text', autocomplete: 'off', spellcheck: false, placeholder: t.query });
input.role = 'combobox';
input.ariaLabel = words.title;
input.ariaExpanded = 'true';
input.ariaAutoComplete = 'list';
input.setAttribute('aria-controls', list.id);
const status = el('p', 'palette-status quiet');
status.role = 'status';
const palette = el('dialog', 'palette', input, list, status);
palette.ariaLabel = words.title;
document.body.append(palette);

let choices: readonly Choice[] = [];
let chosen = 0;

function choose(at: number): void {
  chosen = at;
  for (const [index_, option] of [...list.children].entries()) option.ariaSelected = String(index_ === at);
  const option = list.children[at];
  if (option) {
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  } else input.removeAttribute('aria-activedescendant');
}

function show(found: readonly Found[], count: number, query: string): void {
  const path = `search/?${new URLSearchParams({ q: query })}`;
  const offer = offerOf(found, count, { kind: 'section', title: words.more, text: '', path });
  choices = offer.choices;
  list.replaceChildren(
    ...choices.map(({ kind, title, text }, at) => {
      const option = el('li', kind ? '' : 'part', el('b', '', title));
      if (kind) option.append(' ', el('span', 'badge', t.kinds[kind]));
      if (text !== '') option.append(' ', el('small', '', text));
      option.id = `palette-${at}`;
      option.role = 'option';
      return option;
    }),
  );
  status.textContent = fill(offer.shown < count ? t.foundFirst : t.foundAll, {
    count: counted(count),
    shown: counted(offer.shown),
  });
  choose(0);
}

/** Questions are answered in their order: an answer to an earlier one is not shown. */
let asked = 0;

async function answer(): Promise<void> {
  const own = (asked += 1);
  let finder: Finder;
  try {
    finder = await loadFinder(index);
  } catch {
    if (own === asked) status.textContent = t.failed;
    return;
  }
  if (own !== asked) return;
  const query = input.value.trim();
  if (query === '') show(finder.all('section'), finder.all('section').length, query);
  else {
    const { found, count } = finder.find(query, '');
    show(found, count, query);
  }
}

function go(at: number, isApart: boolean): void {
  const choice = choices[at];
  if (!choice) return;
  const address = new URL(choice.path, home).href;
  palette.close();
  if (isApart) window.open(address, '_blank', 'noopener');
  else location.assign(address);
}

/** The number of a key that an input method takes: https://www.w3.org/TR/uievents/#determine-keydown-keyup-keyCode */
const COMPOSING = 229;

input.addEventListener('input', () => void answer());
input.addEventListener('keydown', (event) => {
  // A text that is still being composed takes its keys itself; Safari says so of the key that ends it by its number alone.
  if (event.isComposing || event.keyCode === COMPOSING || choices.length === 0) return;
  const last = choices.length - 1;
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: chosen === last ? 0 : chosen + 1,
    ArrowUp: chosen === 0 ? last : chosen - 1,
    PageDown: Math.min(last, chosen + 8),
    PageUp: Math.max(0, chosen - 8),
  };
  const to = moves[event.key];
  if (to !== undefined) choose(to);
  else if (event.key === 'Enter') go(chosen, event.ctrlKey || event.metaKey);
  else return;
  event.preventDefault();
});
// The field keeps the focus: a press on a choice takes it, and nothing else.
list.addEventListener('pointerdown', (event) => event.preventDefault());
list.addEventListener('click', (event) => {
  const option = (event.target as Element).closest('li');
  if (option) go([...list.children].indexOf(option), event.ctrlKey || event.metaKey);
});
// What lies around the dialog is the dialog itself.
palette.addEventListener('click', (event) => {
  if (event.target === palette) palette.close();
});

/** Opens it, or closes it where it is open. */
export function toggle(): void {
  if (palette.open) {
    palette.close();
    return;
  }
  palette.showModal();
  input.select();
  if (choices.length === 0) status.textContent = t.loading;
  void answer();
}
