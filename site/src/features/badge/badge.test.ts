/** A badge says what the page says, in both languages, and nothing in it gets loose. */
import { expect, test } from 'vitest';
import { fixtureWorkspace, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish, type PublicMiniapp } from '../../lib/public.ts';
import { badgeSvg } from './badge.ts';

const miniapp = publish(fixtureWorkspace()).miniapps.get(SMART)!;
const withOnline = (online: PublicMiniapp['release']['online']): PublicMiniapp => ({
  ...miniapp,
  release: online ? { online } : {},
});

test.each([
  ['en', { version: '1.1.0', enabled: true }, 'Online version: 1.1.0'],
  ['zh', { version: '1.1.0', enabled: true }, '线上版本: 1.1.0'],
  ['en', { version: '1.1.0', enabled: false }, 'Online version: 1.1.0 · Out of service'],
  ['zh', undefined, '线上版本: 无线上版本'],
  ['en', { version: '1<b>&', enabled: true }, 'Online version: 1&lt;b&gt;&amp;'],
] as const)('%s %j', (language, online, title) =>
  expect(badgeSvg(withOnline(online), language)).toContain(`<title>${title}</title>`),
);
