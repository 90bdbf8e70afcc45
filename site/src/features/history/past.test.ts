/** History and reasons: the views that tell who made it so. */
import { describe, expect, test } from 'vitest';
import { answersByApp } from '#core/resolution/resolution-table.ts';
import type { ChangeRecord, Timeline, TimelineEvent } from '#core/history/timeline.ts';
import { resolvedCells } from '../../../../scripts/fixtures/resolution.ts';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { eventViews, newestStep, pastsOf, recordView } from './view-model.ts';
import { rendered } from '../../../tests/rendered.ts';
import { miniappFacts } from '../miniapp/facts.ts';
import { decidedBy } from '../resolution/reason-texts.ts';
import History from './History.astro';
import { recordMarkup } from './events-markup.ts';
import { words } from '../../i18n/index.ts';
import { fill } from '#core/problems/messages.ts';
import { publish } from '../../lib/public.ts';
import { coverageOf } from '../resolution/coverage.ts';
import { deliveryChange } from '../resolution/deciding-changes.ts';
import { reasonsOf } from '../resolution/reasons.ts';

const workspace = publish(fixtureWorkspace());
const smart = workspace.miniapps.get(SMART)!;

const record = (commit: string, time: number, more: Partial<ChangeRecord> = {}): ChangeRecord => ({
  commit,
  time,
  approvedBy: [],
  ...more,
});
const event = (commit: string, time: number, ...steps: TimelineEvent['steps']): TimelineEvent => ({
  record: record(commit, time),
  steps,
  effects: [],
  tables: [],
});
const storyOf = (events: TimelineEvent[], touched: [string, ChangeRecord][] = []): Timeline => ({
  events,
  isCut: false,
  isShallow: false,
  touched: new Map(touched),
  head: { commit: 'f'.repeat(40), time: 9, tree: 'e'.repeat(40) },
  isChanged: false,
  branch: 'main',
  folder: 'config/',
});

test.each(['en', 'zh'] as const)('what the bot did is told by its word and not by its login (%s)', (language) => {
  const login = 'release-bot[bot]';
  const changed = { ...workspace, platform: { ...workspace.platform, bot: { login, githubId: 7 as never } } };
  const byBot = { ...event('b1', 1), record: record('b1', 1, { actor: login }) };
  const [view] = eventViews(changed, [byBot], language);
  expect(view!.who).toBe(words[language].roles.bot);
});

