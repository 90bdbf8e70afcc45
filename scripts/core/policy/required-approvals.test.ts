/** Whose approvals a change needs where it asks several sets of people; single ones are stories of `fixtures/transitions`. */
import { describe, expect, test } from 'vitest';
import { evaluateFiles, type StoryContext } from '../../fixtures/story.ts';
import { fixtureFiles, fixtureWorkspace, NOW, PANEL, SMART, versionFile, WHITELIST } from '../../fixtures/workspace.ts';
import { missingPeople } from '../transitions/missing-people.ts';

const whitelist = 'whitelist: [{ app: smart-life, account: new@example.com }]\n';
const both = { [`miniapps/${SMART}/whitelist.yaml`]: whitelist, [`miniapps/${PANEL}/whitelist.yaml`]: whitelist };
const person = (login: string, githubId: number, role?: string): Record<string, string> => ({
  [`people/${login}.yaml`]: `login: ${login}\ngithubId: ${githubId}\nname: A person\n${role ? `platformRoles: [${role}]\n` : ''}`,
});

describe('edits of two miniapps that the operators of each approve', () => {
  const judge = (operators: { smart: readonly string[]; panel: readonly string[] }, ...approvedBy: string[]) => {
    const members = (logins: readonly string[]) =>
      `members:\n${[...logins.map((login) => [login, 'operator']), ['alice', 'admin']].map(([login, role]) => `  - { login: ${login}, role: ${role} }\n`).join('')}`;
    const before = {
      ...fixtureFiles(),
      ...person('dan', 201),
      ...person('eve', 202),
      'policy.yaml': 'transitions:\n  edit-whitelist: { by: [admin], approvals: { count: 1, by: [operator] } }\n',
      [`miniapps/${SMART}/members.yaml`]: members(operators.smart),
      [`miniapps/${PANEL}/members.yaml`]: members(operators.panel),
    };
    return evaluateFiles(before, { ...before, ...both }, { actor: 'alice', approvedBy }).decision.approvals;
  };

  test('need one approval where the same people operate both', () => {
    const shared = { smart: ['dan', 'eve'], panel: ['dan', 'eve'] };
    expect(judge(shared)).toEqual({
      ...{ required: 1, given: [], missing: 1, waits: [{ missing: 1, from: ['dan', 'eve'] }] },
    });
    expect(judge(shared, 'eve')).toEqual({ required: 1, given: ['eve'], missing: 0, waits: [] });
  });

  test('need two where different people do, and say who is left', () => {
    const apart = { smart: ['dan'], panel: ['eve'] };
    const waits = [
      { missing: 1, from: ['eve'] },
      { missing: 1, from: ['dan'] },
    ];
    expect(judge(apart)).toMatchObject({ required: 2, missing: 2, waits: expect.arrayContaining(waits) });
    expect(judge(apart, 'eve')).toEqual({ required: 2, given: ['eve'], missing: 1, waits: [waits[1]] });
    expect(judge(apart, 'eve', 'dan')).toMatchObject({ required: 2, missing: 0, waits: [] });
  });

  test('need the one of whoever operates both, where nobody else operates one of them', () => {
    const within = { smart: ['dan', 'eve'], panel: ['dan'] };
    expect(judge(within)).toMatchObject({ required: 1, missing: 1, waits: [{ missing: 1, from: ['dan'] }] });
    expect(judge(within, 'eve')).toMatchObject({ missing: 1, waits: [{ missing: 1, from: ['dan'] }] });
    expect(judge(within, 'dan')).toMatchObject({ required: 1, missing: 0 });
  });
});

test('who lends an actor a right that another approver lends as well is one more for a large effect', () => {
  const policy =
    'transitions: { edit-basics: { by: [owner] }, edit-trafficking: { by: [reviewer, owner] } }\nblastRadius: { cells: 1 }\n';
  const before: Record<string, string> = { ...fixtureFiles(), 'policy.yaml': policy };
  const panel = `miniapps/${PANEL}/miniapp.yaml`;
  const after = {
    ...before,
    [panel]: before[panel]!.replace('Lamp panel', 'Lamps'),
    [`miniapps/${SMART}/trafficking.yaml`]: 'trafficking: [{ app: smart-life, regions: [AY] }]\n',
  };
  const judge = (...approvedBy: string[]) =>
    evaluateFiles(before, after, { actor: 'bob', approvedBy }).decision.approvals;
  expect(judge('olga')).toMatchObject({ missing: 1, waits: [{ missing: 1, from: ['rita'] }] });
  expect(judge('olga', 'rita')).toMatchObject({ missing: 0 });
  expect(judge('rita', 'olga')).toMatchObject({ missing: 0 });
});

