import { describe, expect, test } from 'vitest';
import { answerOf, build, combinations, withRows, type Inputs } from '../../fixtures/resolution-cases.ts';
import { SMART } from '../../fixtures/workspace.ts';
import { resolutionJson } from './resolution-text.ts';
import { resolve } from './resolve.ts';

describe('resolve', () => {
  test('names the page in the code of what opens, and the device', () => {
    const inputs: Inputs = {
      ...combinations[0]!,
      type: 'panel',
      entry: 'experience',
      row: 'live',
      experience: true,
      device: true,
    };
    const { workspace, query } = build({ ...inputs, page: 'listed' });
    expect(resolve(workspace, query)).toMatchObject({
      outcome: 'opens',
      channel: 'experience',
      url: `app:${encodeURIComponent(`godzilla://${SMART}/pages/a?deviceId=vdevo1`)}#1.1.0`,
    });
  });

  test('takes a page with a leading slash or a query for the page itself', () => {
    const { workspace, query } = build({ ...combinations[0]!, online: 'enabled', page: 'listed' });
    for (const page of ['/pages/a', 'pages/a?x=1', '/pages/a?x=1&y=']) {
      expect(answerOf(resolve(workspace, { ...query, page }))).toBe('online 1.0.0');
    }
  });

  test.each(['', ' ', '\t'])('an account that is nothing (%j) is none: nobody is in a rollout without one', (blank) => {
    const { workspace, query } = build({ ...combinations[0]!, online: 'enabled', rollout: 'in' });
    const miniapp = workspace.miniapps.get(SMART)!;
    const release = { ...miniapp.release, rollout: { version: '1.2.1', percent: 99.99 } };
    const wide = { ...workspace, miniapps: new Map([[SMART, { ...miniapp, release }]]) };
    const found = resolve(wide, { ...query, account: blank });
    expect(answerOf(found)).toBe('online 1.0.0');
    expect(found.trace.find(({ rule }) => rule === 'opens-rollout')?.reason?.code).toBe('no-account');
  });

  test.each(['', ' ', undefined])(
    'an account that is nothing (%j) is to be filled in where it is what cures',
    (blank) => {
      const inputs = { ...combinations[0]!, entry: 'experience', experience: true, online: 'none' } as const;
      const { workspace, query } = build(inputs);
      const found = resolve(workspace, { ...query, account: blank });
      expect(found.outcome === 'error' && found.fix.map(({ command }) => command)).toContain(
        `npx miniapp whitelist add ${SMART} --app ${query.app} --account ACCOUNT`,
      );
      const { workspace: listing, query: other } = build({ ...combinations[0]!, online: 'enabled', page: 'unlisted' });
      const again = resolve(listing, { ...other, account: blank });
      expect(again.outcome === 'error' && again.fix[0]!.command).toMatch(/^npx miniapp resolve (?!.*--account)/);
    },
  );

  test('checks no page when the version lists none', () => {
    const { workspace, query } = build({ ...combinations[0]!, online: 'enabled', page: 'unlisted' });
    const miniapp = { ...workspace.miniapps.get(SMART)!, versions: new Map([['1.0.0', { version: '1.0.0' }]]) };
    expect(answerOf(resolve({ ...workspace, miniapps: new Map([[SMART, miniapp]]) }, query))).toBe('online 1.0.0');
  });

  test('as JSON has the fields of the contract', () => {
    const { workspace, query } = build({ ...combinations[0]!, online: 'enabled' });
    const opens = resolutionJson(resolve(workspace, query));
    expect(Object.keys(opens)).toEqual(['outcome', 'version', 'channel', 'url', 'trace']);
    const error = resolutionJson(resolve(workspace, { ...query, region: 'IN' }));
    expect(Object.keys(error)).toEqual(['outcome', 'code', 'message', 'fix', 'trace']);
    expect(error).toMatchObject({
      fix: [{ text: expect.any(String), command: expect.stringMatching(/^npx miniapp /) }, {}],
    });
  });
});

describe('whitelisting', () => {
  test.each([
    ['2026-11-20', '2026-11-20T23:59:59.999Z', true],
    ['2026-11-20', '2026-11-21T00:00:00Z', false],
    ['2026-11-20T12:00:00Z', '2026-11-20T11:59:59Z', true],
    ['2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z', false],
  ])('a row until %s, asked at %s: whitelisted %s', (end, time, isWhitelisted) => {
    const { workspace, query } = build({
      ...combinations[0]!,
      entry: 'experience',
      experience: true,
      online: 'enabled',
    });
    const rows = [{ app: 'app', account: 'qa@example.com', expires: end }];
    const resolution = resolve(withRows(workspace, rows), { ...query, now: Date.parse(time) });
    expect(answerOf(resolution)).toBe(isWhitelisted ? 'experience 1.1.0' : 'online 1.0.0');
  });
});
