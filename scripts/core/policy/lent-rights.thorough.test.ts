/**
 * Who acts and who approves, held against everybody who could: a step is allowed exactly when there is somebody who may take it (the actor, or else
 * one who approved) and others approved it as often as the policy asks. Policies, actors and approvals are generated.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateFiles } from '../../fixtures/story.ts';
import { fixtureFiles, SMART, versionFile } from '../../fixtures/workspace.ts';

const PLATFORM: Readonly<Record<string, string>> = { olga: 'owner', rita: 'reviewer', rex: 'reviewer' };
const MEMBERS: Readonly<Record<string, string>> = { alice: 'admin', dan: 'admin', bob: 'developer', eve: 'operator' };
const ROLE_OF: ReadonlyMap<string, string> = new Map(Object.entries({ ...PLATFORM, ...MEMBERS }));
/** Somebody without a role is among them. */
const PEOPLE = [...ROLE_OF.keys(), 'zed'];

const files: Readonly<Record<string, string>> = {
  ...fixtureFiles(),
  ...Object.fromEntries(
    PEOPLE.map((login, at) => {
      const role = PLATFORM[login] === undefined ? '' : `platformRoles: [${PLATFORM[login]}]\n`;
      return [`people/${login}.yaml`, `login: ${login}\ngithubId: ${300 + at}\nname: A person\n${role}`];
    }),
  ),
  [`miniapps/${SMART}/members.yaml`]: `members:\n${Object.entries(MEMBERS)
    .map(([login, role]) => `  - { login: ${login}, role: ${role} }\n`)
    .join('')}`,
  [`miniapps/${SMART}/scenarios.yaml`]: 'scenarios: []\n',
};
/** Whose hands the version went through: they approve nothing about it. */
const AUTHORS = ['alice', 'bob'];
const version = versionFile('1.0.0');
const authored = { ...files, [version]: files[version]!.replace('submittedBy: alice', 'submittedBy: bob') };
const back = {
  [`miniapps/${SMART}/release.yaml`]:
    'online: { version: 1.0.0, enabled: true }\nexperience: { version: 1.2.0 }\nprevious: [1.1.0]\n',
};

const roles = fc.subarray(['admin', 'developer', 'operator', 'reviewer', 'owner'], { minLength: 1 });
const cases = fc.record({
  by: roles,
  approvals: fc.option(fc.record({ count: fc.integer({ min: 1, max: 3 }), by: roles }), { nil: undefined }),
  actor: fc.constantFrom(...PEOPLE),
  approvedBy: fc.shuffledSubarray(PEOPLE),
});
type ApprovalCase = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function judge({ by, approvals, actor, approvedBy }: ApprovalCase) {
  const asked = approvals ? `, approvals: { count: ${approvals.count}, by: [${approvals.by}] }` : '';
  const before = { ...authored, 'policy.yaml': `transitions: { rollback: { by: [${by}]${asked} } }\n` };
  return evaluateFiles(before, { ...before, ...back }, { actor, approvedBy }).decision;
}

/** By trying everybody as the one who acts. */
function isAllowed({ by, approvals, actor, approvedBy }: ApprovalCase): boolean {
  const has = (login: string, some: readonly string[]) => some.includes(ROLE_OF.get(login) ?? '');
  const actors = has(actor, by) ? [actor] : approvedBy.filter((login) => has(login, by));
  const approving = (acting: string) =>
    approvedBy.filter(
      (login) => login !== actor && login !== acting && !AUTHORS.includes(login) && has(login, approvals?.by ?? []),
    );
  return actors.some((acting) => approving(acting).length >= (approvals?.count ?? 0));
}

test('a step is allowed exactly when somebody who may take it and enough others stand behind it, in whatever order', () => {
  const seen = { allowed: 0, lent: 0, refused: 0 };
  fc.assert(
    fc.property(cases, (one) => {
      const { ok, approvals } = judge(one);
      expect(ok).toBe(isAllowed(one));
      const turned = judge({ ...one, approvedBy: one.approvedBy.toReversed() });
      expect([turned.ok, turned.approvals.missing]).toEqual([ok, approvals.missing]);
      if (!ok) seen.refused += 1;
      else if (one.by.includes(ROLE_OF.get(one.actor) ?? '')) seen.allowed += 1;
      else seen.lent += 1;
    }),
    { numRuns: 400, seed: 17 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(30);
});

test('one more approval takes nothing away', () => {
  fc.assert(
    fc.property(cases, fc.constantFrom(...PEOPLE), (one, login) => {
      const more = judge({ ...one, approvedBy: [...new Set([...one.approvedBy, login])] });
      const { ok, approvals } = judge(one);
      expect(more.ok || !ok).toBe(true);
      if (more.approvals.missing > approvals.missing) expect(ok).toBe(false);
    }),
    { numRuns: 200, seed: 17 },
  );
});
