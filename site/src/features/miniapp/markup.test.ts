/** Markup: whatever is put into it stays text; and a frame gives back what was put in. */
import { HtmlValidate } from 'html-validate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import type { PublicMiniapp } from '../../lib/public.ts';
import { publish } from '../../lib/public.ts';
import { answersOf } from '../resolution/view-model.ts';
import { frameFiller, FRAME } from './frame-markup.ts';
import { escape, markup } from '../../lib/markup.ts';
import { miniappFacts, miniappParts } from './markup.ts';

const workspace = publish(fixtureWorkspace());
const HOSTILE = `</script><img src=x onerror=alert(1)> " ' & </td>\u2028`;

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

describe('a frame', () => {
  const { id, title, before, code, behind } = FRAME;
  const frame = `<title>${title} · $1</title><a href="/${id}/"></a><main>${before}<form>${code}</form>${behind}</main>${id}`;

  test('is filled in, texts escaped, and nothing that is put in is taken for a mark or a pattern', () => {
    const parts = {
      id: 'ty1',
      title: 'A & "$&" $1',
      before: `<p>$& ${title} \\1</p>`,
      code: '<svg></svg>',
      behind: '<p>$`</p>',
    };
    expect(frameFiller(frame, FRAME)(parts)).toBe(
      `<title>A &amp; &quot;$&amp;&quot; $1 · $1</title><a href="/ty1/"></a>` +
        `<main><p>$& ${title} \\1</p><form><svg></svg></form><p>$\`</p></main>ty1`,
    );
  });

  test.each([id, title, before, code, behind])('that lost %j, or has it too often, is refused', (mark) => {
    expect(() => frameFiller(frame.replaceAll(mark, ''), FRAME)).toThrow(/holds \w+ 0 times/);
    if (mark !== id && mark !== title) expect(() => frameFiller(frame + mark, FRAME)).toThrow(/2 times/);
  });
});

describe.each(['en', 'zh'] as const)('a miniapp in %s', (language) => {
  const partsOf = (miniapp: PublicMiniapp) => {
    const world = { ...workspace, miniapps: new Map([[miniapp.id, miniapp]]) };
    return miniappParts(miniappFacts(world, miniapp, answersOf(world, miniapp.id, NOW), { now: NOW }), language);
  };

  test.each([SMART, PANEL])('%s has every section that its navigation leads to', (id) => {
    const { before, behind } = partsOf(workspace.miniapps.get(id)!);
    const whole = `${before}<div id="try"><section id="ask"></section></div>${behind}`;
    const wanted = [...before.matchAll(/<a href="#([^"]+)"/g)].map(([, anchor]) => anchor!);
    expect(wanted.length).toBeGreaterThan(7);
    for (const anchor of wanted) expect(whole).toContain(` id="${anchor}"`);
    // What commands leave to be filled in is no name in a sentence.
    const sentences = before.replaceAll(/<code[^>]*>.*?<\/code>/gs, '');
    expect(sentences).toContain('class="reasons');
    expect(sentences).not.toMatch(/\b(?:APP|REGION)\b/);
  });

  test('texts that would be markup stay texts, wherever they stand', async () => {
    const smart = workspace.miniapps.get(SMART)!;
    const [number, version] = [...smart.versions][0]!;
    const texts = { en: HOSTILE, zh: HOSTILE };
    const review = { status: 'rejected' as const, submittedBy: HOSTILE, reviewedBy: HOSTILE, reason: HOSTILE };
    const hostile: PublicMiniapp = {
      ...smart,
      basics: { ...smart.basics, name: texts, description: texts, category: HOSTILE },
      release: {},
      versions: new Map([
        [
          number,
          {
            ...version,
            description: HOSTILE,
            kits: { [HOSTILE]: HOSTILE },
            pages: [HOSTILE],
            origins: [HOSTILE],
            review,
          },
        ],
      ]),
      whitelist: [{ app: HOSTILE, account: HOSTILE, expires: HOSTILE }],
      members: [{ login: HOSTILE, role: 'admin' }],
      domains: { request: { [HOSTILE]: [HOSTILE] }, cloud: [HOSTILE] } as PublicMiniapp['domains'],
      scenarios: [{ name: HOSTILE, app: HOSTILE, region: HOSTILE, page: HOSTILE, expect: { opens: HOSTILE } }],
      strings: { en: { [HOSTILE]: HOSTILE }, [HOSTILE]: {} },
    };
    const { before, behind, title } = partsOf(hostile);
    expect(title).toBe(HOSTILE);
    const html = `${before}${behind}`;
    expect(html).not.toContain('<img src=x');
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(html.match(/&lt;\/script&gt;/g)!.length).toBeGreaterThan(15);
    const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
    const page = `<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><div id="try"></div>${html}</body></html>`;
    const { results } = await validator.validateString(page);
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId} ${message}`))).toEqual(
      [],
    );
  });
});
