import { expect, test } from 'vitest';
import { isAsked, type EventFilter } from './event-filter.ts';

const event = {
  text: 'map gallery: published 1.2.0 · withdrew 1.3.0 mei lin',
  people: ['Mei Lin', 'Jonas Weber'],
  kinds: ['publish', 'withdraw'],
  time: '2026-11-20T23:59:00Z',
};
const ALL: EventFilter = { q: '', who: '', kind: '', from: '', to: '' };

test.each<[string, Partial<EventFilter>, boolean]>([
  ['nothing', {}, true],
  ['words in any order and case', { q: ' 1.2.0  MAP ' }, true],
  ['a word that is not said', { q: 'map 9.9.9' }, false],
  ['who did it', { who: 'Mei Lin' }, true],
  ['who approved it', { who: 'Jonas Weber' }, true],
  ['a part of a name', { who: 'Mei' }, false],
  ['its second step', { kind: 'withdraw' }, true],
  ['another step', { kind: 'draw' }, false],
  ['its own day alone', { from: '2026-11-20', to: '2026-11-20' }, true],
  ['from the day after', { from: '2026-11-21' }, false],
  ['to the day before', { to: '2026-11-19' }, false],
  ['all of it', { q: 'map', who: 'Mei Lin', kind: 'publish', from: '2026-11-01', to: '2026-11-30' }, true],
])('%s', (_what, filter, isShown) => expect(isAsked(event, { ...ALL, ...filter })).toBe(isShown));
