import { expect, test } from 'vitest';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import NoAccountCheck from './NoAccountCheck.astro';
import { access } from './view-model.ts';
import { rendered } from '../../../tests/rendered.ts';
import { accountCheckPlace, SHOWN_ROWS, whitelistCsv } from './whitelist.ts';
import WhitelistTable from './WhitelistTable.astro';

const NOW = Date.parse('2026-11-20');
const APPS = [
  { id: 'home', name: { en: 'Home' }, regions: ['EU'], scheme: 'home', default: true },
  { id: 'villa', name: { en: 'Villa' }, regions: ['EU'], scheme: 'villa' },
];
const workspace = {
  platform: { languages: ['en'], regions: { EU: { en: 'Europe' } } },
  apps: new Map(APPS.map((app) => [app.id, app])),
  people: new Map(),
} as unknown as PublicWorkspace;
const row = (app: string, account: string, expires?: string) => ({ app, account, ...(expires ? { expires } : {}) });
const miniapp = {
  id: 'tyaccess0',
  basics: { type: 'smart' },
  release: { experience: { version: '1.0.0' } },
  trafficking: [{ app: 'home', regions: ['EU'] }],
  members: [],
  whitelist: [row('home', 'ended', '2026-11-01'), row('villa', 'nowhere'), row('home', 'gets it')],
} as unknown as PublicMiniapp;
const view = access(workspace, miniapp, NOW, 'en');

test('rows that give nobody anything stand below the others', () => {
  expect(view.whitelist.map(({ account }) => account)).toEqual(['gets it', 'ended', 'nowhere']);
});

const until = {
  ...view.whitelist[0]!,
  expires: '2026-12-01T09:30:00Z',
};

test('the card and the file say of each row why it has no effect', async () => {
  const html = await rendered(WhitelistTable, { language: 'en', rows: view.whitelist });
  expect(await rendered(WhitelistTable, { language: 'en', rows: [until] })).toMatch(/>\s*2026-12-01 09:30 UTC\s*</);
  const of = (account: string) => html.split('<tr').find((one) => one.includes(`>${account}<`))!;
  expect(of('gets it')).not.toMatch(/class="?idle|badge/);
  for (const account of ['ended', 'nowhere']) expect(of(account)).toContain('idle');
  expect(of('ended')).toContain('Ended');
  expect(of('nowhere')).toContain('Villa</span>');
  const [, own, ended, nowhere] = whitelistCsv('en', view).split(/\r?\n/);
  expect(own).toMatch(/Never"?$/);
  expect(ended).toContain('Ended');
  expect(nowhere).toContain('Villa');
  expect(nowhere).toMatch(/Never · .*Villa/);
});

test('it can be asked for an account where every row is on the page, under a mask that can be made again', () => {
  const digests = { ...workspace, platform: { ...workspace.platform, accounts: 'digest' as const } };
  const rows = (count: number) => Array.from({ length: count }, (_, i) => row('home', `account${i}`));
  const asked = (count: number, own: PublicWorkspace = workspace) =>
    accountCheckPlace({ workspace: own, miniapp: { ...miniapp, whitelist: rows(count) } });
  expect([asked(0), asked(1), asked(SHOWN_ROWS), asked(SHOWN_ROWS + 1)]).toEqual([
    ...['nowhere', 'here', 'here', 'too-long'],
  ]);
  expect([asked(0, digests), asked(1, digests)]).toEqual(['nowhere', 'digest']);
});

test.each([
  ['too-long', 'Not every row is on this page'],
  ['digest', 'made with a key of the platform'],
] as const)('where a page cannot be asked (%s) it says why and who can, and has no form', async (asked, why) => {
  const html = await rendered(NoAccountCheck, { language: 'en', id: 'tyaccess0', why: asked });
  expect(html).toContain(why);
  expect(html).toContain('npx miniapp resolve tyaccess0 --app APP');
  expect(html).not.toContain('<form');
});
