/**
 * What becomes of a release with a rollout and a number: each difference as the steps that it is, or why it is none. Longer than most
 * files, because it is tables: a row a difference.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateFiles } from '../../fixtures/story.ts';
import { fixtureFiles, NOW, SMART } from '../../fixtures/workspace.ts';
import type { Release } from '../model.ts';
import { severityOf } from '../problems/messages.ts';
import { versionOrCode } from '../resolution/resolution.ts';
import { isIn } from '../resolution/rollout.ts';
import { resolve, type ResolutionWorkspace } from '../resolution/resolve.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { stepsOf } from '../lifecycle/lifecycle.ts';
import { published, without } from '../lifecycle/release-after.ts';

const S = `miniapps/${SMART}`;
const approved = (number: string) => fixtureFiles()[`${S}/versions/1.0.0.yaml`]!.replaceAll('1.0.0', number);
const FILES: Record<string, string> = {
  ...fixtureFiles(),
  [`${S}/scenarios.yaml`]: 'scenarios: []\n',
  [`${S}/versions/1.2.0.yaml`]: approved('1.2.0'),
  [`${S}/versions/1.3.0.yaml`]: approved('1.3.0'),
};

/** A release in few words: "1.1.0 off; 1.2.0 10 smart-life EU; 1.0.0; 3": online, rollout, previous, sequence. */
function release(text: string): string {
  const [online = '', rollout = '', previous = '', sequence = ''] = text.split(';').map((part) => part.trim());
  const [version, off] = online.split(' ');
  const [rolled, percent, ...where] = rollout.split(' ');
  const apps = where.filter((word) => word.includes('-'));
  const regions = where.filter((word) => !word.includes('-'));
  const limits = `${apps.length > 0 ? `, apps: [${apps.join(', ')}]` : ''}${regions.length > 0 ? `, regions: [${regions.join(', ')}]` : ''}`;
  return [
    ...(version ? [`online: { version: ${version}, enabled: ${off === undefined} }`] : []),
    ...(rolled ? [`rollout: { version: ${rolled}, percent: ${percent}${limits} }`] : []),
    ...(previous ? [`previous: [${previous}]`] : []),
    ...(sequence ? [`sequence: ${sequence}`] : []),
    '',
  ].join('\n');
}

const REJECTED = 'review: { status: rejected, submittedBy: alice, reviewedBy: rita, reason: It crashes }';

function judge(before: string, after: string, { revoked, actor = 'alice' }: { revoked?: string; actor?: string } = {}) {
  const base: Record<string, string> = { ...FILES, [`${S}/release.yaml`]: release(before) };
  const file = `${S}/versions/${revoked}.yaml`;
  const rejected = revoked === undefined ? {} : { [file]: base[file]!.replace(/^review:.*$/m, REJECTED) };
  const merged = { ...base, ...rejected, [`${S}/release.yaml`]: release(after) };
  const { ok, transitions, problems, approvals } = evaluateFiles(base, merged, { actor }).decision;
  const codes = problems.filter(({ code }) => severityOf(code) === 'error').map(({ code }) => code);
  return {
    ok,
    approvals,
    says: [...transitions.map(({ kind, version }) => `${kind} ${version}`), ...codes].join(', '),
  };
}

