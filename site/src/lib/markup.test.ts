/** Templates: what is put in is escaped, and nothing is written that HTML needs none of, nor anything left out that it needs. */
import { expect, test } from 'vitest';
import { compactPage, markup } from './markup.ts';

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

test('a rendered page keeps the spaces of its text', () => {
  const page = `<body> <nav aria-label="Main"> <a class="x" href="/">A</a> <b>B</b> </nav>\n<p> <i>C</i> d </p> </body>`;
  expect(compactPage(page)).toBe(
    `<body><nav aria-label=Main><a class=x href="/">A</a> <b>B</b></nav><p><i>C</i> d</p></body>`,
  );
});
