/** Which versions fit which app versions, and what a change takes from them. */
import { describe, expect, test } from 'vitest';
import { evaluateFiles, type StoryContext } from '../../fixtures/story.ts';
import { fixtureFiles, SMART } from '../../fixtures/workspace.ts';
import { groupCompatibility } from './compatibility-effects.ts';
import { fits, lacksOf, lowestFitting, type RuntimeNeeds, type Runtime } from './compatibility.ts';

const HELD: Runtime = { appVersion: '6.6.0', baseLibrary: '2.2.4', kits: { BaseKit: '2.2.3', MiniKit: '2.10.0' } };

/** The vendor's own example of a base library, and its siblings. */
test.each<[RuntimeNeeds, boolean]>([
  [{}, true],
  [{ baseLibrary: '2.1.15' }, true],
  [{ baseLibrary: '2.2.4' }, true],
  [{ baseLibrary: '2.2.5' }, false],
  [{ baseLibrary: '1.2.30' }, false],
  [{ baseLibrary: '2.4.0' }, false],
  [{ baseLibrary: '3.0.0' }, false],
  [{ kits: { BaseKit: '2.2.3' } }, true],
  [{ kits: { BaseKit: '2.0.0' } }, true],
  [{ kits: { BaseKit: '2.2.10' } }, false],
  [{ kits: { MiniKit: '2.9.9' } }, true],
  [{ kits: { BaseKit: '1.9.9' } }, false],
  [{ kits: { BaseKit: '3.0.0' } }, false],
  [{ kits: { AIKit: '1.0.0' } }, false],
  [{ kits: { constructor: '1.0.0' } }, false],
  [{ baseLibrary: '2.0.0', kits: { BaseKit: '2.0.0', AIKit: '1.0.0' } }, false],
])('%j fits: %s', (needs, expected) => {
  expect(fits(needs, HELD)).toBe(expected);
  expect(lacksOf(needs, HELD).length === 0).toBe(expected);
});

test('an app version without kits holds none, and what is not known asks for nothing', () => {
  const bare = { appVersion: '6.6.0', baseLibrary: '2.2.4' };
  expect([fits({ kits: { BaseKit: '2.0.0' } }, bare), fits(undefined, bare)]).toEqual([false, true]);
});

test('the lowest app version that would do is the lowest number, wherever it stands', () => {
  const runtimes = ['6.10.0', '6.9.0', '6.2.0'].map((appVersion, i) => ({ appVersion, baseLibrary: `2.${10 - i}.0` }));
  expect(lowestFitting({ baseLibrary: '2.9.0' }, runtimes)).toBe('6.9.0');
  expect(lowestFitting({ baseLibrary: '3.0.0' }, runtimes)).toBeUndefined();
});

describe('a change', () => {
  const S = `miniapps/${SMART}`;
  const files: Record<string, string> = {
    ...fixtureFiles(),
    [`${S}/scenarios.yaml`]: 'scenarios: []\n',
    [`${S}/release.yaml`]: 'online: { version: 1.1.0, enabled: true }\nprevious: [1.0.0]\n',
  };
  files[`${S}/versions/1.2.0.yaml`] = files[`${S}/versions/1.2.0.yaml`]!.replace(
    'status: pending, submittedBy: bob',
    'status: approved, submittedBy: bob, reviewedBy: rita',
  ).replace('baseLibrary: 2.14.2', 'baseLibrary: 2.20.0');
  const runtime = (appVersion: string, baseLibrary: string, share: string) =>
    `  - { appVersion: ${appVersion}, baseLibrary: ${baseLibrary}, kits: { BaseKit: 3.10.4 }${share} }\n`;
  const app = 'apps/smart-life.yaml';
  const told = `${files[app]}runtimes:\n${runtime('6.0.0', '2.14.2', ', share: 3.5')}${runtime('6.1.0', '2.19.0', '')}${runtime('6.2.0', '2.20.0', ', share: 60')}`;
  const before: Record<string, string> = { ...files, [app]: told };
  const published = 'online: { version: 1.2.0, enabled: true }\nprevious: [1.1.0, 1.0.0]\n';
  const judge = (
    base: Record<string, string>,
    changes: Record<string, string>,
    context: StoryContext = { actor: 'alice' },
  ) => evaluateFiles(base, { ...base, ...changes }, context).decision;
  const lost = { miniapp: SMART, app: 'smart-life', before: '1.1.0', after: 'host-incompatible' };

  test('names every app version that loses what opened, once, with its share', () => {
    const { compatibility, ok } = judge(before, { [`${S}/release.yaml`]: published });
    expect({ ok, compatibility }).toEqual({
      ok: true,
      compatibility: [
        { ...lost, appVersion: '6.0.0', share: 3.5 },
        { ...lost, appVersion: '6.1.0' },
      ],
    });
    expect(groupCompatibility(compatibility)).toEqual([
      { miniapp: SMART, app: 'smart-life', isLoss: true, appVersions: ['6.0.0', '6.1.0'], share: 3.5 },
    ]);
  });

  test('and what gets it back', () => {
    const online = { ...before, [`${S}/release.yaml`]: published };
    const back = 'online: { version: 1.1.0, enabled: true }\nprevious: [1.2.0, 1.0.0]\n';
    const { compatibility } = judge(online, { [`${S}/release.yaml`]: back });
    expect(compatibility.map(({ appVersion, before: was, after }) => [appVersion, was, after])).toEqual([
      ['6.0.0', 'host-incompatible', '1.1.0'],
      ['6.1.0', 'host-incompatible', '1.1.0'],
    ]);
  });

  test('takes nothing where a former version that fits opens', () => {
    const gentle = { ...before, 'platform.yaml': `${before['platform.yaml']}compatibility: newest-fitting\n` };
    expect(judge(gentle, { [`${S}/release.yaml`]: published }).compatibility).toEqual([]);
  });

  test('of what an app says about itself counts too', () => {
    const { compatibility } = judge(before, { [app]: told.replace('2.19.0', '2.10.0') }, { actor: 'olga' });
    expect(compatibility).toEqual([{ ...lost, appVersion: '6.1.0' }]);
    const { compatibility: first } = judge(files, { [app]: told.replace('2.19.0', '2.10.0') }, { actor: 'olga' });
    expect(first).toEqual([{ ...lost, appVersion: '6.1.0' }]);
  });

  test('takes service from people, for the gate of large effects', () => {
    const gated = { ...before, 'policy.yaml': 'transitions: {}\nblastRadius: { losingService: true }\n' };
    const { approvals } = judge(gated, { [`${S}/release.yaml`]: published });
    expect(approvals).toMatchObject({ required: 1, missing: 1 });
    // Whoever lends somebody the right acts by that, and is not one more besides.
    const admin = {
      [`${S}/members.yaml`]: 'members: [{ login: rita, role: admin }, { login: bob, role: developer }]\n',
    };
    const gate = (...approvedBy: string[]) =>
      judge({ ...gated, ...admin }, { [`${S}/release.yaml`]: published }, { actor: 'bob', approvedBy }).approvals;
    expect(gate('rita')).toMatchObject({ required: 1, given: [], missing: 1, waits: [{ missing: 1, from: ['olga'] }] });
    expect(gate('rita', 'olga')).toMatchObject({ required: 1, given: ['olga'], missing: 0 });
    const fitting = { ...gated, [app]: fixtureFiles()[app]! };
    expect(judge(fitting, { [`${S}/release.yaml`]: published }).approvals.required).toBe(0);
  });
});
