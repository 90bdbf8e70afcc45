/** Lists and maps with more entries than any file needs. */
import { EVENT_ID, type Event } from 'js-yaml';

/** Entries of one list or map: twice what any file kind may have, so that the schema's own limits still speak. */
export const ENTRY_LIMIT = 10_000;

/** Values and keys of one file: a third more than a month's report with the most rows has, which is 95,000. */
const NODE_LIMIT = 130_000;

export interface Crowd {
  readonly event: Event;
  readonly entries: number;
  readonly limit: number;
}

/** The file, or the first list or map of it, with more than it may have; each entry could be a problem of its own. */
export function crowdedCollection(events: readonly Event[]): Crowd | undefined {
  if (events.length <= ENTRY_LIMIT) return undefined;
  if (events.length > NODE_LIMIT) return { event: events[1]!, entries: events.length, limit: NODE_LIMIT };
  const open: { event: Event; nodes: number }[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (!closed) continue;
      const entries = closed.event.type === EVENT_ID.MAPPING ? closed.nodes / 2 : closed.nodes;
      if (entries > ENTRY_LIMIT) return { event: closed.event, entries, limit: ENTRY_LIMIT };
      continue;
    }
    const parent = open.at(-1);
    if (parent) parent.nodes += 1;
    const isOpening = event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS;
    if (isOpening) open.push({ event, nodes: 0 });
  }
  return undefined;
}
