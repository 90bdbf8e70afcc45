/** What the events of the history are narrowed to. Pure. */

export const EVENT_FILTERS = ['q', 'who', 'kind', 'from', 'to'] as const;

/** Empty for everything; days as `2026-11-20`, in UTC, both included. */
export type EventFilter = Readonly<Record<(typeof EVENT_FILTERS)[number], string>>;

export interface FilteredEvent {
  /** All that is said of it, in lower case. */
  readonly text: string;
  /** Who did it, and who approved it. */
  readonly people: readonly string[];
  readonly kinds: readonly string[];
  /** UTC, as `2026-11-20T08:00:00Z`. */
  readonly time: string;
}

/** Whether an event is one of those asked for: every word of the search is said of it, and everything else fits. */
export function isAsked({ text, people, kinds, time }: FilteredEvent, filter: EventFilter): boolean {
  const day = time.slice(0, 10);
  return (
    filter.q
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word)) &&
    (filter.who === '' || people.includes(filter.who)) &&
    (filter.kind === '' || kinds.includes(filter.kind)) &&
    (filter.from === '' || day >= filter.from) &&
    (filter.to === '' || day <= filter.to)
  );
}
