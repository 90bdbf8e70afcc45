/** Edits of thousands of places, and of any texts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rewrite } from './yaml.ts';

test('more rows than a file may hold cost no more each than few, and the reader says what is wrong', () => {
  const rows = Array.from({ length: 11_000 }, (_, id) => ({ id }));
  const began = process.cpuUsage().user;
  const after = rewrite('rows:\n  - { id: 0 }\n', { rows });
  expect(process.cpuUsage().user - began).toBeLessThan(20_000_000);
  expect(after.split('\n')).toHaveLength(rows.length + 2);
});

test('from any texts to any texts, and no comment is lost', () => {
  const key = fc.constantFrom(...Array.from({ length: 30 }, (_, i) => `k${i}`));
  const said = fc.constantFrom('a', 'b: c', '# d', "it's", '"', 'on', '{0}', ' x', 'two\nlines', '=1', '中文');
  const texts = fc.dictionary(key, said, { minKeys: 1, noNullPrototype: true });
  fc.assert(
    fc.property(texts, texts, fc.boolean(), (now, wanted, isFlow) => {
      const entries = Object.entries(now).map(([name, text]) => `${name}: ${JSON.stringify(text)}`);
      const lines = entries.map((entry) => `    ${entry} # about ${entry.split(':')[0]}.\n`).join('');
      const before = `strings:\n  en:${isFlow ? ` { ${entries.join(', ')} }\n` : `\n${lines}`}`;
      const after = rewrite(before, { strings: { en: wanted } });
      expect(parse(after)).toEqual({ strings: { en: wanted } });
      if (isFlow) return;
      for (const name of Object.keys(now)) if (wanted[name] === now[name]) expect(after).toContain(`# about ${name}.`);
    }),
  );
});
