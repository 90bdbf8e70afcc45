/** On a long page: which of its sections is in sight, said by the links to them. */

const links = new Map(
  [...document.querySelectorAll<HTMLAnchorElement>('.sections a')].flatMap((link) => {
    const section = document.getElementById(link.hash.slice(1));
    return section ? [[section, link] as const] : [];
  }),
);
const seen = new Set<Element>();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? 'add' : 'delete'](target);
    // Of a section inside another, the inner one.
    const here = [...links.keys()].findLast((section) => seen.has(section));
    for (const [section, link] of links) {
      if (section !== here) link.removeAttribute('aria-current');
      else if (!link.hasAttribute('aria-current')) {
        link.setAttribute('aria-current', 'true');
        // Sideways alone: the page itself stays where its reader is.
        const bar = link.parentElement!;
        bar.scrollLeft = link.offsetLeft - (bar.clientWidth - link.offsetWidth) / 2;
      }
    }
  },
  { rootMargin: '-25% 0px -60% 0px' },
);
for (const section of links.keys()) observer.observe(section);
