/** Automatic approval under a fake clock, with everything that can stop it, and everything that forbids it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE, pullOf, SUBMITTED } from '../../fixtures/snapshot.ts';
import { fixtureWorkspace, SMART } from '../../fixtures/workspace.ts';
import { automaticAnswer, type AutomaticCase } from './auto-approval.ts';

const workspace = fixtureWorkspace();
const pending = workspace.miniapps.get(SMART)!.versions.get('1.2.0')!;
const { review: _review, ...withdrawn } = pending;
const person = (login: string, more: object = {}) => ({ ...workspace.people.get(login)!, ...more });
const people = (said: Record<string, object> = {}) =>
  new Map([...workspace.people.keys()].map((login) => [login, person(login, { internal: true, ...said[login] })]));
const platform = (automatic: object | undefined) => {
  const { review: _, ...rest } = workspace.platform;
  return automatic === undefined
    ? rest
    : { ...rest, review: { automatic } as NonNullable<typeof workspace.platform.review> };
};
const ON = { enabled: true, afterMinutes: 2 };

/** Due, when nothing else is said. */
const asked = (said: Partial<AutomaticCase> = {}): AutomaticCase => ({
  base: { policy: workspace.policy, people: people(), platform: platform(ON) },
  miniapp: workspace.miniapps.get(SMART)!,
  version: pending,
  submittedAt: SUBMITTED,
  now: SUBMITTED + 2 * MINUTE,
  pull: pullOf(7, `review/${SMART}/1.2.0`),
  isOwnContent: true,
  pushers: [],
  outsiders: [],
  changesRequestedBy: [],
  ...said,
});
const pull = (said: Parameters<typeof pullOf>[2]) => ({ pull: pullOf(7, `review/${SMART}/1.2.0`, said) });
const stateOf = (said: Partial<AutomaticCase> = {}) => automaticAnswer(asked(said)).state;

test.each([
  [1, 1 * MINUTE - 1, 'wait'],
  [1, 1 * MINUTE, 'approve'],
  [2, 1 * MINUTE, 'wait'],
  [2, 2 * MINUTE - 1, 'wait'],
  [2, 2 * MINUTE, 'approve'],
  [2, 9 * 60 * MINUTE, 'approve'],
  [2, 0, 'wait'],
  [2, -3 * MINUTE, 'wait'],
])('with a wait of %i minutes, after %i ms: %s', (afterMinutes, after, state) => {
  const base = { policy: workspace.policy, people: people(), platform: platform({ enabled: true, afterMinutes }) };
  const opened = pull({ createdAt: SUBMITTED });
  expect(stateOf({ base, ...opened, now: SUBMITTED + after })).toBe(state);
});

test('without a number it is one minute', () => {
  const base = { policy: workspace.policy, people: people(), platform: platform({ enabled: true }) };
  const opened = pull({ createdAt: SUBMITTED });
  expect(stateOf({ base, ...opened, now: SUBMITTED + MINUTE - 1 })).toBe('wait');
  expect(stateOf({ base, ...opened, now: SUBMITTED + MINUTE })).toBe('approve');
});

test('it says until when it waits, also by a clock that is behind', () => {
  expect(automaticAnswer(asked({ now: SUBMITTED - MINUTE }))).toEqual({ state: 'wait', until: SUBMITTED + 2 * MINUTE });
});

test('a run that is hours late opens it first, and leaves people a minute to see it', () => {
  const late = SUBMITTED + 5 * 60 * MINUTE;
  const opened = pull({ createdAt: late });
  expect(automaticAnswer(asked({ ...opened, now: late + 1 }))).toEqual({ state: 'wait', until: late + MINUTE });
  expect(stateOf({ ...opened, now: late + MINUTE })).toBe('approve');
});

test.each<[string, Partial<AutomaticCase>, RegExp]>([
  ['the label hold', pull({ labels: ['x', 'hold'] }), /label hold/],
  ['the label as somebody made it', pull({ labels: ['Hold'] }), /label hold/],
  ['a draft', pull({ isDraft: true }), /draft/],
  ['closed', pull({ state: 'closed' }), /closed/],
  ['requested changes', { changesRequestedBy: ['carol'] }, /carol requested changes/],
  ['a push of somebody else, even of nothing', { pushers: ['bob'] }, /bob pushed/],
  ['another content', { isOwnContent: false }, /something else/],
  ['a commit of its file by somebody external', { outsiders: ['carol'] }, /carol, who wrote/],
])('stopped by %s, before its time and after', (_, said, why) => {
  for (const now of [SUBMITTED, SUBMITTED + 2 * MINUTE, SUBMITTED + 9 * 60 * MINUTE]) {
    expect(automaticAnswer(asked({ ...said, now }))).toEqual({ state: 'stopped', why: expect.stringMatching(why) });
  }
});

