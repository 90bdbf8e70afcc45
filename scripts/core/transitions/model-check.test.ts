/**
 * Every state that two versions, three people and the bot can reach, and every edit that somebody might try from each of them,
 * judged by the decision itself. What holds here holds because nothing else was reachable, not because nobody tried.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { edits, isExplored } from '../../fixtures/state-space/edits.ts';
import {
  BOT,
  CREATED,
  keyOf,
  MINIAPP,
  ModelDecider,
  NOW,
  NUMBERS,
  PEOPLE,
  withUsedNumbers,
  type ModelAttempt,
  type ModelState,
} from '../../fixtures/state-space/states.ts';
import { severityOf } from '../problems/messages.ts';
import type { Decision } from './decide.ts';
import { stepsOf, type TransitionKind } from '../lifecycle/lifecycle.ts';
import { checkRules } from '../rules/index.ts';

/** alice is internal, bob and rita are not: what she uploads and submits may be approved automatically, nothing else. */
const INTERNAL = ['alice'];
const REVIEWERS = ['bob', 'rita'];
const decider = new ModelDecider({ internal: INTERNAL, isLate: true });
const early = new ModelDecider({ internal: INTERNAL, isLate: false });

/** Every person with every combination of the others' approvals; the bot and a stranger with none and with all. */
const ATTEMPTS: readonly ModelAttempt[] = [
  ...PEOPLE.flatMap((actor) => {
    const [one, two] = PEOPLE.filter((login) => login !== actor);
    return [[one!, two!], [], [one!], [two!]].map((approvedBy) => ({ actor, approvedBy }));
  }),
  ...[BOT, 'mallory'].flatMap((actor) => [[], PEOPLE].map((approvedBy) => ({ actor, approvedBy }))),
  // Requesting changes on the submission, which the bot writes down.
  { actor: BOT, approvedBy: [], changesRequestedBy: ['rita'] },
];

/** Errors that depend on who acts. Any other is the two states' own, so that one attempt stands for all of them. */
const PERSONAL: ReadonlySet<string> = new Set(['actor-unknown', 'actor-not-allowed', 'stamp-wrong']);

interface Edge {
  readonly from: ModelState;
  readonly to: ModelState;
  readonly attempt: ModelAttempt;
  readonly transitions: Decision['transitions'];
}

const states = new Map<string, ModelState>();
const explored: ModelState[] = [];
const edges: Edge[] = [];
const count = { edits: 0, decisions: 0, refused: 0, withoutReason: 0 };

beforeAll(() => {
  states.set(keyOf(CREATED), CREATED);
  for (const from of states.values()) {
    if (!isExplored(from)) continue;
    explored.push(from);
    for (const edit of edits(from)) {
      count.edits += 1;
      for (const attempt of ATTEMPTS) {
        const decision = decider.decide(from, edit, attempt);
        count.decisions += 1;
        if (decision.ok) {
          const to = reached(withUsedNumbers(edit));
          edges.push({ from, to, attempt, transitions: decision.transitions });
          continue;
        }
        count.refused += 1;
        const errors = decision.problems.filter(({ code }) => severityOf(code) === 'error');
        if (errors.length === 0 && decision.approvals.missing === 0) count.withoutReason += 1;
        if (errors.some(({ code }) => !PERSONAL.has(code))) break;
      }
    }
  }
  const { edits: tried, decisions, refused } = count;
  console.log(
    `model: ${states.size} states, ${explored.length} of them explored, ${edges.length} accepted edges; ${tried} edits tried in ${decisions} decisions, ${refused} refused`,
  );
});

function reached(state: ModelState): ModelState {
  const key = keyOf(state);
  const known = states.get(key);
  if (known) return known;
  states.set(key, state);
  return state;
}

const versionsOf = (state: ModelState) =>
  NUMBERS.flatMap((number, i) => (state.versions[i] ? [{ number, i, ...state.versions[i] }] : []));

