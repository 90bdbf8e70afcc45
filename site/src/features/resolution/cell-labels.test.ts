import { expect, test } from 'vitest';
import { AUDIENCES } from '#core/resolution/resolution-table.ts';
import { languages, words } from '../../i18n/index.ts';
import { cellLabels } from './cell-labels.ts';
import { cellId } from './cells.ts';

test('every kind of cell has one rule a language, which its address picks and no other', () => {
  const rules = [
    ...cellLabels().matchAll(/:lang\(([\w-]+)\) \.resolution td\[id\$='([^']+)'\]::before\{content:"([^"]+)"\}/g),
  ];
  for (const language of languages) {
    const { htmlLang, audiences, entries } = words[language];
    for (const audience of AUDIENCES)
      for (const entry of ['link', 'experience'] as const) {
        const id = cellId('link', 'experience', audience, entry);
        const own = rules.filter(([, lang, end]) => lang === htmlLang && id.endsWith(end!));
        expect(own.map(([, , , text]) => text)).toEqual([`${audiences[audience]} · ${entries[entry]}`]);
      }
  }
  expect(rules).toHaveLength(languages.length * AUDIENCES.length * 2);
});
