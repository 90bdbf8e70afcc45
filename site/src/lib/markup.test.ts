/** Templates: what is put in stays text, and nothing else is put into a page as HTML. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escape, markup } from './markup.ts';

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('a template', () => {
  test('keeps any text as text, between tags and in attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { text: made } = markup`<a title="${text}">${[text, `${text}<`]}</a>`;
        const [, attribute, content] = /^<a title="([^"<>]*)">([^"<>]*)<\/a>$/s.exec(made)!;
        expect(unescaped(attribute!)).toBe(text);
        expect(unescaped(content!)).toBe(`${text}${text}<`);
      }),
    );
    expect(escape('a & b')).toBe('a &amp; b');
  });

  test('takes markup as it is, lists one by one, and shows nothing for nothing', () => {
    const item = (text: string) => markup`<li>${text}</li>`;
    expect(markup`<ul>${['<', 'b'].map(item)}</ul>`.text).toBe('<ul><li>&lt;</li><li>b</li></ul>');
    expect(markup`<p>${undefined}${null}${false}${''}${[]}${0}</p>`.text).toBe('<p>0</p>');
  });

  test('leaves the line breaks of its source out, and spaces within a line in', () => {
    const made = markup`<p>
        <b>${'a\n b'}</b> <i>c</i>
      </p>`;
    expect(made.text).toBe('<p><b>a\n b</b> <i>c</i></p>');
  });
});

test('what pages take as HTML is markup, whose texts are escaped; one component takes what scripts know, as JSON', () => {
  const source = join(import.meta.dirname, '..');
  const pages = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.astro'));
  expect(pages.length).toBeGreaterThan(40);
  const raw = pages.flatMap((path) => {
    const lines = readFileSync(join(source, path), 'utf8').split('\n');
    return lines.filter((line) => /\b(?:set:html|innerHTML)\b/.test(line)).map((line) => `${path}: ${line.trim()}`);
  });
  const escaped = / set:html=\{textOf\(/;
  expect(raw.filter((line) => escaped.test(line)).length).toBeGreaterThan(20);
  expect(raw.filter((line) => !escaped.test(line))).toEqual([
    'lib/JsonScript.astro: <script type="application/json" {id} is:inline set:html={json} />',
  ]);
});
