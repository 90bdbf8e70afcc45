import { expect, test } from 'vitest';
import type { Policy, Workspace } from '../model.ts';
import { fixtureWorkspace, SMART } from '../../fixtures/workspace.ts';
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
  expect(missingPeople(without({}), step)).toBeUndefined();
  expect(missingPeople(without(twice), step)).toBeUndefined();
});

test('where all who may take it have left or made the version, it is said which roles are asked', () => {
  const reviewers = [...base.people.values()].flatMap(({ login, platformRoles }) =>
    platformRoles?.includes('reviewer') ? [login] : [],
  );
  expect(missingPeople(without({}, ...reviewers), step)).toEqual({
    ...{ what: 'act', roles: ['reviewer'], approvals: 0, able: [], isReview: true },
  });
});

test('where too few are left to approve it besides, it is said how many it needs and who could', () => {
  const many = { approve: { by: ['reviewer'], approvals: { count: 9, by: ['reviewer', 'owner'] } } } as const;
  const found = missingPeople(without(many), step)!;
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
  expect(missingPeople(internal, step)).toBeUndefined();
  expect(missingPeople({ ...internal, platform: { ...platform, review: {} } }, step)).toMatchObject({ what: 'act' });
  expect(missingPeople({ ...internal, people: alone.people }, step)).toMatchObject({ what: 'act' });
  expect(missingPeople(internal, { ...step, kind: 'reject' })).toMatchObject({ what: 'act' });
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
    expect(missingPeople(without(policy, ...holders.filter((one) => one !== last)), step), last).toBeUndefined();
  expect(missingPeople(without(policy, ...holders), step)).toMatchObject({ what: 'act', roles: by });
});