describe('every reachable state', () => {
  test('is more than a few, and reached by more than a few edges', () => {
    expect(explored.length).toBeGreaterThan(150);
    expect(edges.length).toBeGreaterThan(states.size);
  });

  test('keeps every state rule', () => {
    const broken = [...states.values()].flatMap((state) =>
      checkRules(decider.workspace(state), NOW)
        .filter(({ code }) => severityOf(code) === 'error')
        .map(({ code }) => `${code} ${keyOf(state)}`),
    );
    expect(broken).toEqual([]);
  });

  test('has online, and had online, only what another person or the policy approved', () => {
    for (const state of states.values()) {
      const { online, previous = [] } = state.release;
      for (const { number, uploadedBy, review } of versionsOf(state)) {
        if (number !== online?.version && !previous.includes(number)) continue;
        expect(review?.status).toBe('approved');
        expect([uploadedBy, review!.submittedBy]).not.toContain(review!.reviewedBy);
        if (review!.reviewedBy === 'policy:internal') {
          expect([INTERNAL.includes(uploadedBy), INTERNAL.includes(review!.submittedBy)]).toEqual([true, true]);
        } else expect(REVIEWERS).toContain(review!.reviewedBy);
      }
    }
  });

  test('lets an admin stop the service alone, whenever it runs', () => {
    const running = [...states.values()].filter(({ release }) => release.online?.enabled);
    expect(running.length).toBeGreaterThan(0);
    for (const state of running) {
      const stopped = { ...state, release: { ...state.release, online: { ...state.release.online!, enabled: false } } };
      expect(decider.decide(state, stopped, { actor: 'alice', approvedBy: [] }).ok).toBe(true);
    }
  });

  test('rolls out only what another person or the policy approved, beside what is online, to who has something else', () => {
    const rolledOut = [...states.values()].filter(({ release }) => release.rollout);
    expect(rolledOut.length).toBeGreaterThan(50);
    for (const { release, versions } of rolledOut) {
      const { online, rollout, previous = [] } = release;
      const review = versions[NUMBERS.indexOf(rollout!.version as (typeof NUMBERS)[number])]?.review;
      expect(review?.status).toBe('approved');
      expect(online).toBeDefined();
      expect([online!.version, ...previous]).not.toContain(rollout!.version);
    }
  });

  test('lets an admin stop a rollout alone, whatever stands still or runs', () => {
    for (const state of states.values()) {
      const { rollout, ...release } = state.release;
      if (!rollout) continue;
      const decision = decider.decide(state, { ...state, release }, { actor: 'alice', approvedBy: [] });
      const kinds = decision.transitions.map(({ kind }) => kind);
      expect({ ok: decision.ok, kinds }).toEqual({ ok: true, kinds: ['stop-rollout'] });
    }
  });

  test('lets an admin roll back alone, to every former version', () => {
    const cases = [...states.values()].flatMap((state) =>
      state.release.online ? (state.release.previous ?? []).map((version) => ({ state, version })) : [],
    );
    expect(cases.length).toBeGreaterThan(0);
    for (const { state, version } of cases) {
      const { online, experience, previous = [] } = state.release;
      const release = {
        ...(experience ? { experience } : {}),
        online: { version, enabled: true },
        previous: [online!.version, ...previous.filter((other) => other !== version)],
      };
      const decision = decider.decide(state, { ...state, release }, { actor: 'alice', approvedBy: [] });
      expect({ ok: decision.ok, kinds: decision.transitions.map(({ kind }) => kind) }).toEqual({
        ok: true,
        kinds: ['rollback'],
      });
    }
  });

  test('can go on in exactly the steps that people are shown', () => {
    const taken = new Map<ModelState, Set<string>>();
    for (const { from, transitions } of edges) {
      const [only, another] = transitions;
      if (!only || another || only.kind === 'upload' || only.kind === 'auto-approve') continue;
      const steps = taken.get(from) ?? new Set();
      taken.set(from, steps.add(`${only.kind} ${only.version}`));
    }
    for (const state of explored) {
      const miniapp = decider.workspace(state).miniapps.get(MINIAPP)!;
      const shown = [...miniapp.versions.values()].flatMap((version) =>
        stepsOf(miniapp, version).map(({ kind }) => `${kind} ${version.version}`),
      );
      expect({ state: keyOf(state), steps: [...(taken.get(state) ?? [])].sort() }).toEqual({
        state: keyOf(state),
        steps: shown.sort(),
      });
    }
  });
});

