/** Keys of every page: `/` leads to the search, or into its field; Ctrl+K opens the palette, whose script is loaded then. */

/** Whether what is typed there is a text. */
const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    void import('../features/palette/palette.client.ts').then(({ toggle }) => toggle());
    return;
  }
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  event.preventDefault();
  const field = document.querySelector<HTMLInputElement>('#search-form [name=q]');
  if (field) field.focus();
  else document.querySelector<HTMLAnchorElement>('.find')?.click();
});
