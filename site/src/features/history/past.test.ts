/** The past of each miniapp, as its page tells it. */
import { describe, expect, test } from 'vitest';

import type { ChangeRecord, PlatformPart, Timeline, TimelineEvent } from '#core/history/timeline.ts';

import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { eventViews, newestStep, pastsOf, recordView } from './view-model.ts';
import { rendered } from '../../../tests/rendered.ts';
import { miniappFacts } from '../miniapp/facts.ts';

import History from './History.astro';
import { recordMarkup } from './events-markup.ts';
import { transitionText } from './transition-text.ts';
import { words } from '../../i18n/index.ts';
import { fill } from '#core/problems/messages.ts';
import { publish } from '../../lib/public.ts';
import { event, record } from '../../../tests/timeline.ts';

const workspace = publish(fixtureWorkspace());
const smart = workspace.miniapps.get(SMART)!;

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

  test.each([
    ['en', 'Added the person Alice Example · Changed the app Smart Life, the policy · Removed a person'],
    ['zh', '新增：人员 Alice Example · 修改：宿主 App 智能生活、权限配置 · 移除：一名人员'],
  ] as const)('says of an edit of the platform what came, changed and went (%s)', (language, text) => {
    const parts = [
      { kind: 'person', id: 'alice', change: 'added' },
      { kind: 'app', id: 'smart-life', change: 'changed' },
      { kind: 'policy', change: 'changed' },
      { kind: 'person', change: 'removed' },
    ] as const;
    const gone = [parts[3], parts[2], parts[3]] as const;
    const told = (all: readonly PlatformPart[]) => {
      const [view] = eventViews(workspace, [event('c8', 8, { kind: 'edit-platform', parts: all })], language);
      return transitionText(language, view!.steps[0]!);
    };
    expect(told(parts)).toBe(text);
    expect(told(gone)).toBe(
      language === 'en' ? 'Changed the policy · Removed 2 people' : '修改：权限配置 · 移除：2 名人员',
    );
    const many = Array.from({ length: 40 }, () => parts[0]);
    expect(told(many).split('Alice Example')).toHaveLength(7);
    expect(told(many)).toContain(fill(words[language].history.more, { count: 34 }));
  });

  test.each([
    ['en', ['name', 'avatar', 'archived'], 'Changed its name, avatar · Archived it'],
    ['zh', ['name', 'avatar', 'archived'], '修改名称、头像 · 归档小程序'],
    ['en', ['unarchived'], 'Took it up again'],
    ['en', [], 'Changed only how its files are written'],
    ['zh', [], '仅调整文件写法，内容未变'],
  ] as const)('says of an edit of what a miniapp is called what it changed (%s, %j)', (language, basics, text) => {
    const step = { kind: 'edit-basics', miniapp: SMART, basics };
    const [view] = eventViews(workspace, [event('c9', 9, step)], language);
    expect(transitionText(language, view!.steps[0]!)).toBe(text);
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
      expect(text).toContain(`${before}<kbd>npx miniapp audit</kbd>${after}`);
    },
  );

  test.each([
    [SMART, `npx miniapp history ${SMART} --until 2026-11-20`],
    [undefined, 'npx miniapp history --until 2026-11-20'],
  ])('names nobody where nobody looked, and the command that tells who it was (%s)', (miniapp, command) => {
    const old = record('c6', Date.parse('2026-11-20T23:00:00Z'), { isBeyond: true });
    const text = recordMarkup('en', undefined, recordView(workspace, 'en', old, miniapp)).text;
    expect(text).toContain(`<kbd>${command}</kbd>`);
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