describe('the past of each miniapp', () => {
  const effect = { app: 'smart-life', regions: ['EU'], audience: 'everyone', entries: ['link'] } as const;
  const both: TimelineEvent = {
    record: record('c3', 3, { actor: [...workspace.people.keys()][0]!, approvedBy: ['nobody_here'], pullRequest: 7 }),
    steps: [
      { kind: 'publish', miniapp: SMART, version: '1.1.0' },
      { kind: 'edit-basics', miniapp: PANEL },
    ],
    effects: [
      { ...effect, miniapp: SMART, before: 'no-online-version', after: '1.1.0' },
      { ...effect, miniapp: PANEL, before: null, after: '1.0.0' },
    ],
    tables: [SMART, PANEL].map((miniapp) => ({
      miniapp,
      rows: [{ app: 'smart-life', regions: ['EU'], answers: ['1.1.0', 'no-permission'] }],
    })),
  };
  const story = storyOf([
    both,
    event('c2', 2, { kind: 'submit', miniapp: SMART, version: '1.1.0' }),
    event('c1', 1, { kind: 'edit-platform' }),
  ]);

  test('holds its own steps and effects alone, newest first', () => {
    const pasts = pastsOf(story, []);
    expect([...pasts.keys()].sort()).toEqual([PANEL, SMART].sort());
    expect(pasts.get(SMART)!.events.map(({ steps }) => steps.map(({ kind }) => kind))).toEqual([
      ['publish'],
      ['submit'],
    ]);
    expect(pasts.get(SMART)!.events[0]!.effects.map(({ miniapp }) => miniapp)).toEqual([SMART]);
    expect(pasts.get(SMART)!.events[0]!.tables.map(({ miniapp }) => miniapp)).toEqual([SMART]);
    expect(pasts.get(PANEL)!.events[0]!.steps).toEqual([{ kind: 'edit-basics', miniapp: PANEL }]);
    expect(pastsOf(undefined, [SMART]).size).toBe(0);
  });

  test('finds who took a step last', () => {
    const past = pastsOf(story, []).get(SMART);
    expect(newestStep(past, ['publish', 'rollback'], '1.1.0')).toMatchObject({
      kind: 'publish',
      record: { commit: 'c3' },
    });
    expect(newestStep(past, ['publish'], '9.9.9')).toBeUndefined();
    expect(newestStep(undefined, ['publish'])).toBeUndefined();
  });

  test.each(['en', 'zh'] as const)(
    'says of a merge that could not be looked at that it was not (%s)',
    async (language) => {
      const { history } = words[language];
      const [actor] = [...workspace.people.keys()];
      const shown = (more: Partial<ChangeRecord>) => {
        const told = { ...event('c5', 5, { kind: 'publish', miniapp: SMART, version: '1.1.0' }) };
        const record = { ...told.record, actor: actor!, ...more };
        const past = pastsOf(storyOf([{ ...told, record }]), []).get(SMART);
        return rendered(History, { language, facts: miniappFacts(workspace, smart, [], { now: NOW, past }) });
      };
      expect(await shown({})).not.toContain(history.unseenOne);
      const text = await shown({ isUnseen: true });
      expect(text).toContain(history.unseenOne);
      const [before, after] = fill(history.unseen, { count: 1 }).split('{command}');
      expect(text).toContain(`${before}<code class=command>npx miniapp audit</code>${after}`);
    },
  );

  test.each([
    [SMART, `npx miniapp history ${SMART} --until 2026-11-20`],
    [undefined, 'npx miniapp history --until 2026-11-20'],
  ])('names nobody where nobody looked, and the command that tells who it was (%s)', (miniapp, command) => {
    const old = record('c6', Date.parse('2026-11-20T23:00:00Z'), { isBeyond: true });
    const text = recordMarkup('en', undefined, recordView(workspace, 'en', old, miniapp)).text;
    expect(text).toContain(`<code class="command">${command}</code>`);
    expect(text).not.toContain(words.en.history.unknown);
  });

  test('is told with names, and says how much is left out', () => {
    const many = event(
      'c4',
      4,
      ...Array.from({ length: 20 }, (_one, n) => ({ kind: 'create', miniapp: `tygone00000000${n}` })),
      { kind: 'disable', miniapp: SMART, version: '1.1.0' },
    );
    const [told, crowd] = eventViews(workspace, [both, many], 'zh');
    expect(told).toMatchObject({
      who: [...workspace.people.values()][0]!.name,
      approvers: ['nobody_here'],
      pullRequest: 7,
    });
    expect(told!.effects[0]).toMatchObject({
      app: '智能生活',
      before: 'no-online-version',
      after: '1.1.0',
    });
    // Its last step is not named, and it is found by it all the same.
    expect(crowd!.kinds).toEqual(['create', 'disable']);
    expect([crowd!.steps.length + crowd!.more, crowd!.steps[0]!.miniapp]).toEqual([
      21,
      { id: 'tygone000000000', name: 'tygone000000000', isHere: false },
    ]);
  });
});

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

describe('a miniapp without an event', () => {
  const { history } = words.en;
  test.each<[string, Timeline | undefined, string, boolean]>([
    ['without Git', undefined, history.none, false],
    ['of a shallow clone', { ...storyOf([]), isShallow: true, isCut: true }, history.shallow, true],
    ['that is not committed', storyOf([]), history.noneHeld, false],
    ['that is older than what is held', { ...storyOf([event('c', 1)]), isCut: true }, history.noneHeld, true],
  ])('%s says so', async (_what, story, sentence, hasCommand) => {
    const past = pastsOf(story, [SMART]).get(SMART);
    const facts = miniappFacts(workspace, smart, [], { now: NOW, past });
    const text = await rendered(History, { language: 'en', facts });
    expect([history.none, history.shallow, history.noneHeld].filter((one) => text.includes(one))).toEqual([sentence]);
    expect(text.includes(`npx miniapp history ${SMART}`)).toBe(hasCommand);
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
