/** Whatever a miniapp says stays text on its page. */
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import type { PublicMiniapp } from '../../lib/public.ts';
import { publish } from '../../lib/public.ts';
import { bounded, resolutionView } from '../resolution/view-model.ts';
import { answersByApp } from '#core/resolution/resolution-table.ts';
import { resolutionMarkup } from '../resolution/markup.ts';
import { LISTED } from '../../lib/pages.ts';
import { miniappFacts, miniappParts } from './markup.ts';
import { sectionsIn } from './sections.ts';

const workspace = publish(fixtureWorkspace());
const HOSTILE = `</script><img src=x onerror=alert(1)> " ' & </td>\u2028`;

describe.each(['en', 'zh'] as const)('a miniapp in %s', (language) => {
  const partsOf = (miniapp: PublicMiniapp) => {
    const changed = { ...workspace, miniapps: new Map([[miniapp.id, miniapp]]) };
    return miniappParts(miniappFacts(changed, miniapp, answersByApp(changed, miniapp.id, NOW), { now: NOW }), language);
  };

  test.each([SMART, PANEL])('%s has every section that its navigation leads to', (id) => {
    const { before, behind } = partsOf(workspace.miniapps.get(id)!);
    const whole = `${before.text}<div id="try"><section id="ask"></section></div>${behind.text}`;
    const inside = [...before.text.matchAll(/<a href="#([^"]+)"/g)].map(([, anchor]) => anchor!);
    const wanted = [...sectionsIn(language).map((section) => section.id), ...inside];
    expect(wanted.length).toBeGreaterThan(7);
    for (const anchor of wanted) expect(whole).toContain(` id="${anchor}"`);
    // What commands leave to be filled in is no name in a sentence.
    const sentences = before.text.replaceAll(/<code[^>]*>.*?<\/code>/gs, '');
    expect(sentences).toContain('class="reasons');
    expect(sentences).not.toMatch(/\b(?:APP|REGION)\b/);
  });

  test('a heading is named by its own text alone, a term has what it is the term of, and people and apps lead to their pages', () => {
    const smart = workspace.miniapps.get(SMART)!;
    const github = { host: 'github.com', repository: 'a/b', branch: 'main', folder: 'config' } as never;
    const facts = miniappFacts(workspace, smart, answersByApp(workspace, SMART, NOW), { now: NOW, github });
    const { overview, before, behind } = miniappParts(facts, language);
    const html = overview.text + before.text + behind.text;
    const headings = [...html.matchAll(/<h([1-4])[^>]*>(.*?)<\/h\1>/gs)].map(([, , text]) => text!);
    expect(headings.length).toBeGreaterThan(15);
    expect(headings.filter((text) => text.includes('<a '))).toEqual([]);
    expect(html.match(/class=edit/g)!.length).toBeGreaterThan(5);
    expect(html).not.toMatch(/<dt>(?:(?!<dd).)*?(?:<dt>|<\/dl>)/s);
    const { login } = smart.members.find(({ role }) => role === 'admin')!;
    const prefix = language === 'en' ? '/' : '/zh/';
    expect(overview.text).toContain(`<a href="${prefix}people/${login}/">`);
    for (const { app } of smart.trafficking) expect(overview.text).toContain(`<a href="${prefix}apps/${app}/">`);
  });

  test('a long text shows its first lines and opens, a short one is as it stands', () => {
    const smart = workspace.miniapps.get(SMART)!;
    const described = (text: string) =>
      partsOf({ ...smart, basics: { ...smart.basics, description: { en: text, zh: text } } }).overview.text;
    const long = (language === 'en' ? 'word ' : '文字').repeat(80).trim();
    expect(described(long)).toContain(`<details class=clamped><summary>${long}</summary></details>`);
    expect(described('Short.')).not.toContain('clamped');
  });

  test('of one app with more rows than there is room for the first are there, and how many more there are', () => {
    const smart = workspace.miniapps.get(SMART)!;
    const view = resolutionView(workspace, smart, answersByApp(workspace, SMART, NOW), language);
    const [block] = view.blocks;
    const [row] = block!.rows;
    const rows = Array.from({ length: LISTED + 20 }, () => row!);
    const [cut] = bounded([{ ...block!, rows }, block!]);
    expect([cut!.rows.length, cut!.moreRows]).toEqual([LISTED, 20]);
    const html = resolutionMarkup(language, workspace, {
      ...{ id: SMART, editing: { github: undefined, files: new Set() }, forecast: [] },
      view: { ...view, blocks: [cut!], apps: 1 },
      reasons: { all: [], of: () => ({ id: 'why' }) } as never,
    }).text;
    expect(html).toContain(`<td colspan="5">${language === 'en' ? 'and 20 more' : '另有 20 项'}`);
    expect(html).toContain(`api/v1/miniapps/${SMART}/resolution.json`);
  });

  test('of thousands of apps that are all answered otherwise the page names the first, and says how many there are', () => {
    const smart = workspace.miniapps.get(SMART)!;
    const home = workspace.apps.get('oem-home')!;
    const regions = Array.from({ length: 3000 }, (_one, at) => `R${at}`);
    const apps = regions.map((region, at) => {
      const id = `many-${at}`;
      return [id, { ...home, id, name: { en: `Many ${at}` }, regions: [region, ...home.regions] as string[] }] as const;
    });
    const opening = apps.slice(-40).map(([app]) => ({ app, regions: [...home.regions] }));
    const own = { ...smart, trafficking: opening };
    const changed = {
      ...workspace,
      apps: new Map([...apps, ...workspace.apps]),
      miniapps: new Map([[SMART, own]]),
    };
    const facts = miniappFacts(changed, own, answersByApp(changed, SMART, NOW), { now: NOW });
    const { overview, before, behind } = miniappParts(facts, language);
    const html = overview.text + before.text + behind.text;
    expect(html.match(/<[a-z]/g)!.length).toBeLessThan(5_000);
    expect(html.length).toBeLessThan(200_000);
    const named = [...html.matchAll(/data-app="([^"]+)"/g)].map(([, app]) => app!);
    // The default app, those that open it, and of the others as many as there is room for.
    expect(named.slice(0, 41)).toEqual(['smart-life', ...opening.map(({ app }) => app)]);
    expect(named.length).toBeGreaterThan(41);
    expect(named.length).toBeLessThanOrEqual(LISTED);
    const text = html.replaceAll(/<[^>]+>/g, ' ');
    expect(text).toContain(language === 'en' ? `${named.length} of 3,0` : `列出 ${named.length} 个`);
    expect(html).toContain(`api/v1/miniapps/${SMART}/resolution.json`);
  });

  test('of many apps that are answered alike the first are named, the others folded', () => {
    const apps = new Map(workspace.apps);
    for (let at = 0; at < 40; at += 1)
      apps.set(`app-${at}`, { id: `app-${at}`, name: { en: `App ${at}` }, regions: ['EU'], scheme: `app${at}` });
    const changed = { ...workspace, apps };
    const smart = workspace.miniapps.get(SMART)!;
    const { before } = miniappParts(
      miniappFacts(changed, smart, answersByApp(changed, SMART, NOW), { now: NOW }),
      language,
    );
    const [head] = before.text.match(/<tr class=app><th[^>]*>(?:(?!<tr).)*App 39(?:(?!<tr).)*/s)!;
    const folded = head.slice(head.indexOf('<details>'), head.indexOf('</details>'));
    expect(head.slice(0, head.indexOf('<details>')).match(/data-app=/g)).toHaveLength(8);
    expect(folded.match(/data-app=/g)).toHaveLength(32);
    expect(folded).toMatch(/<summary>[^<]*32[^<]*<\/summary>/);
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
    const { overview, before, behind, title } = partsOf(hostile);
    expect(title).toBe(HOSTILE);
    const html = overview.text + before.text + behind.text;
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
