/** The reasons of a table, and who made each cell so. */
import { describe, expect, test } from 'vitest';
import { answersByApp } from '#core/resolution/resolution-table.ts';
import type { TimelineEvent } from '#core/history/timeline.ts';
import { resolvedCells } from '../../../../scripts/fixtures/resolution.ts';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';

import { decidedBy, reasonTexts } from './reason-texts.ts';

import { words } from '../../i18n/index.ts';
import { fill } from '#core/problems/messages.ts';
import { publish } from '../../lib/public.ts';
import { coverageOf } from './coverage.ts';
import { deliveryChange } from './deciding-changes.ts';
import { reasonsOf } from './reasons.ts';
import { event, record } from '../../../tests/timeline.ts';

const workspace = publish(fixtureWorkspace());
const smart = workspace.miniapps.get(SMART)!;

describe('the reasons of a table', () => {
  const past = {
    events: [event('pub', 5, { kind: 'publish', miniapp: SMART, version: '1.1.0' })],
    isCut: false,
    isShallow: false,
    touched: new Map([[`miniapps/${SMART}/trafficking.yaml`, record('del', 3)]]),
  };

  test.each([SMART, PANEL])('say of every cell of %s what the table says', (id) => {
    const miniapp = workspace.miniapps.get(id)!;
    const reasons = reasonsOf(workspace, miniapp, answersByApp(workspace, id, NOW), undefined, NOW);
    expect(new Set(reasons.all.map((reason) => reason.id)).size).toBe(reasons.all.length);
    for (const { app, region, audience, entry, resolution } of resolvedCells(workspace, id, NOW)) {
      const { resolution: told } = reasons.of({
        entry,
        audience,
        coverage: coverageOf(workspace, miniapp, app, region),
      });
      const wanted =
        resolution.outcome === 'opens'
          ? [resolution.version, resolution.channel]
          : [resolution.code, resolution.fix.map(({ code }) => code)];
      expect(
        told.outcome === 'opens' ? [told.version, told.channel] : [told.code, told.fix.map(({ code }) => code)],
      ).toEqual(wanted);
    }
  });

  test('say where a delivery, which cures them, breaks what was promised', () => {
    const own = fixtureWorkspace();
    const raw = own.miniapps.get(SMART)!;
    const promise = { app: 'smart-life', expect: { error: 'app-not-associated' } } as const;
    const scenarios = [
      ...['AY', 'AZ'].map((region) => ({ ...promise, name: 'Not with us', region })),
      { ...promise, name: 'Nor there', region: 'EU' },
    ];
    const promised = { ...raw, trafficking: raw.trafficking.filter(({ app }) => app !== 'smart-life'), scenarios };
    const shown = publish({ ...own, miniapps: new Map([[SMART, promised]]) }, undefined, undefined, NOW);
    const { all } = reasonsOf(shown, shown.miniapps.get(SMART)!, answersByApp(shown, SMART, NOW), undefined, NOW);
    const isDelivered = ({ resolution }: (typeof all)[number]) =>
      resolution.outcome === 'opens' || !resolution.fix.some(({ code }) => code === 'deliver');
    const undelivered = all.filter((reason) => !isDelivered(reason));
    const by = 'edit-trafficking';
    const broken = [
      { app: 'smart-life', regions: ['AY', 'AZ'], breaks: { by, names: ['Not with us'] } },
      { app: 'smart-life', regions: ['EU'], breaks: { by, names: ['Nor there'] } },
    ];
    expect(undelivered.length).toBeGreaterThan(0);
    for (const { brokenWhere } of undelivered) expect(brokenWhere).toEqual(expect.arrayContaining(broken));
    expect(all.filter(isDelivered).flatMap(({ brokenWhere }) => brokenWhere)).toEqual([]);
    expect(reasonTexts('en', shown, undelivered[0]!).error!.broken.toSorted()).toEqual([
      'Smart Life (AY, AZ): It breaks what was promised: “Not with us”. --update-scenarios changes that with this step.',
      'Smart Life (EU): It breaks what was promised: “Nor there”. --update-scenarios changes that with this step.',
    ]);
    expect(reasonTexts('zh', shown, undelivered[0]!).error!.broken.toSorted()).toEqual([
      '智能生活（AY、AZ）：此操作会打破承诺：“Not with us”。--update-scenarios 会随此操作修改承诺。',
      '智能生活（EU）：此操作会打破承诺：“Nor there”。--update-scenarios 会随此操作修改承诺。',
    ]);
  });

  test('name the files that decided and who made them so', () => {
    const reasons = reasonsOf(workspace, smart, answersByApp(workspace, SMART, NOW), past, NOW);
    const online = reasons.all.find(
      ({ resolution }) => resolution.outcome === 'opens' && resolution.channel === 'online',
    )!;
    expect(
      online.facts.map(({ name, path, changes }) => [
        name,
        path,
        changes.map(({ kind, record: who, isOfFile }) => [kind, who?.commit, isOfFile]),
      ]),
    ).toEqual([
      ['online', `miniapps/${SMART}/release.yaml`, [['publish', 'pub', undefined]]],
      ['delivery', `miniapps/${SMART}/trafficking.yaml`, [[undefined, 'del', true]]],
      ['version', `miniapps/${SMART}/versions/1.1.0.yaml`, [[undefined, undefined, undefined]]],
    ]);
    const experience = reasons.all.find(
      ({ resolution }) => resolution.outcome === 'opens' && resolution.channel === 'experience',
    )!;
    expect(experience.facts.map(({ name }) => name)).toContain('whitelist');
    const away = reasons.all.find(
      ({ resolution }) => resolution.outcome === 'error' && resolution.code === 'app-not-associated',
    )!;
    expect(away.facts.map(({ name }) => name)).toEqual(['undelivered']);
    expect(away.resolution.outcome === 'error' && away.resolution.fix[0]!.command).toContain(
      '--app APP --region REGION',
    );
  });

  test('files of one change stand together, and what it was is said once', () => {
    const files = ['release', 'trafficking', 'versions/1.1.0'].map((file) => `miniapps/${SMART}/${file}.yaml`);
    const [first, later] = [record('one', 3), record('two', 4)];
    const told = (...records: (typeof first)[]) => {
      const own = {
        events: [],
        isCut: true,
        isShallow: false,
        touched: new Map(files.map((file, at) => [file, records[at]!])),
      };
      const { all } = reasonsOf(workspace, smart, answersByApp(workspace, SMART, NOW), own, NOW);
      const { facts } = all.find(({ id }) => id === 'why-online')!;
      return decidedBy('en', workspace, facts, new Set(workspace.apps.keys())).map((one) => [
        one.files.map(({ name }) => name),
        one.changes.map(({ done, record: who }) => [done, who?.commit]),
      ]);
    };
    const { fileChanged, filesChanged } = words.en.resolution;
    expect(told(first, first, first)).toEqual([[['online', 'delivery', 'version'], [[`${filesChanged} `, 'one']]]]);
    expect(told(first, later, first)).toEqual([
      [['online', 'version'], [[`${filesChanged} `, 'one']]],
      [['delivery'], [[`${fileChanged} `, 'two']]],
    ]);
  });

  test('nothing is online by the revocation that ended what was, and not by one of a version that nobody had', () => {
    const off = { ...smart, release: {} };
    const factWith = (events: TimelineEvent[]) => {
      const file = `miniapps/${SMART}/release.yaml`;
      const own = { events, isCut: false, isShallow: false, touched: new Map([[file, record('file', 1)]]) };
      const changed = { ...workspace, miniapps: new Map([[SMART, off]]) };
      const { all } = reasonsOf(changed, off, answersByApp(changed, SMART, NOW), own, NOW);
      const reason = all.find(({ facts }) => facts.some(({ name }) => name === 'unreleased'))!;
      const [change] = reason.facts[0]!.changes;
      const [decided] = decidedBy('en', changed, reason.facts, new Set(changed.apps.keys()));
      return { change, done: decided!.changes[0]!.done };
    };
    const ended: TimelineEvent = {
      ...event('ended', 5, { kind: 'revoke', miniapp: SMART, version: '1.1.0' }),
      effects: [
        {
          miniapp: SMART,
          app: 'smart-life',
          regions: ['EU'],
          audience: 'everyone',
          entries: ['link'],
          before: '1.1.0',
          after: 'no-online-version',
        },
      ],
    };
    const idle = event('idle', 6, { kind: 'revoke', miniapp: SMART, version: '1.2.0' });
    const { change, done } = factWith([idle, ended]);
    expect([change!.record!.commit, change!.version]).toEqual(['ended', '1.1.0']);
    expect(done).toBe(`${fill(words.en.transitions.revoke, { version: '1.1.0' })} · `);
    expect(factWith([idle]).change).toMatchObject({ record: { commit: 'file' }, isOfFile: true });
    // What came after it was out of service when it was revoked, so nobody lost it then.
    const later = [
      event('last', 9, { kind: 'revoke', miniapp: SMART, version: '1.3.0' }),
      event('stopped', 8, { kind: 'disable', miniapp: SMART, version: '1.3.0' }),
      event('published', 7, { kind: 'publish', miniapp: SMART, version: '1.3.0' }),
    ];
    expect(factWith([...later, idle, ended]).change).toMatchObject({ record: { commit: 'last' }, version: '1.3.0' });
    // Revoked, then approved and published anew: whatever took it offline, that was not it.
    const anew = event('anew', 10, { kind: 'publish', miniapp: SMART, version: '1.3.0' });
    expect(factWith([anew, ...later]).change).toMatchObject({ record: { commit: 'file' }, isOfFile: true });
  });
});

