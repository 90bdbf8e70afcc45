/**
 * Scripts put forms and answers into a page that is there already. Until the visitor moves, what the address names stays where it was
 * asked for; coming back, the browser itself knows where the visitor was.
 */
// Not by `:target`, which a browser may set later. No id of the portal has a character that an address writes otherwise.
const target = document.getElementById(location.hash.slice(1));
const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];

// A cell of the table of answers opens its reason, and finds its own place.
if (target && navigation?.type === 'navigate' && !target.matches('td')) {
  const stay = new ResizeObserver(() => target.scrollIntoView({ behavior: 'instant' }));
  const stop = () => stay.disconnect();
  stay.observe(document.body);
  for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const)
    addEventListener(event, stop, { once: true, passive: true });
  // By then everything is there.
  setTimeout(stop, 5_000);
}
