/** What is said while an automatic approval waits. */
import { expect, test } from 'vitest';
import { fixtureWorkspace, SMART } from '../../fixtures/workspace.ts';
import { automaticApproval } from './auto-approval.ts';

test.each([
  [undefined, '1 minute has not passed since it was submitted'],
  [1, '1 minute has not passed since it was submitted'],
  [2, '2 minutes have not passed since it was submitted'],
])('with a wait of %s minutes it counts them in words that fit', (afterMinutes, why) => {
  const workspace = fixtureWorkspace();
  const miniapp = workspace.miniapps.get(SMART)!;
  const version = miniapp.versions.get('1.2.0')!;
  const people = new Map([...workspace.people].map(([login, one]) => [login, { ...one, internal: true }]));
  const automatic = { enabled: true, ...(afterMinutes === undefined ? {} : { afterMinutes }) };
  const base = { policy: workspace.policy, people, platform: { ...workspace.platform, review: { automatic } } };
  expect(automaticApproval(base, miniapp, version, 0, 1)).toMatchObject({ state: 'waits', why });
});
