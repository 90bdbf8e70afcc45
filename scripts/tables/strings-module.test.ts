/** Texts that a Ray project exports as code. */
import { describe, expect, test } from 'vitest';
import { Findings } from '../project/finding.ts';
import { readStringsModule } from './strings-module.ts';
import { readStringsJson } from './strings.ts';

const read = (text: string, path = 'strings.ts') => {
  const findings = new Findings('.');
  const strings = readStringsModule(path, text, findings)?.strings;
  return { strings, problems: findings.problems.map(({ code, at }) => `${code}@${at.offset}`) };
};

describe('reads', () => {
  test.each([
    ['export default { en: { a: "A", "b-c": `B` }, zh: { a: \'甲\' + "乙" } } as const;'],
    ['const all = { en: { a: "A", "b-c": "B" }, zh: { a: "甲乙" } } satisfies Strings;\nexport default all;'],
    ['// texts\nmodule.exports = { en: { a: ("A" as string), "b-c": "B" }, zh: { a: "甲乙" } };'],
  ])('%s', (text) => {
    expect(read(text)).toEqual({ strings: { en: { a: 'A', 'b-c': 'B' }, zh: { a: '甲乙' } }, problems: [] });
  });
});

describe('says what is not written out', () => {
  test.each([
    ['export default { en: { ...other } };', 'project-field@23'],
    ['export default { en: { a: text() } };', 'project-field@26'],
    ['export default { en: { [key]: "x" } };', 'project-field@23'],
    ['export default { en: other };', 'project-field@21'],
    ['export default make();', 'project-field@15'],
    ['export const en = {};', 'project-field@0'],
    ['export default { en: { a: "A" ', 'table-unreadable@30'],
  ])('%s', (text, problem) => {
    expect(read(text)).toEqual({ strings: undefined, problems: [problem] });
  });
});

describe('a text of megabytes is refused before anything looks through it', () => {
  const long = 'x'.repeat(1_000_000);
  test.each<[string, string, typeof readStringsModule, string]>([
    ['in a module', `export default { en: { a: "${long}" } };`, readStringsModule, 'table-unreadable@26'],
    [
      'as a code in a module',
      `export default { en: { "${long}": "a" } };`,
      readStringsModule,
      'table-unreadable@1000027',
    ],
    [
      'a module of many short ones',
      `export default { en: { ${'a:"",'.repeat(400_001)} } };`,
      readStringsModule,
      'table-unreadable@0',
    ],
    ['in JSON', `{"en":{"a":"${long}"}}`, readStringsJson, 'table-unreadable@11'],
    ['as a code in JSON', `{"en":{"${long}":"a"}}`, readStringsJson, 'table-unreadable@7'],
    ['of escapes in JSON', `{"en":{"a":"${'\\n'.repeat(1_000_000)}"}}`, readStringsJson, 'table-unreadable@11'],
  ])('%s', (_, text, readIt, problem) => {
    const findings = new Findings('.');
    expect(readIt('strings', text, findings)).toBeUndefined();
    expect(findings.problems.map(({ code, at }) => `${code}@${at.offset}`)).toEqual([problem]);
  });
});
