/** Templates: what is put in stays text, nothing else is put into a page as HTML, and nothing is written that HTML needs none of, nor anything left out that it needs. */
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
    expect(markup`<ul>${['<', 'b'].map(item)}</ul>`.text).toBe('<ul><li>&lt;<li>b</ul>');
    expect(markup`<p>${undefined}${null}${false}${''}${[]}${0}</p>`.text).toBe('<p>0</p>');
  });

  test('leaves out the end tags that HTML implies, in what is written and never in what is put in', () => {
    const row = markup`<tr><th title="${'</td>'}">${'</td> a'}</th><td>b</td></tr>`;
    expect(row.text).toBe('<tr><th title="&lt;/td&gt;">&lt;/td&gt; a<td>b');
  });

  test('leaves the line breaks of its source out, and spaces within a line in', () => {
    const made = markup`<p>
        <b>${'a\n b'}</b> <i>c</i>
      </p>`;
    expect(made.text).toBe('<p><b>a\n b</b> <i>c</i></p>');
  });
});

test('one component puts markup into pages; the one text besides is what scripts know of the platform, as JSON', () => {
  const source = join(import.meta.dirname, '..');
  const pages = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.astro'));
  expect(pages.length).toBeGreaterThan(40);
  const raw = pages.flatMap((path) => {
    const lines = readFileSync(join(source, path), 'utf8').split('\n');
    return lines.filter((line) => /\b(?:set:html|innerHTML)\b/.test(line)).map((line) => `${path}: ${line.trim()}`);
  });
  expect(raw.sort()).toEqual([
    'features/miniapp/SharedForms.astro: <script type="application/json" id="platform" is:inline set:html={platform} />',
    'lib/MarkupFragment.astro: <Fragment set:html={textOf(of)} />',
  ]);
});

const x = 'a" b=<c>';

test.each([
  [
    'a word of the template',
    markup`<b class="x-1" data-n="1.5">${x}</b>`,
    `<b class=x-1 data-n=1.5>a&quot; b=&lt;c&gt;</b>`,
  ],
  ['what is put in', markup`<b title="${x}" class="${'y'}">1</b>`, `<b title="a&quot; b=&lt;c&gt;" class="y">1</b>`],
  ['several words, and none', markup`<b class="x y" alt="">1</b>`, `<b class="x y" alt="">1</b>`],
  ['addresses and places', markup`<a href="#x" id="y">1</a>`, `<a href="#x" id="y">1</a>`],
  ['a value before the slash of an empty element', markup`<path class="x"/>`, `<path class="x"/>`],
  ['a value before what is put in', markup`<b class="x"${markup` lang="zh"`}>1</b>`, `<b class="x" lang="zh">1</b>`],
  ['cells', markup`<tr><th scope="row">1</th><td>2</td></tr>`, `<tr><th scope=row>1<td>2`],
])('%s', (_what, { text }, expected) => expect(text).toBe(expected));
