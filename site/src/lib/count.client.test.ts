/** What a script counts reads as what the page counts. */
import { expect, test } from 'vitest';
import { words } from '../i18n/index.ts';
import { counted } from './count.client.ts';
import { count } from './format.ts';

test.each(['en', 'zh'] as const)('a count is written alike by pages and scripts (%s)', (language) => {
  for (const figure of [0, 7, 999, 5000, 1_234_567])
    expect(counted(figure, words[language].htmlLang)).toBe(count(figure, language));
  expect(counted(5000, words[language].htmlLang)).toBe('5,000');
});
