/** One answer over several regions names and cures all of them. */
import { expect, test } from 'vitest';
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
  const answer = overRegions(resolve(nowhere, query), ['EU', 'AZ']);
  if (answer.outcome === 'opens') throw new Error('it opens');
  expect(answer.fix.find(({ code }) => code === 'deliver')).toMatchObject({
    command: `npx miniapp trafficking add ${SMART} --app smart-life --region EU,AZ`,
    args: { region: 'EU, AZ' },
  });
  expect(answer.trace.at(-1)!.args['region']).toBe('EU, AZ');
});

test('of one region it is the answer itself', () => {
  const answer = resolve(nowhere, query);
  expect(overRegions(answer, ['EU'])).toBe(answer);
});
