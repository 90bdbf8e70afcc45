/** Filters of the history, kept in the address: of the events that stand on the page. */
import { counted } from '../../lib/count.client.ts';
import { fill } from '#core/problems/fill.ts';
import { followAddress, keepChosen, keepInAddress } from '../../lib/address.client.ts';
import { byId } from '../../lib/dom.client.ts';
import { findingWords } from '../../lib/finding-words.client.ts';
import { EVENT_FILTERS, isAsked, type EventFilter, type FilteredEvent } from './event-filter.ts';

const form = byId<HTMLFormElement>('history-filters');
const status = byId('history-shown');
const { list: words } = findingWords();

const events = [...document.querySelectorAll<HTMLElement>('.events > .event')].map((element) => {
  const said = (part: string) => element.querySelector(part)?.textContent ?? '';
  const event: FilteredEvent = {
    text: ['.what', '.reason-given', '.who-when'].map(said).join(' ').toLowerCase(),
    people: [...element.querySelectorAll('.who-when > b, .who-when > span > span')].map((one) => one.textContent),
    kinds: (element.dataset['kind'] ?? '').split(' '),
    time: element.querySelector('time')?.dateTime ?? '',
  };
  return { element, event };
});

function show(): void {
  const filter = Object.fromEntries(new FormData(form)) as unknown as EventFilter;
  let shown = 0;
  for (const { element, event } of events) {
    element.hidden = !isAsked(event, filter);
    if (!element.hidden) shown += 1;
  }
  status.textContent = fill(words.shown, { shown: counted(shown), count: counted(events.length) });
  keepInAddress('', { ...filter });
}

form.addEventListener('input', show);
form.addEventListener('submit', (event) => event.preventDefault());
// The fields are emptied after the event.
form.addEventListener('reset', () => setTimeout(show));
keepChosen(form, '');
followAddress(form, '', EVENT_FILTERS, show);
