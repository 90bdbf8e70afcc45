/** Keys of every page: `/` leads to the search, or into its field; Ctrl+K opens the palette, whose script is loaded then. */
import { pageWords } from '../lib/dom.client.ts';

const find = document.querySelector<HTMLAnchorElement>('.find');
find?.setAttribute('aria-keyshortcuts', '/ Control+K Meta+K');
if (find) find.title = pageWords().site.findTitle;

/** Whether what is typed there is a text. */
const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** Leads into the field of the search, or to its page. */
function search(): void {
  const field = document.querySelector<HTMLInputElement>('#search-form [name=q]');
  if (field) field.focus();
  else find?.click();
}

addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    // Where it cannot be fetched (no network, or a newer portal in the place of this one), the page of the search is what is left.
    import('../features/palette/palette.client.ts').then(({ toggle }) => toggle(), search);
    return;
  }
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  event.preventDefault();
  search();
});
