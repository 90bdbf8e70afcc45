/** Pages of a list are parts of one view: a page that makes the view of everything makes a build take the square of the list. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const PAGES = join(import.meta.dirname, 'pages');
const files = readdirSync(PAGES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:astro|ts)$/.test(name));
/** What goes through all miniapps or people; `data.ts` makes each once a language. */
const WHOLE = /\b(?:reviews|reviewTimes|listRows|sheetRows|peopleViews|appViews)\(/;

test('no page makes the view of a whole list', () => {
  expect(files.length).toBeGreaterThan(15);
  const own = files.filter((name) => !name.endsWith('.test.ts'));
  expect(own.filter((name) => WHOLE.test(readFileSync(join(PAGES, name), 'utf8')))).toEqual([]);
  const data = readFileSync(join(import.meta.dirname, 'data.ts'), 'utf8');
  expect(data.match(new RegExp(WHOLE, 'g'))).toHaveLength(6);
});
