/** What people wrote shows as what they wrote: looked at through a renderer of GitHub's Markdown, in every place where texts are put. */
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { code, plain } from './markdown.ts';

const html = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

/** Where the bot puts a text: what surrounds it there. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  'a paragraph': (text) => text,
  'a paragraph after another': (text) => `Title\n\n${text}`,
  'a quotation': (text) => `> ${text}`,
  'an item': (text) => `- error ${text} (code)<br>${text}`,
  'an item of its own': (text) => `- ${text}`,
  'a cell': (text) => `| a | b |\n| --- | --- |\n| ${text} | ${text} |`,
  'bold text': (text) => `**a${text}**`,
};
const MARK = 'PLACE';

/** The elements of a page, in order, and its text; comments show nothing, and spans do nothing. */
const elements = (page: string): string[] =>
  [...page.replace(/<!-- -->|<\/?span>/g, '').matchAll(/<[^>]*>/g)].map(([tag]) => tag);
const textOf = (page: string): string =>
  page
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"' })[name] ?? '&');

/** What GitHub looks for in the text nodes of what Markdown gave, between the tags and comments there. */
const GITHUB =
  /[@]\w|(?<!&)#\d|\bGH-\d|:[\w+-]+:|\$[^$]+\$|\bwww\.|\w:\/\/|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])|^\s*\[!(?:note|tip|important|warning|caution)\]/i;
const nodesOf = (page: string): string[] => page.replace(/<code>[^<]*<\/code>/g, '').split(/<[^>]*>/);

/** What stands around a text, by place: the page of a word that nothing is made of, and of no text. */
const AROUND = Object.entries(PLACES).map(([place, put]) => {
  const page = html(put(MARK));
  return { place, put, elements: elements(page), empty: elements(html(put(''))), text: oneSpaced(textOf(page)) };
});

function oneSpaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function shown(text: string): void {
  const expected = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  for (const { place, put, ...around } of AROUND) {
    const page = html(put(plain(text)));
    expect(elements(page), place).toEqual(expected === '' ? around.empty : around.elements);
    expect(oneSpaced(textOf(page)), place).toBe(oneSpaced(around.text.replaceAll(MARK, () => expected)));
    for (const node of nodesOf(page)) expect(node, place).not.toMatch(GITHUB);
  }
}

describe('a text is only a text', () => {
  test.each([
    ...['# x', '#', '###### a ##', '####### x', 'a\n===', 'a\n---', '=====', '---', '***', '* * *', '___'],
    ...['1. x', '1) x', '123456789. x', '0.', '- x', '+ x', '* x', '- [ ] todo', '- [x] done', '> quote', '>x'],
    ...[
      '    code',
      '\tcode',
      '```js',
      '~~~',
      '`a`',
      '``a`',
      '*a* _b_ **c** __d__ ~e~ ~~f~~',
      'a*b*c',
      '\\',
      'x\\',
      '\\*',
    ],
    ...[
      '[a](b)',
      '![a](b)',
      '[a][b]',
      '[b]: http://x.y',
      '[^1]',
      '[^1]: note',
      '^[inline]',
      '<https://x.y>',
      '<a@b.c>',
    ],
    ...[
      'http://x.y',
      'HTTPS://x.y',
      'ftp://x.y',
      'www.x.y',
      'WWW.x.y',
      '_www.x.y_',
      'a@b.example',
      'mailto:a@b.c',
      'xmpp:a@b.c/d',
    ],
    ...[
      '<b>x</b>',
      '<script>alert(1)</script>',
      '<!-- x',
      '-->',
      '<details><summary>x',
      '<img src=x onerror=y>',
      '</div>',
    ],
    ...['&copy;', '&#64;alice', '&#x40;alice', '&amp;lt;', 'a|b', '| - |', '|---|', 'a | b\n--- | ---', ':-: | :-:'],
    ...[
      '@alice',
      '@org/team',
      '(@alice)',
      '@é',
      '#12',
      'GH-12',
      'gh-12',
      'o/r#12',
      'o/r@f2fc018',
      'f2fc018',
      'F2FC018 1234567',
    ],
    ...[
      '9f2c8a4e1b7d6053c8e9f1a2b3c4d5e6f7081920',
      ':smile:',
      ':+1:',
      'a:b:c:d',
      '12:30:45',
      '$x$',
      '$$x$$',
      '$`x`$',
      '```math',
    ],
    ...['[!NOTE]', '[!WARNING] x', '[! NOTE]', '/approve', '/cc @bob', '::error::x', '${{ github.token }}', '%0A# x'],
    ...['a  \nb', 'a\r\n\r\n# b', '\u2028# x', '\u0085- x', '\u000B# x', 'x\u0000y', '', ' ', '…', '闹钟：#1 @爱丽丝'],
  ])('%j', shown);

  test('of any characters', () => {
    const parts = [
      'www',
      '://',
      'http',
      'GH-',
      '1.',
      '[!NOTE]',
      '<!--',
      '-->',
      '&#64;',
      '\n',
      '    ',
      '0a1b2c3',
      ':x:',
      '$',
      '@',
      '#',
    ];
    const piece = fc.oneof(fc.constantFrom(...parts), fc.constantFrom(...'*_`~[](){}<>|\\!#+-=.:$@&^"\'/%;, \nab1é'));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => shown(pieces.join(''))),
      { numRuns: 1500 },
    );
  });

  test('what would reorder a text shows that it is there', () => {
    expect(textOf(html(plain('a\u202Eb\u2066c')))).toBe('a\uFFFDb\uFFFDc');
    expect(code('a\u202Eb')).toBe('`a\uFFFDb`');
  });
});

describe('a code span holds what it is given', () => {
  test.each(['', ' ', '`', '``', 'a`b', '`a`', 'a``', '<b>', '\\', '@alice', ' x ', 'a\nb', '# x', '&amp;', '*a*'])(
    '%j',
    (text) => {
      const page = html(`x ${code(text)} y`);
      expect(elements(page)).toEqual(['<p>', '<code>', '</code>', '</p>']);
      expect(textOf(page).replace(/\s+/g, ' ').trim()).toBe(`x ${text} y`.replace(/\s+/g, ' '));
    },
  );
});
