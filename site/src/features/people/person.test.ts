/** What waits for whom follows the rights of the policy and the lifecycle, in every platform. */
import { describe, expect, test } from 'vitest';
import { NOW, SMART, fixtureWorkspace } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { personPage } from './person.ts';
import { tasksByLogin } from './tasks.ts';
import { peopleViews } from './view-model.ts';

const workspace = publish(fixtureWorkspace());
const person = (login: string, own = workspace) => peopleViews(own, 'en').find((one) => one.login === login)!;
const pageOf = (login: string, own = workspace) =>
  personPage(own, person(login, own), undefined, new Map([[`${SMART} 1.2.0`, NOW]]), { language: 'en', now: NOW });
const waiting = (login: string, own = workspace) =>
  (tasksByLogin(own, NOW).get(login) ?? []).map(({ miniapp, kind, version }) => `${kind} ${miniapp.id} ${version}`);

describe('what waits for somebody', () => {
  test('a review waits for reviewers, and not for who uploaded or submitted the version', () => {
    expect(waiting('rita')).toContain(`approve ${SMART} 1.2.0`);
    const { submittedBy } = workspace.miniapps.get(SMART)!.versions.get('1.2.0')!.review!;
    const roles = fixtureWorkspace({
      [`people/${submittedBy}.yaml`]: `login: ${submittedBy}\ngithubId: 77\nname: X\nplatformRoles: [reviewer]\n`,
    });
    expect(waiting(submittedBy, publish(roles))).not.toContain(`approve ${SMART} 1.2.0`);
  });

  test('a step that the policy gives to others waits for them', () => {
    const strict = publish(
      fixtureWorkspace({ 'policy.yaml': 'transitions:\n  approve: { by: [owner] }\n  reject: { by: [owner] }\n' }),
    );
    expect(waiting('rita', strict)).not.toContain(`approve ${SMART} 1.2.0`);
    expect(waiting('olga', strict)).toContain(`approve ${SMART} 1.2.0`);
  });

  test('what is put back into service is the version that is online, whatever is rolled out beside it', () => {
    const own = workspace.miniapps.get(SMART)!;
    const release = { online: { version: '1.1.0', enabled: false }, rollout: { version: '1.2.0', percent: 10 } };
    const review = { status: 'approved', submittedBy: 'bob', reviewedBy: 'rita' } as const;
    const versions = new Map([...own.versions].filter(([number]) => number < '1.2.0'));
    versions.set('1.2.0', { ...own.versions.get('1.2.0')!, review });
    const stopped = { ...workspace, miniapps: new Map([[SMART, { ...own, release, versions }]]) };
    expect(waiting('alice', stopped)).toContain(`enable ${SMART} 1.1.0`);
  });

  test('somebody who left has nothing to do and no role', () => {
    const left = publish(
      fixtureWorkspace({ 'people/rita.yaml': 'login: rita\ngithubId: 78\nname: Rita\nleft: 2026-01-01\n' }),
    );
    expect(waiting('rita', left)).toEqual([]);
    expect(pageOf('rita', left)).toMatchObject({ roles: [], taskCount: 0 });
    // Where their name still stands is shown, and gives no right.
    const member = publish(
      fixtureWorkspace({ 'people/bob.yaml': 'login: bob\ngithubId: 103\nname: Bob\nleft: 2026-01-01\n' }),
    );
    const held = pageOf('bob', member).roles;
    expect(held.map(({ role, steps }) => [role, steps])).toEqual([['developer', []]]);
    expect(held[0]!.miniapps.length).toBeGreaterThan(0);
  });
});

test('a manager of an app may consent to what others do there, and to nothing once they left', () => {
  const managed = (extra = '') =>
    publish(
      fixtureWorkspace({
        'people/max.yaml': `login: max\ngithubId: 79\nname: Max\n${extra}`,
        'apps/oem-care.yaml': 'id: oem-care\nname: { en: Care }\nregions: [EU]\nscheme: oemcare\nmanagers: [max]\n',
      }),
    );
  const rowOf = (own: ReturnType<typeof managed>) => pageOf('max', own).roles.find(({ role }) => role === 'manager');
  expect(rowOf(managed())).toMatchObject({ apps: ['Care'], steps: [], consents: ['edit-trafficking'] });
  expect(rowOf(managed('left: 2026-01-01\n'))?.consents).toEqual([]);
  expect(pageOf('rita').roles[0]).toMatchObject({ role: 'reviewer', apps: [], consents: ['edit-domains'] });
});

test('a page names the moment of a submission, the roles, and the steps that each allows', () => {
  const { tasks, roles } = pageOf('rita');
  expect(tasks.find(({ version }) => version === '1.2.0')).toMatchObject({ kind: 'approve', since: NOW });
  expect(roles.map(({ role }) => role)).toEqual(['reviewer', 'person']);
  expect(roles[0]!.steps).toContain('approve');
});
