/** One answer over several regions names and cures all of them. */
import { expect, test } from 'vitest';
import type { IntendedChange } from '../lifecycle/lifecycle.ts';
import { fixtureWorkspace, NOW, SMART } from '../../fixtures/workspace.ts';
import { overRegions } from './over-regions.ts';
import { resolve } from './resolve.ts';

const workspace = fixtureWorkspace();
const query = { miniapp: SMART, app: 'smart-life', region: 'EU', entry: 'link', now: NOW } as const;
const nowhere = {
  ...workspace,
  miniapps: new Map([[SMART, { ...workspace.miniapps.get(SMART)!, trafficking: [] }]]),
};

test('the command that delivers names every region', () => {
  const answer = overRegions((region) => resolve(nowhere, { ...query, region }), ['EU', 'AZ']);
  if (answer.outcome === 'opens') throw new Error('it opens');
  expect(answer.fix.find(({ code }) => code === 'deliver')).toMatchObject({
    command: `npx miniapp trafficking add ${SMART} --app smart-life --region EU,AZ`,
    args: { region: 'EU, AZ' },
  });
  expect(answer.trace.at(-1)!.args['region']).toBe('EU, AZ');
});

test('of one region it is the answer itself', () => {
  const answer = resolve(nowhere, query);
  expect(overRegions(() => answer, ['EU'])).toBe(answer);
});

test('what it breaks in any of them is named, and changed by the command for all', () => {
  const own = nowhere.miniapps.get(SMART)!;
  const names: Readonly<Record<string, readonly string[]>> = { AZ: ['Not there'], AY: ['Not there', 'Nor in China'] };
  const brokenBy = (change: IntendedChange) => ('regions' in change ? (names[change.regions[0]!] ?? []) : []);
  const promised = { ...nowhere, miniapps: new Map([[SMART, { ...own, brokenBy }]]) };
  const answer = overRegions((region) => resolve(promised, { ...query, region }), ['EU', 'AZ', 'AY']);
  if (answer.outcome === 'opens') throw new Error('it opens');
  expect(answer.fix.find(({ code }) => code === 'deliver')).toMatchObject({
    command: `npx miniapp trafficking add ${SMART} --app smart-life --region EU,AZ,AY --update-scenarios`,
    breaks: { by: 'edit-trafficking', names: ['Not there', 'Nor in China'] },
  });
});
