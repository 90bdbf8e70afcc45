/** Whatever a miniapp says stays text on its page. */
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import type { PublicMiniapp } from '../../lib/public.ts';
import { publish } from '../../lib/public.ts';
import JsonScript from '../../lib/JsonScript.astro';
import { bounded, resolutionView } from '../resolution/view-model.ts';
import { answersByApp } from '#core/resolution/resolution-table.ts';
import { rendered, renderedSections } from '../../../tests/rendered.ts';
import { words } from '../../i18n/index.ts';
import type { Past } from '../history/view-model.ts';
import Overview from '../overview/Overview.astro';
import Resolution from '../resolution/Resolution.astro';
import { answerRows } from '../resolution/answers-markup.ts';
import type { Markup } from '../../lib/markup.ts';
import { LISTED } from '../../lib/pages.ts';
import { miniappFacts, titleOf } from './facts.ts';
import { sectionsIn } from './sections.ts';

const workspace = publish(fixtureWorkspace());
const HOSTILE = `</script><img src=x onerror=alert(1)> " ' & </td>\u2028`;

describe.each(['en', 'zh'] as const)('a miniapp in %s', (language) => {
  const propsOf = (miniapp: PublicMiniapp) => {
    const changed = { ...workspace, miniapps: new Map([[miniapp.id, miniapp]]) };
    return { language, facts: miniappFacts(changed, miniapp, answersByApp(changed, miniapp.id, NOW), { now: NOW }) };
  };

  test.each([SMART, PANEL])('%s has every section that its navigation leads to', async (id) => {
    const html = await renderedSections(propsOf(workspace.miniapps.get(id)!));
    const inside = [...html.matchAll(/<a href="#([^"]+)"/g)].map(([, anchor]) => anchor!);
    // The two forms are no part of this.
    const wanted = [...sectionsIn(language).map((section) => section.id), ...inside];
    expect(wanted.length).toBeGreaterThan(7);
    for (const anchor of wanted.filter((one) => !['try', 'ask'].includes(one)))
      expect(html).toContain(` id="${anchor}"`);
    // What decided an answer and the file that it stands in are two words.
    const decided = html.match(/<p class=decided>.*?<\/div>/gs)!;
    expect(decided.filter((text) => /[^\s>]<code>/.test(text))).toEqual([]);
    // What commands leave to be filled in is no name in a sentence.
    const sentences = html.replaceAll(/<kbd>.*?<\/kbd>/gs, '');
    expect(sentences).toContain('class="reasons');
    expect(sentences).not.toMatch(/\b(?:APP|REGION)\b/);
  });

  test('a heading is named by its own text alone, a term has what it is the term of, and people and apps lead to their pages', async () => {
    const smart = workspace.miniapps.get(SMART)!;
    const github = { host: 'github.com', repository: 'a/b', branch: 'main', folder: 'config' } as never;
    const facts = miniappFacts(workspace, smart, answersByApp(workspace, SMART, NOW), { now: NOW, github });
    const html = await renderedSections({ language, facts });
    const overview = await rendered(Overview, { language, facts });
    const headings = [...html.matchAll(/<h([1-4])[^>]*>(.*?)<\/h\1>/gs)].map(([, , text]) => text!);
    expect(headings.length).toBeGreaterThan(15);
    expect(headings.filter((text) => text.includes('<a '))).toEqual([]);
    expect(html.match(/class=edit/g)!.length).toBeGreaterThan(5);
    expect(html).not.toMatch(/<dt>(?:(?!<dd).)*?(?:<dt>|<\/dl>)/s);
    const { login } = smart.members.find(({ role }) => role === 'admin')!;
    const prefix = language === 'en' ? '/' : '/zh/';
    expect(overview).toContain(`<a href="${prefix}people/${login}/">`);
    for (const { app } of smart.trafficking) expect(overview).toContain(`<a href="${prefix}apps/${app}/">`);
  });

  test('that nothing changed what decided an answer is said where Git tells of changes, and of Git nothing without it', async () => {
    const smart = workspace.miniapps.get(SMART)!;
    const textWith = async (past?: Past) => {
      const facts = miniappFacts(workspace, smart, answersByApp(workspace, SMART, NOW), { now: NOW, past });
      return await rendered(Resolution, { language, facts });
    };
    const said = words[language].resolution.neverChanged;
    expect(await textWith()).not.toContain(said);
    expect(await textWith({ events: [], isCut: false, isShallow: false, touched: new Map() })).toContain(said);
  });

  test('an admin who has left is named as such', async () => {
    const smart = workspace.miniapps.get(SMART)!;
    const { login, role } = smart.members.find((one) => one.role === 'admin')!;
    const gone = { ...workspace.people.get(login)!, left: '2026-11-01' };
    const changed = { ...workspace, people: new Map([...workspace.people, [login, gone]]) };
    const facts = miniappFacts(changed, { ...smart, members: [{ login, role }] }, [], { now: NOW });
    const marked = language === 'en' ? `${gone.name} (has left)` : `${gone.name}（已离开）`;
    expect(await rendered(Overview, { language, facts })).toContain(`>${marked}</a>`);
  });

  test('a long text shows its first lines and opens, a short one is as it stands', async () => {
    const smart = workspace.miniapps.get(SMART)!;
    const described = (text: string) =>
      rendered(Overview, propsOf({ ...smart, basics: { ...smart.basics, description: { en: text, zh: text } } }));
    const long = (language === 'en' ? 'word ' : '文字').repeat(80).trim();
    expect(await described(long)).toContain(`<details class=clamped><summary>${long}</summary></details>`);
    expect(await described('Short.')).not.toContain('clamped');
  });

  test('of one app with more rows than there is room for the first are there, and how many more there are', () => {
    const smart = workspace.miniapps.get(SMART)!;
    const view = resolutionView(workspace, smart, answersByApp(workspace, SMART, NOW), language);
    const [block] = view.blocks;
    const [row] = block!.rows;
    const rows = Array.from({ length: LISTED + 20 }, () => row!);
    const [cut] = bounded([{ ...block!, rows }, block!]);
    expect([cut!.rows.length, cut!.moreRows]).toEqual([LISTED, 20]);
    const cutView = { ...view, blocks: [cut!], apps: 1 };
    const [{ text: html }] = answerRows(language, cutView, { all: [], of: () => ({ id: 'why' }) } as never) as [Markup];
    expect(html).toContain(`<td colspan="5">${language === 'en' ? 'and 20 more' : '另有 20 项'}`);
  });

  test('of thousands of apps that are all answered otherwise the page names the first, and says how many there are', async () => {
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
    const html = await renderedSections({ language, facts });
    expect(html.match(/<[a-z]/g)!.length).toBeLessThan(5_000);
    expect(html.length).toBeLessThan(200_000);
    const named = [...html.matchAll(/data-app=([\w-]+)/g)].map(([, app]) => app!);
    // The default app, those that open it, and of the others as many as there is room for.
    expect(named.slice(0, 41)).toEqual(['smart-life', ...opening.map(({ app }) => app)]);
    expect(named.length).toBeGreaterThan(41);
    expect(named.length).toBeLessThanOrEqual(LISTED);
    const text = html.replaceAll(/<[^>]+>/g, ' ');
    expect(text).toContain(language === 'en' ? `${named.length} of 3,0` : `列出 ${named.length} 个`);
    expect(html).toContain(`api/v1/miniapps/${SMART}/resolution.json`);
  });

  test('of many apps that are answered alike the first are named, the others folded', async () => {
    const apps = new Map(workspace.apps);
    for (let at = 0; at < 40; at += 1)
      apps.set(`app-${at}`, { id: `app-${at}`, name: { en: `App ${at}` }, regions: ['EU'], scheme: `app${at}` });
    const changed = { ...workspace, apps };
    const smart = workspace.miniapps.get(SMART)!;
    const facts = miniappFacts(changed, smart, answersByApp(changed, SMART, NOW), { now: NOW });
    const html = await renderedSections({ language, facts });
    const [head] = html.match(/<tr class=app><th[^>]*>(?:(?!<tr).)*App 39(?:(?!<tr).)*/s)!;
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
    const props = propsOf(hostile);
    expect(titleOf(props.facts, language)).toBe(HOSTILE);
    const html =
      (await renderedSections(props)) + (await rendered(JsonScript, { id: 'miniapp', json: props.facts.pageData }));
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
