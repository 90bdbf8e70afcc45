/** What settings of a repository mean, once they are known: each gap, its cost and the next step. */
import { describe, expect, test } from 'vitest';
import { environmentFindings, mayStart, policyFindings, type Policy } from './actions.ts';
import { botFinding, healthOf, tokenKindFinding, type Settings } from './health.ts';
import { mergeFindings } from './merging.ts';

const CHECK = '.github/workflows/check.yml';
const WAKE = '.github/workflows/wake.yml';
/** As shipped. */
const STARTED = new Map([
  [CHECK, ['workflow_run', 'merge_group', 'workflow_dispatch']],
  [WAKE, ['pull_request']],
]);

describe('what the settings mean', () => {
  const seen = (value: object): Settings['rules'] =>
    ({ value: [{ type: 'required_status_checks', ruleset: 1, isStrict: true, ...value }] }) as never;
  const unknown = { unknown: 'not seen', isOutside: false };
  const blind: Settings = {
    rules: unknown,
    packageRules: unknown,
    classic: unknown,
    bypasses: unknown,
    actionsMayOpen: unknown,
    defaultPermissions: unknown,
    environments: unknown,
    pages: unknown,
    workflows: unknown,
    policies: unknown,
    isPublic: unknown,
  };
  const stateOf = (settings: Partial<Settings>, id: string, bot = { id: 7, login: 'keeper[bot]' }) =>
    healthOf({ ...blind, ...settings }, 'main', bot, STARTED).find((one) => one.id === id)?.state;

  test.each([
    ['an app of its own', [{ context: 'miniapp/check', app: 4242 }], 'ok'],
    ['GitHub Actions', [{ context: 'miniapp/check', app: 15_368 }], 'warning'],
    ['anybody', [{ context: 'miniapp/check' }], 'warning'],
    ['another status alone', [{ context: 'ci', app: 4242 }], undefined],
  ])('the status from %s', (_, from, state) => {
    expect(stateOf({ rules: seen({ checks: from }) }, 'ruleset-source')).toBe(state);
  });

  test.each([
    ['nobody', [], 'ok'],
    ['the app', [{ kind: 'Integration', id: 4242, mode: 'always' }], 'ok'],
    ['administrators', [{ kind: 'RepositoryRole', id: 5, mode: 'pull_request' }], 'warning'],
    ['a deploy key', [{ kind: 'DeployKey', id: null, mode: 'always' }], 'warning'],
  ])('%s may bypass', (_, actors, state) => {
    expect(stateOf({ bypasses: { value: [{ ruleset: 'main', actors }] } }, 'bypass')).toBe(state);
  });

  test.each([
    ['allowed and no rule', true, [], { 'merge-commits': 'ok' }],
    ['allowed by the rule', true, [{ type: 'pull_request', methods: ['merge', 'squash'] }], { 'merge-commits': 'ok' }],
    ['left out by a rule', true, [{ type: 'pull_request', methods: ['squash'] }], { 'merge-methods': 'missing' }],
    ['not seen', undefined, [], { 'merge-commits': 'unknown' }],
    [
      'under reviews that GitHub counts',
      true,
      [{ type: 'pull_request', approvals: 1 }],
      { 'github-approvals': 'warning' },
    ],
  ])('merge commits: %s', (_, allows, rules, states) => {
    const given = { value: rules.map((rule) => ({ ruleset: 1, isStrict: false, checks: [], ...rule })) };
    const found = mergeFindings({ value: allows }, { rules: given, classic: { value: true } }, 'main').map(
      ({ id, state }) => [id, state],
    );
    expect(Object.fromEntries(found)).toEqual(states);
  });

  test('with an app of its own the environment that holds its key must be limited', () => {
    const environments = { value: [{ name: 'bot', branches: { value: 'any' as const } }] };
    expect(stateOf({ environments }, 'environment-bot')).toBe('missing');
    expect(stateOf({ environments }, 'environment-bot', { id: 41_898_282, login: 'github-actions[bot]' })).toBe(
      'warning',
    );
  });

  const branch = (name: string, isTag = false) => ({ name, isTag });
  test.each([
    ['any branch', 'any', 'missing'],
    ['branches with classic protection, which under rulesets are all', 'protected', 'missing'],
    ['main', [branch('main')], 'ok'],
    ['main and another', [branch('main'), branch('release/*')], 'missing'],
    ['every branch by a pattern', [branch('*')], 'missing'],
    ['a pattern that main fits', [branch('mai?')], 'missing'],
    ['a tag of that name', [branch('main'), branch('main', true)], 'missing'],
    ['nothing', [], 'missing'],
  ] as const)("the environment of an app's key for %s", (_, branches, state) => {
    const [bot] = environmentFindings([{ name: 'bot', branches: { value: branches } }], true, 'main');
    expect([bot?.id, bot?.state]).toEqual(['environment-bot', state]);
  });

  test('an environment whose branches cannot be seen is neither good nor bad', () => {
    const [bot] = environmentFindings([{ name: 'bot', branches: unknown }], true, 'main');
    expect(bot).toMatchObject({ state: 'unknown', what: expect.stringContaining('not seen') });
  });

  describe('policies of Actions', () => {
    const policy = (more: Partial<Policy>): Policy => ({
      name: 'p',
      include: [],
      exclude: [],
      namesActors: false,
      ...more,
    });
    const DIRECT = new Map([...STARTED, [CHECK, [...STARTED.get(CHECK)!, 'pull_request_target']]]);
    const states = (policies: readonly Policy[], isPublic: boolean, started: typeof STARTED = STARTED) =>
      Object.fromEntries(
        policyFindings({ value: policies }, { value: isPublic }, started).map(({ id, state }) => [id, state]),
      );
    const ALL = ['pull_request', 'workflow_run', 'merge_group', 'workflow_dispatch'];

    test.each<[string, Policy[], boolean, typeof STARTED, Record<string, string>]>([
      ['none, as shipped', [], true, STARTED, { 'policies-events': 'ok', wake: 'ok' }],
      ["GitHub's own default", [], true, DIRECT, { 'policies-events': 'warning', wake: 'ok' }],
      ['the default, which private repositories have not', [], false, DIRECT, { 'policies-events': 'ok', wake: 'ok' }],
      [
        'one that lets it in',
        [policy({ include: [CHECK], events: [...ALL, 'pull_request_target'] })],
        true,
        DIRECT,
        { 'policies-events': 'ok', wake: 'ok' },
      ],
      [
        'one that forgets what else starts it',
        [policy({ include: [CHECK], events: ['pull_request_target'] })],
        true,
        DIRECT,
        { 'policies-events': 'missing', wake: 'ok' },
      ],
      [
        'one of the organization that lets pushes start workflows alone',
        [policy({ events: ['push'] })],
        true,
        STARTED,
        { 'policies-events': 'missing', wake: 'missing' },
      ],
      [
        'two, of which one is about other files',
        [policy({ include: ['.github/workflows/deploy-*.yml'], events: ['push'] }), policy({ events: ALL })],
        true,
        STARTED,
        { 'policies-events': 'ok', wake: 'ok' },
      ],
      [
        'one that leaves these files out',
        [policy({ include: ['~ALL'], exclude: ['.github/workflows/*'], events: ['push'] })],
        true,
        STARTED,
        { 'policies-events': 'ok', wake: 'ok' },
      ],
      [
        'one that names who may',
        [policy({ namesActors: true })],
        true,
        STARTED,
        { 'policies-events': 'ok', 'policies-actors': 'warning', wake: 'ok' },
      ],
    ])('%s', (_, policies, isPublic, started, expected) =>
      expect(states(policies, isPublic, started)).toEqual(expected),
    );

    test('what cannot be seen is unknown', () => {
      const found = policyFindings(unknown, { value: true }, STARTED);
      expect(found).toMatchObject([{ id: 'policies', state: 'unknown', what: expect.stringContaining('not seen') }]);
    });

    test('policies lie on top of each other: the strictest decides', () => {
      const both = [policy({ events: ['push'] }), policy({ include: [WAKE], events: ['push', 'pull_request'] })];
      expect([mayStart(both, true, WAKE, 'push'), mayStart(both, true, WAKE, 'pull_request')]).toEqual([true, false]);
    });
  });

  test('a check that does not report on every pull request must not be required', () => {
    const rules = (...contexts: string[]) => ({ rules: seen({ checks: contexts.map((context) => ({ context })) }) });
    expect(stateOf(rules('miniapp/check'), 'ruleset-others')).toBeUndefined();
    expect(stateOf(rules('miniapp/check', 'ci'), 'ruleset-others')).toBe('missing');
    expect(stateOf(rules('miniapp/check', 'scan'), 'ruleset-others')).toBe('warning');
  });

  test('a workflow that is switched off; wake.yml may be, where pull requests start check.yml itself', () => {
    const workflows = (check: boolean, wake: boolean) => ({
      value: new Map([
        [CHECK, check],
        [WAKE, wake],
      ]),
    });
    const state = (check: boolean, wake: boolean) => stateOf({ workflows: workflows(check, wake) }, 'workflows-on');
    expect([state(true, true), state(false, true), state(true, false)]).toEqual(['ok', 'missing', 'missing']);
    const settings = { ...blind, workflows: workflows(true, false), isPublic: { value: false } };
    const direct = new Map([...STARTED, [CHECK, ['pull_request_target']]]);
    const found = healthOf({ ...settings, policies: { value: [] } }, 'main', undefined, direct);
    expect(found.find(({ id }) => id === 'workflows-on')?.state).toBe('ok');
  });

  test('what a token is good for', () => {
    const state = (scopes: string | undefined, isPrivate: boolean, mayPush = true, isFineGrained = false) =>
      tokenKindFinding({ scopes, isPrivate, mayPush, isFineGrained })[0]?.state;
    expect(state(undefined, true)).toBeUndefined();
    expect([state('repo, gist', true), state('public_repo', false)]).toEqual(['ok', 'ok']);
    expect([state('public_repo', true), state('', false), state('read:user', false)]).toEqual(Array(3).fill('missing'));
    // From a fork: workflow files of the newest state are new to a fork that is behind.
    expect([state('public_repo', false, false), state('public_repo, workflow', false, false)]).toEqual([
      'warning',
      'ok',
    ]);
    expect([
      state(undefined, false, false, true),
      state(undefined, false, true, true),
      state(undefined, true, false, true),
    ]).toEqual(['missing', undefined, undefined]);
  });

  test('the bot of platform.yaml', () => {
    const state = (id: number, login: string, holder?: { id: number; login: string }) =>
      botFinding({ id, login }, holder).state;
    expect(state(41_898_282, 'github-actions[bot]')).toBe('ok');
    expect(state(1, 'github-actions[bot]')).toBe('missing');
    expect(state(7, 'keeper', { id: 7, login: 'keeper' })).toBe('ok');
    expect(state(7, 'keeper', { id: 8, login: 'keeper' })).toBe('missing');
    expect(state(7, 'keeper[bot]', { id: 104, login: 'bob' })).toBe('unknown');
    expect(botFinding(undefined, undefined).state).toBe('missing');
  });
});