test.each(['hold ', 'on-hold', 'һold'])('a look-alike label %j stops nothing', (label) => {
  expect(stateOf(pull({ labels: [label] }))).toBe('approve');
});

test.each<[string, Partial<AutomaticCase>]>([
  [
    'the uploader is not internal',
    { base: { policy: workspace.policy, people: people({ alice: { internal: false } }), platform: platform(ON) } },
  ],
  [
    'the submitter is no longer internal',
    { base: { policy: workspace.policy, people: people({ bob: { internal: false } }), platform: platform(ON) } },
  ],
  [
    'the submitter has left',
    { base: { policy: workspace.policy, people: people({ bob: { left: '2026-11-20' } }), platform: platform(ON) } },
  ],
  ['the uploader is nobody in people/', { version: { ...pending, uploadedBy: 'carol' } }],
  ['it is off', { base: { policy: workspace.policy, people: people(), platform: platform({ enabled: false }) } }],
  [
    'platform.yaml says nothing of it',
    { base: { policy: workspace.policy, people: people(), platform: platform(undefined) } },
  ],
  ['nothing says when it was submitted', { submittedAt: undefined }],
  [
    'it was approved meanwhile',
    { version: { ...pending, review: { status: 'approved', submittedBy: 'bob', reviewedBy: 'rita' } } },
  ],
  ['it was withdrawn meanwhile', { version: withdrawn }],
])('not automatic: %s', (_, said) => {
  expect(stateOf(said)).toBe('not-automatic');
});

test('a former login is the person that it was', () => {
  const renamed = new Map(
    [...people()].map(([login, one]) =>
      login === 'bob' ? ['robert', { ...one, login: 'robert', formerLogins: ['bob'] }] : [login, one],
    ),
  );
  expect(
    stateOf({ base: { policy: workspace.policy, people: renamed as typeof workspace.people, platform: platform(ON) } }),
  ).toBe('approve');
});

test('what policy asks people for because it is new, the platform does not approve', () => {
  const approvals = { count: 1, by: ['reviewer'], when: 'new-apis', apis: ['ty.getLocation'] } as const;
  const policy = { transitions: { approve: { by: ['reviewer'], approvals } } } as unknown as typeof workspace.policy;
  const base = { policy, people: people(), platform: platform(ON) };
  const states = [undefined, ['ty.getLocation'], ['ty.request']].map((apis) =>
    stateOf({ base, version: { ...pending, ...(apis ? { apis } : {}) } }),
  );
  expect(states).toEqual(['not-automatic', 'not-automatic', 'approve']);
});

test('approved only when nothing at all speaks against it', () => {
  const flag = fc.boolean();
  fc.assert(
    fc.property(
      fc.record({
        isOwnContent: flag,
        isDraft: flag,
        isHeld: flag,
        isClosed: flag,
        pushed: flag,
        objected: flag,
        external: flag,
        alice: flag,
        bob: flag,
        isOn: flag,
      }),
      fc.integer({ min: -5, max: 600 }),
      fc.integer({ min: 1, max: 30 }),
      (is, minutes, afterMinutes) => {
        const { state } = automaticAnswer(
          asked({
            base: {
              policy: workspace.policy,
              people: people({ alice: { internal: is.alice }, bob: { internal: is.bob } }),
              platform: platform({ enabled: is.isOn, afterMinutes }),
            },
            now: SUBMITTED + minutes * MINUTE,
            isOwnContent: is.isOwnContent,
            pushers: is.pushed ? ['bob'] : [],
            changesRequestedBy: is.objected ? ['olga'] : [],
            outsiders: is.external ? ['carol'] : [],
            ...pull({
              createdAt: SUBMITTED,
              isDraft: is.isDraft,
              labels: is.isHeld ? ['hold'] : [],
              state: is.isClosed ? 'closed' : 'open',
            }),
          }),
        );
        const speaksAgainst =
          !is.isOwnContent ||
          is.isDraft ||
          is.isHeld ||
          is.isClosed ||
          is.pushed ||
          is.objected ||
          is.external ||
          !is.alice ||
          !is.bob ||
          !is.isOn;
        expect(state === 'approve').toBe(!speaksAgainst && minutes >= afterMinutes);
      },
    ),
  );
});
