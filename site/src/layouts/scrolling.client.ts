/** What scrolls on its own can be scrolled with the keyboard: it takes the focus while there is something to scroll to. */

const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const box = target.closest<HTMLElement>('.scroll')!;
    // Whatever takes the focus inside brings itself into view.
    const isReached = box.querySelector('a[href], button, input, select, summary') !== null;
    if (box.scrollWidth > box.clientWidth && !isReached) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
});
for (const box of document.querySelectorAll('.scroll')) {
  observer.observe(box);
  if (box.firstElementChild) observer.observe(box.firstElementChild);
}
