import { expect, test } from 'vitest';
import { fixtureWorkspace, SMART } from '../../fixtures/workspace.ts';
import { versionsByState } from './lifecycle.ts';

test('stages, marks and the steps possible now', () => {
  const miniapp = fixtureWorkspace().miniapps.get(SMART)!;
  const seen = versionsByState(miniapp).map(({ version, state, steps }) => [
    version.version,
    state.stage,
    state.status ?? '',
    state.isExperience,
    steps.map(({ kind }) => kind).join(' '),
  ]);
  expect(seen).toEqual([
    ['1.3.0', 'development', '', false, 'set-experience delete'],
    ['1.2.0', 'review', 'pending', true, 'approve reject withdraw clear-experience'],
    ['1.1.0', 'online', 'approved', false, 'disable revoke'],
    ['1.0.0', 'superseded', 'approved', false, 'rollback revoke'],
  ]);
});
