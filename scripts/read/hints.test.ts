/** Hints do what they say when they are followed, and nothing is said twice. */
import fc from 'fast-check';
import { describe as group, expect, test } from 'vitest';
import { parse } from 'yaml';
import { describe } from '../core/problems/messages.ts';
import { changed, read, refused, validText } from '../fixtures/schema-cases.ts';
import { fixtureFiles } from '../fixtures/workspace.ts';
import { load } from './load.ts';
import { misreadNumbers } from './number-form.ts';
import { memorySource } from './source.ts';
import { schemas, type JsonSchema } from './schema-files.ts';
import { yamlFlow, yamlScalar } from './yaml-flow.ts';
import { plainValue } from './yaml-scalar.ts';
import { readYaml } from './yaml.ts';

/** Every example of a schema, with where it stands. */
function* examplesIn(schema: unknown, pointer: string): Generator<[string, unknown]> {
  if (typeof schema !== 'object' || schema === null) return;
  const { examples, ...rest } = schema as JsonSchema;
  for (const example of Array.isArray(examples) ? examples : []) yield [pointer, example];
  for (const [key, inner] of Object.entries(rest)) yield* examplesIn(inner, `${pointer}/${key}`);
}
const examples = schemas().flatMap(({ name, schema }) => [...examplesIn(schema, name)]);

/** What this project reads, as plain objects. */
const readHere = (text: string): unknown => {
  const { value, problems } = readYaml('f.yaml', new TextEncoder().encode(text));
  expect(problems, text).toEqual([]);
  return JSON.parse(JSON.stringify(value));
};

group('a value on one line', () => {
  const odd = [
    ...[
      '',
      ' ',
      'no',
      'null',
      '~',
      '1.10',
      '010',
      '2',
      '+49',
      '#a',
      'a #b',
      'a: b',
      'a:',
      "it's",
      '[x]',
      '{scheme}',
      '@',
    ],
    ...[
      '- a',
      '---',
      '...',
      'a\nb',
      '\u0007',
      '"',
      '智能生活',
      '&a',
      '*a',
      '!a',
      '%a',
      '|',
      '>',
      '.5',
      '<<',
      'a, b',
      '=',
      '?',
    ],
  ];

  test('is read as what it was, from every example of every schema', () => {
    expect(examples.length).toBeGreaterThan(100);
    for (const [pointer, example] of examples) {
      const text = `field: ${yamlFlow(example)}\n`;
      expect(readHere(text), `${pointer} ${text}`).toEqual({ field: example });
      expect(parse(text), `${pointer} ${text}`).toEqual({ field: example });
    }
  });

  test.each(odd)('is read as what it was: %j', (word) => {
    const value = { field: word, list: [word, { inner: word }] };
    const text = `field: ${yamlScalar(word)}\nlist: ${yamlFlow(value.list)}\n`;
    expect(readHere(text)).toEqual(value);
    expect(parse(text)).toEqual(value);
  });

  test('has a space after every colon and inside braces', () => {
    expect(yamlFlow({ en: 'Miniapp platform', zh: '小程序平台' })).toBe('{ en: Miniapp platform, zh: 小程序平台 }');
    expect(yamlFlow([{ app: 'smart-life', regions: ['EU'] }])).toBe('[{ app: smart-life, regions: [EU] }]');
    expect(yamlFlow(['a, b', 5, true])).toBe("['a, b', 5, true]");
  });
});

/** The only problem of a text of a kind, in words. */
function said(kind: string, text: string): string {
  const { problems } = read(kind, text);
  expect(problems.map(({ code }) => code)).toHaveLength(1);
  const { message, hint } = describe(problems[0]!);
  return `${message} | ${hint}`;
}
const whitelist = (row: string): string => `whitelist:\n  - { app: smart-life, ${row} }\n`;

