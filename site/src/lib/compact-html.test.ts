/** Nothing is written that HTML needs none of, nothing is left out that it needs, and no text is touched. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compactHtml } from './compact-html.ts';
import { markup } from './markup.ts';

const x = 'a" b=<c>';

test.each([
  ['a word', markup`<b class="x-1" data-n="1.5">${x}</b>`, `<b class=x-1 data-n=1.5>a&quot; b=&lt;c&gt;</b>`],
  ['a part of an empty element', markup`<rect x="12.5%" y="1" />`, `<rect x=12.5% y=1 />`],
  ['several words, and none', markup`<b class="x y" alt="">1</b>`, `<b class="x y" alt="">1</b>`],
  ['addresses and places', markup`<a href="#x" id="y">1</a>`, `<a href="#x" id="y">1</a>`],
  ['the language and the policy', markup`<p lang="zh"><meta http-equiv="X">`, `<p lang="zh"><meta http-equiv="X">`],
  ['a value before the slash of an empty element', markup`<path class="x"/>`, `<path class="x"/>`],
  ['cells', markup`<tr><th scope="row">1</th><td>2</td></tr>`, `<tr><th scope=row>1<td>2`],
  ['groups of rows', markup`<thead><tr></tr></thead><tbody></tbody></table>`, `<thead><tr><tbody></table>`],
  ['items and terms', markup`<li>1</li><dt>2</dt><dd>3</dd></dl>`, `<li>1<dt>2<dd>3</dl>`],
  ['paragraphs before a block', markup`<p>1</p><p>2</p><ul></ul><p>3</p></div>`, `<p>1<p>2<ul></ul><p>3</div>`],
  ['a paragraph at the end of an item', markup`<li><p>1</p></li></ul>`, `<li><p>1</ul>`],
  [
    'paragraphs whose end nothing implies',
    markup`<p>1</p></noscript><p>2</p> <b>3</b>`,
    `<p>1</p></noscript><p>2</p> <b>3</b>`,
  ],
  ['a moment', markup`<time datetime="2026-11-20T08:00:00Z">1</time>`, `<time datetime=2026-11-20T08:00:00Z>1</time>`],
])('%s', (_what, { text }, expected) => expect(compactHtml(text)).toBe(expected));

test('a value in which Astro leaves a tag as it is stays whole, and what follows it is left out', () => {
  const html = '<meta name="description" content="a </li> b &quot;c&quot; </td>"><ul><li>1</li></ul>';
  expect(compactHtml(html)).toBe('<meta name=description content="a </li> b &quot;c&quot; </td>"><ul><li>1</ul>');
});

test('whatever is put in stays as it is, in a text and in a value', () => {
  const parts = fc.array(fc.oneof(fc.string(), fc.constantFrom('</td>', ' a="b" ', '="c">', '</li>', "='d' ")));
  fc.assert(
    fc.property(parts, (all) => {
      const text = all.join('');
      const html = markup`<a title="${text} .">${text}</a>`.text;
      expect(compactHtml(html)).toBe(html);
    }),
  );
});
