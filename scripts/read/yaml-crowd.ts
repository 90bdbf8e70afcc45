/** Lists and maps with more entries than any file needs. */
import { EVENT_ID, type Event } from 'js-yaml';

/** Entries of one list or map: twice what any file kind may have, so that the schema's own limits still speak. */
export const ENTRY_LIMIT = 10_000;

/** The first list or map with more entries than any may have; each would be a problem of its own. */
export function crowdedCollection(events: readonly Event[]): { event: Event; entries: number } | undefined {
  if (events.length <= ENTRY_LIMIT) return undefined;
  const open: { event: Event; nodes: number }[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (!closed) continue;
      const entries = closed.event.type === EVENT_ID.MAPPING ? closed.nodes / 2 : closed.nodes;
      if (entries > ENTRY_LIMIT) return { event: closed.event, entries };
      continue;
    }
    const parent = open.at(-1);
    if (parent) parent.nodes += 1;
    const isOpening = event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS;
    if (isOpening) open.push({ event, nodes: 0 });
  }
  return undefined;
}