group('what is said', () => {
  const kinds = schemas()
    .map(({ name }) => name)
    .filter((name) => name !== 'defs');

  test.each(kinds)('of every refusal of kind %s is whole, in both languages', (kind) => {
    for (const change of refused(kind)) {
      for (const problem of read(kind, changed(kind, change)).problems) {
        for (const language of ['en', 'zh'] as const) {
          const { message, hint } = describe(problem, language);
          const all = `${message} | ${hint}`;
          expect(all, change.why).not.toMatch(/for example (?:null)?$|例如 $|fewer than 1 |which is an? (?:list|map)/);
          expect(all, change.why).not.toMatch(/\{(?:next|actualType|example|canonical)\}/);
          expect(hint, change.why).not.toMatch(/^(?:write-canonical|for-example)$/);
        }
      }
    }
  });

  test.each([
    ['trafficking', '- a\n', 'the file is a list; it must be a map | '],
    ['trafficking', 'trafficking: { app: a }\n', 'trafficking is a map; it must be a list | One row an app'],
    [
      'release',
      'online: { version: 1.10, enabled: true }\n',
      `online.version is "1.10", a number; it must be a text | Write it in quotes: '1.10'`,
    ],
    [
      'app',
      changed('app', { set: { regions: [] } }),
      'regions is empty | The regions that the app serves, for example [AY, EU]',
    ],
    [
      'whitelist',
      whitelist('account: qa@example.com, expires: soon'),
      'expires is "soon"; expected: A date YYYY-MM-DD',
    ],
    ['whitelist', whitelist('account: QA@Example.com'), '| Write qa@example.com'],
    ['whitelist', whitelist("account: '0049 170 1234567'"), "| Write '+491701234567'"],
    ['whitelist', whitelist("account: '00491701234567'"), "| Write '+491701234567'"],
    ['release', 'previous: [01.2.03]\n', '| Write 1.2.3'],
    [
      'version',
      changed('version', { set: { uploadedBy: 'al ice' } }),
      'A GitHub login: letters, digits and single hyphens, at most 39 | For example alice',
    ],
  ])('of a file of kind %s: %j', (kind, text, expected) => expect(said(kind, text)).toContain(expected));

  test('of a control character is one thing', () => {
    expect(said('app', changed('app', { set: { 'name/en': '\u0007' } }))).toContain('without control');
  });

  test('of __proto__ does not send anybody into quotes', () => {
    for (const key of ['__proto__', '"__proto__"']) {
      expect(said('app', `${validText('app')}${key}: a\n`)).toMatch(/another name/);
    }
  });
});

group('a number', () => {
  const withMinutes = (number: string): string =>
    `${validText('platform').replace(/afterMinutes: [0-9]+/, `afterMinutes: ${number}`)}`;

  test.each([
    ['010', '10'],
    ['0o17', '15'],
    ['0x1', '1'],
    ['1e3', '1000'],
    ['+5', '5'],
    ['01000', '1000'],
    ['5.', '5'],
    ['5.0e0', '5'],
  ])('written as %s is refused', (number, value) => {
    expect(withMinutes(number)).toContain(number);
    expect(said('platform', withMinutes(number))).toMatch(
      new RegExp(`^review.automatic.afterMinutes is .* \\| Write ${value}$`),
    );
  });

  test.each(['10', '1', '1000', '5.0'])('written as %s is accepted', (number) => {
    expect(read('platform', withMinutes(number)).problems).toEqual([]);
  });

  test('in any spelling but plain digits is found', () => {
    const spelling = fc
      .string({ unit: fc.constantFrom(...'+-.0123456789eExoaf'), minLength: 1, maxLength: 6 })
      .filter((text) => Number.isFinite(plainValue(text)));
    const isDecimal = (text: string) => /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(text);
    fc.assert(
      fc.property(spelling, fc.constantFrom('a: # \n', '{a: #}\n', '{ "a":#}\n', 'a:\n  #\n'), (text, frame) => {
        const { value, text: whole, hasOddNumber } = readYaml('f.yaml', Buffer.from(frame.replace('#', text)));
        expect(hasOddNumber).toBe(!isDecimal(text));
        expect(misreadNumbers('f.yaml', value, whole)).toHaveLength(isDecimal(text) ? 0 : 1);
      }),
      { examples: ['010', '0o17', '0x1F', '1e3', '+5', '5.', '.5', '-.5', '-01'].map((text) => [text, 'a: # \n']) },
    );
  });

  test('with a fraction is accepted where one may stand', () => {
    const text = validText('report');
    expect(text).toMatch(/: [0-9]+\.[0-9]+/);
    expect(read('report', text).problems).toEqual([]);
  });

  test('out of bounds, of no place or where a text belongs is one problem', () => {
    expect(read('platform', withMinutes('0x7fffffff')).problems.map(({ code }) => code)).toEqual(['field-limit']);
    expect(read('app', `${validText('app')}colour: 010\n`).problems.map(({ code }) => code)).toEqual(['field-unknown']);
    expect(read('whitelist', whitelist('account: 010')).problems.map(({ code }) => code)).toEqual(['field-type']);
  });
});

test.each([
  'https://bob:hidden@example.com/x.git',
  'https://hidden@example.com/x.git',
  'HTTP://hidden@example.com/x.git',
  'ssh://bob:hidden@example.com/x.git',
])('an address with a password or token is refused, and what says so does not tell it: %s', (remote) => {
  const files = fixtureFiles();
  const text = `${files['platform.yaml']}packages: { git: { remote: "${remote}" } }\n`;
  const { problems } = load(memorySource({ ...files, 'platform.yaml': text }));
  expect(problems.map(({ code }) => code)).toEqual(['field-pattern']);
  expect(JSON.stringify([problems, problems.map((one) => describe(one))])).not.toContain('hidden');
});

test.each(['ssh://git@example.com/x.git', 'git@example.com:x.git', 'https://example.com/x.git', '/srv/x.git'])(
  'an address without any is taken: %s',
  (remote) => {
    const files = fixtureFiles();
    const text = `${files['platform.yaml']}packages: { git: { remote: "${remote}" } }\n`;
    expect(load(memorySource({ ...files, 'platform.yaml': text })).problems).toEqual([]);
  },
);
