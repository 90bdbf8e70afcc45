/** What was read of miniapps, kept for the next command: what is dropped of it. */
import { beforeEach, expect, test } from 'vitest';
import { ReadingPlace, type KeptReading } from './readings.ts';

const texts = new Map<string, string>();
const store = {
  get: (name: string) => texts.get(name),
  put: (name: string, text: string) => void texts.set(name, text),
};
beforeEach(() => texts.clear());

const place = (code: string) => new ReadingPlace(store, 'read', '/platform/config', code);
const kept = (...ids: string[]): Map<string, KeptReading> =>
  new Map(
    ids.map((id) => {
      const miniapp = { id, versions: new Map(), reports: new Map() } as unknown as KeptReading['reading']['miniapp'];
      return [id, { content: `content of ${id}`, reading: { miniapp, files: [], texts: '' } }];
    }),
  );

test('what holds something else by now is dropped, and nothing else', () => {
  place('this code').write(kept('one', 'other'), new Map());
  place('this code').dropStale(['one', 'other'], (id) => (id === 'one' ? 'new content' : `content of ${id}`));
  expect([...place('this code').read().keys()]).toEqual(['other']);
});

test.each([
  ['rows of another form', { rows: [['content of one', 'of another form']] }],
  ['no rows', { rows: undefined, others: 'of another form' }],
])('of another code all is dropped, whatever form it has: %s', (_, form) => {
  place('former code').write(kept('one'), new Map());
  for (const [name, text] of texts) texts.set(name, JSON.stringify({ ...(JSON.parse(text) as object), ...form }));
  place('this code').dropStale(['one'], () => 'content of one');
  expect([...texts.values()].filter((text) => text.includes('of another form'))).toEqual([]);
  expect([...place('this code').read()]).toEqual([]);
});
