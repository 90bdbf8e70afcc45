/** The texts of a miniapp: in from projects and translators, out again, and what is wrong with them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cliHarness } from '../../fixtures/cli-harness.ts';
import { PANEL, SMART } from '../../fixtures/workspace.ts';

const { changes, home, remove, reset, run, runJson, text } = cliHarness('language');
afterAll(remove);
beforeEach(() => reset());

const file = `miniapps/${SMART}/languages.yaml`;
const strings = (id = SMART) => (parse(text(`miniapps/${id}/languages.yaml`)) as { strings: unknown }).strings;
function write(name: string, content: string): void {
  mkdirSync(dirname(join(home, name)), { recursive: true });
  writeFileSync(join(home, name), content);
}
const read = (name: string) => readFileSync(join(home, name), 'utf8');
type Found = { code: string; file: string; line: number; message: string };
const found = async (line: string) => {
  const { code, value } = await runJson(`${line} --actor bob --no-pr`);
  expect(code).toBe(1);
  return (value.problems as Found[]).map((one) => `${one.code} ${one.file}:${one.line}`);
};

describe('import of a project', () => {
  test('adds what is new and leaves the rest letter for letter', async () => {
    write('project/i18n/strings.json', '{"en": {"alarm.title": "Alarm", "alarm.on": "On"}, "zh": {"alarm.on": "开"}}');
    const { code, value } = await runJson(`language import ${SMART} project --actor bob --no-pr`);
    expect({ code, notes: value.notes }).toEqual({ code: 0, notes: ['texts: 2 new'] });
    expect(changes()).toEqual([
      file,
      '-  en: { alarm.title: Alarm, alarm.off: "Off" }',
      '-  zh: { alarm.title: 闹钟, alarm.off: 关 }',
      '+  en: { alarm.title: Alarm, alarm.off: "Off", alarm.on: "On" }',
      '+  zh: { alarm.title: 闹钟, alarm.off: 关, alarm.on: 开 }',
    ]);
    expect((await run(`language import ${SMART} project --actor bob`)).out).toContain('nothing to do');
  });

  test('comments and trailing commas are read, built-in codes are kept', async () => {
    write('s.json', '{ // pulled\n  "en": { "TUYA_MINI_PLATFORM_SITE": "Site", "a": "A\\n", },\n}\n');
    expect((await run(`language import ${PANEL} s.json --actor bob --no-pr`)).code).toBe(0);
    expect(strings(PANEL)).toEqual({ en: { TUYA_MINI_PLATFORM_SITE: 'Site', a: 'A\n' } });
  });

  test('a text that says something else is refused where it stands, with both, unless it is to count', async () => {
    write('s.json', '{"en": {\n  "new": "New",\n  "alarm.title": "Clock"\n}}');
    const { value } = await runJson(`language import ${SMART} s.json --actor bob --no-pr`);
    expect(value.problems).toMatchObject([
      {
        code: 'import-differs',
        file: 's.json',
        line: 3,
        message: expect.stringMatching(/"Alarm" there and "Clock" here/),
      },
    ]);
    expect(changes()).toEqual([]);
    expect((await run(`language import ${SMART} s.json --overwrite --actor bob --no-pr`)).code).toBe(0);
    expect(strings()).toMatchObject({ en: { 'alarm.title': 'Clock', 'alarm.off': 'Off', new: 'New' } });
  });

  test('prune takes away what the file does not have, in its languages alone', async () => {
    write('s.json', '{"en": {"alarm.title": "Alarm"}}');
    expect((await run(`language import ${SMART} s.json --prune --actor bob --no-pr`)).code).toBe(0);
    expect(strings()).toEqual({ en: { 'alarm.title': 'Alarm' }, zh: { 'alarm.title': '闹钟', 'alarm.off': '关' } });
  });

  test('a language without texts is one', async () => {
    write('s.json', '{"en": {"a": "A"}, "zh": {}}');
    expect((await run(`language import ${PANEL} s.json --actor bob --no-pr`)).code).toBe(0);
    await run(`language export ${PANEL} --out out.json`);
    expect(JSON.parse(read('out.json'))).toEqual({ en: { a: 'A' }, zh: {} });
  });

  test('of a Ray project, whose texts are code', async () => {
    write('ray/src/i18n/strings.ts', "export default { en: { a: 'A' }, zh: { a: `甲` } } as const;");
    expect((await run(`language import ${PANEL} ray --actor bob --no-pr`)).code).toBe(0);
    expect(strings(PANEL)).toEqual({ en: { a: 'A' }, zh: { a: '甲' } });
  });

  test('of a project whose app.json stands in a folder of its own', async () => {
    write('own/project.tuya.json', '{ "i18n": true, "miniprogramRoot": "./app/" }');
    write('own/app/i18n/strings.json', '{"en": {"a": "A"}}');
    expect((await run(`language import ${PANEL} own --actor bob --no-pr`)).code).toBe(0);
    expect(strings(PANEL)).toEqual({ en: { a: 'A' } });
  });

  test.each<[content: string, problems: string[]]>([
    ['{"en": {}, "zh": {}}', ['table-empty s.json:1']],
    ['{"en": {"a": "A",\n "b": " "}}', ['field-pattern s.json:2']],
    ['{"en": {"a": "A"},\n "zz-yy-": {"b": "B"}}', ['field-pattern s.json:1']],
    ['{"en": {"a": "A",\n "b": "\\u202e"}}', ['field-pattern s.json:2', 'field-pattern s.json:2']],
    ['{"en": {"a": 1,\n "b": ["x"]}}', ['project-field s.json:1', 'project-field s.json:2']],
    ['{"en":\n "x"}', ['project-field s.json:2']],
    ['[]', ['project-field s.json:1']],
    ['{"en": {"a": \n"x"', ['project-json s.json:2', 'project-json s.json:2']],
    ['{}', ['table-empty s.json:1']],
  ])('%j is refused with its place, and nothing is imported', async (content, problems) => {
    write('s.json', content);
    expect([...new Set(await found(`language import ${SMART} s.json`))]).toEqual([...new Set(problems)]);
    expect(changes()).toEqual([]);
  });

  test.each([
    ['language import ID nowhere.json', 'nowhere.json cannot be read'],
    ['language import ID .', 'has no i18n/strings.json'],
    ['language import ID', 'FILE is missing'],
    ['language export ID --out x.txt', '.json or .csv'],
    ['language export nobody00', 'no miniapp "nobody00"'],
    ['language check ID nowhere', 'is no folder'],
    ['language translate ID', 'add, change, remove, list, import, export, check'],
  ])('%s is wrong usage', async (line, why) => {
    const { code, err } = await run(`${line.replace('ID', SMART)} --actor bob`);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(why) });
  });
});

describe('change', () => {
  test('of a text that is there', async () => {
    const words = ['language', 'change', SMART, '--language', 'zh', '--key', 'alarm.off', '--text', '关闭'];
    expect((await run([...words, '--actor', 'bob', '--no-pr'])).code).toBe(0);
    expect(strings()).toMatchObject({ zh: { 'alarm.off': '关闭' } });
  });
  test('of one that is not is refused with the nearest name', async () => {
    const { value } = await runJson(`language change ${SMART} --language zh --key alarm.of --text x --actor bob`);
    expect(value.problems).toMatchObject([{ code: 'reference-unknown', hint: 'Did you mean alarm.off?' }]);
  });
});

describe('the table of translators', () => {
  test('goes out and comes back', async () => {
    expect((await run(`language export ${SMART} --out t.csv`)).out).toContain('2 texts in en, zh');
    expect(read('t.csv')).toBe('\uFEFFkey,en,zh\nalarm.title,Alarm,闹钟\nalarm.off,Off,关\n');
    expect((await run(`language export ${SMART} --csv`)).out).toBe(read('t.csv').slice(1));
    const texts = (await runJson(`language export ${SMART}`)).value;
    expect(Object.keys(texts)).toEqual(['en', 'zh']);
    expect((await run(`language import ${SMART} t.csv --actor bob`)).out).toContain('nothing to do');
    write('t.csv', read('t.csv').replace('关', '"=关, ""停""\n了"'));
    expect((await run(`language import ${SMART} t.csv --overwrite --actor bob --no-pr`)).code).toBe(0);
    expect(strings()).toMatchObject({ zh: { 'alarm.off': '=关, "停"\n了' } });
    expect((await run(`language export ${SMART} --csv`)).out).toContain(`"'=关, ""停""\n了"`);
  });

  test.each<[name: string, csv: string, problems: string[]]>([
    ['a language that nobody has', 'key,en,fr\na,A,B\n', ['table-column t.csv:1']],
    ['no key', 'en,zh\nA,B\n', ['table-column t.csv:1']],
    ['a language twice', 'key,en,en\na,A,B\n', ['table-column t.csv:1']],
    [
      'rows with faults',
      'key,en\na,A\n,B\nb,B,C\na,D\n',
      ['table-value t.csv:3', 'table-cells t.csv:4', 'table-row-twice t.csv:5'],
    ],
    ['an empty text', 'key,en\na,A\nb," "\n', ['field-pattern t.csv:3']],
    ['a quote that does not end', 'key,en\na,"A\n', ['table-unreadable t.csv:2']],
    ['nothing', '', ['table-empty t.csv:1']],
  ])('%s is refused with the line, and nothing is imported', async (_, csv, problems) => {
    write('t.csv', csv);
    expect([...new Set(await found(`language import ${SMART} t.csv`))]).toEqual(problems);
    expect(changes()).toEqual([]);
  });

  test('an empty cell says nothing', async () => {
    write('t.csv', 'key,en,zh\nalarm.title,,\nnew,New,\n');
    expect((await run(`language import ${SMART} t.csv --actor bob --no-pr`)).code).toBe(0);
    expect(strings()).toMatchObject({ en: { 'alarm.title': 'Alarm', new: 'New' }, zh: { 'alarm.title': '闹钟' } });
  });
});

test('whatever the texts, both files give them back', async () => {
  const piece = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    "'",
    '"',
    ',',
    ';',
    '\t',
    '\n',
    ' ',
    '{0}',
    '#',
    ': ',
    'on',
    '中',
    '1.10',
    '\\',
    '%',
  );
  const said = fc
    .array(piece, { maxLength: 6 })
    .map((parts) => `${parts.join('')}x`.replaceAll('\t', ' '))
    .chain((value) => fc.boolean().map((isFirst) => (isFirst ? value : [...value].toReversed().join(''))));
  const key = fc.constantFrom('a', 'b.c', 'on', '1.0', "it's", '=1', '中', '"', 'toString');
  const own = fc.dictionary(key, said, { minKeys: 1, maxKeys: 5, noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(fc.record({ en: own, zh: own }), async (given) => {
      for (const name of ['s.json', 't.csv']) {
        reset();
        write('first.json', JSON.stringify(given));
        expect(await run(`language import ${PANEL} first.json --actor bob --no-pr`)).toMatchObject({ code: 0 });
        expect(strings(PANEL)).toEqual(given);
        await run(`language export ${PANEL} --out ${name}`);
        reset();
        expect(await run(`language import ${PANEL} ${name} --actor bob --no-pr`)).toMatchObject({ code: 0 });
        expect(strings(PANEL)).toEqual(given);
      }
    }),
    { numRuns: 8 },
  );
});

describe('check', () => {
  test('finds what is missing, and placeholders that differ', async () => {
    reset({ [file]: "strings:\n  en: { n: '{0} of {total}', a: A }\n  zh: { n: '{0}' }\n" });
    const { code, value } = await runJson(`language check ${SMART}`);
    expect(code).toBe(1);
    expect(value).toMatchObject({ ok: false, missing: { zh: ['a'] }, unused: null });
    expect(value.placeholders).toEqual([{ key: 'n', language: 'zh', against: 'en', lacks: ['total'], extra: [] }]);
    expect((await run(`language check ${SMART}`)).out).toContain('n in zh, compared with en: lacks {total}');
  });

  test('counts a language of the platform that has no text at all, as validate does', async () => {
    reset({ [file]: 'strings:\n  en: { a: A }\n' });
    expect((await runJson(`language check ${SMART}`)).value.missing).toEqual({ zh: ['a'] });
    expect((await runJson(`language list ${SMART}`)).value.missing).toEqual({ zh: ['a'] });
  });

  test('and against a project, what is not used and what is not there', async () => {
    write('app/pages/home/index.js', "Page({ data: { title: I18n.t('alarm.title'), x: I18n.t('alarm.sound') } })");
    write('app/i18n/strings.json', '{"en": {"alarm.off": "Off"}}');
    const { code, value } = await runJson(`language check ${SMART} app`);
    expect({ code, unused: value.unused, missing: value.missing, undefined: value.undefined }).toEqual({
      code: 1,
      unused: { en: ['alarm.off'], zh: ['alarm.off'] },
      missing: {},
      undefined: ['alarm.sound'],
    });
    write('app/pages/home/index.js', "Page({ data: { title: I18n.t('alarm.title') } })");
    expect((await run(`language check ${SMART} app`)).code).toBe(0);
  });
});

const explorer = join(import.meta.dirname, '../../../../shared/real-projects/explorer');
test('the texts of a public project go through unchanged', async (context) => {
  if (!existsSync(explorer)) context.skip('../shared/real-projects is not there');
  expect((await run(`language import ${PANEL} ${explorer} --actor bob --no-pr`)).code).toBe(0);
  await run(`language export ${PANEL} --out out.json`);
  expect(JSON.parse(read('out.json'))).toEqual(JSON.parse(readFileSync(join(explorer, 'i18n/strings.json'), 'utf8')));
  await run(`language export ${PANEL} --out out.csv`);
  expect((await run(`language import ${PANEL} out.csv --actor bob`)).out).toContain('nothing to do');
});
