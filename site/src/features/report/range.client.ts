/** Which days the charts show: all, or the newest alone; kept in the address. Loaded when somebody chooses. */
import { followAddress, keepChosen, keepInAddress } from '../../lib/address.client.ts';

/** Of what is asked of the charts, in the address. */
const PREFIX = 'report.';

/** The newest days of so many, as a part of a plot that is stretched until they fill it. Pure. */
export const windowOf = (shown: number, count: number): { readonly x: number; readonly width: number } => ({
  x: (-100 * (count - shown)) / shown,
  width: (100 * count) / shown,
});

/** The names of days below a plot. */
const TICKS = '.days > text:not(.release, .name)';
/** As many days are named below a chart. */
const NAMED_DAYS = 4;

/** The values of fewer days may be lower: then the marks are drawn taller, from the ground up, beside values of their own. */
function fitValues(figure: HTMLElement, isAll: boolean): void {
  const [ofAll, ofFew] = figure.querySelectorAll<SVGGElement>('.values');
  if (!ofFew) return;
  ofAll!.toggleAttribute('hidden', !isAll);
  ofFew.toggleAttribute('hidden', isAll);
  const marks = figure.querySelector<SVGGElement>('.marks')!;
  const [height, taller] = [Number(marks.dataset['height']), Number(ofFew.dataset['taller'])];
  marks.setAttribute('transform', isAll ? '' : `translate(0 ${height * (1 - taller)}) scale(1 ${taller})`);
}

/** Shows the newest days alone: the plot is stretched, its days are named anew, and the legend counts them. */
function showNewest(figure: HTMLElement, shown: number): void {
  const days = [...figure.querySelectorAll<SVGRectElement>('.day')];
  const plot = figure.querySelector('.days')!;
  const { x, width } = windowOf(shown, days.length);
  const isAll = shown === days.length;
  plot.setAttribute('x', `${x}%`);
  plot.setAttribute('width', `${width}%`);
  fitValues(figure, isAll);
  figure.querySelector('.window')!.setAttribute('overflow', isAll ? 'visible' : 'hidden');
  for (const tick of figure.querySelectorAll<SVGTextElement>(TICKS)) {
    if (tick.classList.contains('of-few')) tick.remove();
    else tick.toggleAttribute('hidden', !isAll);
  }
  // A release before them is out of sight, and half of its number would not be.
  const from = Number.parseFloat(days[days.length - shown]!.getAttribute('x')!);
  for (const mark of figure.querySelectorAll('.release')) {
    const at = mark.getAttribute('x1') ?? mark.getAttribute('x');
    mark.toggleAttribute('hidden', Number.parseFloat(at!) < from);
  }
  const [named] = figure.querySelectorAll<SVGTextElement>(TICKS);
  const step = Math.ceil(shown / NAMED_DAYS);
  const first = isAll || !named ? days.length : days.length - shown;
  for (let index = first; index < days.length; index += step) {
    const tick = named!.cloneNode() as SVGTextElement;
    tick.removeAttribute('hidden');
    tick.classList.add('of-few');
    const [left, wide] = ['x', 'width'].map((name) => Number.parseFloat(days[index]!.getAttribute(name)!));
    const isFirst = index === first;
    tick.setAttribute('x', `${isFirst ? left : left! + wide! / 2}%`);
    tick.setAttribute('text-anchor', isFirst ? 'start' : 'middle');
    tick.textContent = days[index]!.dataset['day']?.slice(5) ?? '';
    plot.append(tick);
  }
  for (const sum of figure.querySelectorAll<HTMLElement>('[data-days]')) {
    const counts = sum.dataset['days']!.split(' ').slice(-shown).map(Number);
    sum.textContent = counts.reduce((all, one) => all + one, 0).toLocaleString(document.documentElement.lang);
  }
}

interface Chart {
  readonly figure: HTMLElement;
  /** Keeps what is read among so many of the newest days. */
  readonly readAmong: ((shown: number) => void) | undefined;
}

/** Lets the form choose what these charts show. */
export function choose(form: HTMLFormElement, charts: readonly Chart[]): void {
  const asked = (): string => String(new FormData(form).get('days') ?? '');
  const narrow = (): void => {
    for (const { figure, readAmong } of charts) {
      const shown = Math.min(figure.querySelectorAll('.day').length, Number(asked()) || Infinity);
      showNewest(figure, shown);
      readAmong?.(shown);
    }
  };
  const answer = (): void => {
    keepInAddress(PREFIX, { days: asked() });
    narrow();
  };
  keepChosen(form, PREFIX);
  let isFirst = true;
  followAddress(form, PREFIX, ['days'], () => {
    if (asked() !== '' || !isFirst) narrow();
    isFirst = false;
  });
  form.addEventListener('change', answer);
  form.addEventListener('submit', (event) => event.preventDefault());
}
