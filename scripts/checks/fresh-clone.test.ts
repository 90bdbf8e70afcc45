/** Which commands of a README are tried, whoever's platform it is. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { FIXTURE, PANEL, SMART } from '../fixtures/workspace.ts';
import { platformIn, readmeCommands } from './fresh-clone.ts';

afterAll(removeRepositories);

const README = [
  '`npx miniapp list`, `npx miniapp qr ID --entry experience`,',
  '`npx miniapp resolve ID --app APP --region REGION --account ACCOUNT`',
  '`npx miniapp reviews --for ME`, `npx miniapp show ID VERSION`, `npx miniapp audit`, `npx miniapp export --out DIR`, `publish ID`',
].join('\n');

function tried(...removed: string[]): string[] {
  const root = temporaryFolder('readme');
  cpSync(FIXTURE, join(root, 'config'), { recursive: true });
  for (const path of removed) rmSync(join(root, 'config', path), { recursive: true });
  return readmeCommands(platformIn(root), README).map(({ line, codes }) => `${line} → ${codes.join(' or ')}`);
}

test('with miniapps: of one that opens without a device, also where a panel comes first', () => {
  expect(PANEL < SMART).toBe(true);
  expect(tried()).toEqual([
    'npx miniapp list → 0',
    `npx miniapp qr ${SMART} --entry experience → 0`,
    `npx miniapp resolve ${SMART} --app smart-life --region AY --account qa@example.com → 0 or 1`,
    'npx miniapp reviews --for alice → 0',
    `npx miniapp show ${SMART} 1.0.0 → 0`,
    'npx miniapp audit → 0',
  ]);
});

test('who acts, and a newer tool, a fresh clone may not know', () => {
  const platform = {
    isExample: false,
    isJudging: false,
    ids: [],
    version: undefined,
    login: undefined,
    isPanels: false,
  };
  const of = (line: string) =>
    readmeCommands({ ...platform, app: undefined, region: undefined }, `\`${line}\``).map(({ codes }) => codes);
  const lines = ['npx miniapp whoami', 'npx miniapp upgrade', 'npx miniapp plan', 'npx miniapp plan --actor ME'];
  expect(lines.flatMap(of)).toEqual([
    [0, 2],
    [0, 2],
    [0, 2],
  ]);
});

test('with panels alone, a code may be answered no', () => {
  expect(tried(`miniapps/${SMART}`)[1]).toBe(`npx miniapp qr ${PANEL} --entry experience → 0 or 1`);
});

test('without any, only what needs none', () => {
  expect(tried('miniapps')).toEqual([
    'npx miniapp list → 0',
    'npx miniapp reviews --for alice → 0',
    'npx miniapp audit → 0',
  ]);
});
