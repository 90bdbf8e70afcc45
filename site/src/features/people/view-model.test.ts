/** People and their rights, as the portal shows them. */
import { describe, expect, test } from 'vitest';
import { fixtureWorkspace } from '../../../../scripts/fixtures/workspace.ts';
import { allowedTo, peopleViews, rightRows } from './view-model.ts';
import { publish } from '../../lib/public.ts';

const workspace = publish(fixtureWorkspace());

describe('people and rights', () => {
  test('everybody is there with their roles, and nothing private', () => {
    const people = peopleViews(workspace, 'en');
    expect(people.map(({ login }) => login).sort()).toEqual([...workspace.people.keys()].sort());
    for (const { id, members } of workspace.miniapps.values()) {
      for (const { login, role } of members) {
        const roles = people.find((person) => person.login === login)?.miniapps ?? [];
        expect(roles.map((one) => [one.id, one.role])).toContainEqual([id, role]);
      }
    }
    for (const person of people) expect(person).not.toHaveProperty('githubId');
  });

  test('what a role may do follows the policy of the platform', () => {
    const strict = { policy: { transitions: { publish: { by: ['admin' as const] } } } };
    expect(allowedTo(rightRows(strict), 'operator')).not.toContain('publish');
    expect(allowedTo(rightRows({ policy: { transitions: {} } }), 'operator')).toContain('publish');
    expect(allowedTo(rightRows(workspace), 'tester')).toEqual([]);
  });
});
