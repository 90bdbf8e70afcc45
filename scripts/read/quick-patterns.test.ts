/** Patterns with classes of Unicode have a quick form for texts of ASCII and Chinese characters; it answers as the whole one does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const code = readFileSync(join(import.meta.dirname, 'validators.generated.mjs'), 'utf8');
const pairs = [...code.matchAll(/pattern\(("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*")\)/g)].map(
  ([, ascii, whole]) => [JSON.parse(whole!) as string, JSON.parse(ascii!) as string] as const,
);

describe('a pattern with classes of Unicode', () => {
  test('is found in the validators, each with its quick form', () => {
    expect(pairs.length).toBeGreaterThan(3);
    expect(code.match(/new RegExp\("(?:[^"\\]|\\.)*\\\\p\{/g)).toBeNull();
  });

  test.each(pairs)('%s takes the same texts of ASCII and Chinese characters', (whole, ascii) => {
    const [slow, quick] = [new RegExp(whole, 'u'), new RegExp(ascii, 'u')];
    const differs = (text: string) => quick.test(text) !== slow.test(text);
    const characters = Array.from({ length: 128 }, (_, at) => String.fromCharCode(at));
    const short = ['', ...characters, ...characters.flatMap((one) => characters.map((two) => one + two))];
    expect(short.filter(differs)).toEqual([]);
    const ideographs = Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, at) => String.fromCharCode(0x4e00 + at));
    expect(ideographs.filter((one) => differs(one) || differs(`a${one}`) || differs(` ${one}.`))).toEqual([]);
    const text = fc.string({ unit: fc.constantFrom(...characters, ...ideographs.slice(0, 40)) });
    fc.assert(
      fc.property(text, (one) => void expect([one, differs(one)]).toEqual([one, false])),
      { numRuns: 2000 },
    );
  });
});
