/** The code that a page and the sheet show before any script runs. */
import { describe, expect, test } from 'vitest';
import type { Release } from '#core/model.ts';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { defaultCode } from './default-code.ts';
import { publish, type PublicMiniapp } from '../../lib/public.ts';
import { drawnCode } from './drawn-code.ts';
import { sheetCard, sheetRows } from '../sheet/view-model.ts';

const workspace = publish(fixtureWorkspace());
const smart = workspace.miniapps.get(SMART)!;
const panel = workspace.miniapps.get(PANEL)!;

describe('codes', () => {
  test('a page shows the experience code of the default app, and a panel none', () => {
    const { experience, online } = smart.release;
    const answersFor = (release: Release) => {
      const { answers, isDead } = defaultCode(workspace, { ...smart, release }, NOW)!.answers;
      return [
        answers.map(({ resolution: one }) => (one.outcome === 'opens' ? one.version : one.code)).slice(0, 1),
        isDead,
      ];
    };
    expect(answersFor(smart.release)).toEqual([[experience!.version], false]);
    expect(answersFor({})).toEqual([['no-experience-version'], true]);
    expect(answersFor({ online: online! })).toEqual([[online!.version], false]);
    expect(defaultCode(workspace, panel, NOW)).toBeUndefined();
  });

  test('the sheet prints no code that can only fail, and says of one whom it is for', () => {
    const cardOf = (own: Partial<PublicMiniapp>) => {
      const miniapp = { ...smart, ...own };
      return sheetCard({ isPanel: false }, drawnCode(workspace, miniapp, NOW));
    };
    const { experience } = smart.release;
    expect(cardOf({})).toEqual({ isDrawn: true });
    expect(cardOf({ whitelist: [] })).toEqual({ isDrawn: true, says: 'forNobody' });
    expect(cardOf({ whitelist: [], release: { experience: experience! } })).toEqual({ isDrawn: false, says: 'dead' });
    expect(sheetCard({ isPanel: true }, undefined)).toEqual({ isDrawn: false, says: 'panel' });
  });

  test('the sheet has every miniapp with an experience version', () => {
    const wanted = [...workspace.miniapps.values()].filter(({ release }) => release.experience).map(({ id }) => id);
    expect(sheetRows(workspace, 'en').map(({ id }) => id)).toEqual(wanted);
  });
});
