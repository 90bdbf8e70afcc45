/** Charts are read day by day: with the arrow keys, with a pointer, with a finger. */
import { el, pageWords } from '../../lib/dom.client.ts';

const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowRight', 1],
  ['ArrowLeft', -1],
  ['PageDown', 7],
  ['PageUp', -7],
  ['Home', -Infinity],
  ['End', Infinity],
]);

/** Where a key leads from a day; undefined for a key that leads nowhere. Pure. */
export function dayAt(key: string, at: number, count: number): number | undefined {
  const step = STEPS.get(key);
  return step === undefined ? undefined : Math.max(0, Math.min(count - 1, at + step));
}

/** Makes a chart readable. The answer keeps the reading among so many of the newest days. */
function readable(figure: HTMLElement, hint: string): ((shown: number) => void) | undefined {
  const reader = figure.querySelector<HTMLElement>('.chart-reader');
  const line = figure.querySelector<HTMLElement>('.reading');
  const chart = reader?.querySelector('svg');
  const days = [...figure.querySelectorAll<SVGRectElement>('.day')];
  if (!reader || !line || !chart || days.length === 0) return undefined;
  const readings = days.map((day) => day.querySelector('title')?.textContent ?? '');
  // What is read stands below; the browser's own little window would cover the chart.
  for (const [index, day] of days.entries()) {
    day.querySelector('title')?.remove();
    day.dataset['day'] = readings[index]!.split(' · ', 1)[0]!;
  }
  let at = days.length - 1;
  let first = 0;
  const show = (next: number): void => {
    days[at]?.classList.remove('is-read');
    at = next;
    days[at]?.classList.add('is-read');
    line.textContent = readings[at] ?? '';
    reader.setAttribute('aria-valuenow', String(at + 1));
    reader.setAttribute('aria-valuetext', readings[at] ?? '');
  };
  const attributes = { role: 'slider', tabindex: '0', 'aria-valuemin': '1', 'aria-valuemax': String(days.length) };
  for (const [name, value] of Object.entries(attributes)) reader.setAttribute(name, value);
  reader.setAttribute('aria-label', `${chart.getAttribute('aria-label')} ${hint}`);
  chart.setAttribute('aria-hidden', 'true');
  line.hidden = false;
  show(at);
  days[at]?.classList.remove('is-read');
  reader.addEventListener('keydown', (event) => {
    const next = dayAt(event.key, at - first, days.length - first);
    if (next === undefined) return;
    event.preventDefault();
    show(first + next);
  });
  reader.addEventListener('focus', () => show(at));
  reader.addEventListener('blur', () => days[at]?.classList.remove('is-read'));
  reader.addEventListener('pointermove', (event) => {
    const over = days.indexOf(event.target as SVGRectElement);
    if (over >= 0 && over !== at) show(over);
  });
  reader.addEventListener('pointerleave', () => {
    if (document.activeElement !== reader) days[at]?.classList.remove('is-read');
  });
  return (shown) => {
    first = days.length - shown;
    reader.setAttribute('aria-valuemin', String(first + 1));
    show(days.length - 1);
    days[at]?.classList.remove('is-read');
  };
}

function start(): void {
  const [newest] = [...document.querySelectorAll<HTMLElement>('.charts')].map((charts) =>
    [...charts.querySelectorAll<HTMLElement>('.chart-figure')].map((figure) => ({
      figure,
      readAmong: readable(figure, charts.dataset['label'] ?? ''),
    })),
  );
  const form = document.querySelector<HTMLFormElement>('form.range');
  if (!form) return;
  // What narrows the charts is loaded when somebody asks for it, here, by the address, or before this script ran.
  const narrow = async (): Promise<void> => {
    // Without a network, or once a newer portal took the place of the one that this page is of, it cannot be fetched.
    const range = await import('./range.client.ts').catch(() => undefined);
    if (range) range.choose(form, newest!);
    else form.append(el('p', 'notice error', pageWords().site.notFetched));
  };
  const isAsked = location.search.includes('report.days=') || form.querySelector(':checked:not([checked])') !== null;
  if (isAsked) void narrow();
  else form.addEventListener('change', () => void narrow(), { once: true });
}

if (typeof document !== 'undefined') start();
