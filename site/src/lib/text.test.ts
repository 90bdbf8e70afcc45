/** Texts, figures and times as pages show them. */
import { describe, expect, test } from 'vitest';
import { fill, messages } from '#core/problems/messages.ts';
import { rules } from '../features/rules/view-model.ts';
import { symptoms } from '../features/symptoms/view-model.ts';
import { count } from './format.ts';
import { endText, inBrackets, localized, minute, percentOf, pieces, size } from './text.ts';
import { RESOLUTION_EXAMPLE } from '../features/rules/examples.ts';

describe('texts', () => {
  test.each([
    [{ en: 'Light', zh: '灯' }, 'zh', '灯'],
    [{ en: 'Light', 'zh-Hans': '灯' }, 'zh', '灯'],
    [{ de: 'Licht', fr: 'Lumière' }, 'zh', 'Licht'],
    [{ fr: 'Lumière' }, 'en', 'Lumière'],
    ['Same', 'zh', 'Same'],
    [undefined, 'en', ''],
  ] as const)('%j in %s is %s', (text, language, expected) => expect(localized(text, language, ['de'])).toBe(expected));

  test('figures and times', () => {
    expect([size(12), size(2048), size(2_211_219)]).toEqual(['12 B', '2.0 KB', '2.1 MB']);
    expect(minute('2026-11-20T08:00:59Z')).toBe('2026-11-20 08:00 UTC');
    expect([endText('2026-12-01'), endText('2026-12-01T09:30:00Z')]).toEqual(['2026-12-01', '2026-12-01 09:30 UTC']);
    expect(`Rollout${inBrackets(percentOf(10.25, 'en'), 'en')}`).toBe('Rollout (10.25 %)');
    expect(`灰度发布${inBrackets(percentOf(10.25, 'zh'), 'zh')}`).toBe('灰度发布（10.25%）');
    expect(count(1234567, 'en')).toBe('1,234,567');
    for (const figure of [0, 7, 999, 1000, 0.5, -3])
      expect(count(figure, 'en')).toBe(new Intl.NumberFormat('en').format(figure));
  });

  test('sentences come apart and together again', () => {
    const all = [...Object.values(messages.en.fixes), ...Object.values(messages.zh.outcomes).map((o) => o.message)];
    for (const sentence of all) {
      const whole = pieces(sentence, RESOLUTION_EXAMPLE).map(({ text }) => text);
      expect(whole.join('')).toBe(fill(sentence, RESOLUTION_EXAMPLE));
    }
    expect(pieces('no {kind} here', { kind: 'app' })).toContainEqual({ text: 'app', isArgument: true });
  });

  test.each(['en', 'zh'] as const)(
    'every sentence of rules and symptoms has an example of all that it leaves open (%s)',
    (language) => {
      const rows = Object.values(rules(language)).flat();
      const said = [
        ...rows.flatMap(({ message, hint, example }) => [fill(message, example), fill(hint, example)]),
        ...symptoms(language, true).flatMap(({ message, otherMessage, cause, cures }) =>
          [message, otherMessage, cause, ...cures].map((sentence) => fill(sentence, RESOLUTION_EXAMPLE)),
        ),
      ];
      expect(said.length).toBeGreaterThan(300);
      // Some explain a template, whose variables stand in braces.
      expect(said.filter((sentence) => /\{(?!(?:url|scheme)\})\w+\}/.test(sentence))).toEqual([]);
    },
  );
});