describe('a difference', () => {
  test.each<[why: string, before: string, after: string, says: string]>([
    ['starts', '1.1.0;;1.0.0', '1.1.0;1.2.0 10;1.0.0;1', 'start-rollout 1.2.0'],
    ['starts in an app and a region', '1.1.0;;1.0.0', '1.1.0;1.2.0 10 smart-life EU;1.0.0;1', 'start-rollout 1.2.0'],
    ['starts where the service is stopped', '1.1.0 off;;1.0.0', '1.1.0 off;1.2.0 10;1.0.0;1', 'start-rollout 1.2.0'],
    ['starts what was online', '1.1.0;;1.0.0', '1.1.0;1.0.0 10;1.0.0;1', 'start-rollout 1.0.0, release-version-twice'],
    ['starts what is online', '1.1.0;;1.0.0', '1.1.0;1.1.0 10;1.0.0;1', 'start-rollout 1.1.0, release-version-twice'],
    ['starts without anything online', ';;', ';1.2.0 10;', 'release-unexplained, rollout-alone'],
    ['starts together with the first version', ';;', '1.1.0;1.2.0 10;;1', 'release-unexplained'],
    [
      'starts together with a publish',
      '1.1.0;;1.0.0;3',
      '1.2.0;1.3.0 10;1.1.0, 1.0.0;4',
      'publish 1.2.0, start-rollout 1.3.0',
    ],
    ['starts what is not there', '1.1.0;;', '1.1.0;9.9.9 10;;1', 'start-rollout 9.9.9, reference-unknown'],
    [
      'starts in an app that is not there',
      '1.1.0;;',
      '1.1.0;1.2.0 10 no-app;;1',
      'start-rollout 1.2.0, reference-unknown',
    ],
    [
      'starts in a region that is not there',
      '1.1.0;;',
      '1.1.0;1.2.0 10 XX;;1',
      'start-rollout 1.2.0, reference-unknown',
    ],
    [
      'starts finer than accounts are divided',
      '1.1.0;;',
      '1.1.0;1.2.0 10.125;;1',
      'start-rollout 1.2.0, rollout-percent',
    ],
    ['another version while one is rolled out', '1.1.0;1.2.0 10;;1', '1.1.0;1.3.0 10;;2', 'release-unexplained'],
    ['widens in percent', '1.1.0;1.2.0 10;;1', '1.1.0;1.2.0 10.01;;2', 'widen-rollout 1.2.0'],
    ['widens to every app', '1.1.0;1.2.0 10 smart-life;;1', '1.1.0;1.2.0 10;;2', 'widen-rollout 1.2.0'],
    ['widens in regions', '1.1.0;1.2.0 10 EU;;1', '1.1.0;1.2.0 10 AY EU;;2', 'widen-rollout 1.2.0'],
    ['fewer percent', '1.1.0;1.2.0 10;;1', '1.1.0;1.2.0 9.99;;2', 'rollout-narrowed'],
    ['fewer percent in more apps', '1.1.0;1.2.0 10 smart-life;;1', '1.1.0;1.2.0 9;;2', 'rollout-narrowed'],
    ['more percent in fewer regions', '1.1.0;1.2.0 10;;1', '1.1.0;1.2.0 50 EU;;2', 'rollout-narrowed'],
    ['other apps', '1.1.0;1.2.0 10 smart-life;;1', '1.1.0;1.2.0 10 oem-home;;2', 'rollout-narrowed'],
    ['the same in another order', '1.1.0;1.2.0 10 EU AY;;1', '1.1.0;1.2.0 10 AY EU;;1', 'edit-basics undefined'],
    ['stops', '1.1.0;1.2.0 10;;1', '1.1.0;;;2', 'stop-rollout 1.2.0'],
    ['stops together with the service', '1.1.0;1.2.0 10;;1', '1.1.0 off;;;1', 'disable 1.1.0, stop-rollout 1.2.0'],
    ['is finished', '1.1.0;1.2.0 10;1.0.0;1', '1.2.0;;1.1.0, 1.0.0;2', 'publish 1.2.0'],
    ['another goes online and ends it', '1.1.0;1.2.0 10;1.0.0;1', '1.3.0;;1.1.0, 1.0.0;2', 'publish 1.3.0'],
    [
      'another goes online and leaves it',
      '1.1.0;1.2.0 10;1.0.0;1',
      '1.3.0;1.2.0 10;1.1.0, 1.0.0;2',
      'release-unexplained',
    ],
    ['a rollback ends it', '1.1.0;1.2.0 10;1.0.0;1', '1.0.0;;1.1.0;2', 'rollback 1.0.0'],
    ['a rollback leaves it', '1.1.0;1.2.0 10;1.0.0;1', '1.0.0;1.2.0 10;1.1.0;2', 'release-unexplained'],
    ['ends and begins in one', '1.1.0;1.2.0 10;1.0.0;1', '1.0.0;1.3.0 10;1.1.0;2', 'release-unexplained'],
  ])('%s: %s → %s', (_, before, after, says) => expect(judge(before, after).says).toBe(says));

  test.each<[why: string, before: string, after: string, revoked: string, says: string]>([
    ['what is rolled out', '1.1.0;1.2.0 10;1.0.0;1', '1.1.0;;1.0.0;2', '1.2.0', 'revoke 1.2.0'],
    [
      'what is rolled out, which stays so',
      '1.1.0;1.2.0 10;;1',
      '1.1.0;1.2.0 10;;2',
      '1.2.0',
      'revoke 1.2.0, release-unexplained, release-not-approved',
    ],
    [
      'what is rolled out, without a number',
      '1.1.0;1.2.0 10;;1',
      '1.1.0;;;1',
      '1.2.0',
      'revoke 1.2.0, release-sequence',
    ],
    ['what is online ends a rollout too', '1.1.0;1.2.0 10;1.0.0;1', ';;1.0.0;2', '1.1.0', 'revoke 1.1.0'],
    ['what is stopped', '1.1.0 off;;1.0.0;1', ';;1.0.0;2', '1.1.0', 'revoke 1.1.0'],
    ['what was online changes nothing that is served', '1.1.0;;1.0.0;1', '1.1.0;;;1', '1.0.0', 'revoke 1.0.0'],
    [
      'what was online does not raise the number',
      '1.1.0;;1.0.0;1',
      '1.1.0;;;2',
      '1.0.0',
      'revoke 1.0.0, release-sequence',
    ],
  ])('the approval is taken back of %s: %s → %s', (_, before, after, revoked, says) =>
    expect(judge(before, after, { revoked, actor: 'rita' }).says).toBe(says),
  );
});

