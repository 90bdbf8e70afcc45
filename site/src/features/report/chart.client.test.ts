/** Reading a chart with the keyboard: every day can be reached, and no key leads out of the chart. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayAt } from './chart.client.ts';
import { windowOf } from './range.client.ts';

test('keys go by days, by weeks and to the ends, and never outside', () => {
  expect(['ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'].map((key) => dayAt(key, 10, 50))).toEqual([
    9, 11, 3, 17, 0, 49,
  ]);
  const keys = fc.constantFrom('ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End');
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 400 }), fc.nat(), (key, count, at) => {
      const next = dayAt(key, at % count, count)!;
      expect(next >= 0 && next < count).toBe(true);
    }),
  );
});

test.each(['a', 'Tab', 'Enter', 'toString', '__proto__'])('%s is left to the browser', (key) =>
  expect(dayAt(key, 1, 3)).toBeUndefined(),
);

test('the newest days fill the plot from its left edge to its right one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (count, some) => {
      const shown = 1 + (some % count);
      const { x, width } = windowOf(shown, count);
      const edge = (day: number) => x + (day / count) * width;
      expect(edge(count - shown)).toBeCloseTo(0, 6);
      expect(edge(count)).toBeCloseTo(100, 6);
    }),
  );
});
