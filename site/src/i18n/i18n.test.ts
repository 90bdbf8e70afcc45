/** Every word of the interface stands in the catalogues, in both languages. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { messages } from '#core/problems/messages.ts';
import { importLines } from '../../../scripts/checks/import-lines.ts';
import { en } from './en.ts';
import { languageOf, languages, localeOf } from './index.ts';
import { zh } from './zh.ts';

const SOURCE = join(import.meta.dirname, '..');
const CORE = join(SOURCE, '../../scripts/core');

/** Every sentence with its path. */
const sentences = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([key, inner]) => sentences(inner, path === '' ? key : `${path}.${key}`));

const names = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

test('both languages have the same sentences with the same arguments', () => {
  const chinese = new Map(sentences(zh));
  expect([...chinese.keys()]).toEqual(sentences(en).map(([path]) => path));
  for (const [path, sentence] of sentences(en)) {
    expect(names(chinese.get(path)!), path).toEqual(names(sentence));
    expect(chinese.get(path), path).not.toBe('');
  }
});

test('Chinese is Chinese, but for names', () => {
  const same = sentences(zh).filter(([, sentence]) => !/\p{Script=Han}/u.test(sentence));
  const allowed =
    /^(?:htmlLang|switchLanguage|site\.api|history\.colon|list\.(?:id|createCommand)|miniapp\.id|versions\.(?:kits|digest|change|place)|qr\.download(?:Svg|Png)|resolution\.(?:app|where|there)|access\.app|report\.(?:app|chartShares)|appsPage\.scheme|apiPage\.title)$/;
  expect(same.map(([path]) => path).filter((path) => !allowed.test(path))).toEqual([]);
});

test('Chinese has one word for one thing, on the portal and in messages', () => {
  const others = /症状|过期|逾期|离职|体验码|改动|审核者|审核未通过|涂鸦|[你您]|"\{/;
  const all = [...sentences(zh), ...sentences(messages.zh)];
  expect(all.filter(([, sentence]) => others.test(sentence))).toEqual([]);
});