describe('the number', () => {
  test.each<[why: string, before: string, after: string, isFine: boolean]>([
    ['need not begin', '1.1.0;;', '1.1.0 off;;', true],
    ['begins with 1', '1.1.0;;', '1.1.0 off;;;1', true],
    ['begins with 2', '1.1.0;;', '1.1.0 off;;;2', false],
    ['begins alone', '1.1.0;;', '1.1.0;;;1', false],
    ['begins with a widening', '1.1.0;1.2.0 10;', '1.1.0;1.2.0 20;;1', true],
    ['rises by one', '1.1.0 off;;;7', '1.1.0;;;8', true],
    ['rises by two', '1.1.0 off;;;7', '1.1.0;;;9', false],
    ['stands still', '1.1.0 off;;;7', '1.1.0;;;7', false],
    ['falls', '1.1.0 off;;;7', '1.1.0;;;6', false],
    ['goes', '1.1.0 off;;;7', '1.1.0;;;', false],
    ['rises alone', '1.1.0;;;7', '1.1.0;;;8', false],
    ['goes alone', '1.1.0;;;7', '1.1.0;;;', false],
    ['stands still in a stop of the service', '1.1.0;;;7', '1.1.0 off;;;7', true],
    ['goes in a stop of the service', '1.1.0;;;7', '1.1.0 off;;;', false],
    ['rises by two in a stop of a rollout', '1.1.0;1.2.0 10;;7', '1.1.0;;;9', false],
    ['stands still in a stop of a rollout', '1.1.0;1.2.0 10;;7', '1.1.0;;;7', true],
    ['stands still as a rollout begins and the service stops', '1.1.0;;;7', '1.1.0 off;1.2.0 10;;7', false],
    ['rises once as a rollout begins and the service stops', '1.1.0;;;7', '1.1.0 off;1.2.0 10;;8', true],
    ['begins with the first version', ';;', '1.1.0;;;1', true],
  ])('%s: %s → %s', (_, before, after, isFine) => {
    const { ok, says } = judge(before, after);
    expect({ ok, isNumber: says.includes('release-sequence') }).toEqual({ ok: isFine, isNumber: !isFine });
  });
});

test('a stop waits for nobody, whatever the policy says', () => {
  const policy =
    'transitions:\n  stop-rollout: { by: [admin], approvals: { count: 2, by: [reviewer] } }\nblastRadius: { losingService: true, cells: 1 }\n';
  const base = { ...FILES, 'policy.yaml': policy, [`${S}/release.yaml`]: release('1.1.0;1.2.0 50;;3') };
  const { ok } = evaluateFiles(
    base,
    { ...base, [`${S}/release.yaml`]: release('1.1.0;;;4') },
    { actor: 'alice' },
  ).decision;
  expect(ok).toBe(true);
});

test.each(['', 'experience: { version: 1.2.0 }\n'])(
  'a stop breaks no promise for good: who was promised what nobody gets waits (%j)',
  (mark) => {
    const promise = (expected: string) =>
      `  - { name: Who is in gets ${expected}, app: smart-life, region: EU, audience: rollout, expect: { opens: ${expected} } }\n`;
    const account = 'user0@example.com';
    const one = promise('1.2.0').replace('Who is in', 'One').replace('audience: rollout', `account: ${account}`);
    const all = [...['1.2.0', 'rollout'].map(promise), one];
    expect(isIn(SMART, { version: '1.2.0', percent: 50 }, account)).toBe(true);
    const base = {
      ...FILES,
      [`${S}/scenarios.yaml`]: `scenarios:\n${all.join('')}`,
      [`${S}/release.yaml`]: mark + release('1.1.0;1.2.0 50;;3'),
    };
    const { decision } = evaluateFiles(
      base,
      { ...base, [`${S}/release.yaml`]: mark + release('1.1.0;;;4') },
      { actor: 'alice' },
    );
    expect(decision.problems.map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'scenario-suspended'));
    expect(decision.ok).toBe(true);
  },
);

