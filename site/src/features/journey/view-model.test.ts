/** What is missing until users see a new version, and the command that takes the next step. */
import { expect, test } from 'vitest';
import { fill } from '#core/problems/messages.ts';
import type { TransitionKind } from '#core/lifecycle/lifecycle.ts';
import type { Miniapp, Release, Version } from '#core/model.ts';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { words } from '../../i18n/index.ts';
import { publish, type PublicMiniapp } from '../../lib/public.ts';
import { homeView } from '../home/view-model.ts';
import { statesOf } from '../list/view-model.ts';
import { rolloutView } from '../rollout/view-model.ts';
import { rendered } from '../../../tests/rendered.ts';
import { miniappFacts } from '../miniapp/facts.ts';
import Journey from './Journey.astro';
import { stepsIn } from './steps.ts';
import { journeyOf } from './view-model.ts';

const workspace = publish(fixtureWorkspace());
const smart = workspace.miniapps.get(SMART)!;
const panel = workspace.miniapps.get(PANEL)!;

const version = (review?: Version['review']): Version => ({
  version: '2.0.0',
  description: 'x',
  uploadedBy: 'alice',
  uploadedAt: '2026-01-01T00:00:00Z',
  ...(review ? { review } : {}),
});
const miniapp = (
  own: Version | undefined,
  release: Release,
  trafficking: Miniapp['trafficking'] = [],
): PublicMiniapp => ({
  ...smart,
  versions: new Map(own ? [[own.version, own]] : []),
  release,
  trafficking,
});
const pending = { status: 'pending', submittedBy: 'alice' } as const;
const approved = { ...pending, status: 'approved', reviewedBy: 'bob' } as const;
const rejected = { ...pending, status: 'rejected', reviewedBy: 'bob', reason: 'no' } as const;
const online = (enabled: boolean): Release => ({ online: { version: '2.0.0', enabled } });
const eu = [{ app: 'smart-life', regions: ['EU'] }] as Miniapp['trafficking'];

test.each<[string, PublicMiniapp, TransitionKind | undefined, string | undefined]>([
  ['nothing uploaded', miniapp(undefined, {}), 'upload', undefined],
  ['in development', miniapp(version(), {}), 'submit', `miniapps/${SMART}/versions/2.0.0.yaml`],
  ['under review', miniapp(version(pending), {}), 'approve', `miniapps/${SMART}/versions/2.0.0.yaml`],
  ['rejected', miniapp(version(rejected), {}), 'upload', undefined],
  ['approved', miniapp(version(approved), {}), 'publish', `miniapps/${SMART}/release.yaml`],
  ['out of service', miniapp(version(approved), online(false), eu), 'enable', `miniapps/${SMART}/release.yaml`],
  [
    'delivered nowhere',
    miniapp(version(approved), online(true)),
    'edit-trafficking',
    `miniapps/${SMART}/trafficking.yaml`,
  ],
  ['there', miniapp(version(approved), online(true), eu), undefined, undefined],
  [
    'online before, where nothing is now',
    miniapp(version(approved), { previous: ['2.0.0'] }),
    'rollback',
    `miniapps/${SMART}/release.yaml`,
  ],
])('what comes next of a version %s', (_name, own, kind, path) => {
  const { next, steps } = journeyOf(workspace, own, NOW);
  expect([next?.kind, next?.path]).toEqual([kind, path]);
  expect(next === undefined).toBe(steps.every(({ isDone }) => isDone));
  expect(next?.command.split(' ').slice(0, 2)).toEqual(kind && ['npx', 'miniapp']);
});

test.each<[string, boolean, number, TransitionKind, string]>([
  ['is widened', true, 10, 'widen-rollout', 'rollout widen'],
  ['is finished where it is as wide as it can be', true, 99, 'publish', 'rollout finish'],
  ['reaches nobody where the service is stopped', false, 10, 'enable', 'enable'],
])('a version that is rolled out %s', (_what, enabled, percent, kind, command) => {
  const before: Version = { ...version(approved), version: '1.0.0' };
  const released: Release = { online: { version: '1.0.0', enabled }, rollout: { version: '2.0.0', percent } };
  const own = { ...miniapp(version(approved), released, eu) };
  const both = { ...own, versions: new Map([...own.versions, ['1.0.0', before]]) };
  const { next, rolledOut, meanwhile } = journeyOf(workspace, both, NOW);
  expect([next?.kind, next?.path, rolledOut]).toEqual([kind, `miniapps/${SMART}/release.yaml`, percent]);
  expect(next!.command).toContain(`npx miniapp ${command} `);
  expect(meanwhile).toBe(enabled ? '1.0.0' : undefined);
  expect(statesOf(both)).toEqual([enabled ? 'online' : 'disabled', 'rollout']);
  const changed = { ...workspace, miniapps: new Map([[SMART, both]]) };
  const home = homeView({ workspace: changed, pasts: new Map(), warnings: [], now: NOW, mask: (text) => text }, 'en');
  expect([home.toPublish.count, home.rolledOut.count]).toEqual([0, 1]);
  expect(home.rolledOut.rows[0]).toMatchObject({ percent, isStopped: !enabled });
  expect(rolloutView(changed, both, { past: undefined, now: NOW }, 'en')).toMatchObject({
    percent,
    isOutOfService: !enabled,
  });
  const steps = stepsIn('en', journeyOf(changed, both, NOW));
  expect(steps.map(({ label }) => label)).toContain(fill(words.en.journey.rolledOut, { percent }));
  expect(steps.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
});

test('what is delivered to a part of the regions of an app says so, and a panel is not told app by app', async () => {
  const shownOf = (own: PublicMiniapp) =>
    rendered(Journey, { language: 'en', facts: miniappFacts(workspace, own, [], { now: NOW }) });
  const { inPart, steps } = words.en.journey;
  const served = workspace.apps.get('smart-life')!.regions;
  const part = await shownOf(miniapp(version(approved), online(true), [{ app: 'smart-life', regions: [served[0]!] }]));
  const whole = await shownOf(miniapp(version(approved), online(true), [{ app: 'smart-life', regions: [...served] }]));
  expect([part.includes(inPart), whole.includes(inPart)]).toEqual([true, false]);
  expect(whole).toContain(`>${steps.delivered} <span class=sr>`);
  expect(part).toContain(`1 of ${served.length} regions`);
  expect(await shownOf(panel)).not.toContain('every region');
});

test('a panel is with every app, and the version before it is what everyone has meanwhile', () => {
  expect(journeyOf(workspace, panel, NOW).delivered.map(({ app }) => app)).toEqual([...workspace.apps.keys()]);
  expect(
    journeyOf(workspace, { ...smart, release: { online: { version: '1.0.0', enabled: true } } }, NOW).meanwhile,
  ).toBe('1.0.0');
});
