/** What a list on a phone says of each cell is the head of its column, in the language of the page. */
import { expect, test } from 'vitest';
import { languages, words } from '../i18n/index.ts';
import { headsOf, listLabels, type ListName } from './list-columns.ts';

/** Columns whose cells say by themselves what they are. */
const PLAIN: readonly (readonly [list: ListName, columns: readonly number[]])[] = [
  ['miniapps', [0, 1, 2]],
  ['opens', [0, 1]],
  ['pending', [0]],
  ['reviewed', [0, 2]],
  ['people', [0]],
  ['tasks', [0]],
];

test.each(languages)('every column has its rule, but those that need none (%s)', (language) => {
  const found = [
    ...listLabels().matchAll(/:lang\(([\w-]+)\) \.list\.(\w+) td:nth-child\((\d)\)::before\{content:"([^"]+)"\}/g),
  ];
  const own = found.filter(([, lang]) => lang === words[language].htmlLang);
  const wanted = PLAIN.flatMap(([list, plain]) =>
    headsOf(list, language).flatMap((head, at) => (plain.includes(at) ? [] : [[list, String(at + 1), `${head} `]])),
  );
  expect(own.map(([, , ...rule]) => rule)).toEqual(wanted);
});