/** The files that a file loads, and those that they load; types are gone by then. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const { specifier, isTypeOnly } of importLines(file, readFileSync(file, 'utf8'))) {
    const isCore = specifier.startsWith('#core/');
    if (isTypeOnly || !(isCore || specifier.startsWith('.')) || !specifier.endsWith('.ts')) continue;
    loadedBy(isCore ? join(CORE, specifier.slice('#core/'.length)) : resolve(dirname(file), specifier), found);
  }
  return found;
}

test('no script of a page loads the words of all pages, or the sentences about configurations', () => {
  const scripts = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.client.ts'),
  );
  const whole = [join(SOURCE, 'i18n/index.ts'), join(CORE, 'problems/messages.ts')];
  const heavy = scripts.filter((name) => {
    const loaded = loadedBy(join(SOURCE, name));
    return whole.some((file) => loaded.has(file));
  });
  expect(scripts.length).toBeGreaterThan(10);
  expect(heavy).toEqual([]);
});

test('every sentence is used somewhere', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(?:astro|ts)$/.test(file) && !file.startsWith('i18n'),
  );
  const code = files.map((file) => readFileSync(join(SOURCE, file), 'utf8')).join('\n');
  const isNamed = (name: string) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(code);
  // Groups that are looked up by a code are used as a whole.
  const byCode =
    /^(?:feeds|steps|transitions|facts|stages|stageHints|statuses|states|types|roles|entries|audiences|peoplePage\.when|versions\.bytes)\./;
  const unused = sentences(en)
    .map(([path]) => path)
    .filter((path) => !byCode.test(path) && !isNamed(path.split('.').at(-1)!));
  expect(unused).toEqual([]);
});

test('addresses and languages belong together', () => {
  expect(languages.map((language) => languageOf(localeOf(language)))).toEqual(languages);
  expect(localeOf('en')).toBeUndefined();
});

describe('no component holds words of its own', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.astro'));

  const templates = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?:markup\.ts|\.astro)$/.test(file),
  );

  test('there are components to look at, and templates in them and beside them', () => {
    const withTemplates = templates.filter((file) => readFileSync(join(SOURCE, file), 'utf8').includes('markup`'));
    expect([files.length > 60, withTemplates.length > 15]).toEqual([true, true]);
  });

  test.each(templates)('%s, in its templates', (file) => {
    expect(templateLiterals(readFileSync(join(SOURCE, file), 'utf8'))).toEqual([]);
  });

  test.each([
    ['markup`<p>Hello</p>`', ['Hello']],
    ['markup`<b class="x">${a}</b> and <i>more</i>`', ['and', 'more']],
    ['markup`<a title="Go back">${a}</a>`', ['Go back']],
    ['markup`<p>${a} · ${b}</p>`', []],
  ])('finds them in %s', (template, found) => expect(templateLiterals(template)).toEqual(found));

  test.each(files)('%s', (file) => {
    expect(literals(readFileSync(join(SOURCE, file), 'utf8'))).toEqual([]);
  });

  test.each([
    ['<p>Hello</p>', ['Hello']],
    ['<p>{t.x} and more</p>', ['and more']],
    ['<a title="Go back">{x}</a>', ['Go back']],
    ['{is ? <b>yes</b> : <i>{no}</i>}', ['yes']],
    ['<p class="a b">{t.x} · {t.y}</p>', []],
    ['<p>中文</p>', ['中文']],
  ])('finds them in %s', (markup, found) => expect(literals(`---\nconst a = 1;\n---\n${markup}`)).toEqual(found));
});

/** Words between tags, and in the attributes that people read. */
function literals(source: string): string[] {
  const markup = source
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<(?:!doctype|meta|link)[^>]*>/g, '');
  const attributes = [...markup.matchAll(/\s(?:title|aria-label|alt|placeholder|data-label)="([^"]*)"/g)].map(
    ([, value]) => value!,
  );
  // Expressions go away from the inside out, but the markup inside them stays.
  let text = markup;
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/=\{[^{}]*\}/g, '=""').replace(/\{(?:[^{}<>]|=>|>=|<=)*\}/g, ' ');
  }
  const between = [...text.matchAll(/>([^<>{}]*)</g)].map(([, words]) => words!);
  return [...attributes, ...between]
    .map((words) => words.trim())
    .filter((words) => /\p{L}/u.test(words) && !isCode(words));
}

/** What is left of an expression around markup: `)}`, `? (`, `&& (`, `.map((row) => (`. */
const isCode = (words: string): boolean => /=>|&&|\|\||\?|[()]|===/.test(words);

/** The words in templates of markup: texts behind a tag, and what attributes say aloud. */
function templateLiterals(source: string): string[] {
  const text = templatesOf(source);
  const between = [...text.matchAll(/>([^<>]+)/g)].flatMap(([, words]) => words!.split('$'));
  const spoken = [...text.matchAll(/\s(?:title|aria-label|alt|placeholder|data-label)="([^"]*)"/g)];
  return [...between, ...spoken.map(([, words]) => words!)]
    .map((words) => words.trim())
    .filter((words) => /\p{L}/u.test(words));
}

/** What stands between backticks behind `markup`, with a `$` in the place of each expression; nested templates come after. */
function templatesOf(source: string): string {
  const done: string[] = [];
  /** Open templates hold their text, open braces nothing. */
  const open: (string[] | undefined)[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const inside = open.at(-1);
    const character = source[at]!;
    if (inside && character === '`') done.push(open.pop()!.join(''), '<>');
    else if (inside && source.startsWith('${', at)) {
      inside.push('$');
      open.push(undefined);
      at += 1;
    } else if (inside) inside.push(character);
    else if (character === '`') open.push(source.slice(0, at).endsWith('markup') ? ['<>'] : []);
    else if (character === '{' && open.length > 0) open.push(undefined);
    else if (character === '}' && open.length > 0) open.pop();
  }
  return done.filter((text) => text.startsWith('<>')).join('');
}
