/** Where errors show now is what the resolution answers there, and what is named is bounded. */
import { expect, test } from 'vitest';
import { fixtureWorkspace, NOW, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { resolve, type ResolutionWorkspace } from '#core/resolution/resolve.ts';
import { publish } from '../../lib/public.ts';
import { cellIn } from '../resolution/cells.ts';
import { answersByApp } from '#core/resolution/resolution-table.ts';
import { NAMED, shownNow } from './shown-now.ts';

const workspace = publish(fixtureWorkspace());
const tableOf = (id: string) => answersByApp(workspace as unknown as ResolutionWorkspace, id, NOW);

test('each place that is named answers with that error', () => {
  const shown = shownNow(workspace, tableOf, 'en');
  expect([...shown.keys()]).toContain('app-not-associated');
  for (const [code, { first, count }] of shown) {
    expect(count).toBeGreaterThanOrEqual(first.length);
    for (const { path } of first) {
      const [, id, hash] = /^miniapps\/([^/]+)\/(#.*)$/.exec(path)!;
      const { app, region, audience, entry } = cellIn(hash!)!;
      const query = { miniapp: id!, app, region, entry, device: 'vdevo1', now: NOW } as const;
      const who = { whitelisted: audience === 'whitelisted', inRollout: audience === 'rollout' };
      const answer = resolve(workspace as unknown as ResolutionWorkspace, { ...query, ...who });
      expect(answer.outcome === 'error' && answer.code, path).toBe(code);
    }
  }
});

test('of many miniapps the first are named by their names, and all are counted; what is archived is not', () => {
  const smart = workspace.miniapps.get(SMART)!;
  const many = Array.from({ length: 20 }, (_one, at) => {
    const own = {
      ...smart,
      id: `tymany${at}`,
      basics: { ...smart.basics, name: { ...(smart.basics.name as { en: string }), en: `Lamp ${at}` } },
      trafficking: [],
    };
    return [own.id, own] as const;
  });
  const gone = { ...smart, id: 'tygone', basics: { ...smart.basics, archived: true }, trafficking: [] };
  const miniapps: ReadonlyMap<string, typeof smart> = new Map<string, typeof smart>([...many, [gone.id, gone]]);
  const changed = { ...workspace, miniapps };
  const table = (id: string) => answersByApp(changed as unknown as ResolutionWorkspace, id, NOW);
  const { first, count } = shownNow(changed, table, 'en').get('app-not-associated')!;
  expect(count).toBe(20);
  expect(first.map(({ name }) => name)).toEqual(Array.from({ length: NAMED }, (_one, at) => `Lamp ${at}`));
});