test('the bot is nobody who could approve what the policy asks it to', () => {
  const by = (roles: string) => ({
    'policy.yaml': `transitions: { publish: { by: [admin], approvals: { count: 1, by: [${roles}] } } }\n`,
  });
  const judge = (roles: string) => {
    const before: Record<string, string> = { ...fixtureFiles(), ...by(roles) };
    const release = 'online: { version: 1.2.0, enabled: true }\nprevious: [1.1.0, 1.0.0]\n';
    const after = { ...before, [`miniapps/${SMART}/release.yaml`]: release };
    return evaluateFiles(before, after, { actor: 'alice', approvedBy: ['github-actions[bot]'] }).decision.approvals;
  };
  expect(judge('bot')).toMatchObject({ given: [], missing: 1, waits: [{ missing: 1, from: [] }] });
  expect(judge('bot, reviewer')).toMatchObject({ given: [], missing: 1, waits: [{ missing: 1, from: ['rita'] }] });
  const missing = (roles: string) =>
    missingPeople(fixtureWorkspace(by(roles)), { kind: 'publish', miniapp: SMART, version: '1.2.0' }, NOW);
  expect(missing('bot')).toMatchObject({ what: 'approve', approvals: 1, able: [] });
  expect(missing('bot, reviewer')).toBeUndefined();
});

describe('an owner repairs a whitelist, whose edits somebody approves', () => {
  const judge = (approvals: string, actor: string, ...approvedBy: string[]) => {
    const before: Record<string, string> = {
      ...fixtureFiles(),
      ...person('rex', 203, 'owner, reviewer'),
      'policy.yaml': `transitions: { edit-whitelist: { by: [admin], approvals: ${approvals} }, edit-platform: { by: [owner] } }\n`,
    };
    const after = { ...before, [`miniapps/${SMART}/whitelist.yaml`]: whitelist };
    return evaluateFiles(before, after, { actor, approvedBy }).decision.approvals;
  };

  test('and an approval of an admin, who could do it as well, does not make it lack more', () => {
    const two = '{ count: 2, by: [admin, developer] }';
    expect(judge(two, 'olga')).toMatchObject({ required: 2, missing: 2 });
    expect(judge(two, 'olga', 'bob')).toMatchObject({ given: ['bob'], missing: 1 });
    expect(judge(two, 'olga', 'bob', 'alice')).toMatchObject({ given: ['bob', 'alice'], missing: 0 });
  });

  test('and by whose approval somebody else repairs it acts, and approves it no more than in their own change', () => {
    const reviewer = '{ count: 1, by: [reviewer] }';
    expect(judge(reviewer, 'rex')).toMatchObject({ missing: 1, waits: [{ missing: 1, from: ['rita'] }] });
    expect(judge(reviewer, 'bob', 'rex')).toMatchObject({ missing: 1, waits: [{ missing: 1, from: ['rita'] }] });
    expect(judge(reviewer, 'bob', 'rex', 'rita')).toMatchObject({ given: ['rita'], missing: 0 });
  });
});

test('an owner who repairs acts by their own right where it does, and whoever could lend another is one more for a large effect', () => {
  const policy = 'transitions: { edit-trafficking: { by: [reviewer] } }\nblastRadius: { cells: 1 }\n';
  const before: Record<string, string> = { ...fixtureFiles(), 'policy.yaml': policy };
  const after = {
    ...before,
    [`miniapps/${SMART}/trafficking.yaml`]: 'trafficking: [{ app: smart-life, regions: [AY] }]\n',
  };
  const judge = (...approvedBy: string[]) =>
    evaluateFiles(before, after, { actor: 'olga', approvedBy }).decision.approvals;
  expect(judge()).toMatchObject({ missing: 1, waits: [{ missing: 1, from: ['rita'] }] });
  expect(judge('rita')).toMatchObject({ required: 1, given: ['rita'], missing: 0 });
});

test('where the consent of two managers is asked, a manager who acts gives one of them', () => {
  const before: Record<string, string> = {
    ...fixtureFiles(),
    'apps/oem-home.yaml': fixtureFiles()['apps/oem-home.yaml']!.replace('[olga]', '[olga, rita, bob]'),
    'policy.yaml':
      'transitions: { edit-trafficking: { by: [admin, owner], approvals: { count: 2, by: [manager], when: managed-app } }, edit-platform: { by: [owner] } }\n',
  };
  const after = {
    ...before,
    [`miniapps/${SMART}/trafficking.yaml`]:
      'trafficking: [{ app: smart-life, regions: [AY, EU] }, { app: oem-home, regions: [EU, AZ] }]\n',
  };
  const judge = (actor: string, ...approvedBy: string[]) =>
    evaluateFiles(before, after, { actor, approvedBy }).decision.approvals;
  expect(judge('alice', 'olga')).toMatchObject({
    required: 2,
    missing: 1,
    waits: [{ missing: 1, from: ['bob', 'rita'] }],
  });
  expect(judge('alice', 'olga', 'rita')).toMatchObject({ required: 2, missing: 0 });
  expect(judge('olga')).toMatchObject({ required: 1, missing: 1, waits: [{ missing: 1, from: ['bob', 'rita'] }] });
  expect(judge('olga', 'rita')).toMatchObject({ required: 1, given: ['rita'], missing: 0 });
});

