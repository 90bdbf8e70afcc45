/** Lines of a text, as splitting it gives them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineIn, lineStarts } from './lines.ts';

const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', '中'), maxLength: 40 });

test('each begins where splitting says, and is what splitting gives', () => {
  fc.assert(
    fc.property(text, (one) => {
      const lines = one.split('\n');
      const starts = [...lineStarts(one)];
      expect(starts).toHaveLength(lines.length);
      for (const [i, line] of lines.entries()) {
        expect(one.slice(starts[i], starts[i]! + line.length)).toBe(line);
        expect(lineIn(one, i + 1)).toBe(line);
      }
      expect(lineIn(one, lines.length + 1)).toBeUndefined();
      expect(lineStarts(one, { withReturns: true })).toHaveLength(one.split(/\r\n|\n|\r/).length);
    }),
  );
});
