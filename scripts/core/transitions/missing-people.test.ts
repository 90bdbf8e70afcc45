import { expect, test } from 'vitest';
import type { TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Policy, Workspace } from '../model.ts';
import { fixtureWorkspace, NOW, SMART } from '../../fixtures/workspace.ts';
import { missingPeople } from './missing-people.ts';

const base = fixtureWorkspace();
const step = { kind: 'approve', miniapp: SMART, version: '1.2.0' } as const;
/** The people of the fixture, of whom these have left. */
const without = (policy: unknown, ...left: string[]): Workspace => ({
  ...base,
  policy: { transitions: policy } as Policy,
  people: new Map(
    [...base.people].map(([login, person]) => [
      login,
      left.includes(login) ? { ...person, left: '2026-01-01' } : person,
    ]),
  ),
});
const twice = { approve: { by: ['reviewer'], approvals: { count: 1, by: ['reviewer', 'owner'] } } } as const;

test('nobody is missing where somebody may take the step, and others may approve it', () => {
  expect(missingPeople(without({}), step, NOW)).toBeUndefined();
  expect(missingPeople(without(twice), step, NOW)).toBeUndefined();
});

test('where all who may take it have left or made the version, it is said which roles are asked', () => {
  const reviewers = [...base.people.values()].flatMap(({ login, platformRoles }) =>
    platformRoles?.includes('reviewer') ? [login] : [],
  );
  expect(missingPeople(without({}, ...reviewers), step, NOW)).toEqual({
    ...{ what: 'act', roles: ['reviewer'], approvals: 0, able: [], isReview: true },
  });
});

test('where too few are left to approve it besides, it is said how many it needs and who could', () => {
  const many = { approve: { by: ['reviewer'], approvals: { count: 9, by: ['reviewer', 'owner'] } } } as const;
  const found = missingPeople(without(many), step, NOW)!;
  expect(found).toMatchObject({ what: 'approve', roles: ['reviewer', 'owner'], approvals: 9, isReview: true });
  expect(found.able.length).toBeGreaterThan(0);
  expect(found.able).not.toContain('bob');
});

test('nobody is missing where the platform approves by itself what internal people made, and nobody else may', () => {
  const reviewers = [...base.people.values()].flatMap(({ login, platformRoles }) =>
    platformRoles?.includes('reviewer') ? [login] : [],
  );
  const alone = without({}, ...reviewers);
  const version = alone.miniapps.get(SMART)!.versions.get(step.version)!;
  const makers = new Set([version.uploadedBy, version.review!.submittedBy]);
  const people = new Map(
    [...alone.people].map(([login, person]) => [login, makers.has(login) ? { ...person, internal: true } : person]),
  );
  const platform = { ...alone.platform, review: { automatic: { enabled: true, afterMinutes: 2 } } };
  const internal: Workspace = { ...alone, people, platform };
  expect(missingPeople(internal, step, NOW)).toBeUndefined();
  expect(missingPeople({ ...internal, platform: { ...platform, review: {} } }, step, NOW)).toMatchObject({
    what: 'act',
  });
  expect(missingPeople({ ...internal, people: alone.people }, step, NOW)).toMatchObject({ what: 'act' });
  expect(missingPeople(internal, { ...step, kind: 'reject' }, NOW)).toMatchObject({ what: 'act' });
});

test.each<[string, readonly string[]]>([
  ['anybody in people/', ['person']],
  ['a role of the platform', ['reviewer']],
  ['a role in the miniapp', ['developer']],
])('a right of %s is found in whoever has it, and in nobody once they have left', (_, by) => {
  const holders = [...base.people.values()].flatMap(({ login, platformRoles = [] }) => {
    const member = base.miniapps.get(SMART)!.members.find((one) => one.login === login);
    return [...platformRoles, member?.role, 'person'].some((role) => by.includes(role as never)) ? [login] : [];
  });
  const policy = { 'set-experience': { by } };
  const step = { kind: 'set-experience', miniapp: SMART, version: '1.2.0' } as const;
  expect(holders.length).toBeGreaterThan(0);
  for (const last of holders)
    expect(missingPeople(without(policy, ...holders.filter((one) => one !== last)), step, NOW), last).toBeUndefined();
  expect(missingPeople(without(policy, ...holders), step, NOW)).toMatchObject({ what: 'act', roles: by });
});

test('where the policy asks one more approval because of what the step changes, and nobody else could give it, that is missing; a stop waits for none', () => {
  const gated = (blastRadius: Policy['blastRadius'], ...left: string[]): Workspace => {
    const state = without({}, ...left);
    return { ...state, policy: { ...state.policy, ...(blastRadius ? { blastRadius } : {}) } };
  };
  const gate = { what: 'approve', roles: ['reviewer', 'owner'], approvals: 1, able: [] } as const;
  const asked = (state: Workspace, kind: TransitionKind, version: string) =>
    missingPeople(state, { kind, miniapp: SMART, version }, NOW);
  const losing = { losingService: true };
  // Rita reviews and Olga owns: whoever of them acts, the other approves, until one has left.
  expect(asked(gated(losing), 'revoke', '1.1.0')).toBeUndefined();
  expect(asked(gated(losing, 'olga'), 'revoke', '1.1.0')).toMatchObject({ ...gate, isReview: true });
  expect(asked(gated(undefined, 'olga'), 'revoke', '1.1.0')).toBeUndefined();
  // What was online before takes nothing from anybody.
  expect(asked(gated(losing, 'olga'), 'revoke', '1.0.0')).toBeUndefined();
  expect(asked(gated(losing, 'olga', 'rita'), 'disable', '1.1.0')).toBeUndefined();
  expect(asked(gated(losing, 'olga', 'rita'), 'rollback', '1.0.0')).toBeUndefined();
  expect(asked(gated({ cells: 0 }, 'olga'), 'rollback', '1.0.0')).toBeUndefined();
  for (const kind of ['publish', 'rollback'] as const)
    expect(asked(gated({ cells: 0 }, 'olga', 'rita'), kind, '1.0.0')).toMatchObject(gate);
  for (const [kind, version] of [['set-experience', '1.3.0'] as const, ['clear-experience', '1.2.0'] as const]) {
    expect(asked(gated({ cells: 0 }, 'olga', 'rita'), kind, version)).toMatchObject(gate);
    expect(asked(gated({ cells: 99 }, 'olga', 'rita'), kind, version)).toBeUndefined();
  }
});