describe('who made a cell so', () => {
  const effect = (app: string, regions: string[], before: string, after: string) =>
    ({ miniapp: SMART, app, regions, audience: 'everyone', entries: ['link'], before, after }) as const;
  const told = (commit: string, time: number, effects: ReturnType<typeof effect>[]) => ({
    ...event(commit, time, { kind: 'edit-trafficking', miniapp: SMART }),
    effects,
  });
  const file = `miniapps/${SMART}/trafficking.yaml`;
  const past = {
    events: [
      told('third', 9, [effect('other', ['EU'], 'app-not-associated', '1.1.0')]),
      told('second', 8, [effect('smart-life', ['AZ'], '1.1.0', 'app-not-associated')]),
      told('first', 7, [effect('smart-life', ['EU', 'AZ'], 'app-not-associated', '1.1.0')]),
      event('made', 1, { kind: 'create', miniapp: SMART }),
    ],
    isCut: false,
    isShallow: false,
    touched: new Map([[file, record('third', 9)]]),
  };
  test.each([
    ['delivered by its own change, not by the newest of the file', 'smart-life', 'EU', true, 'first'],
    ['ended by the change that ended it', 'smart-life', 'AZ', false, 'second'],
    ['delivered to by the newest', 'other', 'EU', true, 'third'],
    ['never delivered', 'other', 'AZ', false, undefined],
    ['delivered since it was made', 'third-app', 'EU', true, 'made'],
  ])('%s', (_name, app, region, isDelivered, commit) => {
    expect(deliveryChange(past, { app, region }, isDelivered, file)?.record.commit).toBe(commit);
  });

  test('where earlier events are left out, what is known is who changed the file', () => {
    const cut = { ...past, isCut: true };
    const of = (app: string, isDelivered: boolean) => deliveryChange(cut, { app, region: 'EU' }, isDelivered, file);
    expect(of('third-app', true)).toMatchObject({ record: { commit: 'third' }, isOfFile: true });
    expect(of('third-app', false)).toMatchObject({ isOfFile: true });
    expect(of('smart-life', true)?.isOfFile).toBeUndefined();
  });
});