describe('every accepted edit', () => {
  test('is explained by transitions, each step of the life of a version among them', () => {
    const kinds = new Map<TransitionKind, number>();
    expect(edges.filter(({ transitions }) => transitions.length === 0)).toEqual([]);
    for (const { transitions } of edges) {
      for (const { kind } of transitions) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    const life: TransitionKind[] = [
      ...(['upload', 'delete', 'set-experience', 'clear-experience', 'submit', 'withdraw', 'approve'] as const),
      ...(['auto-approve', 'reject', 'revoke', 'publish', 'rollback', 'disable', 'enable'] as const),
      ...(['start-rollout', 'widen-rollout', 'stop-rollout'] as const),
    ];
    expect([...kinds.keys()].sort()).toEqual(life.sort());
  });

  test('that approves was made or approved by the reviewer that it names, who is another person', () => {
    const approvals = edges.flatMap(({ from, to, attempt }) =>
      versionsOf(to)
        .filter(({ i, review }) => review?.status === 'approved' && from.versions[i]?.review?.status !== 'approved')
        .map(({ i, uploadedBy, review }) => ({ before: from.versions[i], uploadedBy, review: review!, attempt })),
    );
    expect(approvals.length).toBeGreaterThan(0);
    for (const { before, uploadedBy, review, attempt } of approvals) {
      expect(before?.review).toEqual({ status: 'pending', submittedBy: review.submittedBy });
      if (review.reviewedBy === 'policy:internal') {
        expect(attempt.actor).toBe(BOT);
        expect([INTERNAL.includes(uploadedBy), INTERNAL.includes(review.submittedBy)]).toEqual([true, true]);
      } else {
        expect([attempt.actor, ...attempt.approvedBy]).toContain(review.reviewedBy);
        expect(REVIEWERS).toContain(review.reviewedBy);
        expect([uploadedBy, review.submittedBy]).not.toContain(review.reviewedBy);
      }
    }
  });

  test('that brings a version online brings one that was approved before', () => {
    const published = edges.filter(
      ({ from, to }) => to.release.online && to.release.online.version !== from.release.online?.version,
    );
    expect(published.length).toBeGreaterThan(0);
    for (const { from, to } of published) {
      const before = from.versions[NUMBERS.indexOf(to.release.online!.version as (typeof NUMBERS)[number])];
      expect(before?.review?.status).toBe('approved');
    }
  });

  test('never takes a rollout back but by stopping it, or by what ends it', () => {
    const ends = new Set(['stop-rollout', 'publish', 'rollback', 'revoke']);
    const before = edges.filter(({ from }) => from.release.rollout);
    expect(before.length).toBeGreaterThan(0);
    for (const { from, to, transitions } of before) {
      const [old, now] = [from.release.rollout!, to.release.rollout];
      const isKept = now?.version === old.version && now.percent >= old.percent;
      expect(isKept || (now === undefined && transitions.some(({ kind }) => ends.has(kind)))).toBe(true);
      const isByTheWay = transitions.some(({ kind }) => kind !== 'stop-rollout' && ends.has(kind));
      if (isByTheWay && now === undefined) expect(transitions.map(({ kind }) => kind)).not.toContain('stop-rollout');
    }
  });

  test('of the release has somebody who may release', () => {
    const kinds = new Set<TransitionKind>([
      ...(['publish', 'rollback', 'disable', 'enable', 'start-rollout', 'widen-rollout', 'stop-rollout'] as const),
    ]);
    const releases = edges.filter(({ transitions }) => transitions.some(({ kind }) => kinds.has(kind)));
    expect(releases.filter(({ attempt }) => ![attempt.actor, ...attempt.approvedBy].includes('alice'))).toEqual([]);
  });

  test('by a stranger was approved by somebody who may; the bot alone does nothing but approve automatically', () => {
    for (const { attempt, transitions } of edges) {
      const isAlone = attempt.approvedBy.length === 0 && !attempt.changesRequestedBy;
      if (!isAlone) continue;
      expect(attempt.actor).not.toBe('mallory');
      if (attempt.actor === BOT) expect(transitions.map(({ kind }) => kind)).toEqual(['auto-approve']);
    }
  });

  test('that approves automatically would have been refused before its minutes had passed', () => {
    const automatic = edges.filter(({ transitions }) => transitions.some(({ kind }) => kind === 'auto-approve'));
    expect(automatic.length).toBeGreaterThan(0);
    for (const { from, to, attempt } of automatic) {
      const { ok, problems } = early.decide(from, to, attempt);
      expect({ ok, codes: problems.map(({ code }) => code) }).toEqual({ ok: false, codes: ['auto-approve-refused'] });
    }
  });

  test('leaves what was uploaded as it was', () => {
    const altered = edges.filter(({ from, to }) =>
      versionsOf(to).some(({ i, uploadedBy }) => from.versions[i] && from.versions[i].uploadedBy !== uploadedBy),
    );
    expect(altered).toEqual([]);
  });
});

test('every refused edit has a reason', () => {
  expect(count.refused).toBeGreaterThan(1000);
  expect(count.withoutReason).toBe(0);
});