describe('whoever lends the actor a right acts by that, and the approvals besides are those of the others:', () => {
  const judge = (policy: string, after: Record<string, string>, context: StoryContext) => {
    const before: Record<string, string> = {
      ...fixtureFiles(),
      ...person('dan', 201),
      ...person('rex', 202, 'reviewer'),
      [`miniapps/${SMART}/members.yaml`]:
        'members: [{ login: alice, role: admin }, { login: dan, role: admin }, { login: bob, role: developer }]\n',
      'policy.yaml': policy,
    };
    const { transitions, approvals } = evaluateFiles(before, { ...before, ...after }, context).decision;
    expect(transitions).toHaveLength(1);
    return approvals;
  };
  /** In either order of the approvals. */
  const lacking = (policy: string, after: Record<string, string>, { approvedBy = [], ...context }: StoryContext) =>
    [approvedBy, approvedBy.toReversed()].map((by) => judge(policy, after, { ...context, approvedBy: by }).missing);

  test('who uploaded the version and cannot approve it acts, whoever approved first', () => {
    const policy = 'transitions: { publish: { by: [admin], approvals: { count: 1, by: [admin] } } }\n';
    const publish = {
      [`miniapps/${SMART}/release.yaml`]: 'online: { version: 1.2.0, enabled: true }\nprevious: [1.1.0, 1.0.0]\n',
    };
    expect(lacking(policy, publish, { actor: 'rita', approvedBy: ['dan', 'alice'] })).toEqual([0, 0]);
    expect(lacking(policy, publish, { actor: 'rita', approvedBy: ['dan'] })).toEqual([1, 1]);
  });

  test('which of two who lend it acts is not decided by who approved first', () => {
    const policy = 'transitions: { edit-whitelist: { by: [admin], approvals: { count: 1, by: [admin] } } }\n';
    const edit = { [WHITELIST]: whitelist };
    for (const approvedBy of [
      ['dan', 'alice'],
      ['alice', 'dan'],
    ])
      expect(judge(policy, edit, { actor: 'bob', approvedBy })).toMatchObject({ given: ['dan'], missing: 0 });
  });

  test('who asks for the changes that a rejection takes over acts, and another reviewer approves it', () => {
    const policy = 'transitions: { reject: { by: [reviewer], approvals: { count: 1, by: [reviewer] } } }\n';
    const file = versionFile('1.2.0');
    const reject = {
      [file]: fixtureFiles()[file]!.replace(
        /review: .*/,
        'review: { status: rejected, submittedBy: bob, reviewedBy: rita, reason: No }',
      ),
    };
    const context = { actor: 'olga', changesRequestedBy: ['rita'] };
    expect(judge(policy, reject, { ...context, approvedBy: ['rex'] })).toMatchObject({ given: ['rex'], missing: 0 });
    expect(judge(policy, reject, context)).toMatchObject({ missing: 1, waits: [{ missing: 1, from: ['rex'] }] });
  });

  test("one person acts for all that is asked besides, so that no two serve as each other's second person", () => {
    const policy =
      'transitions: { edit-whitelist: { by: [admin], approvals: { count: 1, by: [reviewer] } }, edit-platform: { by: [owner, reviewer], approvals: { count: 1, by: [owner] } } }\n';
    const edit = { [WHITELIST]: whitelist };
    expect(lacking(policy, edit, { actor: 'bob', approvedBy: ['rita', 'olga'] })).toEqual([1, 1]);
    expect(lacking(policy, edit, { actor: 'bob', approvedBy: ['rita', 'olga', 'rex'] })).toEqual([0, 0]);
  });

  test('nobody lends a right and is the one more for a large effect, where nobody else can act', () => {
    const policy =
      'transitions: { edit-trafficking: { by: [admin, owner], approvals: { count: 1, by: [admin] } } }\nblastRadius: { cells: 1 }\n';
    const edit = { [`miniapps/${SMART}/trafficking.yaml`]: 'trafficking: [{ app: smart-life, regions: [AY] }]\n' };
    expect(lacking(policy, edit, { actor: 'bob', approvedBy: ['olga', 'alice'] })).toEqual([1, 1]);
    expect(lacking(policy, edit, { actor: 'bob', approvedBy: ['olga', 'alice', 'dan'] })).toEqual([0, 0]);
    expect(lacking(policy, edit, { actor: 'bob', approvedBy: ['olga', 'alice', 'rita'] })).toEqual([0, 0]);
  });
});
