/** What a step needs is the same wherever the portal offers it. */
import { expect, test } from 'vitest';
import { answersByApp } from '#core/resolution/resolution-table.ts';
import type { Policy, Workspace } from '#core/model.ts';
import { fixtureWorkspace, NOW, SMART } from '../../../scripts/fixtures/workspace.ts';
import { rendered } from '../../tests/rendered.ts';
import Journey from '../features/journey/Journey.astro';
import { miniappFacts } from '../features/miniapp/facts.ts';
import PendingTable from '../features/reviews/PendingTable.astro';
import { reviews } from '../features/reviews/view-model.ts';
import Tasks from '../features/people/Tasks.astro';
import { personPage } from '../features/people/person.ts';
import { peopleViews } from '../features/people/view-model.ts';
import Rollout from '../features/rollout/Rollout.astro';
import Versions from '../features/versions/Versions.astro';
import { approvalText, reachText } from './approval-text.ts';
import { publish } from './public.ts';

const raw = fixtureWorkspace();
const smart = raw.miniapps.get(SMART)!;
const by = ['reviewer' as const];
// Olga reviews too, so that there is somebody else.
const olga = { ...raw.people.get('olga')!, platformRoles: ['owner' as const, 'reviewer' as const] };
const people = new Map([...raw.people, ['olga', olga]]);
const REACH = 'Also needs 1 × Reviewer or Owner because of how much it changes.';

/** The sections of the miniapp that offer steps: its version under review, or the same one approved and rolled out. */
async function offered(policy: Policy, isRolledOut: boolean) {
  const version = smart.versions.get('1.2.0')!;
  const review = isRolledOut
    ? ({ ...version.review!, status: 'approved', reviewedBy: 'rita' } as const)
    : version.review!;
  const versions = new Map([...smart.versions, ['1.2.0', { ...version, review, apis: ['ty.device.x'] }] as const]);
  const { experience: _none, ...release } = smart.release;
  const own = {
    ...smart,
    versions,
    scenarios: [],
    release: { ...release, ...(isRolledOut ? { rollout: { version: '1.2.0', percent: 99 } } : {}) },
  };
  const workspace = publish({ ...raw, people, policy, miniapps: new Map([[SMART, own]]) } as Workspace);
  const miniapp = workspace.miniapps.get(SMART)!;
  const facts = miniappFacts(workspace, miniapp, answersByApp(workspace, SMART, NOW), { now: NOW });
  const rita = peopleViews(workspace, 'en').find(({ login }) => login === 'rita')!;
  const { tasks } = personPage(workspace, rita, undefined, new Map(), { language: 'en', now: NOW });
  const { pending } = reviews(workspace, new Map(), NOW, 'en');
  const props = { language: 'en', facts, slaHours: undefined };
  return {
    journey: await rendered(Journey, props),
    rollout: await rendered(Rollout, props),
    versions: await rendered(Versions, props),
    reviews: await rendered(PendingTable, { ...props, rows: pending }),
    tasks: await rendered(Tasks, { ...props, tasks, total: tasks.length }),
  };
}

test('one more approval because of what a step changes is said of a rollout to be finished at each place, and of no stop', async () => {
  const { journey, rollout, versions } = await offered({ transitions: {}, blastRadius: { cells: 0 } } as Policy, true);
  expect(journey).toContain(REACH);
  expect(rollout.split(REACH)).toHaveLength(2);
  expect(versions).toMatch(/rollout finish[^<]*<\/kbd>[^<]*<small>Also needs/);
  expect(versions).not.toMatch(/disable [^<]*<\/kbd>[^<]*<small>Also/);
});

test('approvals for new APIs are said of the review where it needs them, and nowhere where it uses none', async () => {
  const approvals = (apis: string[]) => ({ count: 1, by, when: 'new-apis', apis });
  const needing = (apis: string[]) =>
    offered({ transitions: { approve: { by, approvals: approvals(apis) } } } as Policy, false);
  const { journey, versions, reviews: pending, tasks } = await needing(['ty.device']);
  const said = 'Also needs 1 × Reviewer because it newly uses ty.device.';
  for (const place of [journey, versions, pending, tasks]) expect(place).toContain(said);
  for (const place of Object.values(await needing(['ty.getLocation']))) expect(place).not.toContain('Also needs');
});

test('of a review that waits for bytes nothing is said of approvals', async () => {
  const step = { kind: 'push-package', command: 'npx miniapp package push a 1.0.0 DIR' };
  const row = {
    miniapp: { id: 'a', name: 'A', type: 'smart' },
    version: '1.0.0',
    submittedBy: 'B',
    besides: [{ count: 2, by }],
  };
  const shown = (next: object) =>
    rendered(PendingTable, { language: 'en', rows: [{ ...row, next }], slaHours: undefined });
  expect(await shown(step)).not.toContain('Also needs');
  expect(await shown({ ...step, kind: 'approve' })).toContain('Also needs 2 × Reviewer.');
});

test('the policy says from which reach on it asks for one more approval', () => {
  const text = (blastRadius?: Policy['blastRadius']) =>
    reachText('en', { transitions: {}, ...(blastRadius ? { blastRadius } : {}) } as Policy);
  expect([text(), text({}), text({ losingService: false })]).toEqual([undefined, undefined, undefined]);
  expect(text({ cells: 12 })).toMatch(/^A change of more than 12 answers needs .*\(Reviewer or Owner\)/);
  expect(text({ losingService: true })).toMatch(/^A change after which somebody gets an error/);
  expect(text({ cells: 12, losingService: true })).toMatch(/more than 12 answers, or one after which/);
});

test('in Chinese the case of an approval is part of the sentence', () => {
  expect(approvalText('zh', { count: 1, by: ['reviewer'], when: 'several-owners' })).toBe(
    '1 次批准：审核员，仅在有两位所有者时',
  );
});
