import { expect, test } from 'vitest';
import type { TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Policy, Workspace } from '../model.ts';
import { fixtureWorkspace, NOW, RELEASE, SMART } from '../../fixtures/workspace.ts';
import { besidesOf } from './besides.ts';
import { GATEKEEPERS } from './blast-radius.ts';

const base = fixtureWorkspace();
const asked = (policy: unknown, kind: TransitionKind, version: string, workspace: Workspace = base) =>
  besidesOf({ ...workspace, policy: policy as Policy }, { kind, miniapp: SMART, version }, NOW);
const reach = { count: 1, by: GATEKEEPERS, isForReach: true };

test('what the policy always asks for is asked, and nothing where it asks for nobody', () => {
  const approvals = { count: 2, by: ['owner'] };
  const publish = (own: object) => ({ transitions: { publish: { by: ['admin'], approvals: own } } });
  expect(asked(publish(approvals), 'publish', '1.2.0')).toEqual([approvals]);
  expect(asked(publish({ ...approvals, count: 0 }), 'publish', '1.2.0')).toEqual([]);
  expect(asked({ transitions: {} }, 'publish', '1.2.0')).toEqual([]);
});

test('approvals for new APIs are asked of a version that newly uses one, and those are named', () => {
  const approvals = { count: 1, by: ['reviewer'], when: 'new-apis', apis: ['ty.device', 'ty.getLocation'] };
  const policy = { transitions: { approve: { by: ['reviewer'], approvals } } };
  const using = (...apis: string[]): Workspace => {
    const own = base.miniapps.get(SMART)!;
    const version = { ...own.versions.get('1.2.0')!, apis };
    return {
      ...base,
      miniapps: new Map([[SMART, { ...own, versions: new Map([...own.versions, ['1.2.0', version]]) }]]),
    };
  };
  expect(asked(policy, 'approve', '1.2.0', using('ty.request'))).toEqual([]);
  expect(asked(policy, 'approve', '1.2.0', using('ty.device.getDeviceInfo'))).toEqual([
    { count: 1, by: ['reviewer'], newApis: ['ty.device'] },
  ]);
});

test('one more is asked for what many notice, beside what the right asks; a stop asks nobody', () => {
  const transitions = { rollback: { by: ['admin'], approvals: { count: 1, by: ['reviewer'] } } };
  const gated = { transitions, blastRadius: { cells: 0, losingService: true } };
  expect(asked(gated, 'rollback', '1.0.0')).toEqual([{ count: 1, by: ['reviewer'] }, reach]);
  expect(asked({ ...gated, blastRadius: { cells: 99 } }, 'rollback', '1.0.0')).toHaveLength(1);
  expect(asked(gated, 'revoke', '1.1.0')).toEqual([reach]);
  expect(asked(gated, 'submit', '1.3.0')).toEqual([]);
  expect(asked(gated, 'disable', '1.1.0')).toEqual([]);
});

test('of a rollout that widens it is what its command changes: a larger share of those who are asked already, or everywhere', () => {
  const gated = { transitions: {}, blastRadius: { cells: 0 } };
  const rolledOut = (rollout: string) => {
    const release = `online: { version: 1.1.0, enabled: true }\nrollout: { version: 1.2.0, ${rollout} }\n`;
    return fixtureWorkspace({ [RELEASE]: release });
  };
  const widened = (rollout: string) => asked(gated, 'widen-rollout', '1.2.0', rolledOut(rollout));
  expect(widened('percent: 10, regions: [EU]')).toEqual([]);
  expect(widened('percent: 99, regions: [EU]')).toEqual([reach]);
  expect(widened('percent: 10')).toEqual([]);
});
