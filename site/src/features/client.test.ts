/** What the browser's scripts decide, apart from the page. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkFor } from '#core/resolution/miniapp-link.ts';
import { versionOrCode } from '#core/resolution/resolution.ts';
import { resolutionTable } from '#core/resolution/resolution-table.ts';
import { resolve } from '#core/resolution/resolve.ts';
import type { Workspace } from '#core/model.ts';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../scripts/fixtures/workspace.ts';
import { publish } from '../lib/public.ts';
import { miniappData, platformData } from '../lib/page-data.ts';
import { parametersIn, withParameters } from '../lib/address.client.ts';
import { cellId, cellIn, isShown } from './resolution/cells.ts';
import { matcherOf, parseQuery, placesOf, queryString, sortRows, type RowData } from './list/list-query.ts';
import { qrAnswer, queryPairs, type QrInput } from './qr/qr-answer.ts';
import { qrCode, svgText } from './qr/qr-code.ts';

const raw = fixtureWorkspace();
const workspace = publish(raw);
const pageDataOf = (id: string) => ({
  ...platformData(workspace, NOW, 'en'),
  miniapp: miniappData(workspace.miniapps.get(id)!, NOW, true),
});

describe('the address of the list', () => {
  const word = fc.string({ unit: 'grapheme' }).map((text) => text.trim());
  const sort = fc.option(fc.record({ column: fc.integer({ min: 0, max: 9 }), descending: fc.boolean() }), {
    nil: undefined,
  });

  test('holds the query', () => {
    fc.assert(
      fc.property(word, word, word, word, word, sort, (q, type, category, state, app, by) => {
        const query = { q, type, category, state, app, ...(by ? { sort: by } : {}) };
        expect(parseQuery(queryString(query))).toEqual(query);
      }),
    );
  });

  test('is bare when nothing is asked', () => expect(queryString(parseQuery('?sort=x&page=3'))).toBe(''));
});

describe('what stands in the address', () => {
  test('are the values of each form, beside those of the others', () => {
    const value = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(value, value, value, (app, query, other) => {
        const search = withParameters(withParameters('?q=kept', 'if.', { app: other }), 'qr.', { app, query });
        const given = (text: string) => (text === '' ? {} : { app: text });
        expect(parametersIn(search, 'qr.', ['app', 'query'])).toEqual({
          ...given(app),
          ...(query === '' ? {} : { query }),
        });
        expect(parametersIn(search, 'if.', ['app'])).toEqual(given(other));
        expect(parametersIn(search, '', ['q'])).toEqual({ q: 'kept' });
        expect(withParameters(search, 'qr.', { app: '', query: '' })).toBe(
          withParameters('?q=kept', 'if.', { app: other }),
        );
      }),
    );
    expect(withParameters('?qr.app=x', 'qr.', { app: '' })).toBe('');
  });

  test('is a cell, or none', () => {
    const cell = { app: 'smart-life', region: 'EU', audience: 'whitelisted', entry: 'link' } as const;
    expect(cellIn(`#${cellId(cell.app, cell.region, cell.audience, cell.entry)}`)).toEqual(cell);
    for (const hash of ['', '#try', '#cell.a.b.nobody.link', '#cell.a.b.everyone', '#cell.a"].b.everyone.link'])
      expect(cellIn(hash), hash).toBeUndefined();
  });

  test('a filter that asks nothing shows everything', () => {
    expect([isShown('', 'EU'), isShown('EU', 'EU'), isShown('EU', 'AZ'), isShown('EU', undefined)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });
});

describe('rows', () => {
  const row = (index: number, own: Partial<RowData>): RowData => ({
    index,
    search: 'robot vacuum 扫地机器人 tyrobot',
    type: 'panel',
    category: 'cleaning',
    states: ['online', 'experience'],
    apps: ['smart-life'],
    ...own,
  });
  const none = { q: '', type: '', category: '', state: '', app: '' };

  test.each([
    [{}, true],
    [{ q: 'VACUUM  robot' }, true],
    [{ q: '扫地' }, true],
    [{ q: 'robot kitchen' }, false],
    [{ type: 'panel', state: 'experience', app: 'smart-life' }, true],
    [{ type: 'smart' }, false],
    [{ category: 'cleaning' }, true],
    [{ category: 'clean' }, false],
    [{ state: 'pending' }, false],
    [{ app: 'oem-home' }, false],
  ])('%j → %s', (query, expected) => expect(matcherOf({ ...none, ...query })(row(0, {}))).toBe(expected));

  test('are sorted as people count, empty ones last either way', () => {
    const keys = ['1.10.0', '', '1.9.0', '1.9.0'];
    const places = placesOf(keys, 'en');
    const rows = keys.map((_key, index) => ({ index }));
    const order = (isDescending: boolean) =>
      sortRows(rows, ({ index }) => places[index]!, isDescending).map(({ index }) => index);
    expect(order(false)).toEqual([2, 3, 0, 1]);
    expect(order(true)).toEqual([0, 2, 3, 1]);
  });

  test('have the order of the language, alike ones one place', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.constantFrom('en', 'zh-Hans'), (keys, language) => {
        const { compare } = new Intl.Collator(language, { numeric: true });
        const places = placesOf(keys, language);
        for (const [a, left] of keys.entries())
          for (const [b, right] of keys.entries())
            if (left !== '' && right !== '')
              expect(Math.sign(places[a]! - places[b]!)).toBe(Math.sign(compare(left, right)));
        for (const [index, key] of keys.entries()) if (key === '') expect(places[index]).toBe(-1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the QR configurator', () => {
  const input: QrInput = { entry: 'experience', app: 'oem-home', page: '', device: '', group: '', query: '' };

  test('draws what linkFor says', () => {
    const answer = qrAnswer(pageDataOf(SMART), {
      ...input,
      page: ' /pages/x?a=1 ',
      device: ' d1 ',
      query: 'b=2=3\n\n c = 4 \nd',
    });
    const { scheme } = workspace.apps.get('oem-home')!;
    const link = linkFor(workspace.platform.link, 'experience', {
      scheme,
      miniapp: SMART,
      version: '1.2.0',
      page: '/pages/x?a=1',
      device: 'd1',
      query: { b: '2=3', c: '4', d: '' },
    });
    expect(answer).toMatchObject({ kind: 'link', link });
    expect(link).toContain('%3Fa%3D1');
  });

  test('refuses a panel its experience code without a device, and nothing else', () => {
    const page = pageDataOf(PANEL);
    expect(qrAnswer(page, input)).toEqual({ kind: 'refused' });
    expect(qrAnswer(page, { ...input, device: ' ' })).toEqual({ kind: 'refused' });
    expect(qrAnswer(page, { ...input, device: 'vdevo1' }).kind).toBe('link');
    expect(qrAnswer(page, { ...input, entry: 'link' }).kind).toBe('link');
    expect(qrAnswer(pageDataOf(SMART), input).kind).toBe('link');
  });

  test.each([SMART, PANEL])('says for every app and entry of %s what the resolution table says', (id) => {
    const page = pageDataOf(id);
    for (const app of workspace.apps.keys()) {
      for (const entry of ['link', 'experience'] as const) {
        const answer = qrAnswer(page, { ...input, app, entry, device: 'vdevo1' });
        const said = answer.kind === 'link' ? answer.answers.answers : [];
        const told = said.flatMap(({ audience, regions, resolution: one }) =>
          regions.map((region) => `${audience} ${region} ${versionOrCode(one)}`),
        );
        // A normal link is the same for the whitelisted, who are then not named.
        const wanted = resolutionTable(workspace, id, NOW)
          .filter((cell) => cell.app === app && cell.entry === entry)
          .filter(({ audience }) => entry === 'experience' || audience !== 'whitelisted')
          .map((cell) => `${cell.audience} ${cell.region} ${versionOrCode(cell)}`);
        expect(told.sort()).toEqual(wanted.sort());
      }
    }
  });

  test.each([
    ['nothing is released', { release: {} }, {}],
    ['it is out of service', { release: { online: { version: '1.1.0', enabled: false } } }, { entry: 'link' }],
    ['it is delivered nowhere', { trafficking: [], whitelistedIn: [] }, {}],
    ['the page is not there', {}, { page: 'pages/nowhere?x=1' }],
  ] as const)('is dead where %s', (_name, change, own) => {
    const page = pageDataOf(SMART);
    const miniapp = { ...page.miniapp, ...change } as typeof page.miniapp;
    expect(qrAnswer(page, { ...input, entry: 'link' })).toMatchObject({ answers: { isDead: false } });
    expect(qrAnswer({ ...page, miniapp }, { ...input, ...own })).toMatchObject({ answers: { isDead: true } });
  });

  test('says that nobody is whitelisted, whatever else opens', () => {
    const page = pageDataOf(SMART);
    const miniapp = { ...page.miniapp, whitelistedIn: [] };
    expect(qrAnswer({ ...page, miniapp }, input)).toMatchObject({ answers: { isForNobody: true, isDead: false } });
    expect(qrAnswer(page, input)).toMatchObject({ answers: { isForNobody: false } });
  });

  test.each([undefined, 'newest-fitting'] as const)(
    'says for each audience what the versions of the app answer instead (%s)',
    (compatibility) => {
      const [HOME, FORMER] = ['pages/index/index', 'pages/former/index'];
      const runtimes = [
        { appVersion: '6.2.0', baseLibrary: '2.20.0', kits: { BaseKit: '3.10.4' } },
        { appVersion: '6.1.0', baseLibrary: '2.14.2' },
        { appVersion: '6.0.0', baseLibrary: '2.10.0', kits: { BaseKit: '3.10.4' } },
      ];
      const own = raw.miniapps.get(SMART)!;
      const versions = new Map(own.versions);
      const needs = { '1.0.0': '2.9.0', '1.1.0': '2.12.0', '1.2.0': '2.21.0', '1.3.0': '2.19.0' };
      for (const [version, baseLibrary] of Object.entries(needs))
        versions.set(version, { ...versions.get('1.2.0')!, version, baseLibrary, kits: {}, pages: [HOME] });
      versions.set('1.0.0', { ...versions.get('1.0.0')!, pages: [HOME, FORMER] });
      const release = { ...own.release, previous: ['1.0.0'], rollout: { version: '1.3.0', percent: 10 } };
      const needy: Workspace = {
        ...raw,
        platform: { ...raw.platform, ...(compatibility ? { compatibility } : {}) },
        apps: new Map([...raw.apps].map(([id, app]) => [id, { ...app, runtimes }])),
        miniapps: new Map(raw.miniapps).set(SMART, { ...own, versions, release }),
      };
      const data = {
        ...platformData(publish(needy), NOW, 'en'),
        miniapp: miniappData(publish(needy).miniapps.get(SMART)!, NOW, true),
      };
      const told = new Set<string>();
      for (const page of ['', FORMER])
        for (const entry of ['link', 'experience'] as const) {
          const answer = qrAnswer(data, { ...input, app: 'smart-life', entry, page });
          if (answer.kind !== 'link') throw new Error('there is a link');
          const outcomes = new Set<string>();
          for (const { audience, regions, resolution, elsewise } of answer.answers.answers) {
            const who = { whitelisted: audience === 'whitelisted', inRollout: audience === 'rollout' };
            for (const region of regions) {
              for (const { appVersion } of runtimes) {
                const query = { miniapp: SMART, app: 'smart-life', region, entry, page, ...who, appVersion, now: NOW };
                const other = elsewise.find(({ appVersions }) => appVersions.includes(appVersion))?.resolution;
                const said = versionOrCode(other ?? resolution);
                expect(said).toBe(versionOrCode(resolve(needy, query)));
                outcomes.add((other ?? resolution).outcome);
                if (other && page === '') told.add(`${audience} ${appVersion} ${said}`);
              }
            }
          }
          // A page that only a former version has opens where that one does.
          expect(answer.answers.isDead).toBe(page !== '' && !compatibility);
          expect(outcomes.has('opens')).toBe(!answer.answers.isDead);
        }
      // Whoever tries the experience version gets nothing, and everybody else what the app can run.
      const instead = compatibility ? '1.0.0' : 'host-incompatible';
      expect([...told].sort()).toEqual([
        `everyone 6.0.0 ${instead}`,
        `rollout 6.0.0 ${instead}`,
        'rollout 6.1.0 1.1.0',
        ...runtimes.map(({ appVersion }) => `whitelisted ${appVersion} host-incompatible`).reverse(),
      ]);
    },
  );

  test('pairs are read a line each', () => {
    expect(queryPairs('a=1\n=2\n\nb\nc=x=y\n__proto__=1')).toEqual(
      Object.fromEntries([
        ['a', '1'],
        ['b', ''],
        ['c', 'x=y'],
        ['__proto__', '1'],
      ]),
    );
  });

  test('a code keeps its quiet zone and gives up on what no code can hold', () => {
    const code = qrCode('https://example.com/')!;
    expect(code.side).toBe(25 + 8);
    expect(svgText(code)).toMatch(/^<svg xmlns="[^"]+" viewBox="0 0 33 33"/);
    const starts = [...code.path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, w]) => [
      Number(x),
      Number(y),
      Number(x) + Number(w),
    ]);
    for (const [x, y, end] of starts) expect(Math.min(x!, y!) >= 4 && Math.max(y!, end! - 1) < 29).toBe(true);
    expect(qrCode('x'.repeat(3000))).toBeUndefined();
  });
});
