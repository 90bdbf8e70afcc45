/** Longer than most files, as all views look at one small configuration. The views over the small configuration: what each page is told to show. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keysOf } from '#core/keys-of.ts';
import { messages, type Language, type OutcomeCode } from '#core/problems/messages.ts';
import { answersByApp, resolutionTable } from '#core/resolution/resolution-table.ts';
import { fixesFor } from '#core/resolution/fixes.ts';
import { resolve } from '#core/resolution/resolve.ts';
import { spelledOut } from '../../../scripts/fixtures/resolution.ts';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../scripts/fixtures/workspace.ts';
import { access } from './access/view-model.ts';
import { strings } from './languages/view-model.ts';
import { network } from './network/view-model.ts';
import { overview } from './overview/view-model.ts';
import { promises } from './promises/view-model.ts';
import { appViews, consentText } from './apps/view-model.ts';
import { reviews } from './reviews/view-model.ts';
import { rules } from './rules/view-model.ts';
import { CURES, symptoms } from './symptoms/view-model.ts';
import { publish } from '../lib/public.ts';
import { CARDS, cardsOf, stageLists, type VersionCard } from './versions/view-model.ts';
import { jsonForHtml, miniappData, platformData, pageWorkspace } from '../lib/page-data.ts';

const raw = fixtureWorkspace();
const workspace = publish(raw);
const smart = workspace.miniapps.get(SMART)!;
const panel = workspace.miniapps.get(PANEL)!;
const LANGUAGES: Language[] = ['en', 'zh'];

test('what somebody can open, or what waits for somebody, is told in full, however many versions are newer', () => {
  const card = (number: string, state: Partial<VersionCard['state']>): VersionCard =>
    ({ number, state: { stage: 'review', isExperience: false, isRolledOut: false, ...state } }) as VersionCard;
  const newer = Array.from({ length: 20 }, (_one, at) => card(`2.${20 - at}.0`, { status: 'rejected' }));
  const told = [
    card('1.4.0', { status: 'approved', isRolledOut: true }),
    card('1.3.0', { status: 'pending' }),
    card('1.2.0', { status: 'approved' }),
    card('1.1.0', { status: 'rejected', isExperience: true }),
  ];
  const { full, rest } = cardsOf([...newer, ...told]);
  expect(full.map(({ number }) => number)).toEqual(
    [...newer.slice(0, CARDS.review - told.length), ...told].map(({ number }) => number),
  );
  expect(rest).toEqual(newer.slice(CARDS.review - told.length));
  // Former versions were all approved once: there that says nothing.
  const former = newer.map(({ number }) => card(number, { stage: 'superseded', status: 'approved' }));
  expect(cardsOf(former).full).toEqual(former.slice(0, 1));
});

test('every version stands in exactly one list, with the commands of its steps', () => {
  for (const miniapp of workspace.miniapps.values()) {
    const lists = stageLists(workspace, miniapp, NOW);
    expect(lists.map(({ stage }) => stage)).toEqual(['development', 'review', 'online', 'superseded']);
    const cards = lists.flatMap(({ cards: own }) => own);
    expect(cards.map(({ number }) => number).sort()).toEqual([...miniapp.versions.keys()].sort());
    for (const { stage, cards: own } of lists) for (const card of own) expect(card.state.stage).toBe(stage);
    for (const { steps } of cards) for (const { command } of steps) expect(command).toContain(miniapp.id);
    expect(lists[3]!.cards.map(({ number }) => number)).toEqual(miniapp.release.previous ?? []);
  }
});

describe('the data of a page', () => {
  test('answers as the platform does, without an account in it', () => {
    for (const [id, miniapp] of workspace.miniapps) {
      const data = { ...platformData(workspace, NOW, 'en'), miniapp: miniappData(miniapp, NOW, true) };
      const own = pageWorkspace(JSON.parse(jsonForHtml(data)));
      expect(own.miniapps.get(id)!.whitelist).toEqual([]);
      for (const { app, region, audience, entry } of resolutionTable(workspace, id, NOW)) {
        for (const device of [undefined, 'vdevo1']) {
          const query = { miniapp: id, app, region, entry, whitelisted: audience === 'whitelisted', device, now: NOW };
          expect(spelledOut(resolve(own, query))).toEqual(spelledOut(resolve(raw, query)));
        }
      }
    }
  });

  test('any text survives a script element, and cannot leave it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const value of [text, `</script>${text}<!--`, '\u2028&\u2029>']) {
          expect(jsonForHtml(value)).not.toMatch(/[<>&\u2028\u2029]/);
          expect(JSON.parse(jsonForHtml(value))).toBe(value);
        }
      }),
    );
  });
});

describe('the parts of a miniapp', () => {
  test('the overview says who and how', () => {
    expect(overview(workspace, smart, 'en')).toMatchObject({
      id: SMART,
      online: { version: '1.1.0' },
      folder: `config/miniapps/${SMART}`,
    });
    expect(overview(workspace, panel, 'zh').type).toBe('panel');
  });

  test('the overview tells the texts in the languages of the platform that the page is not in', () => {
    const name = { en: 'Alarm', de: 'Wecker', fr: 'Réveil' };
    const given = { ...smart, basics: { ...smart.basics, name, description: { en: 'Rings.', de: 'Klingelt.' } } };
    const platform = { ...workspace.platform, languages: ['en', 'de'] };
    expect(overview({ ...workspace, platform }, given, 'en').otherLanguages).toEqual([
      { language: 'de', name: 'Wecker', description: 'Klingelt.' },
      { language: 'fr', name: 'Réveil', description: '' },
    ]);
    // One that the page cannot show in its own language is shown in the first, which then is not told again.
    expect(overview({ ...workspace, platform }, given, 'zh').otherLanguages.map(({ language }) => language)).toEqual([
      'de',
      'fr',
    ]);
    const plain = { ...smart, basics: { ...smart.basics, name: { en: 'Alarm' }, description: { en: 'Rings.' } } };
    expect(overview({ ...workspace, platform }, plain, 'en').otherLanguages).toEqual([]);
  });

  test('access marks what has ended, and puts admins first', () => {
    const later = access(workspace, smart, Date.parse('2199-01-01'), 'en');
    expect(later.whitelist.map(({ isLive }) => isLive)).toEqual(
      smart.whitelist.map(({ expires }) => expires === undefined),
    );
    expect(later.members[0]!.role).toBe('admin');
    expect(later.members).toHaveLength(smart.members.length);
  });

  test('network has every origin', () => {
    const shown = network(workspace, smart, 'en').groups.flatMap(({ rows }) => rows.flatMap(({ origins }) => origins));
    const { cloud: _cloud, ...zones } = smart.domains;
    expect(shown.sort()).toEqual(
      Object.values(zones)
        .flatMap((zone) => Object.values(zone).flat())
        .sort(),
    );
  });

  test('languages are counted against the fallback language', () => {
    const own = {
      ...smart,
      strings: { zh: { a: '甲' }, en: { a: 'A', b: 'B' }, de: { a: 'A', c: 'C', toString: 'T' } },
    };
    const view = strings(workspace, own);
    expect(view.languages).toEqual([
      { tag: 'en', count: 2, missing: 0, keys: [] },
      { tag: 'zh', count: 1, missing: 1, keys: ['b'] },
      { tag: 'de', count: 3, missing: 1, keys: ['b'] },
    ]);
    const { languages } = strings(workspace, { ...own, strings: { zh: own.strings.zh } });
    expect(languages.map(({ tag, count, missing }) => [tag, count, missing])).toEqual([
      ['zh', 1, 0],
      ['en', 0, 1],
    ]);
    expect(strings(workspace, { ...own, strings: {} }).languages).toEqual([]);
    const many = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`key${index}`, 'x']));
    const [, bare] = strings(workspace, { ...own, strings: { en: many, zh: {} } }).languages;
    expect(bare).toMatchObject({ missing: 99, keys: expect.arrayContaining(['key0']) });
    expect(bare!.keys.length).toBeLessThan(20);
  });

  test('promises say what is expected of whom', () => {
    const view = promises(workspace, smart, (code) => messages.en.outcomes[code].title, 'en');
    expect(view).toHaveLength(smart.scenarios.length);
    expect(view.some(({ expected }) => 'code' in expected && expected.code === 'app-not-associated')).toBe(true);
  });

  test('a promise that waits says what is answered in its place', () => {
    const stopped = { ...raw.miniapps.get(SMART)!, release: { online: { version: '1.1.0', enabled: false } } };
    const asked = { app: 'smart-life', region: 'EU', name: 'Online' };
    const scenarios = [
      { ...asked, expect: { opens: 'online' } },
      { ...asked, expect: { error: 'service-disabled' as const } },
    ];
    const changed = { ...raw, miniapps: new Map([[SMART, { ...stopped, scenarios }]]) };
    const waiting = publish(changed, undefined, undefined, NOW);
    const view = promises(waiting, waiting.miniapps.get(SMART)!, (code) => messages.en.outcomes[code].title, 'en');
    expect(view.map(({ instead }) => instead)).toEqual(['Service disabled', undefined]);
  });

  test('a promise names the version of the app and the rollout that it asks about', () => {
    const asked = { app: 'smart-life', region: 'EU', expect: { opens: 'rollout' } };
    const scenarios = [{ ...asked, name: 'In part', audience: 'rollout' as const, appVersion: '5.0.2' }];
    const [view] = promises(workspace, { ...smart, scenarios }, (code) => messages.en.outcomes[code].title, 'en');
    expect(view).toMatchObject({ when: ['Smart Life 5.0.2', expect.any(String)], audience: 'rollout' });
  });
});

test('an app opens what resolve opens for everyone', () => {
  for (const view of appViews(workspace, (id) => answersByApp(workspace, id, NOW), 'en')) {
    const app = workspace.apps.get(view.id)!;
    const expected = [...workspace.miniapps.keys()].filter((miniapp) =>
      app.regions.some(
        (region) => resolve(raw, { miniapp, app: app.id, region, entry: 'link', now: NOW }).outcome === 'opens',
      ),
    );
    expect(view.opens.map(({ id }) => id)).toEqual(expected);
  }
});

test('an app names who of its managers may consent, and whether the policy asks them', () => {
  const [app] = workspace.apps.values();
  const viewIn = (left: readonly string[], policy: object = { transitions: {} }) => {
    const apps = new Map([[app!.id, { ...app!, managers: ['alice', 'rita'] }]]);
    const people = new Map(
      [...workspace.people].map(([login, one]) => [
        login,
        left.includes(login) ? { ...one, left: '2026-01-01' } : { ...one, left: undefined },
      ]),
    );
    const changed = { ...workspace, apps, people, policy } as typeof workspace;
    const [view] = appViews(changed, () => [], 'en');
    return [view!.managers.length, view!.formerManagers.length, consentText('en', view!)];
  };
  const one = 'Delivery to this app needs the consent of one of them';
  expect(viewIn([])).toEqual([2, 0, `${one}.`]);
  expect(viewIn(['rita'])).toEqual([1, 1, `${one}.`]);
  expect(viewIn(['rita', 'alice'])).toEqual([0, 2, `${one}, and nobody is left to give it.`]);
  const several = { count: 2, by: ['manager', 'owner'], when: 'managed-app' };
  expect(
    viewIn(['rita', 'alice'], { transitions: { 'edit-trafficking': { by: ['admin'], approvals: several } } }),
  ).toEqual([0, 2, 'A new delivery to this app needs 2 × App manager or Owner.']);
  expect(viewIn([], { transitions: { 'edit-trafficking': { by: ['admin'] } } })).toEqual([2, 0, undefined]);
});

test('reviews name whom the policy lets review, and whose approval it asks for besides', () => {
  const named = (policy: object) => reviews({ ...workspace, policy } as typeof workspace, new Map(), NOW, 'en');
  const reviewing = [...workspace.people.values()].filter(({ platformRoles }) => platformRoles?.includes('reviewer'));
  const owning = [...workspace.people.values()].filter(({ platformRoles }) => platformRoles?.includes('owner'));
  expect(named({ transitions: {} }).reviewers).toEqual(reviewing.map(({ name }) => name));
  expect(named({ transitions: {} })).not.toHaveProperty('approvals');
  const approvals = { count: 2, by: ['reviewer'] };
  expect(named({ transitions: { approve: { by: ['owner'], approvals } } })).toMatchObject({
    ...{ reviewers: owning.map(({ name }) => name), approvals },
  });
});

test('reviews say what the bot approves by itself', () => {
  const left = (isInternal: boolean, bytesLack?: string) => {
    const people = new Map([...workspace.people].map(([login, one]) => [login, { ...one, internal: isInternal }]));
    const platform = { ...workspace.platform, review: { automatic: { enabled: true, afterMinutes: 2 } } };
    const miniapps = new Map(
      [...workspace.miniapps].map(([id, one]) => {
        const versions = [...one.versions].map(([number, own]) => [number, { ...own, bytesLack }] as const);
        return [id, { ...one, versions: new Map(versions) }];
      }),
    );
    const found = reviews({ ...workspace, people, platform, miniapps } as typeof workspace, new Map(), NOW, 'en');
    expect(found.decided.some(({ isLeftToBot }) => isLeftToBot)).toBe(false);
    return found.pending.map(({ isLeftToBot }) => isLeftToBot);
  };
  expect([left(true), left(false)]).toEqual([[true], [false]]);
  // What is refused without its bytes waits for them.
  expect([left(true, 'unasked'), left(true, 'missing')]).toEqual([[true], [false]]);
});

test('reviews: the waiting and the decided, together all there are', () => {
  const { pending, decided, slaHours } = reviews(
    workspace,
    new Map([[`${SMART} 1.2.0`, NOW - 5 * 3_600_000]]),
    NOW,
    'en',
  );
  const all = [...workspace.miniapps.values()].flatMap(({ versions }) =>
    [...versions.values()].flatMap((v) => v.review ?? []),
  );
  expect(pending).toHaveLength(all.filter(({ status }) => status === 'pending').length);
  expect(pending.length + decided.length).toBe(all.length);
  expect(slaHours).toBe(48);
  expect(pending.map(({ submittedAt, isLate }) => [submittedAt, isLate])).toEqual([[NOW - 5 * 3_600_000, false]]);
  expect(reviews(workspace, new Map(), NOW, 'en').pending[0]).not.toHaveProperty('submittedAt');
});

test.each(LANGUAGES)('symptoms and rules say everything that the catalogue has, in %s', (language) => {
  expect(symptoms(language, true).map(({ code }) => code)).toEqual(Object.keys(messages.en.outcomes));
  const { error, warning } = rules(language);
  expect([...error, ...warning].map(({ code }) => code).sort()).toEqual(Object.keys(messages.en.problems).sort());
});

test('cures are what fixesFor can answer with', () => {
  const found = new Map<OutcomeCode, Set<string>>();
  const versions = new Map(smart.versions);
  const lone = (status: 'pending' | 'approved' | 'rejected' | undefined) => {
    const [version] = [...versions.values()];
    const { review: _review, ...bare } = version!;
    const review = status ? { review: { status, submittedBy: 'alice' } } : {};
    return new Map([[version!.version, { ...bare, ...review }]]);
  };
  const lacking = (bytesLack: 'missing' | 'unrecorded') =>
    new Map([...lone('approved')].map(([number, version]) => [number, { ...version, bytesLack }]));
  const sets = [
    ...[versions, new Map(), lone(undefined), lone('pending'), lone('approved'), lone('rejected')],
    ...[lacking('missing'), lacking('unrecorded')],
  ];
  for (const own of sets) {
    for (const code of keysOf(CURES)) {
      for (const app of ['smart-life', 'oem-home']) {
        for (const entry of ['link', 'experience'] as const) {
          const { release: current, basics } = raw.miniapps.get(SMART)!;
          for (const state of [
            { release: current },
            { release: {} },
            { release: { previous: ['1.0.0'] } },
            { release: {}, basics: { ...basics, archived: true } },
          ]) {
            const miniapp = { ...raw.miniapps.get(SMART)!, ...state, versions: own };
            // The other app's version runs everything.
            const runtimes = [{ appVersion: '6.0.0', baseLibrary: '2.99.0', kits: { BaseKit: '3.99.0' } }];
            const apps = new Map(raw.apps).set('smart-life', { ...raw.apps.get('smart-life')!, runtimes });
            const changed = { ...raw, apps, miniapps: new Map([[SMART, miniapp]]) };
            const query = { miniapp: SMART, app, region: 'EU', entry, now: NOW, appVersion: '5.0.0' };
            const opened = [...own.keys()].find((number) => (own.get(number)!.pages ?? []).length > 0);
            const fixes = fixesFor(code, changed, query, opened).map((fix) => fix.code);
            found.set(code, new Set([...(found.get(code) ?? []), ...fixes]));
          }
        }
      }
    }
  }
  for (const [code, cures] of Object.entries(CURES))
    expect([...found.get(code as OutcomeCode)!].sort(), code).toEqual([...cures].sort());
});

test.each(['features', 'layouts', 'lib'])('components and markup of %s stay small', (name) => {
  const folder = join(import.meta.dirname, '..', name);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.astro$|markup\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    expect(readFileSync(join(folder, file), 'utf8').split('\n').length, file).toBeLessThan(150);
  }
});