/** What a device keeps of the documents that it was given: it takes one that is not older than its own and says something else. */
class Device {
  held: Release = {};
  offer(document: Release): void {
    const isOld = (document.sequence ?? 0) < (this.held.sequence ?? 0);
    if (!isOld && JSON.stringify(document) !== JSON.stringify(this.held)) this.held = document;
  }
}

const VERSIONS = ['1.0.0', '1.1.0', '1.2.0', '1.3.0'];
const step = fc.record({
  kind: fc.constantFrom('publish', 'rollback', 'start', 'widen', 'stop', 'disable', 'enable', 'revoke'),
  version: fc.constantFrom(...VERSIONS),
  percent: fc.integer({ min: 1, max: 99 }),
  /** Whether an emergency stop leaves the number; whether the device asks after this step. */
  leaves: fc.boolean(),
  asks: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The release after a step, numbered as the rules want it; the same where it cannot be taken. */
function after(before: Release, { kind, version, percent, leaves }: Step): Release {
  const { online, rollout, previous = [] } = before;
  const isFree = version !== online?.version && !previous.includes(version);
  const next = (() => {
    switch (kind) {
      case 'publish':
        return isFree ? published(before, version) : before;
      case 'rollback':
        return previous.includes(version) && online ? published(before, version) : before;
      case 'start':
        return isFree && online && !rollout ? { ...before, rollout: { version, percent } } : before;
      case 'widen':
        return rollout && percent > rollout.percent ? { ...before, rollout: { ...rollout, percent } } : before;
      case 'stop': {
        const { rollout: _, ...rest } = before;
        return rollout ? rest : before;
      }
      case 'revoke':
        return online?.version === version || rollout?.version === version
          ? without(before, new Set([version]))
          : before;
      default:
        return online && online.enabled !== (kind === 'enable')
          ? { ...before, online: { ...online, enabled: kind === 'enable' } }
          : before;
    }
  })();
  if (next === before) return before;
  const mayLeave = leaves && (kind === 'stop' || kind === 'disable') && before.sequence !== undefined;
  return { ...next, sequence: (before.sequence ?? 0) + (mayLeave ? 0 : 1) };
}

test('the number never falls, each step is accepted as what it is, and a device ends with what resolution says', () => {
  const accounts = Array.from({ length: 20 }, (_, i) => `user${i}@example.com`);
  const answers = (held: Release) => {
    const workspace: ResolutionWorkspace = {
      platform: { link: { link: 'x', experience: 'x' } },
      apps: new Map([['smart-life', { id: 'smart-life', regions: ['EU'], scheme: 'x' }]]),
      miniapps: new Map([
        [
          SMART,
          {
            id: SMART,
            basics: { type: 'panel' },
            release: held,
            trafficking: [],
            whitelist: [],
            versions: new Map(VERSIONS.map((version) => [version, { version }])),
          },
        ],
      ]),
    };
    return accounts.map((account) => {
      const query = { miniapp: SMART, app: 'smart-life', region: 'EU', entry: 'link', account, now: NOW } as const;
      const answer = resolve(workspace, query);
      return versionOrCode(answer);
    });
  };
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      const device = new Device();
      let state: Release = {};
      for (const one of steps) {
        const next = after(state, one);
        expect(next.sequence ?? 0).toBeGreaterThanOrEqual(state.sequence ?? 0);
        state = next;
        if (one.asks) device.offer(state);
      }
      device.offer(state);
      expect(answers(device.held)).toEqual(answers(state));
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['1.2.0 10', 'rollout widen ID --percent PERCENT'],
  ['1.2.0 99 smart-life', 'rollout widen ID --app APP'],
  ['1.2.0 99 smart-life EU', 'rollout widen ID --app APP --region REGION'],
  ['1.2.0 99', undefined],
])('of a version that is rolled out to %s, what can still be widened, and its end for everybody', (rollout, widen) => {
  const files = { ...FILES, [`${S}/release.yaml`]: release(`1.1.0;${rollout};;1`) };
  const miniapp = load(memorySource(files)).workspace.miniapps.get(SMART)!;
  const of = (number: string, wanted: string) =>
    stepsOf(miniapp, miniapp.versions.get(number)!)
      .find(({ kind }) => kind === wanted)
      ?.command.replace(SMART, 'ID');
  expect(of('1.2.0', 'widen-rollout')).toBe(widen && `npx miniapp ${widen}`);
  expect(of('1.2.0', 'publish')).toBe('npx miniapp rollout finish ID');
  expect(of('1.3.0', 'publish')).toBe('npx miniapp publish ID 1.3.0');
});
